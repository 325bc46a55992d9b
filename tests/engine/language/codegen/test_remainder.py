"""`%` and `//` are as exact as the C library's fmod, have the sign of the divisor, and belong together."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Race, compile_loss, compile_rule

REMAINDER, QUOTIENT = compile_loss("x % y"), compile_loss("x // y")
SPECIAL = [0.0, -0.0, 1.0, -1.0, 5e-324, -5e-324, 1e-310, 2.3e-308, 1.7e308, -1.7e308, math.inf, -math.inf, math.nan]
SPECIAL += [0.1, -0.1, 0.3, 3.0, -7.0, 1e17, 1e300, -1e-20, 2.0**53, 2.0**52 + 1.0]
EXACT_BELOW = 2.0**52
NUMPY_BELOW = 2.0**50
"""Python and NumPy may be off by one above: 1.9340278865875516e16 // 4.90625 is 3941967666930041, not ...040."""
doubles = st.one_of(st.floats(), st.sampled_from(SPECIAL), st.integers(-99, 99).map(lambda tenths: tenths * 0.1))


def meant(dividend: float, divisor: float) -> float:
    """Return Python's remainder, which rounds up to the divisor what is just below it; NaN where it raises."""
    try:
        remainder = dividend % divisor
    except (ZeroDivisionError, ValueError):
        return math.nan
    rounded_up = math.isfinite(divisor) and abs(remainder) >= abs(divisor)
    return math.nextafter(divisor, 0.0) if rounded_up else remainder


def same(found: float, true: float) -> bool:
    return found == true or (math.isnan(found) and math.isnan(true))


@settings(max_examples=1000, deadline=None)
@given(doubles, doubles)
def test_a_remainder_is_exact_for_all_doubles_by_machine_code_and_by_numpy(dividend: float, divisor: float) -> None:
    true = meant(dividend, divisor)
    assert same(float(REMAINDER.value(dividend, divisor)), true)
    assert same(float(REMAINDER.preview(dividend, divisor)), true)


@pytest.mark.parametrize("dividend", [-745.0, 745.0, -4.0, 0.0, -0.0])
@pytest.mark.parametrize("divisor", [1.0, -1.0])
def test_a_remainder_of_zero_has_one_sign_by_machine_code_and_by_numpy(dividend: float, divisor: float) -> None:
    found, reference = (float(run(dividend, divisor)) for run in (REMAINDER.value, REMAINDER.preview))
    assert found == reference == 0.0
    assert math.copysign(1.0, found) == math.copysign(1.0, reference)


def test_every_lane_of_a_vector_gets_its_own_remainder() -> None:
    pairs = np.array([(dividend, divisor) for dividend in SPECIAL for divisor in SPECIAL])
    found = REMAINDER.value(*pairs.T)
    assert all(same(*both) for both in zip(found.tolist(), (meant(*pair) for pair in pairs.tolist()), strict=True))


@settings(max_examples=500, deadline=None)
@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e6), st.sampled_from([1.0, -1.0]))
def test_a_remainder_has_the_sign_of_the_divisor_and_is_below_it(dividend: float, size: float, sign: float) -> None:
    remainder = float(REMAINDER.value(dividend, sign * size))
    assert 0.0 <= sign * remainder < size


@settings(max_examples=500, deadline=None)
@given(doubles, doubles)
def test_the_quotient_is_rounded_down_exactly(dividend: float, divisor: float) -> None:
    if not (math.isfinite(dividend) and math.isfinite(divisor) and divisor):
        return
    true = math.floor(Fraction(dividend) / Fraction(divisor))
    if abs(true) < EXACT_BELOW:
        assert float(QUOTIENT.value(dividend, divisor)) == true
    if abs(true) < NUMPY_BELOW:
        assert float(QUOTIENT.preview(dividend, divisor)) == true


@pytest.mark.parametrize(
    ("text", "point", "value"),
    [
        ("mod(0.3 + 0*x, 0.1)", (1.0, 0.0), 0.3 % 0.1),
        ("x % 0.2", (0.6, 0.0), 0.6 % 0.2),
        ("x % 3", (1e17, 0.0), 1.0),
        ("x % 3 ", (1e300, 0.0), float(int(1e300) % 3)),
        ("frac(x)", (-1e-20, 0.0), 1.0 - 2.0**-53),
        ("frac(x) ", (-2.25, 0.0), 0.75),
        ("x // 0.1", (1.0, 0.0), 9.0),
        ("a % b + 0*x", (0.0, 0.0), 0.0),
    ],
)
def test_what_used_to_leave_its_range(text: str, point: tuple[float, float], value: float) -> None:
    assert float(compile_loss(text).value(*point)) == value


def test_a_root_of_a_remainder_is_a_number() -> None:
    x = np.arange(-1000, 1000) * 0.2
    assert np.isfinite(compile_loss("sqrt(x % 0.2) + acos(frac(x))").value(x, 0.0)).all()


def test_the_slope_is_1_along_the_dividend_and_counts_whole_divisors_along_the_divisor() -> None:
    loss = compile_loss("x % y")
    x, y = np.array([7.3, -7.3, 7.3, -7.3, 1e17, 0.0]), np.array([2.0, 2.0, -2.0, -2.0, 3.0, 2.0])
    gx, gy = loss.gradient(x, y)
    np.testing.assert_array_equal(gx, 1.0)
    np.testing.assert_array_equal(gy, -(x // y))
    np.testing.assert_array_equal(loss.hessian(x, y), 0.0)
    np.testing.assert_array_equal(compile_loss("frac(x)").gradient([-1e-20, 0.0, 2.5], 0.0)[0], 1.0)


def test_a_rule_may_take_the_remainder_of_its_step() -> None:
    rule = compile_rule("w = w + (t % 3) + 0*g")
    race = Race(compile_loss("x + y"), [rule], start=(0.0, 0.0))
    race.advance(7)
    assert race.positions.tolist() == [[7.0, 7.0]]
