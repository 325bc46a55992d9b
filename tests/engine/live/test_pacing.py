"""How many steps a slice has, by what a slice and its steps cost."""

import pytest

from engine.live import pacing
from engine.live.pacing import FIRST_STEPS, LONGEST_SLICE_S, Pacer

SPEED = 1e6


class Clock:
    """A clock that stands still but for the slices of a race."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


def slices(monkeypatch: pytest.MonkeyPatch, by_slice_s: float, by_step_s: float, count: int = 40) -> list[int]:
    """Return the steps of so many slices, each of which costs so much, and so much for each of its steps."""
    clock, pacer, found = Clock(), Pacer(), []
    monkeypatch.setattr(pacing, "time", clock)
    pacer.speed = SPEED
    pacer.start()
    for _ in range(count):
        clock.now += 1.0
        found.append(pacer.begin_slice())
        clock.now += by_slice_s + by_step_s * found[-1]
        pacer.end_slice(found[-1])
    return found


def test_steps_that_cost_all_the_time_keep_a_slice_short(monkeypatch: pytest.MonkeyPatch) -> None:
    for steps in slices(monkeypatch, 0.0, 0.01)[1:]:
        assert steps * 0.01 <= LONGEST_SLICE_S


def test_a_step_that_takes_longer_than_a_slice_should_is_made_with_one_more_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert max(slices(monkeypatch, 0.0, 0.1)[1:]) <= 2


@pytest.mark.parametrize("by_slice_s", [0.007, 0.036, 0.2])
def test_what_a_slice_costs_by_itself_does_not_shorten_it(monkeypatch: pytest.MonkeyPatch, by_slice_s: float) -> None:
    found = slices(monkeypatch, by_slice_s, 3e-5)
    assert found[0] == FIRST_STEPS and min(found[-10:]) > 500


def test_the_first_step_of_a_slow_race_is_made_at_once_and_the_next_in_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, pacer = Clock(), Pacer()
    monkeypatch.setattr(pacing, "time", clock)
    pacer.speed = 4.0
    pacer.start()
    assert pacer.begin_slice() == 1
    pacer.end_slice(1)
    clock.now += 0.2
    assert pacer.begin_slice() == 0
    assert pacer.due_in_s == pytest.approx(0.05)
    clock.now += 0.06
    assert pacer.begin_slice() == 1
