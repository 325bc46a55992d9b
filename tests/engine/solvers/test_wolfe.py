"""The line search and the solvers that use it: what the conditions say, and what theory says of quadratics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, Race, compile_loss
from engine.solvers.state import field_of, state_dtype

WAVY = compile_loss("sin(3x)*cos(2y) + (x^2 + y^2)/10")
BOWL = "3(x - 1)^2 + 2x*y + 5(y + 2)^2"
SEARCHERS = ("BFGS", "LBFGS", "ConjugateGradient")
coordinates = st.floats(-3, 3)


@pytest.mark.parametrize("name", ["BFGS", "ConjugateGradient"])
@given(start=st.tuples(coordinates, coordinates))
@settings(deadline=None, max_examples=60)
def test_a_step_meets_both_of_wolfes_conditions(name: str, start: tuple[float, float]) -> None:
    race = Race(WAVY, [f"{name}(c1=0.001, c2=0.3)"], start=start)
    race.advance(6)
    trail = race.trail(0)
    losses, slopes = WAVY.value(*trail.T), np.array(WAVY.gradient(*trail.T)).T
    for at, move in enumerate(np.diff(trail, axis=0)):
        if np.linalg.norm(slopes[at]) > 1e-4 and move.any():
            promised = slopes[at] @ move
            assert losses[at + 1] <= losses[at] + 0.001 * promised + 1e-14
            assert abs(slopes[at + 1] @ move) <= 0.3 * abs(promised) + 1e-14


@pytest.mark.parametrize("name", SEARCHERS)
def test_the_minimum_is_found_from_anywhere_near(name: str) -> None:
    race = Race(compile_loss("(1 - x)^2 + 100*(y - x^2)^2"), [name] * 30,
                start=np.random.default_rng(1).uniform(-2, 2, (30, 2)))  # fmt: skip
    race.advance(300)
    np.testing.assert_allclose(race.positions, 1, atol=1e-5)
    assert set(race.status) == {"converged"}


@pytest.mark.parametrize("name", SEARCHERS)
def test_a_nearly_exact_search_ends_on_a_quadratic_after_as_many_steps_as_coordinates(name: str) -> None:
    race = Race(compile_loss(BOWL), [f"{name}(c2=0.05, c1=0.0001)"], start=(7, -4))
    race.advance(1)
    first = np.linalg.norm(race.loss.gradient(*race.positions[0]))
    race.advance(2)
    assert np.linalg.norm(race.loss.gradient(*race.positions[0])) < 1e-2 * first


def test_bfgs_learns_the_curvature_of_a_quadratic() -> None:
    race = Race(compile_loss(BOWL), ["BFGS"], start=(7, -4))
    race.advance(8)
    inverse = np.linalg.inv([[6, 2], [2, 10]])
    learnt = field_of(race.racers[0].block[:, 0], state_dtype(OPTIMIZERS["BFGS"].states), "inverse")
    np.testing.assert_allclose(learnt, inverse, rtol=1e-3)


@pytest.mark.parametrize("name", SEARCHERS)
def test_a_hole_in_the_way_is_searched_around(name: str) -> None:
    race = Race(compile_loss("-log(2 - x - y) - log(x + 2) - log(y + 2)"), [name], start=(-1.99, 1.5))
    race.advance(60)
    assert np.linalg.norm(race.loss.gradient(*race.positions[0])) < 1e-6


@pytest.mark.parametrize("name", SEARCHERS)
def test_the_racer_never_goes_uphill(name: str) -> None:
    race = Race(WAVY, [name] * 20, start=np.random.default_rng(2).uniform(-3, 3, (20, 2)))
    race.advance(80)
    assert all((np.diff(race.trail_losses(racer)) <= 0).all() for racer in range(20))


def test_a_long_memory_is_more_than_a_short_one() -> None:
    race = Race(WAVY, ["LBFGS", "LBFGS(history_size=1)"], start=(1.3, -0.7))
    race.advance(6)
    assert race.positions[0].tolist() != race.positions[1].tolist()
