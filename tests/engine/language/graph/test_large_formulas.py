"""A formula of thousands of terms compiles within a second or two, and has the value of its parts."""

import time
from functools import cache

import numpy as np
import pytest

from engine import FormulaError, Race, Swarm, compile_loss
from engine.language.codegen.loss_kernel import LARGE_NODES
from engine.language.graph.graph import MOST_NODES
from tests.pace import is_within

TERMS = 250
LARGE = f"sum(sin(n*x)*cos(n*y)/n, n, 1, {TERMS})"
pytestmark = pytest.mark.usefixtures("memory_of_others_aside")

X, Y = np.random.default_rng(2).uniform(-1.0, 1.0, (2, 13))


def test_a_large_formula_agrees_with_numpy_and_its_gradient_with_its_terms() -> None:
    loss = compile_loss(LARGE)
    assert loss.landscape.is_large
    np.testing.assert_allclose(loss.value(X, Y), loss.preview(X, Y), rtol=1e-12)
    n = np.arange(1, TERMS + 1)[:, None]
    gx, gy = loss.gradient(X, Y)
    np.testing.assert_allclose(gx, (np.cos(n * X) * np.cos(n * Y)).sum(0), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(gy, -(np.sin(n * X) * np.sin(n * Y)).sum(0), rtol=1e-9, atol=1e-9)
    hxx, hxy, hyy = loss.hessian(X, Y)
    np.testing.assert_allclose(hxx, -(n * np.sin(n * X) * np.cos(n * Y)).sum(0), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(hxy, -(n * np.cos(n * X) * np.sin(n * Y)).sum(0), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(hyy, hxx, rtol=1e-9, atol=1e-6)


def test_a_swarm_on_a_large_formula_moves_like_a_race() -> None:
    loss, starts = compile_loss(LARGE), np.stack([X, Y], axis=1)
    swarm, race = Swarm(loss, "Adam", starts), Race(loss, ["Adam"] * len(X), start=starts)
    swarm.advance(20)
    race.advance(20)
    assert swarm.positions.tobytes() == race.positions.tobytes()


@cache
def seconds_to_compile(terms: int) -> float:
    """Return how long a sum of so many terms takes, at best of three."""

    def once() -> float:
        began = time.thread_time()
        compile_loss(f"sum(sin(n*x)/n, n, 1, {terms})")
        return time.thread_time() - began

    return min(once() for _ in range(3))


def test_the_time_to_compile_grows_with_the_length_and_not_with_its_square() -> None:
    # Quadratic growth would make it 25 times as long; it is about 5 times, and the limit allows for a busy machine.
    assert seconds_to_compile(2000) < 12 * seconds_to_compile(400)


def test_a_sum_of_two_thousand_terms_is_there_within_two_seconds() -> None:
    assert is_within(seconds_to_compile(2000), 2.0), seconds_to_compile(2000)


def test_a_formula_too_large_to_compile_says_the_limit() -> None:
    with pytest.raises(FormulaError, match=f"{MOST_NODES:,} are the most"):
        compile_loss("sum(gamma(x + n), n, 1, 2000)")


def test_the_threshold_lies_beyond_what_people_type() -> None:
    assert not compile_loss("(1-x)^2 + 100(y - x^2)^2").landscape.is_large
    assert LARGE_NODES < MOST_NODES
