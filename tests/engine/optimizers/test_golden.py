"""Every optimizer agrees with its public implementation over 100 steps."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss
from engine.solvers.solver import Solver

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "trajectories.json").read_text())["trajectories"]
FORMULAS = {
    "rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "beale": "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "wavy": "sin(2x)*cos(3y) + (x^2 + y^2)/5",
}
STEPS = 100
RULES = {name: entry for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)}
AGREEMENT = 1e-10


def title(case: dict) -> str:
    settings = "-".join(f"{name}={value:g}" for name, value in case["settings"].items()) or "defaults"
    return f"{case['optimizer']}-{case['landscape']}-{settings}"


@pytest.mark.parametrize("case", GOLDEN, ids=title)
def test_an_optimizer_agrees_with_its_public_implementation(case: dict) -> None:
    golden = np.array(case["trail"])
    rule = OPTIMIZERS[case["optimizer"]].compile(**case["settings"])
    race = Race(compile_loss(FORMULAS[case["landscape"]]), [rule], start=golden[0])
    race.advance(STEPS)
    error = np.abs(race.trail(0) - golden) / np.maximum(1.0, np.abs(golden))
    assert error.shape == (STEPS + 1, 2)
    assert error.max() <= AGREEMENT, f"off by {error.max():.1e} at step {error.max(axis=1).argmax()}"


@pytest.mark.parametrize("case", GOLDEN, ids=title)
def test_a_golden_trajectory_moves_so_that_agreeing_with_it_means_something(case: dict) -> None:
    moves = np.abs(np.diff(case["trail"], axis=0)).max(axis=1)
    assert np.all(moves > 100 * AGREEMENT)


def test_every_optimizer_has_golden_trajectories_of_several_settings_on_every_formula() -> None:
    for name in RULES:
        own = [case for case in GOLDEN if case["optimizer"] == name]
        assert {case["landscape"] for case in own} == set(FORMULAS)
        assert len({title(case) for case in own}) >= 2 * len(FORMULAS)


def test_every_hyperparameter_takes_another_value_than_its_default_in_some_golden_trajectory() -> None:
    for name, optimizer in RULES.items():
        moved = {
            key
            for case in GOLDEN
            if case["optimizer"] == name
            for key, value in case["settings"].items()
            if value != optimizer.defaults[key]
        }
        assert moved >= set(optimizer.defaults), name
