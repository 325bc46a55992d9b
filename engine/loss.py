"""A loss function of x and y from a text: its value, its exact gradient and Hessian, in machine code."""

from __future__ import annotations

import copy
import ctypes
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.aligned import DOUBLE_BYTES, aligned_empty
from engine.columns import Columns
from engine.crew import share_out
from engine.language.assembly import LANES
from engine.language.consistency import outside_means
from engine.language.derivative import differentiate
from engine.language.errors import FormulaError
from engine.language.folding import Unrolling
from engine.language.graph import Graph
from engine.language.loss_kernel import (
    FIRST_ORDER,
    PAST_CACHE_POINTS,
    LossGraph,
    MemberCode,
    compile_loop,
    compile_point,
    compile_slopes,
)
from engine.language.names import VARIABLES
from engine.language.native import OPTIMISED, QUICK, Code
from engine.language.parser import parse_formula
from engine.language.reference import evaluate
from engine.language.rounding import Rounding, rounding_of
from engine.language.tree import Assignment, FormulaTree, FunctionDefinition
from engine.pose import POSE_NAMES, UPRIGHT, Point, Pose, posed_variables

Array = NDArray[np.float64]
DEFAULT_PARAMETER = 1.0
"""What a free name is worth until somebody says otherwise."""
PART, PART_ROWS = 2**16, 2**20
"""Points, or rows of a data set at points, that one thread works through at a time: asking another costs far less."""
BEYOND_CACHE = 4 * PAST_CACHE_POINTS
"""Points of which the results are more than a cache holds."""
PREVIEWED = 1_000_000
"""Numbers that a preview works with at once."""


class Loss:
    """A compiled formula; make one with `compile_loss`.

    Attributes
    ----------
    text : str
        The formula.
    pose : Pose
        How the landscape lies.
    columns : Columns or None
        The data set that ``mean(...)`` runs over.
    parameter_array : float64 (numbers,)
        The live values of the parameters, in the order of `parameters`; machine code reads them here.  Behind them
        stand the six numbers of a pose that is not upright, and, for a loss from data, where its rows lie.
    """

    def __init__(
        self,
        text: str,
        parameters: Mapping[str, float],
        columns: Mapping[str, ArrayLike] | None = None,
        pose: Pose = UPRIGHT,
    ) -> None:
        self.text, self.pose = text, pose
        self.columns = _columns(columns)
        # Upright, the landscape is the plain formula: its code costs nothing for what it does not do.
        self._pose_names = () if pose.is_upright else POSE_NAMES
        self._graph, value = build_formula(text, self.columns or (), posed=not pose.is_upright)
        self._outputs = [value]
        for variable in VARIABLES:
            self._outputs.append(differentiate(self._graph, value, variable))
            self._graph.check_size(0, len(text))
        found = self._graph.names_in([value])
        self._names = tuple(name for name in found if name not in {*VARIABLES, *POSE_NAMES, *(self.columns or ())})
        numbers = np.full(len(self._names) + len(self._pose_names), DEFAULT_PARAMETER)
        self.parameter_array = np.concatenate([numbers, self.columns.slots if self.columns else []])
        self.set(**parameters)
        if self._pose_names:
            self.set_pose(pose)

    @property
    def parameters(self) -> dict[str, float]:
        """The free names of the formula and their values now."""
        return dict(zip(self._names, self.parameter_array.tolist(), strict=False))

    @property
    def numbers(self) -> dict[str, float]:
        """The parameters and, where it does not lie upright, the numbers of the pose: the live values by name."""
        return dict(zip((*self._names, *self._pose_names), self.parameter_array.tolist(), strict=False))

    @property
    def rows(self) -> int:
        """How many rows are worked through at each point: those of the data set, or 1."""
        return self.columns.rows if self.columns else 1

    def set_columns(self, columns: Mapping[str, ArrayLike]) -> None:
        """Run over another data set with the same columns, of any number of rows; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where the columns are other ones, or no data set; then nothing has changed.
        """
        replacement = _columns(columns)
        if replacement is None or list(replacement) != list(self.columns or ()):
            raise FormulaError(f"This loss reads the columns {', '.join(self.columns or ()) or 'of no data set'}.")
        self.columns = replacement
        self.parameter_array[len(self._names) + len(self._pose_names) :] = replacement.slots

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

    def seen(
        self, angle: float = 0.0, stretch: float = 1.0, shift: Point = (0.0, 0.0), pivot: Point = (0.0, 0.0)
    ) -> Loss:
        """Return this landscape as a loss of its own, turned, stretched and shifted as `Pose` says.

        Raises
        ------
        FormulaError
            Where a number is not finite, or the stretch not above 0.
        """
        return Loss(self.text, self.parameters, self.columns, Pose(angle, stretch, shift, pivot))

    def set_pose(self, pose: Pose) -> None:
        """Turn, stretch and shift a landscape that is not upright; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where this loss was compiled upright, and so has no numbers to change.
        """
        if not self._pose_names:
            raise FormulaError("This loss was compiled upright.", hint="`seen` returns one that can be turned.")
        self.pose = pose
        begin = len(self._names)
        self.parameter_array[begin : begin + len(self._pose_names)] = pose.numbers

    def value(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return the loss, float64, broadcast over `x` and `y`."""
        return self._run(self._slope_code, "value", x, y, 1)[0]

    def glance(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return what `value` returns, a last bit apart; without waiting for slopes, or for code that is made well."""
        code = self._slope_code if "_slope_code" in vars(self) else self._glance_code
        return self._run(code, "value", x, y, 1)[0]

    def gradient(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Return the exact partial derivatives by x and by y, float64, broadcast over `x` and `y`."""
        return self.value_and_gradient(x, y)[1:]

    def value_and_gradient(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array, Array]:
        """Return (f, gx, gy) in one pass over the points: as fast as the gradient alone."""
        f, gx, gy = self._run(self._slope_code, "gradient", x, y, 3)
        return f, gx, gy

    def hessian(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array, Array]:
        """Return the exact second derivatives by xx, xy and yy, float64, broadcast over `x` and `y`."""
        hxx, hxy, hyy = self._run(self._hessian_code, "hessian", x, y, 3)
        return hxx, hxy, hyy

    def preview(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return what `value` returns, computed by NumPy: slower, but without waiting for machine code."""
        xs, ys = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
        result = np.empty(xs.size)
        portion = max(PREVIEWED // self.rows, 1)
        numbers = self.numbers
        for begin in range(0, xs.size, portion):
            part = slice(begin, begin + portion)
            values = {**numbers, **(self.columns or {}), "x": xs.ravel()[part], "y": ys.ravel()[part]}
            result[part] = evaluate(self._graph, self._outputs[:1], values)[0]
        return result.reshape(xs.shape)

    def compile(self) -> Loss:
        """Make the machine code of value and gradient now rather than at the first use; return this loss."""
        self._slope_code  # noqa: B018 - reading it compiles
        return self

    @property
    def landscape(self) -> LossGraph:
        """The graph of this loss and its slopes, for kernels that have it built in."""
        numbers = (*self._names, *self._pose_names)
        return LossGraph(self._graph, self._outputs, numbers, tuple(self.columns or ()))

    @cached_property
    def curved_landscape(self) -> LossGraph:
        """The graph of this loss, its slopes and its second derivatives."""
        gx, gy = self._outputs[1:]
        pairs = ((gx, "x"), (gx, "y"), (gy, "y"))
        seconds = [differentiate(self._graph, slope, variable) for slope, variable in pairs]
        return self.landscape.with_outputs([*self._outputs, *seconds])

    @cached_property
    def curved_point_address(self) -> int:
        """Like `point_address`, for rules that ask for second derivatives too; other rules do not wait for them."""
        return self._curved_code.address("point")

    @cached_property
    def point_address(self) -> int:
        """Where machine code asks this loss at a vector of points; valid as long as this loss."""
        return self._slope_code.address("point")

    def address(self, name: str) -> int:
        """Return where the machine code ``value``, ``gradient`` or ``hessian`` lies; valid as long as this loss.

        Its arguments are (n, x, y, parameters, *results), addresses but for `n`, which is a multiple of `LANES` where
        the loss has no columns.
        """
        code = self._hessian_code if name == "hessian" else self._slope_code
        return code.address(name)

    @cached_property
    def _glance_code(self) -> Code:
        # A large formula is compiled once: twice would take too long.
        if self.landscape.is_large:
            return self._slope_code
        # Over many rows a point, well-made code soon makes up for its making.
        level = OPTIMISED if self.columns else QUICK
        return compile_loop("value", self.landscape.with_outputs(self._outputs[:1]), level)

    @cached_property
    def member_code(self) -> MemberCode:
        """The machine code for instances that have parameters of their own."""
        return MemberCode(self.landscape)

    @cached_property
    def curved_member_code(self) -> MemberCode:
        """The same with second derivatives."""
        return MemberCode(self.curved_landscape)

    def with_parameters(self, numbers: Array) -> Loss:
        """Return this loss with another `parameter_array` (numbers,); both share their machine code."""
        # What is compiled belongs to both: it is made before the copy is.
        other = copy.copy(self.compile())
        other.parameter_array = np.array(numbers)
        return other

    @cached_property
    def _slope_code(self) -> Code:
        return compile_slopes(self.landscape)

    @cached_property
    def _curved_code(self) -> Code:
        return compile_point(self.curved_landscape)

    @cached_property
    def _hessian_code(self) -> Code:
        return compile_loop("hessian", self.landscape.with_outputs(self.curved_landscape.outputs[FIRST_ORDER:]))

    def _run(self, code: Code, name: str, x: ArrayLike, y: ArrayLike, results: int) -> list[Array]:
        """Run a kernel over broadcast arrays: whole vectors where they lie, what is left in a vector of its own."""
        if isinstance(x, float) and isinstance(y, float):
            return self._run_at(code, name, x, y, results)
        xs, ys = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
        points = [np.ascontiguousarray(coordinate).reshape(-1) for coordinate in (xs, ys)]
        # One array, not one each: the system's allocator keeps a block for the next call that it has handed out whole.
        outputs = aligned_empty((results, xs.size))
        run = _prototype(3 + results)(code.address(name))
        whole = xs.size if self.columns else xs.size // LANES * LANES
        coordinates, parameters, places = _addresses(*points), self.parameter_array.ctypes.data, _addresses(*outputs)
        size = self._part(whole)

        def run_from(first: int) -> None:
            skipped = DOUBLE_BYTES * first
            read, written = ([address + skipped for address in addresses] for addresses in (coordinates, places))
            run(min(size, whole - first), *read, parameters, *written)

        share_out(run_from, range(0, whole, size))
        if whole < xs.size:
            rest = aligned_empty((2 + results, LANES))
            rest[:2] = [np.resize(coordinate[whole:], LANES) for coordinate in points]
            run(LANES, *_addresses(*rest[:2], self.parameter_array, *rest[2:]))
            for output, part in zip(outputs, rest[2:], strict=True):
                output[whole:] = part[: xs.size - whole]
        return [output.reshape(xs.shape) for output in outputs]

    def _part(self, points: int) -> int:
        """Return how many of so many points one thread works through at a time."""
        if self.columns:
            return max(PART_ROWS // self.rows, 1)
        return PART if points < BEYOND_CACHE else PAST_CACHE_POINTS

    def _run_at(self, code: Code, name: str, x: float, y: float, results: int) -> list[Array]:
        """Run a kernel at one point: a race asks at thousands a second, one by one."""
        rows = aligned_empty((2 + results, LANES))
        rows[0], rows[1] = x, y
        first, second, *others = range(rows.ctypes.data, rows.ctypes.data + rows.nbytes, rows.strides[0])
        # To give Python's lock away, and wait for it again, would take longer than the answer.
        run = _prototype(3 + results, brief=self.rows == 1)(code.address(name))
        run(LANES, first, second, self.parameter_array.ctypes.data, *others)
        return [row[:1].reshape(()) for row in rows[2:]]

    def __reduce__(self) -> tuple[Callable[..., Loss], tuple[str, dict[str, float], Columns | None, Pose]]:
        return Loss, (self.text, self.parameters, self.columns, self.pose)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value:g}" for name, value in self.parameters.items())
        angle, stretch, shift, pivot = self.pose.angle, self.pose.stretch, self.pose.shift, self.pose.pivot
        seen = f".seen({angle=}, {stretch=}, {shift=}, {pivot=})" if self._pose_names else ""
        return f"compile_loss({self.text!r}{settings}){seen}"


def compile_loss(text: str, columns: Mapping[str, ArrayLike] | None = None, /, **parameters: float) -> Loss:
    """Return the loss that `text` describes.

    Parameters
    ----------
    text
        A formula of x and y; every other name that it does not define is a parameter.
    columns
        A data set, float64 (rows,) each: within ``mean(...)``, over its rows, a name is one row's value.
    **parameters
        Values of parameters; the others are 1.

    Raises
    ------
    FormulaError
        Where the text is no formula, or a value or a column does not fit.
    """
    return Loss(text, parameters, columns).compile()


def build_formula(
    text: str, columns: Collection[str] = (), posed: bool = False, by_row: bool = False
) -> tuple[Graph, int]:
    """Return the graph of a formula, and the node of its value.

    It may have columns to run over, and has the numbers of a pose in it where it is `posed`.  A loss has one value for
    all rows; where it is asked for `by_row`, it may have one for each.
    """
    tree = parse_formula(text, columns)
    graph = Graph(columns)
    environment = posed_variables(graph) if posed else {}
    value = build_tree(tree, graph, environment, graph.call)
    if graph.by_row[value] and not by_row:
        raise outside_means(
            tree.result, {*columns, *(name for name, node in environment.items() if graph.by_row[node])}
        )
    # A formula's quotients are all rounded quotients.
    graph.rounding = Rounding(apart=rounding_of(graph, [value]).apart)
    return graph, value


def build_tree(tree: FormulaTree, graph: Graph, environment: dict[str, int], call: Callable[..., int]) -> int:
    """Return the node of a formula's value, made by `call` in `graph`; its definitions join the `environment`."""
    functions = [line for line in tree.definitions if isinstance(line, FunctionDefinition)]

    def name(text: str) -> int:
        return graph.leaf(text, environment)

    unrolling = Unrolling(graph.constant, name, call, graph.value_of, graph.check_size, functions)
    for line in tree.definitions:
        if isinstance(line, Assignment):
            environment[line.name] = unrolling.line(line.value, line.start, line.value.end)
    return unrolling.line(tree.result, tree.result.start, tree.result.end)


def check_values(kind: str, names: Sequence[str], values: Mapping[str, float]) -> None:
    """Raise a FormulaError where a value has no name among `names` or is no finite number."""
    for name, value in values.items():
        if name not in names:
            known = ", ".join(names) or "none"
            raise FormulaError(f"There is no {kind} `{name}` here.", hint=f"Known: {known}.")
        if not isinstance(value, int | float | np.number) or not math.isfinite(value):
            raise FormulaError(f"The {kind} `{name}` must be a finite number, not {value}.")


def _columns(columns: Mapping[str, ArrayLike] | None) -> Columns | None:
    """Return a data set laid out for machine code, the same one where it is."""
    return columns if columns is None or isinstance(columns, Columns) else Columns(columns)


def _addresses(*arrays: Array) -> list[int]:
    return [array.ctypes.data for array in arrays]


@cache
def _prototype(pointers: int, brief: bool = False) -> Callable[[int], Callable[..., None]]:
    """Return what makes a function of machine code; one that is `brief` keeps Python's lock."""
    kind = ctypes.PYFUNCTYPE if brief else ctypes.CFUNCTYPE
    return kind(None, ctypes.c_int64, *[ctypes.c_void_p] * pointers)
