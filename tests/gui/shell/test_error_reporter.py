"""Exceptions that nothing caught: a sentence in the window, the traceback in the log, and the race goes on."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.live.commands import SetFormula, SetHeight
from engine.live.live_race import LiveRace
from gui.shell.error_reporter import ErrorReporter
from gui.window import driver_compilation
from gui.window.main_window import MainWindow
from gui.window.precompiler import Precompiler
from tests.gui.person import go_to, wait_until

BOUNDS = ((-1.0, 1.0), (-1.0, 1.0))


def log(folder: Path) -> Path:
    return folder / "deep" / "errors.log"


@pytest.fixture
def reporter(window: MainWindow, tmp_path: Path) -> Iterator[ErrorReporter]:
    reporter = ErrorReporter(log(tmp_path))
    reporter.happened.connect(window.notice.notify)
    yield reporter
    reporter.release()


def test_an_uncaught_mistake_is_a_sentence_and_the_race_goes_on(
    qtbot: QtBot, window: MainWindow, reporter: ErrorReporter, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    QTimer.singleShot(0, lambda: 1 // 0)
    wait_until(qtbot, window.notice.isVisible)
    assert "Something went wrong (ZeroDivisionError)" in window.notice.label.text()
    assert "Traceback" not in window.notice.label.text() + "".join(capfd.readouterr())
    window.notice.copy.click()
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    assert "ZeroDivisionError" in (log(tmp_path)).read_text()
    window.notice.close_button.click()
    assert not window.notice.isVisible()
    go_to(qtbot, window, 5)


def test_a_mistake_on_another_thread_is_told_too(qtbot: QtBot, window: MainWindow, reporter: ErrorReporter) -> None:
    thread = threading.Thread(target=lambda: [][1])
    thread.start()
    thread.join()
    wait_until(qtbot, window.notice.isVisible)
    assert "IndexError" in window.notice.label.text()


def test_a_mistake_that_comes_with_every_frame_is_told_once(
    qtbot: QtBot, window: MainWindow, reporter: ErrorReporter, tmp_path: Path
) -> None:
    def fail() -> None:
        raise RuntimeError("again")

    window.controller.frame_ready.connect(fail)
    go_to(qtbot, window, 3)
    go_to(qtbot, window, 6)
    window.controller.frame_ready.disconnect(fail)
    assert (log(tmp_path)).read_text().count("RuntimeError: again") == 1


def test_a_log_that_cannot_be_written_still_lets_the_sentence_through(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    reporter = ErrorReporter(tmp_path / "file" / "errors.log")
    told = []
    reporter.happened.connect(lambda sentence, details: told.append(sentence))
    sys.excepthook(ValueError, ValueError("no"), None)
    reporter.release()
    assert told == ["Something went wrong (ValueError); the race goes on."]


class BrokenHeight(SetHeight):
    """A command that fails as a mistake in the program would."""

    def apply(self, live: LiveRace) -> None:
        raise KeyError("a mistake")


class BrokenFormula(SetFormula):
    """A command with a text that fails as a mistake in the program would."""

    def apply(self, live: LiveRace) -> None:
        raise KeyError("a mistake")


def test_a_command_that_fails_says_what_failed_and_where_the_log_is_and_the_race_goes_on(
    qtbot: QtBot, window: MainWindow, reporter: ErrorReporter, tmp_path: Path
) -> None:
    window.controller.runner.post(BrokenHeight("rank"))
    wait_until(qtbot, window.notice.isVisible)
    sentence = f"Changing the height failed (KeyError). The details are in {log(tmp_path)}."
    assert window.notice.label.text() == sentence
    written = log(tmp_path).read_text()
    assert "Traceback" in written and "in apply" in written and "KeyError: 'a mistake'" in written
    go_to(qtbot, window, 5)
    assert window.frame.formula.error is None, "the formula is as good as before"


def test_a_command_that_fails_again_is_told_again_and_logged_once(
    qtbot: QtBot, window: MainWindow, reporter: ErrorReporter, tmp_path: Path
) -> None:
    for _ in range(2):
        window.controller.runner.post(BrokenHeight("rank"))
        wait_until(qtbot, window.notice.isVisible)
        assert window.notice.label.text().endswith(f"The details are in {log(tmp_path)}.")
        window.notice.close_button.click()
    assert log(tmp_path).read_text().count("KeyError: 'a mistake'") == 1


def test_a_text_that_fails_is_told_beneath_the_formula_too(
    qtbot: QtBot, window: MainWindow, reporter: ErrorReporter
) -> None:
    before = window.frame.formula.text
    window.controller.runner.post(BrokenFormula("x", BOUNDS, {}))
    wait_until(qtbot, lambda: window.frame.formula.error is not None)
    assert "Racing on the new formula failed (KeyError)." in window.formula_bar.message.text()
    assert window.frame.formula.text == before
    go_to(qtbot, window, 5)


def test_drivers_that_cannot_be_compiled_ahead_are_told(
    qtbot: QtBot, window: MainWindow, reporter: ErrorReporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("no drivers")

    monkeypatch.setattr(driver_compilation, "program_drivers", fail)
    second = Precompiler()
    second.begin()
    wait_until(qtbot, window.notice.isVisible)
    assert window.notice.label.text().startswith("Compiling ahead of time failed (RuntimeError).")
    assert "RuntimeError: no drivers" in log(tmp_path).read_text()
    wait_until(qtbot, lambda: second.done)
    second.end()
