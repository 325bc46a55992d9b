"""What is known of methods that toss: their laws whatever the draws, and their outcomes with these draws."""

import math

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, Swarm, compile_loss
from engine.solvers.methods.cma_es import constants_of, weight
from landscapes import LANDSCAPES

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
START = (-1.2, 1.0)
TOSSING = [name for name, entry in OPTIMIZERS.items() if "seed" in entry.defaults]
CLOUDS = ("CMAES", "ParticleSwarm", "DifferentialEvolution")


def moved(racer: str, steps: int, formula: str = ROSENBROCK, start: tuple[float, float] = START) -> Race:
    race = Race(compile_loss(formula), [racer], start=start)
    race.advance(steps)
    return race


@pytest.mark.parametrize("name", TOSSING)
def test_another_seed_is_another_race_and_the_same_seed_the_same(name: str) -> None:
    one, again, other = moved(name, 30), moved(f"{name}(seed=0)", 30), moved(f"{name}(seed=1)", 30)
    assert one.trail(0).tobytes() == again.trail(0).tobytes() != other.trail(0).tobytes()


@pytest.mark.parametrize("name", TOSSING)
def test_the_seed_of_the_race_decides_too(name: str) -> None:
    one, other = (Race(compile_loss(ROSENBROCK), [name], start=START, seed=seed) for seed in (0, 1))
    one.advance(30)
    other.advance(30)
    assert one.trail(0).tobytes() != other.trail(0).tobytes()


def test_each_instance_of_a_swarm_has_draws_of_its_own_and_the_first_those_of_a_race() -> None:
    loss = compile_loss("x + 2y")
    swarm, race = Swarm(loss, "SimulatedAnnealing", [(0, 0), (0, 0)]), Race(loss, ["SimulatedAnnealing"])
    swarm.advance(40)
    race.advance(40)
    assert swarm.positions[0].tolist() == race.positions[0].tolist()
    assert swarm.positions[1].tolist() != race.positions[0].tolist()


@pytest.mark.parametrize("name", CLOUDS)
@pytest.mark.parametrize("landscape", ["Rosenbrock", "Beale", "Himmelblau"])
def test_a_cloud_gathers_at_a_global_minimum(name: str, landscape: str) -> None:
    ground = LANDSCAPES[landscape]
    race = Race(compile_loss(ground.formula, **ground.parameters), [name], start=ground.start)
    race.advance(300)
    assert race.losses[0] < 1e-6


@pytest.mark.parametrize("name", CLOUDS)
def test_a_cloud_sees_only_which_points_are_lower(name: str) -> None:
    plain, bent = moved(name, 30), moved(name, 30, f"log(1 + {ROSENBROCK})")
    assert plain.trail(0).tobytes() == bent.trail(0).tobytes()


@pytest.mark.parametrize("name", CLOUDS)
def test_a_cloud_can_be_drawn(name: str) -> None:
    race = moved(f"{name}(members=9)", 3)
    cloud = race.population(0)
    assert cloud is not None and cloud.shape == (9, 2) and len(np.unique(cloud, axis=0)) > 4


@pytest.mark.parametrize("name", ["ParticleSwarm", "DifferentialEvolution"])
def test_the_best_point_is_the_racer_and_never_gets_worse(name: str) -> None:
    race = moved(name, 100, "sin(3x)*cos(2y) + (x^2 + y^2)/10")
    assert (np.diff(race.trail_losses(0)) <= 0).all()


def test_every_point_of_differential_evolution_only_gets_better() -> None:
    race = moved("DifferentialEvolution", 5)
    heights = race.loss.value(*race.population(0).T)
    for _ in range(20):
        race.advance()
        before, heights = heights, race.loss.value(*race.population(0).T)
        assert (heights <= before).all()


def test_cma_es_learns_as_hansens_tutorial_says() -> None:
    """Hold every update against the equations of the tutorial, written out once more for the points that were drawn."""
    n, count = 2, 6
    weights = np.array([math.log(3.5) - math.log(rank) for rank in (1, 2, 3)])
    weights = weights / weights.sum()
    mu = 1 / (weights**2).sum()
    c_sigma, c_c = (mu + 2) / (n + mu + 5), (4 + mu / n) / (n + 4 + 2 * mu / n)
    damping = 1 + 2 * max(0, math.sqrt((mu - 1) / (n + 1)) - 1) + c_sigma
    c_1 = 2 / ((n + 1.3) ** 2 + mu)
    c_mu = min(1 - c_1, 2 * (0.25 + mu + 1 / mu - 2) / ((n + 2) ** 2 + 2 * mu / 2))
    chi = math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    mean, sigma, shape, p_sigma, p_c = np.array(START), 0.5, np.eye(n), np.zeros(n), np.zeros(n)
    race = moved(f"CMAES(members={count})", 0)
    for generation in range(1, 41):
        race.advance()
        points = race.population(0)
        best = points[np.argsort(race.loss.value(*points.T))][:3]
        y = (best - mean) / sigma
        y_w = sum(weight * each for weight, each in zip(weights, y, strict=True))
        bends, axes = np.linalg.eig(shape)
        root = axes @ np.diag(bends**-0.5) @ axes.T
        p_sigma = (1 - c_sigma) * p_sigma + math.sqrt(c_sigma * (2 - c_sigma) * mu) * root @ y_w
        stalls = np.linalg.norm(p_sigma) / math.sqrt(1 - (1 - c_sigma) ** (2 * generation)) >= (1.4 + 2 / (n + 1)) * chi
        p_c = (1 - c_c) * p_c + (0 if stalls else math.sqrt(c_c * (2 - c_c) * mu)) * y_w
        old = (1 - c_1 - c_mu + (c_1 * c_c * (2 - c_c) if stalls else 0)) * shape
        shape = (
            old
            + c_1 * np.outer(p_c, p_c)
            + c_mu * sum(weight * np.outer(each, each) for weight, each in zip(weights, y, strict=True))
        )
        mean = mean + sigma * y_w
        sigma *= math.exp(c_sigma / damping * (np.linalg.norm(p_sigma) / chi - 1))
        np.testing.assert_allclose(race.positions[0], mean, rtol=1e-6)


def test_the_constants_of_cma_es_are_those_of_published_code_for_two_coordinates() -> None:
    constants = constants_of(6)
    weights = [weight(6, rank) / constants.total for rank in range(constants.parents)]
    np.testing.assert_allclose(weights, [0.637, 0.285, 0.078], atol=1e-3)
    assert constants.mu_eff == pytest.approx(2.03, abs=0.01)
    assert constants.length == pytest.approx(1.2543, abs=1e-4)


def test_the_bell_curve_turns_along_the_valley() -> None:
    race = moved("CMAES(members=12)", 60, "100*(x - y)^2 + (x + y)^2/100", (3, -1))
    race.rewind(25)
    spread = np.cov(race.population(0).T)
    bends, axes = np.linalg.eigh(spread)
    assert bends[1] > 20 * bends[0] and abs(axes[:, 1] @ [1, 1]) / math.sqrt(2) > 0.95


def test_a_particle_without_pulls_or_inertia_stays() -> None:
    race = moved("ParticleSwarm(inertia=0, own=0, common=0)", 1)
    before = race.population(0)
    race.advance(5)
    assert race.population(0).tolist() == before.tolist()


def test_spsa_moves_along_diagonals_by_the_slope_that_it_saw() -> None:
    race = moved("SPSA(a=0.1, A=0, c=0.1, longest=10)", 1, "3x - 0.5y", (0, 0))
    tosses = [np.array([a, b]) for a in (-1, 1) for b in (-1, 1)]
    expected = [(-0.1 * (3 * toss[0] - 0.5 * toss[1]) * toss).tolist() for toss in tosses]
    assert any(np.allclose(race.positions[0], move, rtol=1e-9) for move in expected)


def test_spsa_tosses_both_ways_on_both_axes() -> None:
    moves = np.sign(np.diff(moved("SPSA", 60, "x + 3y", (0, 0)).trail(0), axis=0))
    assert {tuple(move) for move in moves.tolist()} == {(1.0, -1.0), (-1.0, -1.0)}


def test_a_cold_annealer_never_climbs_and_a_hot_one_does() -> None:
    wavy = "sin(3x)*cos(2y) + (x^2 + y^2)/10"
    cold = moved("SimulatedAnnealing(temperature=1e-300, cooling=0)", 300, wavy)
    hot = moved("SimulatedAnnealing(temperature=1e9, cooling=1)", 300, wavy)
    assert (np.diff(cold.trail_losses(0)) <= 0).all()
    assert (np.diff(hot.trail(0), axis=0) != 0).all() and (np.diff(hot.trail_losses(0)) > 0).mean() > 0.3


def test_a_warm_annealer_is_uphill_as_often_as_boltzmann_says() -> None:
    share = math.exp(-1) / (1 + math.exp(-1))
    race = moved("SimulatedAnnealing(temperature=1, cooling=1, size=5)", 20_000, "where(sin(x) > 0, 1, 0)", (-1, 0))
    assert (race.trail_losses(0) == 1).mean() == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize("name", TOSSING)
def test_a_draw_that_leads_into_a_hole_stops_nobody(name: str) -> None:
    race = moved(name, 200, "x^2 + y^2 + sqrt(x - 0.2)", (1, 1))
    assert race.status[0] == "running" and race.losses[0] < 1
