"""Optimizers that no public implementation proves take the steps of their papers' equations."""

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss
from engine.rules.equations import STEPS
from engine.rules.optimizer import Optimizer
from engine.solvers.solver import Solver

AGREEMENT = 1e-9
FORMULAS = {
    "rosenbrock": ("(1 - x)^2 + 100*(y - x^2)^2", (-1.2, 1.0)),
    "wavy": ("sin(2x)*cos(3y) + (x^2 + y^2)/5", (1.7, -1.1)),
}
RULES = {name: entry for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)}
BY_EQUATIONS = [name for name, entry in RULES.items() if entry.equations is not None]


@pytest.mark.parametrize("optimizer", RULES.values(), ids=list(RULES))
def test_a_rule_follows_an_implementation_or_has_the_equations_of_its_paper(optimizer: Optimizer) -> None:
    assert bool(optimizer.follows) != (optimizer.equations is not None)


@pytest.mark.parametrize("name", BY_EQUATIONS)
def test_equations_are_compared_where_no_hyperparameter_is_at_its_default(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    assert optimizer.equations is not None
    settings, defaults = optimizer.equations.settings, optimizer.defaults
    assert settings.keys() == defaults.keys()
    assert not [key for key, value in settings.items() if value == defaults[key]]


@pytest.mark.parametrize("landscape", FORMULAS)
@pytest.mark.parametrize("name", BY_EQUATIONS)
def test_an_optimizer_takes_the_steps_of_its_equations(name: str, landscape: str) -> None:
    equations = OPTIMIZERS[name].equations
    assert equations is not None
    formula, start = FORMULAS[landscape]
    loss = compile_loss(formula)
    w = np.array(start)
    equations.descend(w, lambda place: np.array(loss.gradient(*place), dtype=float).reshape(2), **equations.settings)
    race = Race(loss, [OPTIMIZERS[name].compile(**equations.settings)], start=start)
    race.advance(STEPS)
    assert np.abs(w - start).max() > 1e4 * AGREEMENT
    np.testing.assert_allclose(race.positions[0], w, rtol=AGREEMENT, atol=AGREEMENT)


def test_an_optimizer_with_modifiers_has_no_equations_of_a_paper() -> None:
    assert OPTIMIZERS["NoisySGD | cosine"].equations is None
    assert OPTIMIZERS["NoisySGD | ema"].equations is None
