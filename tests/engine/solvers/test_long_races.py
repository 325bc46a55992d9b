"""What solvers do in the thousands of steps after they have converged."""

import math
from functools import cache

import pytest

from engine import OPTIMIZERS, Race, compile_loss
from engine.loss.machine_loss import MachineLoss
from engine.race.status import SMALL_SLOPE
from engine.solvers.solver import Solver

SOLVERS = [name for name, entry in OPTIMIZERS.items() if isinstance(entry, Solver)]
FORMULAS = {
    "Himmelblau": "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "Rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "Rastrigin": "20 + x^2 + y^2 - 10*cos(2*pi*x) - 10*cos(2*pi*y)",
}
STEPS = 8000
HIGHEST = 1e4
"""No solver climbs so high in its first steps: a full Newton step from beside a ridge leads to 4e3."""


@cache
def loss_of(formula: str) -> MachineLoss:
    return compile_loss(FORMULAS[formula])


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", SOLVERS)
def test_nobody_explodes_and_nobody_has_converged_above_its_start_or_on_a_slope(name: str, formula: str) -> None:
    loss = loss_of(formula)
    race = Race(loss, [name, name], start=[(-1.2, 1.0), (0.7, 0.3)])
    race.advance(STEPS)
    for number in range(2):
        assert race.trail_losses(number).max() < HIGHEST
        slope = math.hypot(*map(float, loss.gradient(*race.positions[number])))
        if race.status[number] == "converged":
            assert race.losses[number] <= race.trail_losses(number)[0]
            assert slope <= SMALL_SLOPE * (1.0 + abs(race.losses[number]))
        population = race.population(number)
        assert population is None or abs(population).max() < HIGHEST


@pytest.mark.parametrize("seed", range(5))
def test_cma_es_on_himmelblau_stays_at_the_minimum_that_it_has_found(seed: int) -> None:
    race = Race(loss_of("Himmelblau"), [f"CMAES(seed={seed})"], start=(0.7, 0.3))
    race.advance(STEPS)
    assert race.losses[0] < 1e-20 and race.status == ["converged"]
    assert race.rested(0) is not None and race.reason(0)
