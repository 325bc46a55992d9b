"""Newton's method and its kin: what theory says of them."""

from itertools import pairwise

import numpy as np
import pytest

from engine import Race, compile_loss

NEAR = (1.1, 1.15)
ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
FAMILY = ("Newton", "DampedNewton", "SaddleFreeNewton")


@pytest.mark.parametrize("name", FAMILY)
def test_a_bowl_takes_one_step(name: str) -> None:
    race = Race(compile_loss("3(x - 1)^2 + 2x*y + 5(y + 2)^2"), [name], start=(7, -4))
    race.advance(1)
    np.testing.assert_allclose(np.array(race.loss.gradient(*race.positions[0])), 0, atol=1e-12)


@pytest.mark.parametrize("name", FAMILY)
def test_correct_digits_double_near_the_minimum(name: str) -> None:
    race = Race(compile_loss(ROSENBROCK), [name], start=NEAR)
    race.advance(12)
    errors = np.linalg.norm(race.trail(0) - 1, axis=1)
    pairs = [(before, after) for before, after in pairwise(errors) if 1e-7 < before < 0.05]
    assert len(pairs) >= 2
    assert all(after < 50 * before**2 for before, after in pairs)


def test_newton_steps_are_those_of_the_textbook() -> None:
    race = Race(compile_loss("x^4 + y^2"), ["Newton", "Newton(lr=0.5)"], start=(3, 1))
    race.advance(1)
    np.testing.assert_allclose(race.positions, [[2, 0], [2.5, 0.5]], rtol=1e-14)


def test_newton_is_drawn_to_a_saddle_that_the_others_leave() -> None:
    race = Race(compile_loss("x^2 - y^2 + y^4"), list(FAMILY), start=(1, 0.05))
    race.advance(60)
    np.testing.assert_allclose(race.losses, [0, -0.25, -0.25], atol=1e-12)


def test_damped_newton_never_goes_uphill() -> None:
    race = Race(compile_loss("sin(3x)*cos(2y) + (x^2 + y^2)/10"), ["DampedNewton"] * 50,
                start=np.random.default_rng(3).uniform(-3, 3, (50, 2)))  # fmt: skip
    race.advance(40)
    assert all((np.diff(race.trail_losses(racer)) <= 0).all() for racer in range(50))
    assert set(race.status) == {"converged"}


def test_newton_where_nothing_bends_stays_and_says_so() -> None:
    race = Race(compile_loss("x + 2y"), ["Newton"], start=(1, 1))
    race.advance(3)
    assert race.positions.tolist() == [[1, 1]] and race.status == ["running"]
    assert race.reason(0) == "The curvature here allows no step."
