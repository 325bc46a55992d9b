"""A loss that is a person's function, with the methods of a formula's; `slopes` says how its slopes are computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.language.codegen.loss_kernel import FIRST_ORDER
from engine.language.errors import FormulaError, check_values
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.loss.transform import IDENTITY, TRANSFORM_NAMES, Transform
from engine.machine.locked_cached_property import locked_cached_property
from engine.own.function_location import FunctionLocation, error_sentence, location_of
from engine.own.gradient_check import gradient_agrees, sample_points
from engine.own.signature import LOSS_HINT, Signature, gradient_signature, loss_signature

if TYPE_CHECKING:
    from engine.loss.function_code import MadeCode, MemberMadeCode, Program

GIVEN, COMPLEX, DIFFERENCES = "given", "complex step", "differences"
MOSTLY = 0.5
"""The share of points at which a given gradient must agree with differences; at kinks, which are few, it may not."""


@dataclass(frozen=True)
class Source:
    """The functions of a loss, and where they were found.

    Attributes
    ----------
    signature : Signature
    gradient : Signature or None
    place, gradient_place : FunctionLocation or None
        Their locations, if they were found by their locations.
    """

    signature: Signature
    gradient: Signature | None = None
    place: FunctionLocation | None = None
    gradient_place: FunctionLocation | None = None


class FunctionLoss(MachineLoss):
    """A loss from a function; make one with `compile_loss`.

    Attributes
    ----------
    name : str
        The name of the function.
    remark : str
        A sentence on the function, such as that it raised an error at some points; "" for nothing.
    """

    def __init__(
        self, source: Source, made: Made, values: Mapping[str, float], transform: Transform = IDENTITY
    ) -> None:
        parameters = source.signature.parameters(2)
        super().__init__("", list(parameters), list(parameters.values()), None, transform)
        self.source, self._made = source, made
        self.name, self.remark = source.signature.name, made.remark
        self.set(**values)

    @property
    def slopes(self) -> str:
        """How its slopes are computed: "given", "complex step" or "differences"."""
        return self._made.slopes

    @property
    def place(self) -> FunctionLocation | None:
        """The location of the function, if it was found by it."""
        return self.source.place

    def with_transform(self, transform: Transform) -> FunctionLoss:
        """Return a loss of its own with another transform; the function is not compiled again."""
        return FunctionLoss(self.source, self._made, self.parameters, transform)

    def preview(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return what `value` returns: a function has no quicker code."""
        return self.value(x, y)

    @property
    def member_code(self) -> MemberMadeCode:
        """The machine code for instances that have parameters of their own."""
        return self._codes.members

    @property
    def curved_member_code(self) -> MemberMadeCode:
        """The same with second derivatives."""
        return self._codes.curved_members

    @property
    def _codes(self) -> Codes:
        return self._made.transformed if self._transform_names else self._made.untransformed

    def _code(self, name: str) -> MadeCode:
        return self._codes.code(name)

    def __reduce__(self) -> tuple[Callable[..., FunctionLoss], tuple[Any, ...]]:
        source = self.source
        place = source.place or location_of(source.signature.function)
        gradient = source.gradient and (source.gradient_place or location_of(source.gradient.function))
        return restored, (place, gradient, self.parameters, self.transform)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value:g}" for name, value in self.parameters.items())
        gradient = f", gradient={self.source.gradient.name}" if self.source.gradient else ""
        return f"compile_loss({self.name}{gradient}{settings}){self._transform_text()}"


class Codes:
    """The machine code of one program; each part is made when it is first used."""

    def __init__(self, program: Program, numbers: int, value: MadeCode | None = None) -> None:
        self._program, self._numbers = program, numbers
        if value is not None:
            self._value = value

    def code(self, name: str) -> MadeCode:
        """Return the code with an entry point."""
        parts = {"value": "_value", "hessian": "_curve", "curved point": "_curve"}
        part: MadeCode = getattr(self, parts.get(name, "_slope"))
        return part

    @locked_cached_property
    def members(self) -> MemberMadeCode:
        """The code for instances that have parameters of their own."""
        from engine.loss.function_code import member_code

        return member_code(self._numbers, self._value, (self._slope, "gradient", FIRST_ORDER))

    @locked_cached_property
    def curved_members(self) -> MemberMadeCode:
        """The same with second derivatives."""
        from engine.loss.function_code import SECONDS, member_code

        parts = (self._slope, "gradient", FIRST_ORDER), (self._curve, "hessian", SECONDS)
        return member_code(self._numbers, self._value, *parts)

    @locked_cached_property
    def _value(self) -> MadeCode:
        from engine.loss.function_code import value_code

        return value_code(self._program, self._numbers)

    @locked_cached_property
    def _slope(self) -> MadeCode:
        from engine.loss.function_code import slope_code

        return slope_code(self._program, self._numbers)

    @locked_cached_property
    def _curve(self) -> MadeCode:
        from engine.loss.function_code import curve_code

        return curve_code(self._program, self._numbers, self._slope)


class Made:
    """What all losses from one function share: its program, and its machine code without and with a transform.

    `value` is the machine code of values, if it was made already with another way to compute slopes.
    """

    def __init__(
        self, slopes: str, program: Program, numbers: int, remark: str = "", value: MadeCode | None = None
    ) -> None:
        self.slopes, self.remark = slopes, remark
        self._program, self._numbers = program, numbers
        self.untransformed = Codes(program, numbers, value)

    @locked_cached_property
    def transformed(self) -> Codes:
        """The code of the loss with a transform, whose numbers are parameters."""
        from engine.loss.function_code import transformed_program

        return Codes(transformed_program(self._program), self._numbers + len(TRANSFORM_NAMES))


def function_loss(
    function: Any, columns: object, gradient: Any, values: Mapping[str, float], place: FunctionLocation | None = None
) -> FunctionLoss:
    """Return the loss that is a person's function; `place` is the location by which it was found.

    Raises
    ------
    FormulaError
        Where it is no loss, or a value does not fit.
    """
    if columns is not None:
        raise FormulaError("A function runs over no data set: read the numbers in the function itself.")
    if not callable(function):
        raise FormulaError(f"A loss is a formula or a function, not {function!r:.60}.", hint=LOSS_HINT)
    signature = loss_signature(function)
    if gradient is not None and not callable(gradient):
        if "gradient" not in signature.arguments[2:]:
            raise FormulaError("The gradient is no function.", hint="It returns the slopes by x and by y.")
        # A parameter may have that name.
        gradient, values = None, {**values, "gradient": gradient}
    own = Source(signature, None if gradient is None else gradient_signature(gradient, signature), place)
    return _made_loss(own, values)


def restored(
    place: FunctionLocation, gradient: FunctionLocation | None, values: Mapping[str, float], transform: Transform
) -> FunctionLoss:
    """Return the loss that was pickled as the location of its function.

    Raises
    ------
    FormulaError
        Where the function is not found, or is no loss any more.
    """
    loss = function_loss(place.find(), None, gradient and gradient.find(), values)
    source = Source(loss.source.signature, loss.source.gradient, place, gradient)
    return FunctionLoss(source, loss._made, values, transform)


def loss_at(place: FunctionLocation, values: Mapping[str, float]) -> FunctionLoss:
    """Return the loss whose function is at a location; for one in a file, run the file.

    Raises
    ------
    FormulaError
        Where the function is not found, or is no loss.
    """
    return function_loss(place.find(), None, None, values, place)


def _made_loss(source: Source, values: Mapping[str, float]) -> FunctionLoss:
    from engine.loss.function_code import complex_program, difference_program, given_program, height_of

    signature = source.signature
    check_values("parameter", signature.arguments[2:], values)
    height, numbers = height_of(signature), len(signature.arguments) - 2

    def made(slopes: str, program: Program) -> FunctionLoss:
        return FunctionLoss(source, Made(slopes, program, numbers, remark, value), values)

    remark, value = "", None
    differences = made(DIFFERENCES, difference_program(height))
    remark, value = _tried(differences), differences._code("value")
    if source.gradient is not None:
        return _checked(made(GIVEN, given_program(height, source.gradient)), differences)
    program = complex_program(height, signature)
    if program is not None and _agreement(by_complex_step := made(COMPLEX, program)).all():
        return by_complex_step
    return made(DIFFERENCES, difference_program(height))


def _tried(loss: FunctionLoss) -> str:
    """Evaluate a loss at the sample points; return a sentence on what it raised, "" for nothing.

    Raises
    ------
    FormulaError
        Where it has no value anywhere, or the same everywhere, or not the same twice.
    """
    x, y = sample_points()
    first, second = loss.value(x, y), loss.value(x, y)
    name, raised = loss.name, _error_at(loss, x, y, first)
    if not np.isfinite(first).any():
        message = raised or f'"{name}" returned no finite number at any of {len(x)} points.'
        raise FormulaError(message, hint=f"It was tried from ({x[0]:.2g}, {y[0]:.2g}) to ({x[-1]:.4g}, {y[-1]:.4g}).")
    if not np.array_equal(first, second, equal_nan=True):
        raise FormulaError(
            f'"{name}" has different values at the same point, so it has no slopes.',
            hint='A loss draws no random numbers; "noise" is among the settings of a race.',
        )
    if (first == first[0]).all():
        raise FormulaError(f'"{name}" is {first[0]:g} wherever it was tried: it ignores x and y.')
    return raised


def _error_at(loss: FunctionLoss, x: Array, y: Array, values: Array) -> str:
    """Return in a sentence what the function raised at the first point without a value; "" where it raised nothing."""
    from engine.own.compilation import numba_function

    dispatcher = numba_function(loss.source.signature)
    for place in np.flatnonzero(np.isnan(values)).tolist():
        point = float(x[place]), float(y[place])
        try:
            dispatcher(*point, *loss.parameters.values())
        except Exception as error:  # Whatever a person's function may raise.
            return f'At ({point[0]:.3g}, {point[1]:.3g}) "{loss.name}" raised {error_sentence(error)}'
    return ""


def _agreement(loss: FunctionLoss) -> NDArray[np.bool_]:
    """Return at which points the slopes of a loss agree with differences of its values, bool (points,)."""
    x, y = sample_points()
    value, gx, gy = loss.value_and_gradient(x, y)
    return gradient_agrees(loss.value, (gx, gy), x, y) | ~np.isfinite(value)


def _checked(loss: FunctionLoss, differences: FunctionLoss) -> FunctionLoss:
    """Return a loss with a given gradient, once that agrees with differences of its values.

    Raises
    ------
    FormulaError
        Where it does not.
    """
    agrees = _agreement(loss)
    if agrees.mean() > MOSTLY:
        return loss
    x, y = (coordinate[~agrees][0] for coordinate in sample_points())
    given, found = loss.gradient(x, y), differences.gradient(x, y)
    raise FormulaError(
        f"At ({x:.3g}, {y:.3g}) the gradient is ({given[0]:.4g}, {given[1]:.4g}), "
        f'but differences of "{loss.name}" give ({found[0]:.4g}, {found[1]:.4g}).',
        hint="It returns the slopes by x and by y.",
    )
