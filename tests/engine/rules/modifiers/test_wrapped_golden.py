"""Wrappers and schedules agree with public implementations, step by step."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import Race, compile_loss
from engine.rules.modifiers.schedule import SCHEDULES
from engine.rules.modifiers.wrappers import WRAPPERS

GOLDEN = json.loads((Path(__file__).parents[3] / "golden" / "wrapped.json").read_text())
ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
AGREEMENT = 1e-10


@pytest.mark.parametrize("schedule", GOLDEN["rates"])
def test_a_schedule_gives_the_learning_rates_of_pytorch(schedule: str) -> None:
    race = Race(compile_loss("-x"), [f"SGD(lr=1) | {schedule}"])
    race.advance(len(GOLDEN["rates"][schedule]))
    np.testing.assert_allclose(np.diff(race.trail(0)[:, 0]), GOLDEN["rates"][schedule], atol=AGREEMENT)


@pytest.mark.parametrize("racer", GOLDEN["trails"])
def test_a_wrapped_racer_goes_where_its_public_implementation_goes(racer: str) -> None:
    golden = np.array(GOLDEN["trails"][racer])
    race = Race(compile_loss(ROSENBROCK), [racer], start=golden[0])
    race.advance(len(golden) - 1)
    np.testing.assert_allclose(race.trail(0), golden, rtol=AGREEMENT, atol=AGREEMENT)
    assert np.all(np.abs(np.diff(golden, axis=0)).max(axis=1) > 100 * AGREEMENT)


def test_what_says_whom_it_follows_has_golden_values() -> None:
    texts = " ".join((*GOLDEN["rates"], *GOLDEN["trails"]))
    for entry in (*WRAPPERS.values(), *SCHEDULES.values()):
        assert not entry.follows.startswith(("torch.optim.", "optax", "pytorch_optimizer")) or entry.name in texts
