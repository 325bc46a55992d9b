"""A session that is written to a file and read again has a race that is repeated bit for bit."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData, TableData
from engine.live.commands import Seek, SetFormula, SetHyperparameter, SetParameter, SetRacers, SetRandomness, Step
from engine.live.commands.replay import ReplayRace
from engine.live.race_controller import RaceController
from engine.live.race_log import LoggedChange, RaceLog, RaceSettings, WayBack
from engine.live.racer_settings import RacerSettings
from engine.loss.transform import Transform
from engine.race.randomness import Randomness
from gui.files.record_file import RecordError
from gui.files.session_file import (
    MOST_BYTES,
    KeptSession,
    SavedFile,
    read_session,
    with_keys,
    with_table_beside,
    write_session,
)
from gui.session.session import Session
from landscapes import LANDSCAPES

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
FORMULA = "(a - x)^2 + b*(y - x^2)^2"
RULE = "init v = g\nv = 0.9*v + g*lr\nw = w - v"
TEXTS = ("Adam", "SGD", "Momentum | cosine(T=30)", "Adam | noise | ema", "BFGS", "SGD | schedule(1/(1 + t/T))")

numbers = st.floats(1e-4, 0.5)
steps = st.integers(0, 60)
texts = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Session, list[tuple[int, str, float]]]:
    """Draw a session, and changes of its race: at how many steps further what is given which value."""
    session = Session(LANDSCAPES["Rosenbrock"], draw(texts))
    session.set_formula(FORMULA)
    session.good_formula = FORMULA
    session.set_parameter("a", draw(numbers))
    session.set_parameter("b", draw(numbers))
    session.set_start(draw(st.floats(-2, 2)), draw(st.floats(-1, 3)))
    session.set_transform(draw(st.sampled_from([0.0, 30.0])), 1.0, (draw(st.floats(-1, 1)), 0.0))
    seed = draw(st.integers(0, 2**40))
    session.set_randomness(seed=seed, noise=draw(st.sampled_from(["", "noise"])), sigma=draw(numbers))
    if session.racers[0].optimizer == "SGD" and draw(st.booleans()):
        session.set_rule(session.racers[0].key, RULE)
    kinds = st.sampled_from(["parameter", "lr", "noise", "remove", "add", "back"])
    return session, draw(st.lists(st.tuples(steps, kinds, numbers), max_size=6))


def settings_of(session: Session) -> tuple[RacerSettings, ...]:
    return tuple(RacerSettings(each.key, each.optimizer, each.values, each.rule) for each in session.racers)


def command_of(session: Session, log: RaceLog) -> ReplayRace:
    """Return what the window asks of the runner for a session that it opens."""
    parameters = dict(session.parameters)
    formula = SetFormula(session.formula, session.bounds, parameters, session.start, session.transform, session.data)
    return ReplayRace(formula, settings_of(session), session.randomness, session.batch, log)


def raced(session: Session, log: RaceLog) -> RaceController:
    controller = RaceController(report_failure=fail)
    controller.execute(1, command_of(session, log))
    while controller.playing:
        controller.advance()
    return controller


def fail(what: str, error: Exception) -> None:
    raise AssertionError(what) from error


def begun(session: Session) -> RaceController:
    start = RaceSettings(settings_of(session), dict(session.parameters), None, None, session.randomness)
    return raced(session, RaceLog(start))


def change(session: Session, controller: RaceController, kind: str, number: float) -> None:
    """Change the session, and the race under way, as the window does both."""
    if kind == "parameter":
        session.set_parameter("a", number)
        controller.execute(2, SetParameter("a", number))
    elif kind == "lr":
        for racer in session.racers:
            if "lr" in racer.values:
                session.set_hyperparameter(racer.key, "lr", number)
                controller.execute(2, SetHyperparameter(racer.key, "lr", number))
    elif kind == "noise":
        session.set_randomness(noise="noise" if number > 0.1 else "", sigma=number)
        controller.execute(2, SetRandomness(session.randomness))
    elif kind == "back":
        controller.execute(2, Seek(controller.live.race.step // 2))
    else:
        if kind == "add":
            session.add_racer("RMSProp")
        elif len(session.racers) > 1:
            session.remove_racer(session.racers[0].key)
        controller.execute(2, SetRacers(settings_of(session)))


def bits(controller: RaceController) -> list[tuple[bytes, ...]]:
    trails = [racer.history.trail() for racer in controller.live.race.racers]
    return [(trail.steps.tobytes(), trail.positions.tobytes(), trail.losses.tobytes()) for trail in trails]


def opened(path: Path) -> tuple[Session, RaceLog]:
    """Return the session of a file, and the log of its race with the keys of that session."""
    kept = read_session(path, 10.0)
    session = Session(LANDSCAPES["Beale"], [])
    session.take(kept.choices)
    log = with_keys(kept.log, [racer.key for racer in kept.choices.racers], [racer.key for racer in session.racers])
    return session, log


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=sessions())
def test_a_session_that_is_saved_and_opened_repeats_its_race_bit_for_bit(
    qapp: QApplication, tmp_path: Path, drawn: tuple[Session, list[tuple[int, str, float]]]
) -> None:
    session, changes = drawn
    race = begun(session)
    for count, kind, number in changes:
        if count:
            race.execute(2, Step(count))
        change(session, race, kind, number)
    race.execute(2, Step(17))
    path = tmp_path / "race.derby"
    write_session(path, KeptSession(session.choices(), log=race.live.log_so_far))
    again, log = opened(path)
    repeated = raced(again, log)
    assert repeated.live.race.step == race.live.race.step == log.step
    assert bits(repeated) == bits(race)


ADAM = RacerSettings(0, "Adam", {"lr": 0.1})
GONE = RacerSettings(1, "SGD | noise", {"lr": 0.25, "sigma": 0.1}, "w = w - lr*g")
MADE = MadeData("line", {**GENERATORS["line"].defaults, "points": 12.0}, placed=((3, 0.5, 0.25),))
LOG = RaceLog(
    RaceSettings((ADAM, GONE), {"a": 0.1}, MADE, 5, Randomness("noise", 0.5, 3, 2)),
    (
        LoggedChange(3, SetHyperparameter(1, "lr", 1 / 3)),
        LoggedChange(3, SetParameter("a", 1e-300)),
        LoggedChange(9, SetRacers((ADAM,))),
        LoggedChange(9, SetRandomness(Randomness())),
        LoggedChange(12, WayBack(4)),
    ),
    7,
)


def kept() -> KeptSession:
    session = Session(LANDSCAPES["Beale"], ["Adam(lr=0.1)"])
    choices = replace(session.choices(), transform=Transform(30.0), racers=[replace(session.racers[0], key=0)])
    return KeptSession(choices, log=LOG, file=SavedFile("/somewhere/race.derby", "abc"))


def test_every_change_of_a_race_is_read_as_it_was_written(qapp: QApplication, tmp_path: Path) -> None:
    write_session(tmp_path / "race.derby", kept())
    assert read_session(tmp_path / "race.derby", 1.0) == kept()
    lines = (tmp_path / "race.derby").read_text().splitlines()
    assert lines[1:3] == [' "program": "Descent Derby",', ' "format": 1,'] and len(lines) > 50, "a person can read it"


def test_what_a_session_is_changed_by_shows_in_its_digest_and_going_on_does_not(qapp: QApplication) -> None:
    one = kept()
    assert one.digest == replace(one, log=replace(LOG, step=99), file=SavedFile()).digest
    assert one.digest == replace(one, choices=replace(one.choices, theme="light", geometry="AA==")).digest
    assert one.digest != replace(one, choices=replace(one.choices, speed=3.0)).digest
    assert one.digest != replace(one, log=replace(LOG, changes=LOG.changes[:2])).digest


def spoilt(path: Path, **race: object) -> None:
    record = json.loads(path.read_text())
    record["session"]["race"].update(race)
    path.write_text(json.dumps(record))


WRONG: dict[str, dict[str, object]] = {
    "changes that are no list": {"changes": 3},
    "a change of no kind": {"changes": [{"step": 1, "type": "magic"}]},
    "a change that lacks its value": {"changes": [{"step": 1, "type": "parameter", "name": "a"}]},
    "a step before the start": {"step": -1},
    "a step beyond all numbers": {"step": 10**30},
    "an endless number": {"changes": [{"step": 1, "type": "parameter", "name": "a", "value": float("inf")}]},
    "a start without racers": {"start": {}},
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_file_with_a_broken_log_is_refused_in_a_sentence(qapp: QApplication, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "race.derby"
    write_session(path, kept())
    spoilt(path, **WRONG[kind])
    with pytest.raises(RecordError, match=r"^Its entry .*\.$"):
        read_session(path, 1.0)


def test_a_file_of_a_newer_program_a_folder_a_device_and_a_huge_file_are_refused_in_a_sentence(
    qapp: QApplication, tmp_path: Path
) -> None:
    newer, huge, locked = tmp_path / "newer.derby", tmp_path / "huge.derby", tmp_path / "locked.derby"
    newer.write_text('{"program": "Descent Derby", "format": 999, "session": {}}')
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    os.mkfifo(tmp_path / "pipe.derby")
    locked.touch(mode=0o000)
    sentences = {
        newer: "The file is of a newer Descent Derby (format 999, and this one reads 1).",
        huge: "The file is larger than any session.",
        tmp_path: "The file cannot be read (it is a folder).",
        tmp_path / "pipe.derby": "The file cannot be read (it is no file of data).",
    }
    if os.geteuid() != 0:  # The administrator may read every file.
        sentences[locked] = "The file cannot be read (Permission denied)."
    for path, sentence in sentences.items():
        with pytest.raises(RecordError) as refusal:
            read_session(path, 1.0)
        assert str(refusal.value) == sentence
    assert huge.stat().st_size > MOST_BYTES


def test_a_log_of_a_session_whose_racers_are_others_is_left_out() -> None:
    assert with_keys(LOG, [0, 1], [7]) is None
    renamed = with_keys(LOG, [0], [7])
    assert [racer.key for racer in renamed.start.racers] == [7, -1], "a racer that is gone has a key of its own"


def test_a_table_that_was_sent_along_is_found_beside_the_session(qapp: QApplication, tmp_path: Path) -> None:
    gone = TableData("/gone/points.csv", ("u", "v"), 3, 99)
    one = kept()
    one = replace(
        one, choices=replace(one.choices, data=gone), log=replace(LOG, start=replace(LOG.start, data=gone), changes=())
    )
    assert with_table_beside(one, tmp_path) == one
    (tmp_path / "points.csv").write_text("u,v\n1,2\n")
    found = with_table_beside(one, tmp_path)
    assert found.choices.data == found.log.start.data == replace(gone, path=str(tmp_path / "points.csv"))
