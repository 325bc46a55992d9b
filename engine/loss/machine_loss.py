"""A loss as machine code, whether from a formula or a function: the methods that races, solvers and views call."""

from __future__ import annotations

import ctypes
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import ArrayLike

from engine.data.columns import Columns
from engine.language.codegen.assembly import LANES
from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER, PAST_CACHE_POINTS, LossGraph
from engine.language.errors import FormulaError, check_values
from engine.language.types import Array, Point
from engine.loss.transform import TRANSFORM_NAMES, Transform
from engine.machine.aligned import DOUBLE_BYTES, aligned_empty
from engine.machine.locked_cached_property import locked_cached_property
from engine.machine.threads import parallel_for

PART, PART_ROWS = 2**16, 2**20
"""Points, or points times rows, of one part for a thread: evaluating it takes far longer than handing it over."""
BEYOND_CACHE = 4 * PAST_CACHE_POINTS
"""Points whose results are larger than a cache."""


class Addressed(Protocol):
    """Machine code, which is valid as long as this object lives."""

    def address(self, name: str) -> int:
        """Return the address of a function; valid as long as this object lives."""
        ...


class AddressedByMember(Addressed, Protocol):
    """Machine code of a loss for instances with parameters of their own, as `MemberCode` describes it."""

    @property
    def numbers(self) -> int:
        """How many parameters it reads for each instance."""
        ...

    @property
    def by_instance(self) -> bool:
        """Whether the parameters of an instance are contiguous in memory."""
        ...


class MachineLoss(ABC):
    """A loss of x and y that is evaluated by machine code; `engine.loss.loss.Loss` is one from a formula.

    Attributes
    ----------
    text : str
        The formula, or "" where there is none.
    transform : Transform
        How the landscape is turned, stretched and shifted.
    columns : Columns or None
        The data set over whose rows it is a mean.
    parameter_array : float64 (numbers,)
        The live values of the parameters, in the order of `parameters`; machine code reads them here.  After them
        come the six numbers of a transform that is not the identity, and the slots of `Columns` of a data set.
    remark : str
        A sentence on the loss for the person who reads it; "" for nothing.
    """

    remark = ""

    def __init__(
        self, text: str, names: Sequence[str], values: Sequence[float], columns: Columns | None, transform: Transform
    ) -> None:
        self.text, self.transform, self.columns = text, transform, columns
        self._names = tuple(names)
        # Without a transform, the code does not compute one.
        self._transform_names = () if transform.is_identity else TRANSFORM_NAMES
        slots: ArrayLike = columns.slots if columns else []
        self.parameter_array = np.concatenate([values, transform.numbers if self._transform_names else [], slots])

    @property
    @abstractmethod
    def slopes(self) -> str:
        """How its slopes are computed: "exact", "given", "complex step" or "differences"."""

    @abstractmethod
    def preview(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return what `value` returns, without waiting for its machine code where that is possible."""

    @abstractmethod
    def with_transform(self, transform: Transform) -> MachineLoss:
        """Return a loss of its own with another transform."""

    @abstractmethod
    def _code(self, name: str) -> Addressed:
        """Return the machine code that has ``value``, ``gradient``, ``hessian``, ``point`` or ``curved point``."""

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters and their values now."""
        return dict(zip(self._names, self.parameter_array.tolist(), strict=False))

    @property
    def numbers(self) -> dict[str, float]:
        """The parameters and the numbers of a transform, if there is one: the live values by name."""
        return dict(zip((*self._names, *self._transform_names), self.parameter_array.tolist(), strict=False))

    @property
    @abstractmethod
    def member_code(self) -> AddressedByMember:
        """The machine code for instances that have parameters of their own."""

    @property
    @abstractmethod
    def curved_member_code(self) -> AddressedByMember:
        """The same with second derivatives."""

    @property
    def rows(self) -> int:
        """How many rows are evaluated at each point: those of the data set, or 1."""
        return self.columns.rows if self.columns else 1

    @property
    def landscape(self) -> LossGraph | None:
        """The graph of this loss and its slopes, for kernels that inline it; None for a function."""
        return None

    @property
    def curved_landscape(self) -> LossGraph | None:
        """The graph of this loss, its slopes and its second derivatives; None for a function."""
        return None

    def set_columns(self, columns: Mapping[str, ArrayLike]) -> None:
        """Replace the data set by one with the same columns.

        Raises
        ------
        FormulaError
            Where this loss has no data set.
        """
        raise FormulaError("This loss reads the columns of no data set.")

    def set(self, **values: float) -> None:
        """Change parameters; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where a name is no parameter or a value is not finite; then nothing has changed.
        """
        check_values("parameter", self._names, values)
        for name, value in values.items():
            self.parameter_array[self._names.index(name)] = value

    def transformed(
        self, angle: float = 0.0, stretch: float = 1.0, shift: Point = (0.0, 0.0), pivot: Point = (0.0, 0.0)
    ) -> MachineLoss:
        """Return a loss of its own that is turned, stretched and shifted as `Transform` says.

        Raises
        ------
        FormulaError
            Where a number is not finite, or the stretch not above 0.
        """
        return self.with_transform(Transform(angle, stretch, shift, pivot))

    def set_transform(self, transform: Transform) -> None:
        """Change the transform of a loss that has one; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where this loss was compiled without a transform.
        """
        if not self._transform_names:
            raise FormulaError(
                "This loss was compiled without a transform.", hint='"transformed" returns one that has a transform.'
            )
        self.transform = transform
        begin = len(self._names)
        self.parameter_array[begin : begin + len(self._transform_names)] = transform.numbers

    def value(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return the loss, float64, broadcast over `x` and `y`."""
        return self._run(self._code("value"), "value", x, y, 1)[0]

    def quick_value(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return what `value` returns, from unoptimised code where there is such; it may differ in the last bit."""
        return self.value(x, y)

    def gradient(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Return the partial derivatives by x and by y, float64, broadcast over `x` and `y`; `slopes` says how."""
        return self.value_and_gradient(x, y)[1:]

    def value_and_gradient(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array, Array]:
        """Return (f, gx, gy) in one pass over the points: as fast as the gradient alone."""
        f, gx, gy = self._run(self._code("gradient"), "gradient", x, y, FIRST_ORDER)
        return f, gx, gy

    def hessian(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array, Array]:
        """Return the second derivatives by xx, xy and yy, float64, broadcast over `x` and `y`."""
        hxx, hxy, hyy = self._run(self._code("hessian"), "hessian", x, y, DIMENSIONS * (DIMENSIONS + 1) // 2)
        return hxx, hxy, hyy

    @property
    def curved_point_address(self) -> int:
        """Like `point_address`, with second derivatives, for the rules that need them."""
        return self._code("curved point").address("point")

    @property
    def point_address(self) -> int:
        """The address at which machine code evaluates this loss at a vector of points; valid as long as this loss."""
        return self._code("point").address("point")

    def address(self, name: str) -> int:
        """Return the address of ``value``, ``gradient`` or ``hessian``; valid as long as this loss lives.

        Its arguments are (n, x, y, parameters, *results), addresses but for `n`, which is a multiple of `LANES` where
        the loss has no columns.
        """
        return self._code(name).address(name)

    def with_parameters(self, numbers: Array) -> Self:
        """Return this loss with another `parameter_array` (numbers,); both share their machine code."""
        # Compiled before its attributes are copied, so that both share the machine code: `copy.copy` would make the
        # loss anew of its text.
        other = object.__new__(type(self))
        vars(other).update(vars(self.compile()))
        other.parameter_array = np.array(numbers)
        # `numba` of this loss contains the address of this loss's parameters.
        vars(other).pop("numba", None)
        return other

    @locked_cached_property
    def numba(self) -> Any:
        """A Numba function ``(x, y) -> (f, gx, gy)``, for a person's own Numba code; it reads the live parameters."""
        # Numba takes a third of a second to import.
        from engine.compiled.numba_loss import numba_loss

        code = self._code("point")
        # It contains the addresses of the machine code, of the parameters and of the rows, and keeps all three alive.
        return numba_loss(code.address("point"), self.parameter_array, (code, self.columns))

    def compile(self) -> Self:
        """Compile the machine code of value and gradient now rather than at the first use; return this loss."""
        self._code("gradient")
        return self

    def _run(self, code: Addressed, name: str, x: ArrayLike, y: ArrayLike, results: int) -> list[Array]:
        """Run a kernel over broadcast arrays: whole vectors in place, the last points in a padded vector."""
        if isinstance(x, float) and isinstance(y, float):
            return self._run_at(code, name, x, y, results)
        xs, ys = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
        points = [np.ascontiguousarray(coordinate).reshape(-1) for coordinate in (xs, ys)]
        # One array for all outputs: the C library reuses a single large block in the next call, but not several.
        outputs = aligned_empty((results, xs.size))
        run = _prototype(3 + results)(code.address(name))
        whole = xs.size if self.columns else xs.size // LANES * LANES
        coordinates, parameters, places = _addresses(*points), self.parameter_array.ctypes.data, _addresses(*outputs)
        size = self._part(whole)

        def run_from(first: int) -> None:
            skipped = DOUBLE_BYTES * first
            read, written = ([address + skipped for address in addresses] for addresses in (coordinates, places))
            run(min(size, whole - first), *read, parameters, *written)

        parallel_for(run_from, range(0, whole, size))
        if whole < xs.size:
            rest = aligned_empty((2 + results, LANES))
            rest[:2] = [np.resize(coordinate[whole:], LANES) for coordinate in points]
            run(LANES, *_addresses(*rest[:2], self.parameter_array, *rest[2:]))
            for output, part in zip(outputs, rest[2:], strict=True):
                output[whole:] = part[: xs.size - whole]
        return [output.reshape(xs.shape) for output in outputs]

    def _part(self, points: int) -> int:
        """Return how many of so many points one part has."""
        if self.columns:
            return max(PART_ROWS // self.rows, 1)
        return PART if points < BEYOND_CACHE else PAST_CACHE_POINTS

    def _run_at(self, code: Addressed, name: str, x: float, y: float, results: int) -> list[Array]:
        """Run a kernel at one point: a race evaluates thousands of single points a second."""
        rows = aligned_empty((2 + results, LANES))
        rows[0], rows[1] = x, y
        first, second, *others = range(rows.ctypes.data, rows.ctypes.data + rows.nbytes, rows.strides[0])
        # For one row, releasing and re-acquiring the GIL takes longer than the call.
        run = _prototype(3 + results, brief=self.rows == 1)(code.address(name))
        run(LANES, first, second, self.parameter_array.ctypes.data, *others)
        return [row[:1].reshape(()) for row in rows[2:]]

    def _transform_text(self) -> str:
        """Return the call of `transformed` that makes this loss of one without a transform; "" where it has none."""
        angle, stretch, shift, pivot = (
            self.transform.angle,
            self.transform.stretch,
            self.transform.shift,
            self.transform.pivot,
        )
        return f".transformed({angle=}, {stretch=}, {shift=}, {pivot=})" if self._transform_names else ""


def _addresses(*arrays: Array) -> list[int]:
    return [array.ctypes.data for array in arrays]


@cache
def _prototype(pointers: int, brief: bool = False) -> Callable[[int], Callable[..., None]]:
    """Return the ctypes function type of a kernel; a call of a `brief` one does not release the GIL."""
    kind = ctypes.PYFUNCTYPE if brief else ctypes.CFUNCTYPE
    return kind(None, ctypes.c_int64, *[ctypes.c_void_p] * pointers)
