"""Solvers that scipy.optimize has too make the same steps, to rounding."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "solver_trajectories.json").read_text())["trajectories"]
ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
FORMULAS = {
    "rosenbrock": ROSENBROCK,
    "beale": "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "himmelblau": "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "far": ROSENBROCK,
}
AGREEMENT = 1e-6
"""Steps repeat those of scipy to 1e-15 at first; a search multiplies what rounding leaves."""


def title(case: dict) -> str:
    settings = "-".join(f"{name}={value:g}" for name, value in case["settings"].items()) or "defaults"
    return f"{case['solver']}-{case['landscape']}-{settings}"


@pytest.mark.parametrize("case", GOLDEN, ids=title)
def test_a_solver_makes_the_steps_of_scipy(case: dict) -> None:
    golden = np.array(case["trail"])
    solver = OPTIMIZERS[case["solver"]].compile(**case["settings"])
    race = Race(compile_loss(FORMULAS[case["landscape"]]), [solver], start=golden[0])
    race.advance(len(golden) - 1)
    error = np.abs(race.trail(0) - golden).max(axis=1)
    assert error.max() <= AGREEMENT, f"off by {error.max():.1e}; step {int((error > AGREEMENT).argmax())} is the first"


FOLLOWERS = {"BFGS": 4, "LBFGS": 4, "ConjugateGradient": 3, "NelderMead": 4, "TrustRegion": 2}
"""On how many landscapes each is held against scipy."""


@pytest.mark.parametrize("case", GOLDEN, ids=title)
def test_a_golden_trajectory_is_long_enough_to_mean_something(case: dict) -> None:
    assert len(case["trail"]) >= 7
    assert np.linalg.norm(np.array(case["trail"][-1]) - case["trail"][0]) > 0.5


@pytest.mark.parametrize("name", FOLLOWERS)
def test_there_are_golden_trajectories_of_two_settings_on_several_landscapes(name: str) -> None:
    own = [case for case in GOLDEN if case["solver"] == name]
    assert len({case["landscape"] for case in own}) >= FOLLOWERS[name]
    assert len({str(case["settings"]) for case in own}) == 2
