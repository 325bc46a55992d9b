"""Powers of vectors are exact to two units of the last place, follow the C standard, and share their logarithm."""

import ctypes
import itertools
import os
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import atanh, log, mp, mpf, power

from engine import Loss, compile_loss
from engine.language.codegen import power as own
from engine.language.codegen.assembly import LANES, VECTOR, function, load, store
from engine.language.codegen.machine_code import Code
from engine.language.codegen.vector_math import SWITCH, has_own_power
from engine.language.types import Array

pytestmark = pytest.mark.skipif(not has_own_power(), reason="this processor cannot multiply and add in one rounding")

POINTS, DIGITS = 400, 60
PROMISED_ULPS = 2.0
SPECIAL = (
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 2.5, -2.5, 5e-324, -5e-324, 1e-300, -1e-300, 1e300, -1e300,
    2.0**52 + 1, 2.0**53 - 1, 1.0 - 2.0**53, 2.0**53, 2.0**52 - 0.5, 1.0 + 2.0**-52, 1.0 - 2.0**-53, 2.0**-1022,
    1023.0, 1024.0, -1022.0, -1074.0, -1075.0, np.inf, -np.inf, np.nan,
)  # fmt: skip
HOSTILE = (0.0, -1.5, np.inf, np.nan, 5e-324)

powers = compile_loss("x^y")


def spread_evenly(least: float, most: float) -> Callable[[np.random.Generator], Array]:
    """Return what draws numbers whose logarithms to base 2 are spread evenly between two."""
    return lambda generator: np.exp2(generator.uniform(least, most, POINTS))


def beside_one(generator: np.random.Generator) -> Array:
    """Draw numbers at every distance from 1."""
    return 1.0 + generator.choice([-1.0, 1.0], POINTS) * np.exp2(generator.uniform(-52.0, -1.0, POINTS))


@pytest.mark.parametrize(
    ("bases", "least", "most"),
    [
        (spread_evenly(-1074, 1024), -1022, 1024),
        (spread_evenly(-30, 30), -1022, -1010),
        (spread_evenly(-30, 30), 1010, 1024),
        (spread_evenly(-30, 30), -1075, -1022),
        (spread_evenly(-1074, -1022), -900, 900),
        (spread_evenly(-0.55, 0.55), 1000, 1024),
        (spread_evenly(-0.1, 0.1), 1000, 1024),
        (beside_one, -1022, 1024),
        (spread_evenly(-3, 3), -3, 3),
    ],
    ids=["every size", "almost 0", "almost infinite", "below the normal", "tiny bases", "one octave", "nearest 1",
         "beside 1", "everyday"],
)  # fmt: skip
def test_a_power_is_within_two_ulp_of_sixty_digits(
    bases: Callable[[np.random.Generator], Array], least: float, most: float
) -> None:
    generator = np.random.default_rng(3)
    x = bases(generator)
    y = generator.uniform(least, most, POINTS) / np.log2(x)
    worst = 0.0
    with mp.workdps(DIGITS):
        for base, exponent, found in zip(x.tolist(), y.tolist(), powers.value(x, y).tolist(), strict=True):
            exact = power(mpf(base), mpf(exponent))
            if exact < mpf(np.finfo(float).max):
                worst = max(worst, float(abs(mpf(found) - exact) / mpf(float(np.spacing(float(exact))))))
    assert worst <= PROMISED_ULPS


@pytest.mark.parametrize("alone", [False, True], ids=["among others", "alone"])
def test_zeros_infinities_negatives_and_no_numbers_are_as_in_c(alone: bool) -> None:
    x, y = np.array(list(itertools.product(SPECIAL, SPECIAL))).T
    with np.errstate(all="ignore"):
        meant = np.power(x, y)
    found = np.array([float(powers.value(a, b)) for a, b in zip(x, y, strict=True)]) if alone else powers.value(x, y)
    np.testing.assert_allclose(found, meant, rtol=1e-15, atol=0.0)
    numbers = ~np.isnan(meant)
    np.testing.assert_array_equal(np.signbit(found[numbers]), np.signbit(meant[numbers]))


@settings(max_examples=300, deadline=None)
@given(st.floats(), st.floats())
def test_any_two_numbers_give_what_numpy_gives(base: float, exponent: float) -> None:
    with np.errstate(all="ignore"):
        meant = float(np.power(base, exponent))
    np.testing.assert_allclose(float(powers.value(base, exponent)), meant, rtol=1e-15, atol=5e-324)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*HOSTILE, 0.3, 0.999, 1.7, 40.0, 1e200]), min_size=LANES, max_size=LANES))
def test_a_power_has_the_same_bits_whatever_stands_beside_it(bases: list[float]) -> None:
    loss = compile_loss("x^1.3 + x^y")
    x, y = np.array(bases), np.linspace(-2.2, 2.3, LANES)
    together = loss.value_and_gradient(x, y)
    alone = [loss.value_and_gradient(a, b) for a, b in zip(x, y, strict=True)]
    for number, results in enumerate(together):
        np.testing.assert_array_equal(results, [float(result[number]) for result in alone])


@pytest.mark.parametrize("exponent", [0.3, 1.3, 2.7, 3.9, 4.1, -0.4, -3.3])
def test_a_constant_power_is_as_in_c_everywhere(exponent: float) -> None:
    x = np.array([*SPECIAL, *np.linspace(0.1, 9.9, 30)])
    with np.errstate(all="ignore"):
        meant = np.power(x, exponent)
    found = compile_loss(f"x^({exponent})").value(x, 0.0)
    np.testing.assert_allclose(found, meant, rtol=1e-15, atol=0.0)


def calls(loss: Loss, symbol: str) -> int:
    """Return how often the machine code of value and gradient calls a function at each point."""
    _, emitter, _ = loss.landscape.emit()
    return sum(f"@{symbol}(" in line for line in emitter.each)


def test_a_value_and_its_slopes_work_out_one_logarithm() -> None:
    assert calls(compile_loss("(x^2 + y^2 + 1)^0.7"), own.LOGARITHM) == 1
    assert calls(compile_loss("(x^2 + 1)^k"), own.LOGARITHM) == 1
    assert calls(compile_loss("(x^2 + 1)^0.7 + (y^2 + 1)^0.7"), own.LOGARITHM) == 2


def test_a_power_above_one_takes_no_other_power_for_its_slope() -> None:
    assert calls(compile_loss("(x^2 + 1)^1.3"), own.POWER) == 1
    assert calls(compile_loss("(x^2 + y^2 + 1)^2.3"), own.POWER) == 1


def test_a_value_has_the_same_bits_with_its_slopes_and_without() -> None:
    loss = compile_loss("(x^2 + 1)^1.3 + (y^2 + 1)^2.7*(x^2 + 1)^0.3")
    x, y = np.random.default_rng(5).uniform(-3.0, 3.0, (2, 100))
    np.testing.assert_array_equal(loss.value(x, y), loss.value_and_gradient(x, y)[0])


def test_looking_up_in_memory_gives_the_same_bits_as_in_a_register(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = np.array(list(itertools.product([*HOSTILE, 0.3, 0.97, 1.01, 7.0], [-700.3, -0.1, 0.7, 33.3]))).T
    x, y = (np.ascontiguousarray(np.resize(numbers, 40)) for numbers in (x, y))
    monkeypatch.setattr(own, "looks_up_at_once", lambda: False)
    body = [*load("%x", "%xs", "0"), *load("%y", "%ys", "0"), f"%both = {own.call_of_logarithm('%x')}"]
    body += [f"%part{part} = extractvalue {{ {VECTOR}, {VECTOR} }} %both, {part}" for part in (0, 1)]
    body += [
        f"%z = {own.call_of_power('%x', '%y', '%part0', '%part1')}",
        *store("%z", "%zs", "%place", "0"),
        "ret void",
    ]
    code = Code("\n".join([own.definitions(), function("void @run(ptr %xs, ptr %ys, ptr %zs)", body)]))
    run = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 3)(code.address("run"))
    found = np.empty_like(x)
    for first in range(0, len(x), LANES):
        run(*(numbers.ctypes.data + numbers.itemsize * first for numbers in (x, y, found)))
    np.testing.assert_array_equal(found, powers.value(x, y))


def test_the_tables_and_polynomials_are_as_exact_as_they_say() -> None:
    with mp.workdps(DIGITS):
        tables = (own.CENTRES, own.LOGARITHMS, own.LOGARITHM_RESTS)
        for centre, known, rest in zip(*(table.numbers for table in tables), strict=True):
            assert (known * 2.0**42).is_integer()
            assert abs(mpf(known) + mpf(rest) - log(mpf(centre), 2)) < mpf(2) ** -95
        assert list(own.ROOTS) == [float(mpf(2) ** (mpf(number) / 8)) for number in range(own.TABLE_SIZE)]
        furthest = mpf(1) / 33
        for part in range(1, 201):
            s, r = furthest * part / 200, mpf(part - 100) / 1600
            series = sum(mpf(coefficient) * s ** (2 * k) for k, coefficient in enumerate((own.SLOPE, *own.CURVE)))
            exact = 2 / log(mpf(2)) * atanh(s) / s
            assert abs((series + mpf(own.SLOPE_REST)) / exact - 1) < mpf(2) ** -64
            growth = sum(mpf(coefficient) * r ** (k + 1) for k, coefficient in enumerate(own.EXPONENTIAL))
            assert abs(growth - (mpf(2) ** r - 1)) < mpf(2) ** -56


def test_eight_threads_may_need_the_first_power_at_a_time() -> None:
    code = "from concurrent.futures import ThreadPoolExecutor; from engine import compile_loss\n"
    code += "run = lambda number: float(compile_loss(f'x^1.3 + {number}').value(2.0, 0.0)) - number\n"
    code += "with ThreadPoolExecutor(8) as pool: print(max(pool.map(run, range(8))), min(pool.map(run, range(8))))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    np.testing.assert_allclose([float(number) for number in result.stdout.split()], [2.0**1.3] * 2, rtol=1e-14)


def test_powers_of_our_own_can_be_done_without() -> None:
    code = "from engine.language.codegen.vector_math import has_own_power; from engine import compile_loss; "
    code += "print(has_own_power(), float(compile_loss('x^y').value(2.0, 0.3)))"
    environment = {**os.environ, SWITCH: "off"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60)
    assert result.stdout.split() == ["False", repr(2.0**0.3)], result.stderr
