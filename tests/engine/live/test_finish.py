"""The finish of a live race: where it is held, and who has arrived where the minimum is found only on the way."""

from collections.abc import Sequence

import numpy as np
import pytest

import engine.race.race as race_module
from engine.language.errors import FormulaError
from engine.live import finish as finish_module
from engine.live.commands import (
    Command,
    GoBack,
    Play,
    ReplayRace,
    Restart,
    Seek,
    SetFinish,
    SetFormula,
    SetHyperparameter,
    SetRacers,
    SetSpeed,
)
from engine.live.finish import FinishRule
from engine.live.frame import Frame
from engine.live.race_controller import RaceController
from engine.live.race_log import WayBack
from engine.live.racer_settings import RacerSettings
from engine.race.race import Race

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
START = (1.5, 2.0)
FULL_SPEED = 1e7
MOST_SLICES = 10_000
QUICK, SLOW = RacerSettings(1, "SGD", {"lr": 0.1}), RacerSettings(2, "SGD", {"lr": 0.01})


class Racing:
    """A controller, without its thread."""

    def __init__(self, racers: Sequence[RacerSettings] = (QUICK, SLOW), formula: str = "x^2 + y^2") -> None:
        self.controller = RaceController()
        known = ((0.0, 0.0),) if formula == "x^2 + y^2" else ()
        formula_command = SetFormula(formula, BOUNDS, {}, START, minima=known)
        self.does(SetRacers(tuple(racers)), formula_command, SetFinish(FinishRule()), SetSpeed(FULL_SPEED))

    def does(self, *commands: Command) -> Frame:
        for command in commands:
            self.controller.execute(1, command)
        return self.frame()

    def frame(self) -> Frame:
        frame = self.controller.take_frame()
        assert frame is not None
        return frame

    def plays(self, slices: int = MOST_SLICES) -> Frame:
        """Play until the race is held, or for so many slices."""
        self.does(Play())
        for _ in range(slices):
            if not self.controller.playing:
                break
            self.controller.advance()
        return self.frame()


def steps_of(frame: Frame) -> list[int | None]:
    return [None if racer.arrived is None else racer.arrived.step for racer in frame.racers]


def test_the_race_is_held_at_the_very_step_however_fast_it_goes() -> None:
    frame = Racing().plays()
    assert frame.is_over and not frame.playing
    assert frame.step == max(step or 0 for step in steps_of(frame)) == steps_of(frame)[1]
    assert [racer.rank for racer in frame.racers] == [1, 2]


def test_play_goes_on_after_the_finish_and_a_restart_is_held_again() -> None:
    racing = Racing()
    step = racing.plays().step
    on = racing.plays(5)
    assert on.playing and on.step > step
    racing.does(Restart())
    assert racing.plays().step == step
    assert racing.does(GoBack(3)).is_over is False
    assert racing.plays().step == step


def test_without_a_minimum_the_race_is_held_when_everyone_rests_or_has_died() -> None:
    still, lost = RacerSettings(3, "SGD", {"lr": 0.0}), RacerSettings(4, "SGD", {"lr": 100.0})
    frame = Racing((still, lost), "x^3 + y^3").plays()
    assert steps_of(frame) == [None, None] and frame.minimum is None
    assert [racer.status.split()[0] for racer in frame.racers] == ["stalled", "diverged"]
    assert frame.is_over and not frame.playing


def test_a_race_without_racers_is_never_over() -> None:
    assert Racing(()).plays(20).playing


def test_the_switch_lets_the_race_go_on() -> None:
    racing = Racing()
    racing.does(SetFinish(FinishRule(holds=False)))
    frame = racing.plays(50)
    assert frame.is_over and frame.playing


def test_a_minimum_that_is_found_on_the_way_gives_the_same_steps_after_one_long_stride(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    formula, racers = "x^2 + y^2 + 3", (QUICK, RacerSettings(2, "SGD", {"lr": 0.0005}))
    played = Racing(racers, formula).plays()
    assert played.minimum == 3.0 and not played.minimum_is_known
    monkeypatch.setattr(race_module, "ROWS_IN_ALL", 1)
    frame = Racing(racers, formula).does(Seek(60_000))
    assert len(frame.racers[1].trail.steps) < 20_000, "most rows are thinned away"
    assert steps_of(frame) == steps_of(played)
    losses = np.array([3 + (1.5**2 + 2**2) * (1 - 2 * 0.0005) ** (2 * step) for step in range(60_000)]) - 3
    assert abs(int(np.flatnonzero(losses <= 1e-6 * losses[0])[0]) - (steps_of(frame)[1] or 0)) <= 1


def test_only_one_racer_is_looked_at_as_long_as_it_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    racers = (QUICK, SLOW, *(RacerSettings(number, "SGD", {"lr": 1e-5}) for number in range(3, 30)))
    racing, asked = Racing(racers), []
    is_done = finish_module.is_done

    def counting(race: Race, number: int, tolerance: float) -> bool:
        asked.append(number)
        return is_done(race, number, tolerance)

    racing.plays(30)
    monkeypatch.setattr(finish_module, "is_done", counting)
    racing.controller.live.pacer.start()
    before = racing.controller.race.step
    while racing.controller.race.step == before:
        racing.controller.advance_slice()
    assert len(asked) == 1


def test_the_way_back_to_the_finish_is_logged_so_that_the_race_can_be_repeated() -> None:
    racing = Racing()
    live = racing.controller.live
    racing.does(Play())
    live.race.advance(700)
    racing.does(SetHyperparameter(2, "lr", 0.02))
    for _ in range(MOST_SLICES):
        if racing.controller.playing:
            racing.controller.advance()
    frame = racing.frame()
    assert frame.step == steps_of(frame)[1] < 700, "it was held where both had arrived, before the change"
    assert [change.command for change in frame.log.changes][1:] == [WayBack(frame.step)]
    again = RaceController()
    formula = SetFormula("x^2 + y^2", BOUNDS, {}, START, minima=((0.0, 0.0),))
    again.execute(1, ReplayRace(formula, tuple(live.racers), live.randomness, live.batch, frame.log))
    while again.playing:
        again.advance()
    assert again.live.race.step == frame.step
    assert np.array_equal(again.live.race.positions, live.race.positions)


def test_a_tolerance_that_cannot_be_chosen_is_refused() -> None:
    with pytest.raises(FormulaError, match="one of"):
        FinishRule(0.5)
