"""Every optimizer agrees with its public implementation over 100 steps."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "trajectories.json").read_text())["trajectories"]
FORMULAS = {
    "rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "beale": "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "wavy": "sin(2x)*cos(3y) + (x^2 + y^2)/5",
}
AGREEMENT = 1e-10


def title(case: dict) -> str:
    return f"{case['optimizer']}-{case['landscape']}-{len(case['settings'])}"


@pytest.mark.parametrize("case", GOLDEN, ids=title)
def test_an_optimizer_agrees_with_its_public_implementation(case: dict) -> None:
    loss = compile_loss(FORMULAS[case["landscape"]])
    race = Race(loss, [OPTIMIZERS[case["optimizer"]].compile(**case["settings"])], start=case["trail"][0])
    race.advance(len(case["trail"]) - 1)
    np.testing.assert_allclose(race.trail(0), case["trail"], rtol=AGREEMENT, atol=AGREEMENT)


def test_every_optimizer_has_golden_trajectories() -> None:
    assert {case["optimizer"] for case in GOLDEN} == set(OPTIMIZERS)


def test_without_bias_correction_adam_begins_more_slowly_or_faster_but_not_the_same() -> None:
    loss = compile_loss("x^2 + y^2")
    race = Race(loss, ["Adam(lr=0.1)", "Adam(lr=0.1, bias_correction=0)"], start=(1, 1))
    race.advance(1)
    corrected, plain = race.trail(0)[1, 0], race.trail(1)[1, 0]
    assert corrected == pytest.approx(0.9, abs=1e-6), "the first step of Adam is as long as the learning rate"
    assert plain == pytest.approx(1 - 0.1 * 0.1 / np.sqrt(0.001), abs=1e-4)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_hyperparameters_are_the_free_names_of_the_rule_with_defaults_in_range(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    assert set(optimizer.compile().hyperparameters) == set(optimizer.defaults)
    for row in optimizer.hyperparameters:
        assert row.low <= row.default <= row.high
        assert row.scale in ("linear", "log", "switch") and row.help
    assert optimizer.source and optimizer.summary
