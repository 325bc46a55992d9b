"""What a runner cannot do it refuses, and goes on with what it has: any commands in any order."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.rows import MadeData
from engine.live.commands import (
    Command,
    GoBack,
    Pause,
    Play,
    Restart,
    Seek,
    SetBatch,
    SetData,
    SetFormula,
    SetHyperparameter,
    SetParameter,
    SetRacers,
    SetSpeed,
    SetStart,
    SetViewport,
    Step,
)
from engine.live.frame import Frame
from engine.live.racer_settings import RacerSettings
from engine.live.runner import Runner
from engine.loss.transform import IDENTITY
from tests.engine.live.running import BOUNDS, FIRST_RACERS, FORMULA, answered, running, wait_for


@pytest.fixture
def runner() -> Iterator[Runner]:
    with running() as runner:
        yield runner


def test_a_wrong_formula_is_told_and_the_last_good_one_stays(runner: Runner) -> None:
    request = runner.post(SetFormula("sinn(x)", BOUNDS, {}))
    frame = wait_for(runner, lambda frame: frame.formula.request == request)
    assert frame.formula.error is not None and "sinn" in frame.formula.error.message
    assert frame.formula.text.startswith("(a - x)")


def test_a_wrong_formula_of_another_landscape_is_told_over_the_good_one_that_came_with_it(runner: Runner) -> None:
    request = runner.post(SetFormula("x^2 +", BOUNDS, {"a": 3.0}, (0.5, 0.5), fallback="x^2 + a*y^2"))
    frame = wait_for(runner, lambda frame: frame.formula.request == request)
    assert frame.formula.error is not None and frame.formula.text == "x^2 + a*y^2"
    assert frame.formula.parameters == {"a": 3.0} and frame.start == (0.5, 0.5)
    request = runner.post(SetFormula("sinn(x)", BOUNDS, {}, fallback="also wrong("))
    frame = wait_for(runner, lambda frame: frame.formula.request == request)
    assert "sinn" in str(frame.formula.error) and frame.formula.text == "x^2 + a*y^2"


def test_a_wrong_rule_leaves_the_race_as_it_is(runner: Runner) -> None:
    runner.post(Step(50))
    before = wait_for(runner, lambda frame: frame.step == 50)
    for wrong in ("w = ", "m = g", " ", "w = w - hess(f)"):
        runner.post(SetRacers((FIRST_RACERS[0], RacerSettings(2, "Adam", {}, wrong))))
        assert [racer.position for racer in answered(runner).racers] == [racer.position for racer in before.racers]
    runner.post(Step(1))
    assert wait_for(runner, lambda frame: frame.step == 51).racers[1].status == "running"


@pytest.mark.parametrize("formula", ["1/0*x", "log(-1)", "1e300*(x^2 + y^2)", "3", "1/x", "floor(9x)"])
def test_a_hostile_landscape_has_frames(runner: Runner, formula: str) -> None:
    request = runner.post(SetFormula(formula, BOUNDS, {}, (0.5, 0.5)))
    frame = wait_for(runner, lambda frame: frame.formula.request == request)
    heights = frame.terrain.heights
    assert np.all(np.isnan(heights) | ((heights >= 0) & (heights <= 1.0001)))


hostile = st.sampled_from([math.nan, math.inf, -math.inf, 1e300, -1e300, 5e-324, 0.0, -5.0, 0.3])
sides = st.tuples(hostile, hostile)
racer_settings = st.builds(
    RacerSettings,
    st.integers(1, 3),
    st.sampled_from(["SGD", "Momentum", "adam", "Nope", ""]),
    st.dictionaries(st.sampled_from(["lr", "momentum", "speed"]), hostile, max_size=2),
    st.sampled_from(["", "", "w = w - lr*g", "m = lr*m + g\nw = w - m", "w = "]),
)
formulas = st.sampled_from([FORMULA, "a*x^2 + y^2", "1/x", "log(x - 9)", "1e300*x^2", "sinn(x)", "", "x" * 30_000])


data_sets = st.sampled_from(
    [
        MadeData("line"),
        MadeData("line", {"points": 3, "noise": 0}),
        MadeData("circle"),
        MadeData("two classes"),
        {"u": np.array([1e200, 0.0]), "v": np.array([0.0, -1e200])},
        {"u": np.array([np.inf]), "v": np.array([0.0])},
        {},
        None,
    ]
)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(Play),
    st.builds(Pause),
    st.builds(Restart),
    st.builds(Step, st.sampled_from([0, 1, 50, -3])),
    st.builds(GoBack, st.sampled_from([1, 7, 10**6, -3])),
    st.builds(Seek, st.sampled_from([-5, 0, 20, 10**6])),
    # That no number and no end are a start or a speed is for other tests.
    st.builds(SetSpeed, hostile),
    st.builds(SetStart, hostile, hostile),
    st.builds(SetParameter, st.sampled_from(["a", "b", "unknown"]), hostile),
    st.builds(SetHyperparameter, st.integers(1, 4), st.sampled_from(["lr", "momentum", "unknown"]), hostile),
    st.builds(SetRacers, st.lists(racer_settings, max_size=4).map(tuple)),
    st.builds(SetFormula, formulas, st.tuples(sides, sides), st.dictionaries(st.just("a"), hostile)),
    st.builds(SetViewport, st.tuples(sides, sides), st.integers(-1, 20), st.integers(-1, 20)),
    st.builds(
        SetFormula, st.just("mean((x*u + y - v)^2)"), st.tuples(sides, sides), st.just({}), st.none(),
        st.just(IDENTITY), data_sets,
    ),
    st.builds(SetData, data_sets),
    st.builds(SetBatch, st.sampled_from([None, 1, 7, 10**6, 0, -1, 2.5])),
)  # fmt: skip


def assert_sound(frame: Frame) -> None:
    """Check that every number of a frame is finite, or is not for the reason that its status tells."""
    assert all(map(math.isfinite, (*frame.start, frame.steps_per_second)))
    ranks = sorted(racer.rank for racer in frame.racers)
    assert all(rank == ranks.index(rank) + 1 for rank in ranks)
    for racer in frame.racers:
        assert all(map(math.isfinite, racer.position))
        assert np.isfinite(racer.trail.positions).all()
        assert np.all(np.diff(racer.trail.steps) > 0)
        if racer.status != "diverged at step 0":
            assert math.isfinite(racer.loss)
            assert np.isfinite(racer.trail.losses).all()
    heights = frame.terrain.heights
    assert np.all(np.isnan(heights) | ((heights >= 0) & (heights <= 1.0001)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(commands, st.booleans()), max_size=12))
def test_no_commands_whatsoever_end_the_race_or_spoil_its_numbers(sequence: list[tuple[Command, bool]]) -> None:
    failures: list[tuple[str, Exception]] = []
    with running(lambda *failure: failures.append(failure)) as runner:
        for command, wait in sequence:
            runner.post(command)
            if wait:
                assert_sound(answered(runner))
        runner.post(Pause())
        frame = answered(runner)
        assert_sound(frame)
        runner.post(Step(1))
        after = answered(runner)
        assert_sound(after)
        assert after.step == frame.step + 1
        assert after.number > frame.number
    assert failures == []


def test_a_speed_that_is_no_number_is_refused_and_the_thread_lives_on(runner: Runner) -> None:
    runner.post(Play())
    runner.post(SetSpeed(math.nan))
    frame = answered(runner)
    wait_for(runner, lambda later: later.step > frame.step)


@pytest.mark.parametrize("start", [(math.nan, 0.0), (0.0, math.inf)])
def test_a_start_that_is_no_point_is_refused(runner: Runner, start: tuple[float, float]) -> None:
    runner.post(SetStart(*start))
    assert_sound(answered(runner))
    runner.post(SetFormula(FORMULA, BOUNDS, {}, start))
    assert_sound(answered(runner))


@pytest.mark.parametrize(
    "wrong",
    [
        RacerSettings(3, "Nowhere"),
        RacerSettings(3, "SGD", {"speed": 1.0}),
        RacerSettings(3, "SGD", {"lr": math.nan}),
        RacerSettings(1, "SGD"),
        RacerSettings(3, "SGD", {}, "w = w - lr*(g"),
        RacerSettings(3, "BFGS", {}, "w = w - lr*g"),
    ],
)
def test_after_racers_that_cannot_be_the_next_choice_is_taken(runner: Runner, wrong: RacerSettings) -> None:
    runner.post(SetRacers((wrong, *FIRST_RACERS)))
    answered(runner)
    runner.post(SetRacers(FIRST_RACERS))
    assert len(answered(runner).racers) == 2
    runner.post(SetRacers((FIRST_RACERS[1],)))
    assert len(answered(runner).racers) == 1


def test_racers_that_cannot_be_do_not_keep_the_first_frame_away() -> None:
    runner = Runner()
    runner.post(SetRacers((RacerSettings(1, "Nowhere"),)))
    runner.post(SetFormula(FORMULA, BOUNDS, {}, (0.5, 0.5)))
    runner.start()
    try:
        wait_for(runner, lambda frame: True)
        runner.post(SetRacers(FIRST_RACERS))
        assert len(answered(runner).racers) == 2
    finally:
        runner.stop()
