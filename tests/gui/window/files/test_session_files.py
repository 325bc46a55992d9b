"""Sessions are saved, opened and dropped as files of a person, and nothing that was open is lost by that."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine.live.commands import Play, Restart, Step
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.shell.app import open_window
from gui.window.files.session_files import ELSEWHERE, OVERWRITE
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.opening import press
from tests.gui.person import PATIENCE_MS, put_away, wait_until

pytestmark = pytest.mark.one_window


def started(folder: Path) -> MainWindow:
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
    window = open_window(session, None, folder / "session.json", restore=True)
    window.show()
    return window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    window = started(tmp_path / "config")
    qtbot.waitUntil(lambda: window.frame is not None, timeout=PATIENCE_MS)
    yield window
    put_away(window)


def step_on(qtbot: QtBot, window: MainWindow, steps: int) -> None:
    step = window.frame.step + steps
    window.controller.runner.post(Step(steps))
    wait_until(qtbot, lambda: window.frame.step == step)


def save_as(window: MainWindow, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.session_files.save_as()


def trails(window: MainWindow) -> list[tuple[bytes, bytes]]:
    return [(racer.trail.positions.tobytes(), racer.trail.losses.tobytes()) for racer in window.frame.racers]


def shown_title(window: MainWindow) -> str:
    return window.windowTitle().replace("[*]", "*" if window.isWindowModified() else "")


def race_with_changes(qtbot: QtBot, window: MainWindow) -> None:
    """Race on, with a change of everything under way."""
    session = window.session
    window.formula_bar.editor.setPlainText("a*x^2 + sin(3x) + y^2")
    wait_until(qtbot, lambda: "a" in window.frame.formula.parameters)
    step_on(qtbot, window, 20)
    session.set_hyperparameter(session.racers[0].key, "lr", 0.05)
    session.set_parameter("a", 2.5)
    step_on(qtbot, window, 30)
    session.add_racer("Adam | cosine")
    session.remove_racer(session.racers[1].key)
    wait_until(qtbot, lambda: len(window.frame.racers) == 4)
    session.set_randomness(noise="noise", sigma=0.2)
    step_on(qtbot, window, 40)


def test_a_saved_race_is_opened_where_it_stood_with_every_trail_bit_for_bit(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    race_with_changes(qtbot, window)
    window.session.set_speed(123.0)
    window.session.set_views("contour")
    before, file = trails(window), tmp_path / "mine"
    save_as(window, monkeypatch, file)
    file = tmp_path / "mine.derby"
    assert file.is_file() and shown_title(window) == "mine.derby – Descent Derby"

    step_on(qtbot, window, 5)
    qtbot.wait(600)
    assert not window.isWindowModified(), "a race that goes on is the same race"
    window.session.set_speed(7.0)
    window.session.set_theme("light")
    wait_until(qtbot, window.isWindowModified)
    assert shown_title(window) == "mine.derby* – Descent Derby"
    window.session.set_speed(123.0)
    wait_until(qtbot, lambda: not window.isWindowModified())

    window.start_afresh()
    wait_until(qtbot, lambda: window.frame.step == 0 and len(window.frame.racers) == 4)
    assert window.windowTitle() == "Descent Derby"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.session_files.choose()
    wait_until(qtbot, lambda: window.frame.step == 90 and not window.frame.playing)
    assert trails(window) == before
    assert (window.session.speed, window.session.views, window.session.theme) == (123.0, "contour", "light")
    assert window.formula_bar.editor.toPlainText() == "a*x^2 + sin(3x) + y^2"
    qtbot.wait(600)
    assert shown_title(window) == "mine.derby – Descent Derby", "what was opened is not changed by being opened"

    window.controller.runner.post(Restart())
    wait_until(qtbot, lambda: window.isWindowModified())


def test_the_race_goes_on_where_it_stood_at_the_next_start_and_knows_its_file(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save_as(window, monkeypatch, tmp_path / "mine.derby")
    race_with_changes(qtbot, window)
    before = trails(window)
    window.close()
    again = started(tmp_path / "config")
    wait_until(qtbot, lambda: again.frame is not None and again.frame.step == 90 and not again.frame.playing)
    assert trails(again) == before
    assert shown_title(again) == "mine.derby* – Descent Derby", "nobody was asked, and nothing is lost"
    again.session_files.save()
    assert not again.isWindowModified()
    put_away(again)


def test_what_another_session_takes_the_place_of_is_kept(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save_as(window, monkeypatch, tmp_path / "first.derby")
    for formula in ("x^2 + 3y^2", "x^4 + 5y^2"):
        window.formula_bar.editor.setPlainText(formula)
        wait_until(qtbot, lambda formula=formula: window.frame.formula.text == formula)
        window.session_files.open(tmp_path / "first.derby")
        assert "not saved" in window.notice.label.text()
        wait_until(qtbot, lambda: window.frame.formula.text == LANDSCAPES[FIRST_LANDSCAPE].formula)
    window.notice.back.click()
    wait_until(qtbot, lambda: window.frame.formula.text == "x^4 + 5y^2")
    window.menus.recent.aboutToShow.emit()
    names = [action.text() for action in window.menus.recent.actions() if not action.isSeparator()]
    assert names[0] == "first.derby" and names[1].startswith("Not saved, 20")
    next(action for action in window.menus.recent.actions() if action.text() == names[1]).trigger()
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2 + 3y^2")
    assert window.windowTitle() == "Descent Derby", "it has no file that it could be saved to again"


@pytest.mark.parametrize("content", ["", "[" * 10_000, '{"program": "Descent Derby", "format": 999, "session": {}}'])
def test_a_broken_file_is_told_in_a_sentence_and_the_race_goes_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, content: str
) -> None:
    (tmp_path / "broken.derby").write_text(content)
    window.controller.runner.post(Play())
    wait_until(qtbot, lambda: window.frame.step > 3)
    before = window.session.choices()
    window.session_files.open(tmp_path / "broken.derby")
    assert window.notice.label.text().startswith("broken.derby cannot be opened. The file ")
    window.session_files.open(tmp_path)
    assert window.notice.label.text().endswith("cannot be opened. The file cannot be read (it is a folder).")
    window.session_files.open(tmp_path / "gone.derby")
    assert window.notice.label.text() == "gone.derby cannot be opened. There is no such file."
    step = window.frame.step
    wait_until(qtbot, lambda: window.frame.step > step + 3)
    assert window.session.choices() == before


def drop(target: QWidget, paths: list[Path]) -> bool:
    """Drag files from elsewhere onto a widget, and return whether they were taken."""
    data, point = QMimeData(), QPoint(20, 20)
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(point, *rest)
    enter.ignore()
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(point, *rest, QEvent.Type.Drop))
    return enter.isAccepted()


def test_a_session_that_is_dropped_onto_the_window_is_opened_wherever_it_falls(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save_as(window, monkeypatch, tmp_path / "mine.derby")
    text = window.formula_bar.editor.toPlainText()
    for target in (window, window.contour.panels[0].viewport(), window.formula_bar.editor.viewport(), window.surface):
        window.session.set_speed(9.0)
        assert drop(target, [tmp_path / "mine.derby"])
        assert window.session.speed != 9.0, type(target).__name__
        assert window.formula_bar.editor.toPlainText() == text
    assert not drop(window, [tmp_path / "mine.derby", tmp_path / "other.derby"]), "which of them is not known"


def test_a_file_that_another_program_has_changed_is_not_overwritten_unasked(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mine.derby"
    save_as(window, monkeypatch, file)
    record = json.loads(file.read_text())
    record["session"]["speed"] = 5.0
    file.write_text(json.dumps(record))
    window.session.set_speed(50.0)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    said = press(ELSEWHERE)
    window.session_files.save()
    assert "another program has written it" in said[0]
    assert json.loads(file.read_text())["session"]["speed"] == 5.0
    press(OVERWRITE)
    window.session_files.save()
    assert json.loads(file.read_text())["session"]["speed"] == 50.0
    monkeypatch.setattr(QMessageBox, "exec", lambda *_: pytest.fail("it is as this window wrote it"))
    window.session_files.save()


def test_a_place_that_cannot_be_written_is_told_and_the_session_stays_what_it_is(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken.derby").mkdir()
    save_as(window, monkeypatch, tmp_path / "taken.derby")
    assert window.notice.label.text().startswith("taken.derby cannot be written: Is a directory.")
    assert window.windowTitle() == "Descent Derby"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
