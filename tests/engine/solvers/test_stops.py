"""Where solvers come to rest: on level ground, together, spread out without end; never above where they began."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPTIMIZERS, Race, compile_loss
from engine.loss.machine_loss import MachineLoss
from engine.solvers.methods.population import are_equal
from engine.solvers.plane import eigenvalues, larger_axis, quarter_turn
from engine.solvers.solver import Solver

SOLVERS = [name for name, entry in OPTIMIZERS.items() if isinstance(entry, Solver)]
CLOUDS = ("CMAES", "ParticleSwarm", "DifferentialEvolution", "NelderMead")
START = (0.7, 0.3)
HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
BOWL = "x^2 + y^2"
LEVEL = "All its points have the same loss, but for rounding."
TOGETHER = "All its points have come together."
SPREAD_OUT = "Its points are ten thousand times as far apart as at first, and found no lowest place."
IN_A_LINE = "Its points lie in a line: they are ten million times as far apart along it as across it."
FLAT = {
    "at 0": "0x",
    "at 3": "0x + 3",
    "with an edge": "max(0, x^2 + y^2 - 9)",
    "with holes around": "where(x^2 + y^2 < 4, 0, log(-1))",
    "of stairs": "floor(x^2 + y^2)",
}
SLANTED = {
    "one coordinate": "x^2",
    "the other coordinate": "y^2 + 5",
    "no end": "-x",
    "no end, ever steeper": "-x^2 - y^2",
    "a saddle without end": "x*y",
    "a hill": "max(0, 1 - x^2 - y^2)",
    "a pole": "-1/(x^2 + y^2)",
    "a cliff": "where(x > 0.5, x^2 + y^2, log(-1))",
    "huge": f"1e300*({BOWL})",
    "tiny": f"1e-300*({BOWL})",
    "a cone": "sqrt(x^2 + y^2)",
    "endless stairs": "floor(5x) + floor(3y)",
    "Himmelblau": HIMMELBLAU,
    "hardly any slope": "1e-20*x + 5",
}
WANDERED = 30.0
"""An annealer goes to and fro on level ground: 500 steps of 0.2 lead about 6 away."""


@cache
def loss_of(formula: str) -> MachineLoss:
    return compile_loss(formula)


def moved(racer: str, steps: int, formula: str, start: tuple[float, float] = START) -> Race:
    race = Race(loss_of(formula), [racer], start=start)
    race.advance(steps)
    return race


@pytest.mark.parametrize("ground", FLAT)
@pytest.mark.parametrize("name", SOLVERS)
def test_nobody_runs_away_on_level_ground(name: str, ground: str) -> None:
    race = moved(name, 500, FLAT[ground])
    assert not race.status[0].startswith("diverged")
    assert np.abs(race.trail(0)).max() < WANDERED
    cloud = race.population(0)
    assert cloud is None or np.abs(cloud).max() < WANDERED


@pytest.mark.parametrize("ground", [*FLAT, *SLANTED])
@pytest.mark.parametrize("name", SOLVERS)
def test_nobody_says_converged_above_where_it_began(name: str, ground: str) -> None:
    race = moved(name, 500, {**FLAT, **SLANTED}[ground])
    assert np.isfinite(race.positions).all()
    assert race.status[0] != "converged" or race.losses[0] <= race.trail_losses(0)[0]


@pytest.mark.parametrize("name", SOLVERS)
@pytest.mark.parametrize("formula", [BOWL, "x^2", f"1e300*({BOWL})", f"1e-300*({BOWL})"])
def test_at_an_exact_minimum_the_ends_of_sliders_throw_nobody_out(name: str, formula: str) -> None:
    for row in OPTIMIZERS[name].hyperparameters:
        for value in (row.low, row.high):
            race = moved(f"{name}({row.name}={value!r})", 100, formula, (0, 0))
            cloud = race.population(0)
            assert not race.status[0].startswith("diverged") and (cloud is None or np.isfinite(cloud).all())


@pytest.mark.parametrize("name", ["CMAES", "DifferentialEvolution"])
@pytest.mark.parametrize("formula", ["0x", "0x + 3"])
def test_a_cloud_on_level_ground_rests_where_it_began_and_says_why(name: str, formula: str) -> None:
    race = moved(name, 2000, formula)
    assert race.positions.tolist() == [list(START)] and race.reason(0) == LEVEL
    assert race.status == ["converged"]


@pytest.mark.parametrize(
    ("formula", "reason"),
    [(BOWL, TOGETHER), (f"{BOWL} + 5", LEVEL), ("-x", SPREAD_OUT), ("x^2", IN_A_LINE), (ROSENBROCK, TOGETHER)],
)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_cma_es_stops_by_the_criteria_of_hansens_tutorial(formula: str, reason: str, seed: int) -> None:
    race = moved(f"CMAES(seed={seed})", 500, formula)
    assert race.reason(0) == reason and race.rested(0) < 500


@pytest.mark.parametrize("formula", [BOWL, ROSENBROCK, HIMMELBLAU, "-x", "sin(3x)*cos(2y) + (x^2 + y^2)/10", "|x - y|"])
def test_cma_es_rests_at_the_best_point_of_all(formula: str) -> None:
    race = moved("CMAES", 600, formula)
    assert race.rested(0) is not None
    assert race.losses[0] == race.trail_losses(0).min()


@pytest.mark.parametrize("formula", [HIMMELBLAU, ROSENBROCK, BOWL])
def test_cma_es_stays_where_it_has_converged(formula: str) -> None:
    race = moved("CMAES", 8000, formula, (-1.2, 1.0))
    assert race.losses[0] < 1e-20 and race.status == ["converged"] and race.reason(0)


def test_the_stops_of_cma_es_see_only_which_points_are_lower_however_large_losses_are() -> None:
    plain, huge, tiny = (moved("CMAES", 300, f"{scale}*({BOWL})") for scale in ("1", "2.0^400", "2.0^-400"))
    assert plain.trail(0).tobytes() == huge.trail(0).tobytes() == tiny.trail(0).tobytes()


@pytest.mark.parametrize("name", ["CMAES", "DifferentialEvolution"])
def test_a_cloud_at_rest_goes_on_when_the_landscape_moves(name: str) -> None:
    race = Race(compile_loss("a*((x - 1)^2 + (y - b)^2)", a=0, b=2), [name], start=START)
    race.advance(50)
    assert race.reason(0)
    race.loss.set(a=1)
    race.advance(300)
    np.testing.assert_allclose(race.positions, [[1, 2]], atol=1e-6)


def test_cma_es_begins_anew_when_a_minimum_that_it_found_moves_away() -> None:
    race = Race(compile_loss("(x - 1)^2 + (y - b)^2", b=2), ["CMAES"], start=START)
    race.advance(300)
    first = race.rested(0)
    race.loss.set(b=-1)
    race.advance(300)
    np.testing.assert_allclose(race.positions, [[1, -1]], atol=1e-9)
    assert first is not None and race.rested(0) > 300


@pytest.mark.parametrize("formula", ["0x", BOWL, "x^2", "-x"])
@pytest.mark.parametrize("name", CLOUDS)
def test_a_race_with_a_rest_in_it_is_the_same_however_it_is_cut(name: str, formula: str) -> None:
    whole, sliced = moved(name, 300, formula), moved(name, 0, formula)
    for _ in range(300):
        sliced.advance()
    assert whole.trail(0).tobytes() == sliced.trail(0).tobytes()
    assert whole.racers[0].block.tobytes() == sliced.racers[0].block.tobytes()
    assert (whole.rested(0), whole.reason(0)) == (sliced.rested(0), sliced.reason(0))
    whole.rewind(7)
    whole.advance(293)
    assert whole.trail(0).tobytes() == sliced.trail(0).tobytes()


@pytest.mark.parametrize("name", CLOUDS)
def test_a_coordinate_that_does_not_matter_carries_no_cloud_away(name: str) -> None:
    race = moved(name, 3000, "x^2")
    assert race.losses[0] < 1e-20 and abs(race.positions[0, 1]) < 1000
    assert np.abs(race.population(0)).max() < 2000


def test_a_swarm_without_brakes_stays_among_the_numbers() -> None:
    race = moved("ParticleSwarm(inertia=1, own=3, common=3)", 2000, HIMMELBLAU)
    assert np.abs(race.population(0)).max() < 1e9


def test_no_particle_flies_farther_in_a_step_than_ten_thousand_spreads() -> None:
    race = moved("ParticleSwarm(inertia=1, own=3, common=3, spread=0.1)", 400, "-x")
    before = race.population(0)
    race.advance()
    assert 500 < np.abs(race.population(0) - before).max() <= 1000 * (1 + 1e-9)


def test_no_difference_moves_a_point_farther_than_ten_spreads() -> None:
    race = moved("DifferentialEvolution(spread=0.1)", 400, "-x")
    assert 40 < race.positions[0, 0] < 400


def test_a_frozen_annealer_does_not_wander() -> None:
    race = moved("SimulatedAnnealing(cooling=0)", 100, "0x")
    assert (race.trail(0)[1:] == race.trail(0)[1]).all()


def test_damped_newton_never_goes_uphill_though_curvature_is_huge() -> None:
    race = moved("DampedNewton", 40, "-1/(x^2 + y^2)")
    assert (np.diff(race.trail_losses(0)) <= 0).all()


def test_newton_at_the_top_of_a_hill_has_not_converged_and_says_why_it_stays() -> None:
    race = moved("Newton", 5, "-x^2 - y^2")
    assert race.positions.tolist() == [[0, 0]] and race.status == ["running"]
    assert race.reason(0) == "The ground is level here: there is no slope to follow."


NUMBERS = st.floats(-1e100, 1e100)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_eigenvalues_and_axes_put_the_matrix_together_again(a: float, b: float, c: float) -> None:
    matrix = np.array([[a, b], [b, c]])
    values, axis = np.array(eigenvalues((a, b, c))), larger_axis((a, b, c))
    axes = np.array([quarter_turn(axis), axis]).T
    rounding = 4e-15 * np.abs(matrix).max() + 1e-322
    np.testing.assert_allclose(axes @ np.diag(values) @ axes.T, matrix, rtol=0, atol=rounding)
    np.testing.assert_allclose(axes.T @ axes, np.eye(2), atol=1e-15)
    np.testing.assert_allclose(values, np.linalg.eigvalsh(matrix), rtol=0, atol=rounding)
    assert values[0] <= values[1]


def test_losses_are_equal_that_rounding_alone_sets_apart() -> None:
    def level(*losses: float) -> bool:
        return bool(are_equal(np.array(losses), len(losses)))

    assert level(0, 0, 0, 0) and level(-7, -7, -7) and level(1, 1 + 4e-16)
    assert not level(0, 5e-324) and not level(1, math.inf) and not level(math.inf, math.inf)
