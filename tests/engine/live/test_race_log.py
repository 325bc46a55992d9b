"""A race is repeated from its log bit for bit, whatever was done to it under way."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.rows import MadeData
from engine.live.commands import (
    Command,
    Pause,
    ReplayRace,
    Restart,
    Seek,
    SetBatch,
    SetData,
    SetFormula,
    SetHyperparameter,
    SetParameter,
    SetRacers,
    SetRandomness,
    SetStart,
    Step,
)
from engine.live.live_race import LiveRace
from engine.live.race_controller import RaceController
from engine.live.race_log import WayBack
from engine.live.racer_settings import RacerSettings
from engine.race.randomness import Randomness
from tests.engine.live.running import BOUNDS

FORMULA = SetFormula(
    "mean((x*u + y - v)^2) + a*x^2", BOUNDS, {"a": 0.1}, (1.0, -1.0), data=MadeData("line", {"points": 12.0})
)
ADAM, SGD = RacerSettings(1, "Adam", {"lr": 0.02}), RacerSettings(2, "SGD", {"lr": 0.01})
RULED = RacerSettings(2, "SGD", {"lr": 0.01}, "init v = g\nv = 0.9*v + g*lr\nw = w - v")
NOISY = RacerSettings(3, "SGD | noise", {"lr": 0.01, "sigma": 0.3})
SOLVER = RacerSettings(4, "BFGS", {})
FURTHER = 30

racers = st.lists(st.sampled_from([ADAM, SGD, RULED, NOISY, SOLVER]), unique_by=lambda racer: racer.key, max_size=4)
numbers = st.sampled_from([0.003, 0.02, 0.4])
commands = st.one_of(
    st.integers(1, 1500).map(Step),
    st.integers(1, 30).map(Step),
    st.integers(0, 300).map(Seek),
    st.builds(SetHyperparameter, st.sampled_from([1, 2, 3]), st.just("lr"), numbers),
    st.builds(SetParameter, st.just("a"), numbers),
    racers.map(lambda chosen: SetRacers(tuple(chosen))),
    st.builds(SetRandomness, st.builds(Randomness, st.sampled_from(["", "noise"]), numbers, st.integers(0, 2))),
    st.sampled_from([None, 3, 5]).map(SetBatch),
    st.sampled_from([10.0, 12.0]).map(lambda points: SetData(MadeData("line", {"points": points}))),
    st.just(SetStart(0.5, 0.5)),
    st.just(Restart()),
)


def raced(commands: Sequence[Command]) -> RaceController:
    controller = RaceController(report_failure=fail)
    for number, command in enumerate([SetRacers((ADAM, SGD)), FORMULA, *commands]):
        controller.execute(number, command)
    return controller


def fail(what: str, error: Exception) -> None:
    raise AssertionError(what) from error


def replay_of(live: LiveRace) -> ReplayRace:
    formula = SetFormula(FORMULA.text, BOUNDS, live.race.loss.parameters, live.start, data=live.data)
    return ReplayRace(formula, tuple(live.racers), live.randomness, live.batch, live.log_so_far)


def repeated(command: ReplayRace) -> RaceController:
    controller = RaceController(report_failure=fail)
    controller.execute(1, command)
    while controller.playing:
        controller.advance()
    return controller


def bits(controller: RaceController) -> list[tuple[bytes, ...]]:
    trails = [racer.history.trail() for racer in controller.live.race.racers]
    return [(trail.steps.tobytes(), trail.positions.tobytes(), trail.losses.tobytes()) for trail in trails]


@settings(max_examples=60)
@given(st.lists(commands, max_size=12))
def test_a_race_is_repeated_bit_for_bit_with_every_change_that_was_made_under_way(commands: list[Command]) -> None:
    first = raced(commands)
    again = repeated(replay_of(first.live))
    assert again.live.race.step == first.live.race.step
    assert bits(again) == bits(first)
    assert again.live.log_so_far == first.live.log_so_far, "so that it can be saved and repeated once more"
    for controller in (first, again):
        controller.execute(100, Step(FURTHER))
    assert bits(again) == bits(first), "and goes on as the first one does"


def test_a_slider_dragged_in_a_held_race_is_one_change() -> None:
    controller = raced([Step(10), *(SetHyperparameter(1, "lr", 0.01 * number) for number in range(1, 60))])
    (change,) = controller.live.recorder.log.changes
    assert change.command == SetHyperparameter(1, "lr", 0.59)


def test_going_back_and_forth_without_a_change_is_not_logged() -> None:
    controller = raced([Step(50), SetParameter("a", 0.4), Step(50), Seek(70), Step(10), Seek(51), Seek(60), Seek(50)])
    assert len(controller.live.recorder.log.changes) == 1
    controller.execute(100, Seek(40))
    controller.execute(101, Seek(30))
    assert [change.command for change in controller.live.recorder.log.changes][1:] == [WayBack(30)]


def test_what_begins_the_race_anew_begins_its_log() -> None:
    controller = raced([Step(10), SetParameter("a", 0.4), Step(10), Restart()])
    assert controller.live.recorder.log.changes == () and controller.live.recorder.log.start.parameters == {"a": 0.4}


def test_a_change_before_the_first_step_belongs_to_the_start() -> None:
    controller = raced([SetParameter("a", 0.4), SetHyperparameter(1, "lr", 0.3)])
    log = controller.live.recorder.log
    assert log.changes == () and log.start.parameters == {"a": 0.4} and log.start.racers[0].values["lr"] == 0.3
    race = controller.live.race
    assert race.trail_losses(0)[0] == race.loss.value(*race.trail(0)[0]), "the loss at the start is that of now"


def test_settings_chosen_after_the_log_was_taken_hold_at_the_end_of_the_replay() -> None:
    first = raced([Step(20)])
    later = replay_of(first.live)
    first.execute(50, SetHyperparameter(1, "lr", 0.4))
    first.execute(51, SetParameter("a", 0.02))
    ending = ReplayRace(replay_of(first.live).formula, tuple(first.live.racers), Randomness(), None, later.log)
    again = repeated(ending)
    for controller in (first, again):
        controller.execute(100, Step(FURTHER))
    assert bits(again) == bits(first)


def test_a_command_ends_a_replay_where_it_is_with_the_settings_of_now() -> None:
    first = raced([Step(2_000_000), SetHyperparameter(1, "lr", 0.4)])
    controller = RaceController(report_failure=fail)
    controller.execute(1, replay_of(first.live))
    controller.advance()
    assert controller.playing and controller.take_frame().log.step == 2_000_000, "what is saved meanwhile is whole"
    controller.execute(2, Pause())
    assert not controller.playing and 0 < controller.live.race.step < 2_000_000
    assert controller.live.racers[0].values["lr"] == 0.4
