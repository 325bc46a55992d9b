"""Nothing that a person made is lost: the session comes back as it was, and a broken file is told, not obeyed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files import session_keeper
from gui.files.record_file import RecordError
from gui.files.session_file import read_choices, write_choices
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS, CameraPose
from gui.session.session import Session
from gui.shell.app import open_window
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import PATIENCE_MS, put_away, wait_until

ROOT = Path(__file__).parents[3]
Opener = Callable[..., MainWindow]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """Start the program as if its configuration were in `tmp_path`."""
    windows = []

    def open_one(landscape: str = FIRST_LANDSCAPE, restore: bool = True, theme: str | None = None) -> MainWindow:
        session = Session(LANDSCAPES[landscape], list(FIRST_RACERS))
        windows.append(open_window(session, theme, tmp_path / "session.json", restore))
        windows[-1].show()
        qtbot.waitUntil(lambda: windows[-1].frame is not None, timeout=PATIENCE_MS)
        return windows[-1]

    yield open_one
    put_away(*windows)


def kept(folder: Path) -> dict:
    return json.loads((folder / "session.json").read_text())["session"]


def test_everything_chosen_comes_back_at_the_next_start(qtbot: QtBot, start: Opener) -> None:
    window = start()
    session = window.session
    session.set_formula("x^2 + stretch*y^2 + tilt*x")
    wait_until(qtbot, lambda: list(window.frame.formula.parameters) == ["stretch", "tilt"])
    session.set_parameter("stretch", 7.5)
    session.set_parameter_range("stretch", 0.5, 20.0)
    session.set_start(1.25, -0.75)
    session.add_racer("Lion")
    adam = session.racers[3].key
    session.set_look(adam, name="my Adam", colour="#123456", visible=False)
    session.set_hyperparameter(adam, "lr", 0.321)
    session.set_hyperparameter_range(adam, "lr", 0.01, 1.0)
    session.set_speed(777.0)
    session.set_theme("light")
    session.set_dashes(True)
    session.show_arrows("step", True)
    session.set_loss_axis("linear")
    session.set_curve_axis("evaluations")
    session.set_layout("side by side")
    session.set_camera(CameraPose("", True, 30.0, 40.0, 0.8, (0.25, 0.0, 0.0)))
    window.resize(1234, 777)
    wait_until(qtbot, lambda: window.width() == 1234)
    window.close()

    again = start()
    restored = again.session
    wait_until(qtbot, lambda: again.frame.formula.parameters.get("stretch") == 7.5)
    assert again.formula_bar.editor.toPlainText() == "x^2 + stretch*y^2 + tilt*x"
    assert restored.parameter_ranges["stretch"] == (0.5, 20.0)
    assert again.frame.start == (1.25, -0.75)
    assert [racer.optimizer for racer in restored.racers] == ["SGD", "Momentum", "RMSProp", "Adam", "Lion"]
    mine = restored.racers[3]
    assert (mine.name, mine.colour, mine.visible) == ("my Adam", "#123456", False)
    assert (mine.values["lr"], mine.ranges["lr"]) == (0.321, (0.01, 1.0))
    assert restored.speed == 777.0
    assert again.theme.name == "light"
    assert again.session.dashes and again.session.arrows == ["step"]
    assert (restored.loss_axis, restored.curve_axis) == ("linear", "evaluations")
    wait_until(qtbot, lambda: "linear · by evaluation" in again.curves.axes_button.text())
    assert restored.camera == session.camera
    wait_until(qtbot, lambda: bool(again.surface.panels) and again.surface.panels[0].camera.azimuth == 40.0)
    assert again.surface.panels[0].camera.parallel and again.surface.panels[0].camera.centre == (0.25, 0.0, 0.0)
    wait_until(qtbot, lambda: len(again.contour.panels) == 4)  # One of the five racers is hidden.
    assert (again.width(), again.height()) == (1234, 777)


def test_what_goes_round_a_solver_comes_back_with_its_settings(qtbot: QtBot, start: Opener) -> None:
    window = start()
    window.session.add_racer("SPSA")
    solver = window.session.racers[-1].key
    for part in ("cosine", "polyak", "noise"):
        window.session.add_modifier(solver, part)
    window.session.set_hyperparameter(solver, "T", 77.0)
    window.close()
    again = start()
    racer = again.session.racers[-1]
    assert (racer.optimizer, racer.values["T"]) == ("SPSA | cosine | polyak | noise", 77.0)
    wait_until(qtbot, lambda: len(again.frame.racers) == 5)
    assert list(again.racers_panel.cards[-1].sliders)[-4:] == ["T", "low", "begin", "sigma"]


def test_a_half_typed_formula_comes_back_over_the_last_good_landscape(qtbot: QtBot, start: Opener) -> None:
    window = start()
    window.formula_bar.editor.setPlainText("x^2 + 3*y^2")
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2 + 3*y^2")
    window.formula_bar.editor.setPlainText("x^2 + sinn(")
    wait_until(qtbot, lambda: window.frame.formula.error is not None)
    window.close()
    again = start()
    wait_until(qtbot, lambda: again.frame.formula.error is not None)
    assert again.formula_bar.editor.toPlainText() == "x^2 + sinn("
    assert again.frame.formula.text == "x^2 + 3*y^2"


def test_a_crash_loses_nothing_older_than_a_few_seconds(qtbot: QtBot, start: Opener, tmp_path: Path) -> None:
    window = start()
    window.session.set_speed(123.0)
    qtbot.waitUntil(lambda: (tmp_path / "session.json").exists(), timeout=3 * session_keeper.PAUSE_MS)
    assert kept(tmp_path)["speed"] == 123.0, "written while the window is open"
    assert [path.name for path in tmp_path.iterdir()] == ["session.json"], "no drafts stay behind"


def test_a_race_named_on_the_command_line_comes_first_and_the_last_session_can_be_gone_back_to(
    qtbot: QtBot, start: Opener
) -> None:
    window = start()
    window.session.set_speed(321.0)
    window.close()
    named = start("Beale", restore=False)
    assert named.session.landscape == "Beale" and named.session.speed != 321.0
    named.go_back()
    assert (named.session.landscape, named.session.speed) == (FIRST_LANDSCAPE, 321.0)
    named.go_back()
    assert named.session.landscape == "Beale"


def test_start_afresh_races_what_a_first_start_races_and_can_be_undone(qtbot: QtBot, start: Opener) -> None:
    window = start()
    window.session.set_theme("light")
    window.formula_bar.editor.setPlainText("x^2 + y^4")
    window.session.remove_racer(window.session.racers[0].key)
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2 + y^4" and len(window.frame.racers) == 3)
    window.start_afresh()
    wait_until(qtbot, lambda: len(window.frame.racers) == 4 and window.frame.step == 0)
    assert window.formula_bar.editor.toPlainText() == LANDSCAPES[FIRST_LANDSCAPE].formula
    assert [card.name.text() for card in window.racers_panel.cards] == ["SGD", "Momentum", "RMSProp", "Adam"]
    assert window.theme.name == "light"
    window.go_back()
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2 + y^4" and len(window.frame.racers) == 3)


def spoil(folder: Path, **fields: object) -> str:
    """Write a session with some wrong entries."""
    record = json.loads((folder / "session.json").read_text())
    record["session"].update(fields)
    return json.dumps(record)


def edited_racer(rule: str, optimizer: str = "SGD") -> dict[str, object]:
    looks = {"name": "mine", "colour": "#123456", "visible": True}
    return {**looks, "optimizer": optimizer, "values": {}, "ranges": {}, "rule": rule}


SPOILT: dict[str, Callable[[Path], str]] = {
    "empty": lambda folder: "",
    "cut short": lambda folder: (folder / "session.json").read_text()[:200],
    "no json": lambda folder: "\x00\x01\x02",
    "nested without end": lambda folder: "[" * 100_000,
    "foreign": lambda folder: '{"name": "another program"}',
    "another version": lambda folder: '{"program": "Descent Derby", "format": 999, "session": {}}',
    "no fields": lambda folder: '{"program": "Descent Derby", "format": 1, "session": {}}',
    "endless start": lambda folder: spoil(folder, start=[float("inf"), 0]),
    "empty domain": lambda folder: spoil(folder, bounds=[[1, 1], [0, 1]]),
    "wrong formula": lambda folder: spoil(folder, good_formula="sinn(x)"),
    "huge number": lambda folder: spoil(folder, speed=10**400),
    "word for a number": lambda folder: spoil(folder, parameters={"a": "much"}),
    "unknown optimizer": lambda folder: spoil(folder, racers=[{"name": "x", "optimizer": "Magic"}]),
    "racer without a rule": lambda folder: spoil(folder, racers=[edited_racer("w = w -")]),
    "racer with a solver's rule": lambda folder: spoil(folder, racers=[edited_racer("w = w - g", "BFGS")]),
    "racer that is a number": lambda folder: spoil(folder, racers=[3]),
    "thousand racers": lambda folder: spoil(folder, racers=[{}] * 1000),
    "theme": lambda folder: spoil(folder, theme="purple"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_file_that_is_no_session_is_refused_in_a_sentence(qapp: QApplication, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "session.json"
    write_choices(path, Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)).choices())
    assert read_choices(path).landscape == FIRST_LANDSCAPE
    path.write_text(SPOILT[kind](tmp_path))
    with pytest.raises(RecordError, match=r"^(The file|Its entry) .*\.$"):
        read_choices(path)


def test_a_wrapped_racer_comes_back_with_its_settings(tmp_path: Path) -> None:
    racer = "Adam(lr=0.1) | ema(decay=0.5) | schedule(1/(1 + t/T), T=30)"
    choices = Session(LANDSCAPES[FIRST_LANDSCAPE], [racer]).choices()
    write_choices(tmp_path / "session.json", choices)
    restored = read_choices(tmp_path / "session.json").racers[0]
    assert restored.optimizer == "Adam | ema | schedule(1/(1 + t/T))"
    assert restored.values == choices.racers[0].values
    assert (restored.values["decay"], restored.values["T"]) == (0.5, 30)


def test_an_edited_racer_comes_back_with_its_rule_and_its_new_sliders(tmp_path: Path) -> None:
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], ["Adam(lr=0.1) | clip_norm"])
    (racer,) = session.racers
    session.set_rule(racer.key, "w = w - lr*push*g")
    session.set_hyperparameter(racer.key, "push", 0.25)
    write_choices(tmp_path / "session.json", session.choices())
    restored = read_choices(tmp_path / "session.json").racers[0]
    assert (restored.optimizer, restored.rule) == ("Adam | clip_norm", "w = w - lr*push*g")
    assert restored.values == {"lr": 0.1, "push": 0.25, "max_norm": 1.0}


def test_a_session_from_before_rules_could_be_edited_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    choices = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)).choices()
    write_choices(path, choices)
    record = json.loads(path.read_text())
    for racer in record["session"]["racers"]:
        del racer["rule"]
    path.write_text(json.dumps(record))
    assert [racer.name for racer in read_choices(path).racers] == [racer.name for racer in choices.racers]


@pytest.mark.parametrize("kind", ["cut short", "wrong formula"])
def test_a_broken_file_is_told_and_kept_aside(start: Opener, tmp_path: Path, kind: str) -> None:
    start().close()
    broken = SPOILT[kind](tmp_path)
    (tmp_path / "session.json").write_text(broken)
    window = start()
    assert window.notice.isVisible()
    assert "cannot be restored" in window.notice.label.text() and "Traceback" not in window.notice.label.text()
    assert [racer.name for racer in window.session.racers] == ["SGD", "Momentum", "RMSProp", "Adam"]
    (aside,) = tmp_path.glob("session.broken-*.json")
    assert aside.read_text() == broken
    window.close()
    assert kept(tmp_path)["formula"] == LANDSCAPES[FIRST_LANDSCAPE].formula


def test_a_place_that_cannot_be_written_is_told_once_and_the_race_goes_on(
    qtbot: QtBot, start: Opener, tmp_path: Path
) -> None:
    window = start()
    (tmp_path / "session.json").mkdir()
    (tmp_path / "session.json" / "full").touch()
    window.session.set_speed(55.0)
    window.keeper.save()
    assert "cannot be kept" in window.notice.label.text()
    window.controller.toggle()
    wait_until(qtbot, lambda: window.frame.step > 3)


def test_a_picture_neither_reads_nor_writes_the_session(tmp_path: Path, opengl: None) -> None:
    folder = tmp_path / "Descent Derby"
    folder.mkdir()
    (folder / "session.json").write_text("broken")
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "main.py", "--picture", str(tmp_path / "race.png"), "--steps", "3"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, env=environment)
    assert result.returncode == 0, result.stderr
    assert [path.name for path in folder.iterdir()] == ["session.json"]
    assert (folder / "session.json").read_text() == "broken"


def test_only_a_plain_start_restores(monkeypatch: pytest.MonkeyPatch) -> None:
    from gui.shell import app, command_line

    asked = []
    monkeypatch.setattr(app, "run", lambda *given, **named: asked.append(named) or 0)
    for arguments in ([], ["--theme", "light"], ["--landscape", "Beale"], ["--racer", "Adam"], ["--fresh"]):
        assert command_line.main(arguments) == 0
    assert [call["restore"] for call in asked] == [True, True, False, False, True]
    assert [call["keep"] for call in asked] == [True, True, True, True, False]


def test_the_theme_asked_for_wins_over_the_kept_one(start: Opener) -> None:
    window = start()
    window.session.set_theme("light")
    window.close()
    assert start(theme="dark").theme.name == "dark"
    QApplication.processEvents()
