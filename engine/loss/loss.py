"""A loss function of x and y from a text: its value, its exact gradient and Hessian, in machine code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike

from engine.data.columns import Columns
from engine.language.codegen.loss_kernel import LossGraph, MemberCode
from engine.language.codegen.machine_code import Code
from engine.language.errors import FormulaError
from engine.language.graph.reference import evaluate
from engine.language.types import Array
from engine.loss.loss_code import LossCode, code_of
from engine.loss.machine_loss import MachineLoss
from engine.loss.transform import IDENTITY, Transform

DEFAULT_PARAMETER = 1.0
"""The value of a free name that nobody has set."""
PREVIEWED = 1_000_000
"""Points times rows that a preview evaluates at a time, to bound its memory."""


class Loss(MachineLoss):
    """A compiled formula; make one with `compile_loss`.  Its slopes are exact."""

    def __init__(
        self,
        text: str,
        parameters: Mapping[str, float],
        columns: Mapping[str, ArrayLike] | None = None,
        transform: Transform = IDENTITY,
    ) -> None:
        own_columns = _columns(columns)
        self._made: LossCode = code_of(text, tuple(own_columns or ()), not transform.is_identity)
        # Not what others have compiled: a race that is repeated must begin with the same bits.
        self._is_compiled = False
        names = self._made.names
        super().__init__(text, names, [DEFAULT_PARAMETER] * len(names), own_columns, transform)
        self.set(**parameters)

    @property
    def slopes(self) -> str:
        """How its slopes are computed: by symbolic derivatives."""
        return "exact"

    def set_columns(self, columns: Mapping[str, ArrayLike]) -> None:
        """Replace the data set by one with the same columns and any number of rows; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where the columns have other names, or are no data set; then nothing has changed.
        """
        replacement = _columns(columns)
        if replacement is None or list(replacement) != list(self.columns or ()):
            raise FormulaError(f"This loss reads the columns {', '.join(self.columns or ()) or 'of no data set'}.")
        self.columns = replacement
        self.parameter_array[len(self._names) + len(self._transform_names) :] = replacement.slots

    def with_transform(self, transform: Transform) -> Loss:
        """Return a loss of its own with another transform."""
        return Loss(self.text, self.parameters, self.columns, transform)

    def quick_value(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return the loss from unoptimised value-only code; it may differ from `value` in the last bit.

        For the first picture after a keystroke, which then waits neither for slopes nor for LLVM's optimiser.
        """
        return self._run(self._made.slopes if self._is_compiled else self._made.quick, "value", x, y, 1)[0]

    def preview(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return what `value` returns, computed by NumPy: slower, but without compiling anything."""
        xs, ys = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
        result = np.empty(xs.size)
        portion = max(PREVIEWED // self.rows, 1)
        numbers, landscape = self.numbers, self.landscape
        for begin in range(0, xs.size, portion):
            part = slice(begin, begin + portion)
            values = {**numbers, **(self.columns or {}), "x": xs.ravel()[part], "y": ys.ravel()[part]}
            result[part] = evaluate(landscape.graph, landscape.outputs[:1], values)[0]
        return result.reshape(xs.shape)

    def compile(self) -> Loss:
        """Compile the machine code of value and gradient now rather than at the first use; return this loss."""
        self._code("value")
        return self

    @property
    def landscape(self) -> LossGraph:
        """The graph of this loss and its slopes, for kernels that inline it."""
        return self._made.landscape

    @property
    def curved_landscape(self) -> LossGraph:
        """The graph of this loss, its slopes and its second derivatives."""
        return self._made.curved_landscape

    def _code(self, name: str) -> Code:
        made = self._made
        if name == "hessian":
            return made.hessian
        if name == "curved point":
            return made.curved
        slopes = made.slopes
        self._is_compiled = True
        return slopes

    @property
    def member_code(self) -> MemberCode:
        """The machine code for instances that have parameters of their own."""
        return self._made.member

    @property
    def curved_member_code(self) -> MemberCode:
        """The machine code for instances that have parameters of their own, with second derivatives."""
        return self._made.curved_member

    def __reduce__(self) -> tuple[Callable[..., Loss], tuple[str, dict[str, float], Columns | None, Transform]]:
        return Loss, (self.text, self.parameters, self.columns, self.transform)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value:g}" for name, value in self.parameters.items())
        return f"compile_loss({self.text!r}{settings}){self._transform_text()}"


@overload
def compile_loss(
    loss: str, columns: Mapping[str, ArrayLike] | None = None, /, *, gradient: Any = None, **parameters: float
) -> Loss: ...
@overload
def compile_loss(
    loss: Callable[..., Any],
    columns: Mapping[str, ArrayLike] | None = None,
    /,
    *,
    gradient: Any = None,
    **parameters: float,
) -> MachineLoss: ...
def compile_loss(
    loss: str | Callable[..., Any],
    columns: Mapping[str, ArrayLike] | None = None,
    /,
    *,
    gradient: Any = None,
    **parameters: float,
) -> MachineLoss:
    """Return the loss of a formula, or of a person's own function.

    Parameters
    ----------
    loss
        A formula of x and y; every other name that it does not define is a parameter.  Or a function of two numbers x
        and y that Numba can compile, ``@njit`` or plain; its further arguments are parameters.
    columns
        A data set for a formula, float64 (rows,) each: within ``mean(...)``, over its rows, a name is one row's value.
    gradient
        For a function: one with the same arguments that returns the slopes by x and y.  Without it they are computed
        by complex step or by differences; `slopes` of the loss says how.
    **parameters
        Values of parameters; the others are 1, or what the function gives as their defaults.

    Raises
    ------
    FormulaError
        Where the text is no formula, the function no loss, or a value or a column does not fit.
    """
    if isinstance(loss, str):
        # In a formula, `gradient` is a parameter like any other name.
        named = parameters if gradient is None else {**parameters, "gradient": gradient}
        return Loss(loss, named, columns).compile()
    from engine.loss.function_loss import function_loss

    return function_loss(loss, columns, gradient, parameters)


def _columns(columns: Mapping[str, ArrayLike] | None) -> Columns | None:
    """Return a data set laid out for machine code; the same object where it is already."""
    return columns if columns is None or isinstance(columns, Columns) else Columns(columns)
