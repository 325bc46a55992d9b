"""Every optimizer agrees with its public implementation over 100 steps."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss
from engine.loss.machine_loss import MachineLoss
from engine.rules.agreements import AGREEMENTS

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "trajectories.json").read_text())["trajectories"]
FORMULAS = {
    "rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "beale": "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "wavy": "sin(2x)*cos(3y) + (x^2 + y^2)/5",
    "ravine": "30*(y - x/2)^2 + (x + y)^2/20",
}
STEPS = 100
KEPT_EVERY = 10
AGREEMENT = 1e-9
OTHER_PLATFORMS = 100
"""Times that the rounding of another processor or library may be larger than that of ours."""
FOLLOWERS = [name for name, optimizer in OPTIMIZERS.items() if optimizer.follows]


def title(case: dict) -> str:
    settings = "-".join(f"{name}={value:g}" for name, value in case["settings"].items()) or "defaults"
    return f"{case['optimizer']}-{case['landscape']}-{settings}"


@cache
def loss_of(landscape: str) -> MachineLoss:
    return compile_loss(FORMULAS[landscape])


def error_of(case: dict) -> float:
    """Return the largest error of a coordinate of at least 1, and the error itself of a smaller one."""
    golden = np.array(case["trail"])
    rule = OPTIMIZERS[case["optimizer"]].compile(**case["settings"])
    race = Race(loss_of(case["landscape"]), [rule], start=golden[0])
    race.advance(STEPS)
    kept = race.trail(0)[::KEPT_EVERY]
    assert kept.shape == golden.shape
    return float((np.abs(kept - golden) / np.maximum(1.0, np.abs(golden))).max())


@pytest.mark.parametrize("name", FOLLOWERS)
def test_an_optimizer_follows_its_public_implementation_as_closely_as_its_badge_says(name: str) -> None:
    errors = {title(case): error_of(case) for case in GOLDEN if case["optimizer"] == name}
    assert max(errors.values()) <= AGREEMENT, errors
    stale = "engine/rules/agreements.py is stale: run `make agreements` and commit it."
    assert max(errors.values()) <= OTHER_PLATFORMS * AGREEMENTS[name], stale


def test_badges_are_there_for_what_follows_an_implementation_and_for_nothing_else() -> None:
    assert list(AGREEMENTS) == FOLLOWERS
    assert all(0 < error <= AGREEMENT for error in AGREEMENTS.values())


@pytest.mark.parametrize("case", GOLDEN, ids=title)
def test_a_golden_trajectory_moves_so_that_agreeing_with_it_means_something(case: dict) -> None:
    way = np.abs(np.diff(case["trail"], axis=0)).sum()
    assert way > 1e4 * AGREEMENT


@pytest.mark.parametrize("name", FOLLOWERS)
def test_every_follower_has_golden_trajectories_of_several_settings_on_every_formula(name: str) -> None:
    own = [case for case in GOLDEN if case["optimizer"] == name]
    assert {case["landscape"] for case in own} == set(FORMULAS)
    assert len({title(case) for case in own}) >= 2 * len(FORMULAS)


@pytest.mark.parametrize("name", FOLLOWERS)
def test_every_hyperparameter_takes_another_value_than_its_default_in_some_golden_trajectory(name: str) -> None:
    defaults = OPTIMIZERS[name].defaults
    own = [case["settings"] for case in GOLDEN if case["optimizer"] == name]
    moved = {key for settings in own for key, value in settings.items() if value != defaults[key]}
    assert moved >= set(defaults)
