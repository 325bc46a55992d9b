"""What is known of methods that search along lines, within a radius or with a simplex."""

import numpy as np
import pytest

from engine import Race, compile_loss

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
WAVY = "sin(3x)*cos(2y) + (x^2 + y^2)/10"
START = (-1.2, 1.0)


def moved(racer: str, steps: int, formula: str = ROSENBROCK, start: tuple[float, float] = START) -> Race:
    race = Race(compile_loss(formula), [racer], start=start)
    race.advance(steps)
    return race


def slopes(race: Race) -> np.ndarray:
    return np.array(race.loss.gradient(*race.trail(0).T)).T


def test_after_an_exact_search_the_next_slope_stands_at_a_right_angle_to_the_step() -> None:
    gradients = slopes(moved("ExactDescent", 30))
    lengths = np.linalg.norm(gradients, axis=1)
    cosines = (gradients[1:] * gradients[:-1]).sum(axis=1) / (lengths[1:] * lengths[:-1])
    assert np.abs(cosines).max() < 1e-8


def test_exact_descent_on_a_bowl_makes_the_steps_of_the_textbook() -> None:
    race = moved("ExactDescent", 1, "x^2 + 4y^2", (4, 1))
    slope = np.array([8.0, 8.0])
    length = (slope @ slope) / (slope @ np.diag([2.0, 8.0]) @ slope)
    np.testing.assert_allclose(race.positions[0], np.array([4.0, 1.0]) - length * slope, rtol=1e-9)


def test_armijo_takes_the_first_length_that_descends_enough() -> None:
    race = moved("ArmijoDescent(lr=2, c1=0.1, shrink=0.5)", 25)
    losses, gradients, trail = race.trail_losses(0), slopes(race), race.trail(0)
    for at, move in enumerate(np.diff(trail, axis=0)):
        square = gradients[at] @ gradients[at]
        length = -(move @ gradients[at]) / square
        assert losses[at + 1] <= losses[at] - 0.1 * length * square
        twice = trail[at] - 2 * length * gradients[at]
        assert length == pytest.approx(2) or race.loss.value(*twice) > losses[at] - 0.1 * 2 * length * square


def test_coordinate_descent_walks_along_one_axis_after_the_other() -> None:
    moves = np.diff(moved("CoordinateDescent", 20).trail(0), axis=0)
    assert (moves[0::2, 1] == 0).all() and (moves[1::2, 0] == 0).all()
    assert (moves[0::2, 0] != 0).all() and (moves[1::2, 1] != 0).all()


def test_coordinate_descent_needs_a_step_an_axis_where_the_valley_is_straight() -> None:
    race = moved("CoordinateDescent", 2, "(x - 3)^2 + 50(y + 1)^2", (-2, 2))
    np.testing.assert_allclose(race.positions, [[3, -1]], atol=1e-9)


def test_coordinate_descent_is_stuck_at_a_kink_that_slants_and_says_so() -> None:
    race = moved("CoordinateDescent", 5, "|x - y| + (x + y)/10", (1, 1.5))
    assert race.positions[0, 0] == pytest.approx(race.positions[0, 1])
    assert race.reason(0) == "The search found no lower point."


def test_no_step_leaves_the_trust_region() -> None:
    race = moved("TrustRegion(radius=0.1, largest=0.2)", 40)
    lengths = np.linalg.norm(np.diff(race.trail(0), axis=0), axis=1)
    assert lengths[0] == pytest.approx(0.1) and lengths.max() == pytest.approx(0.2)
    assert (np.diff(race.trail_losses(0)) <= 0).all()


def test_a_trust_region_leaves_a_saddle_and_finds_a_minimum() -> None:
    race = moved("TrustRegion", 40, "x^2 - y^2 + y^4", (1, 0.05))
    assert race.losses[0] == pytest.approx(-0.25) and race.status == ["converged"]


@pytest.mark.parametrize("name", ["ExactDescent", "ArmijoDescent", "CoordinateDescent", "TrustRegion", "NelderMead"])
def test_the_racer_never_goes_uphill(name: str) -> None:
    starts = np.random.default_rng(4).uniform(-3, 3, (20, 2))
    race = Race(compile_loss(WAVY), [name] * 20, start=starts)
    race.advance(60)
    assert all((np.diff(race.trail_losses(racer)) <= 0).all() for racer in range(20))


def test_a_simplex_sees_only_which_points_are_lower() -> None:
    plain, bent = moved("NelderMead", 40), moved("NelderMead", 40, f"log(1 + {ROSENBROCK})")
    assert plain.trail(0).tobytes() == bent.trail(0).tobytes()


def test_a_simplex_does_not_care_which_axis_is_which() -> None:
    plain = moved("NelderMead", 60)
    swapped = moved("NelderMead", 60, "(1 - y)^2 + 100*(x - y^2)^2", START[::-1])
    assert plain.trail(0).tobytes() == swapped.trail(0)[:, ::-1].tobytes()


def test_a_simplex_goes_along_when_the_landscape_is_moved() -> None:
    plain = moved("NelderMead", 40)
    aside = moved("NelderMead", 40, "(1 - (x - 4))^2 + 100*(y + 2 - (x - 4)^2)^2", (START[0] + 4, START[1] - 2))
    np.testing.assert_allclose(aside.trail(0) - [4, -2], plain.trail(0), atol=1e-9)


def test_the_racer_is_the_best_corner_of_its_simplex_which_shrinks_to_nothing_at_the_minimum() -> None:
    race = moved("NelderMead", 30)
    corners = race.population(0)
    assert corners is not None and corners.shape == (3, 2)
    assert race.loss.value(*corners.T).argmin() == 0 and corners[0].tolist() == race.positions[0].tolist()
    race.advance(400)
    np.testing.assert_allclose(race.positions, [[1, 1]], atol=1e-7)
    assert race.reason(0) == "All its points have come together." and race.status == ["converged"]


@pytest.mark.parametrize("racer", ["NelderMead", "TrustRegion"])
def test_rosenbrocks_minimum_is_found(racer: str) -> None:
    np.testing.assert_allclose(moved(racer, 200).positions, [[1, 1]], atol=1e-6)
