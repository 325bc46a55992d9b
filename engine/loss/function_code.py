"""The machine code of a person's loss: Numba compiles it with the same entry points as that of a formula.

A program has three small Numba functions: `height` returns the value at a point, `slopes` the value and the slopes,
`curvature` the second derivatives.  A transform wraps them by the chain rule, and loops over arrays call them.  Where a
value is NaN, its slopes are NaN too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numba import carray, cfunc, njit, types

from engine.language.codegen.bridges import answering_at_vectors, answering_members
from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER
from engine.language.errors import FormulaError
from engine.loss.complex_step import STEP, ComplexCompiler
from engine.loss.transform import TRANSFORM_NAMES
from engine.own.compilation import as_one_tuple, compile_overload, nan_where_it_raises, numba_function, number_reader
from engine.own.function_location import error_sentence
from engine.own.signature import Signature

REAL, COMPLEX = types.float64, types.complex128
NUMBERS = types.CPointer(REAL)
SLOPE_STEP, CURVE_STEP = 2.0**-17, 2.0**-13
"""Steps of differences beside a coordinate of size 1: third and fourth roots of the rounding error, as powers of 2.

With them, the error from rounding the values is about as large as the error of the difference itself.
"""
TRIED = 0.5
"""The coordinates at which a function that returns nothing is called, to see whether it raises."""
SECONDS = DIMENSIONS * (DIMENSIONS + 1) // 2


@dataclass(frozen=True)
class Program:
    """Three Numba functions of x, y and a tuple of all parameters: value, value and slopes, second derivatives."""

    height: Any
    slopes: Any
    curvature: Any


@dataclass(frozen=True)
class MadeCode:
    """Machine code of Numba or LLVM, and the objects that keep it alive."""

    addresses: Mapping[str, int]
    kept: Sequence[object]

    def address(self, name: str) -> int:
        """Return the address of a function; valid as long as this object lives."""
        return self.addresses[name]


@dataclass(frozen=True)
class MemberMadeCode(MadeCode):
    """Machine code for instances with parameters of their own, see `engine.language.codegen.loss_kernel.MemberCode`."""

    numbers: int
    by_instance: bool = True


def height_of(signature: Signature) -> Any:
    """Return the value of a person's function at a point.

    Raises
    ------
    FormulaError
        Where Numba cannot compile it for numbers, or it returns none.
    """
    dispatcher = numba_function(signature)
    made = compile_overload(dispatcher, [REAL] * len(signature.arguments), signature.name)
    returned = made.signature.return_type
    if returned == types.none:
        raise FormulaError(_why_nothing(dispatcher, signature))
    if not isinstance(returned, types.Float | types.Integer | types.Boolean):
        what = f"an array ({returned})" if isinstance(returned, types.Array) else str(returned)
        raise FormulaError(
            f'"{signature.name}" returns {what} of two numbers x and y, not a number.',
            hint="It gets one point at a time.",
        )
    attempt = nan_where_it_raises(made, REAL)

    def height(x: float, y: float, numbers: Any) -> Any:
        return attempt((x, y) + numbers)

    return njit(error_model="numpy")(height)


def _why_nothing(dispatcher: Any, signature: Signature) -> str:
    """Return in a sentence why a function returns nothing: it always raises, or has no ``return``."""
    try:
        dispatcher(*[TRIED] * DIMENSIONS, *signature.parameters(DIMENSIONS).values())
    except Exception as error:  # Whatever a person's function may raise.
        return f'"{signature.name}" has no value anywhere: it raised {error_sentence(error)}'
    return f'"{signature.name}" returns nothing.'


def given_program(height: Any, gradient: Signature) -> Program:
    """Return the program of a loss whose slopes are computed by another function of the person.

    Raises
    ------
    FormulaError
        Where Numba cannot compile that function for numbers, or it does not return two.
    """
    plain = numba_function(gradient)
    returned = compile_overload(plain, [REAL] * len(gradient.arguments), gradient.name).signature.return_type
    pair_of_numbers = isinstance(returned, types.BaseTuple) and len(returned) == DIMENSIONS
    if not (pair_of_numbers or (isinstance(returned, types.Array) and returned.ndim == 1)):
        raise FormulaError(f"The gradient returns {returned}, not the slopes by x and by y.")

    def pair(numbers: Any) -> Any:
        across, up = plain(*numbers)
        return float(across), float(up)

    made = compile_overload(njit(pair), as_one_tuple([REAL] * len(gradient.arguments)), gradient.name)
    attempt = nan_where_it_raises(made, types.UniTuple(REAL, DIMENSIONS))

    def slopes(x: float, y: float, numbers: Any) -> Any:
        f = height(x, y, numbers)
        gx, gy = attempt((x, y) + numbers)
        return f, gx + (f - f), gy + (f - f)

    return _with_differences_of_slopes(height, njit(error_model="numpy")(slopes))


def complex_program(height: Any, signature: Signature) -> Program | None:
    """Return the program of a loss with slopes by complex step; None where Numba cannot compile it for complex x, y."""
    dispatcher = numba_function(signature, pipeline_class=ComplexCompiler)
    numbers_after = [REAL] * (len(signature.arguments) - DIMENSIONS)
    try:
        made = compile_overload(dispatcher, [COMPLEX, COMPLEX, *numbers_after], signature.name)
    except FormulaError:
        return None
    if made.signature.return_type != COMPLEX:
        return None
    attempt = nan_where_it_raises(made, COMPLEX)

    def slopes(x: float, y: float, numbers: Any) -> Any:
        f = height(x, y, numbers)
        gx = attempt((complex(x, STEP), complex(y, 0.0)) + numbers).imag / STEP
        gy = attempt((complex(x, 0.0), complex(y, STEP)) + numbers).imag / STEP
        return f, gx + (f - f), gy + (f - f)

    return _with_differences_of_slopes(height, njit(error_model="numpy")(slopes))


def difference_program(height: Any) -> Program:
    """Return the program of a loss with slopes by central differences."""

    def slopes(x: float, y: float, numbers: Any) -> Any:
        f, h, k = height(x, y, numbers), step_beside(x, SLOPE_STEP), step_beside(y, SLOPE_STEP)
        gx = (height(x + h, y, numbers) - height(x - h, y, numbers)) / (2.0 * h)
        gy = (height(x, y + k, numbers) - height(x, y - k, numbers)) / (2.0 * k)
        return f, gx + (f - f), gy + (f - f)

    def curvature(x: float, y: float, numbers: Any) -> Any:
        f, h, k = height(x, y, numbers), step_beside(x, CURVE_STEP), step_beside(y, CURVE_STEP)
        hxx = (height(x + h, y, numbers) - 2.0 * f + height(x - h, y, numbers)) / (h * h)
        hyy = (height(x, y + k, numbers) - 2.0 * f + height(x, y - k, numbers)) / (k * k)
        along = height(x + h, y + k, numbers) + height(x - h, y - k, numbers)
        against = height(x + h, y - k, numbers) + height(x - h, y + k, numbers)
        return hxx, (along - against) / (4.0 * h * k), hyy

    return Program(height, *map(njit(error_model="numpy"), (slopes, curvature)))


@njit(error_model="numpy")
def step_beside(coordinate: float, step: float) -> float:
    """Return the step of a difference at a coordinate, rounded so that their sum is exact."""
    wide = step * max(1.0, abs(coordinate))
    return (coordinate + wide) - coordinate


def _with_differences_of_slopes(height: Any, slopes: Any) -> Program:
    """Return a program whose second derivatives are central differences of its slopes."""

    def curvature(x: float, y: float, numbers: Any) -> Any:
        h, k = step_beside(x, SLOPE_STEP), step_beside(y, SLOPE_STEP)
        _, right_x, right_y = slopes(x + h, y, numbers)
        _, left_x, left_y = slopes(x - h, y, numbers)
        _, up_x, up_y = slopes(x, y + k, numbers)
        _, down_x, down_y = slopes(x, y - k, numbers)
        mixed = (right_y - left_y) / (2.0 * h) + (up_x - down_x) / (2.0 * k)
        return (right_x - left_x) / (2.0 * h), 0.5 * mixed, (up_y - down_y) / (2.0 * k)

    return Program(height, slopes, njit(error_model="numpy")(curvature))


def transformed_program(program: Program) -> Program:
    """Return the program of a transformed loss; the numbers of the transform are the last of its parameters."""
    own_height, own_slopes, own_curvature = program.height, program.slopes, program.curvature
    # Numba slices a tuple by constants in the code alone, so the 6 below is written out.
    if len(TRANSFORM_NAMES) != 6:
        raise ValueError("The code of transforms reads six numbers.")

    def height(x: float, y: float, numbers: Any) -> Any:
        a, b, c, d, e, f = numbers[-6:]
        return own_height(a * x + b * y + c, d * x + e * y + f, numbers[:-6])

    def slopes(x: float, y: float, numbers: Any) -> Any:
        a, b, c, d, e, f = numbers[-6:]
        value, gu, gv = own_slopes(a * x + b * y + c, d * x + e * y + f, numbers[:-6])
        return value, a * gu + d * gv, b * gu + e * gv

    def curvature(x: float, y: float, numbers: Any) -> Any:
        a, b, c, d, e, f = numbers[-6:]
        huu, huv, hvv = own_curvature(a * x + b * y + c, d * x + e * y + f, numbers[:-6])
        hxx = a * a * huu + 2.0 * a * d * huv + d * d * hvv
        hxy = a * b * huu + (a * e + b * d) * huv + d * e * hvv
        return hxx, hxy, b * b * huu + 2.0 * b * e * huv + e * e * hvv

    return Program(*map(njit(error_model="numpy"), (height, slopes, curvature)))


def value_code(program: Program, numbers: int) -> MadeCode:
    """Return the code of ``value`` alone."""
    height, unpack = program.height, number_reader(numbers)

    def value(n: Any, xs: Any, ys: Any, parameters: Any, f: Any) -> None:
        x, y, values, own = carray(xs, n), carray(ys, n), carray(f, n), unpack(parameters, 1, 0)
        for i in range(n):
            values[i] = height(x[i], y[i], own)

    made = _over_arrays(value, 1)
    return MadeCode({"value": made.address}, (made,))


def slope_code(program: Program, numbers: int) -> MadeCode:
    """Return the code of ``gradient``, and of ``point`` for the kernels of rules."""
    slopes, unpack = program.slopes, number_reader(numbers)

    def gradient(n: Any, xs: Any, ys: Any, parameters: Any, f: Any, gx: Any, gy: Any) -> None:
        x, y, values, own = carray(xs, n), carray(ys, n), carray(f, n), unpack(parameters, 1, 0)
        across, up = carray(gx, n), carray(gy, n)
        for i in range(n):
            values[i], across[i], up[i] = slopes(x[i], y[i], own)

    made = _over_arrays(gradient, FIRST_ORDER)
    point = answering_at_vectors({made.address: FIRST_ORDER})
    return MadeCode({"gradient": made.address, "point": point.address("point")}, (made, point))


def curve_code(program: Program, numbers: int, slope: MadeCode) -> MadeCode:
    """Return the code of ``hessian``, and of a ``point`` that has slopes and second derivatives."""
    curvature, unpack = program.curvature, number_reader(numbers)

    def hessian(n: Any, xs: Any, ys: Any, parameters: Any, hxx: Any, hxy: Any, hyy: Any) -> None:
        x, y, own = carray(xs, n), carray(ys, n), unpack(parameters, 1, 0)
        across, mixed, up = carray(hxx, n), carray(hxy, n), carray(hyy, n)
        for i in range(n):
            across[i], mixed[i], up[i] = curvature(x[i], y[i], own)

    made = _over_arrays(hessian, SECONDS)
    point = answering_at_vectors({slope.address("gradient"): FIRST_ORDER, made.address: SECONDS})
    return MadeCode({"hessian": made.address, "point": point.address("point")}, (made, point, slope))


def member_code(numbers: int, value: MadeCode, *parts: tuple[MadeCode, str, int]) -> MemberMadeCode:
    """Return the code for instances with parameters of their own.

    `parts` are code, the name of an entry point in it, and the number of results of that.
    """
    entries = {made.address(name): results for made, name, results in parts}
    code = answering_members(value.address("value"), entries, numbers)
    addresses = {name: code.address(name) for name in ("point", "value")}
    return MemberMadeCode(addresses, (code, value, *(made for made, _, _ in parts)), numbers)


def _over_arrays(loop: Callable[..., None], results: int) -> Any:
    """Return a function of arrays as machine code, entered by (n, x, y, parameters, *results)."""
    return cfunc(types.void(types.int64, *[NUMBERS] * (3 + results)), error_model="numpy")(loop)
