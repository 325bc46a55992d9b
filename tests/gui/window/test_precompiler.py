"""Compiled loops are made while the window goes on, and the window says so; where they are kept, nothing is."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.compiled import object_cache
from engine.compiled.driver import Driver
from engine.data.shuffle import shuffle
from engine.rules.step_loop import advance
from gui.look import style
from gui.look.theme import DARK
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.views.shading import pixels as shading
from gui.views.shading.loop import shade_rows
from gui.window import driver_compilation
from gui.window.driver_compilation import Compilation
from gui.window.main_window import MainWindow
from gui.window.precompiler import sentence_of
from landscapes import LANDSCAPES
from tests.gui.person import go_to, put_away, settle, wait_until
from tests.gui.window.test_driver_compilation import broken_numba, fresh

pytestmark = pytest.mark.one_window

COMPILER_PATIENCE_MS = 90_000
PAUSE_S, LONGEST_PAUSE_S = 0.25, 3.0
"""Limits of the window's pauses during a compilation on a busy machine: for 99 of 100 pauses, and for the longest."""


def wait_for_compiler(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=COMPILER_PATIENCE_MS)


@pytest.fixture
def drivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Driver]:
    """Return drivers as on a computer on which nothing was ever compiled."""
    monkeypatch.setenv(object_cache.FOLDER_VARIABLE, str(tmp_path))
    found = [fresh(shuffle), fresh(advance)]
    monkeypatch.setattr(shading, "shade_rows", fresh(shade_rows))
    monkeypatch.setattr(driver_compilation, "program_drivers", lambda: found)
    return found


@pytest.fixture
def first_window(qtbot: QtBot, drivers: list[Driver]) -> Iterator[MainWindow]:
    style.apply(QApplication.instance(), DARK)
    window = MainWindow(Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)), DARK)
    window.resize(1400, 900)
    window.show()
    yield window
    put_away(window)


def test_the_window_tells_what_is_compiled_and_then_nothing(
    qtbot: QtBot, first_window: MainWindow, drivers: list[Driver]
) -> None:
    told: list[str] = []
    first_window.precompiler.progressed.connect(told.append)
    wait_until(qtbot, lambda: first_window.status.compiling.isVisible())
    assert first_window.contour.landscape_shown
    label, note = first_window.status.compiling, first_window.status.note
    assert label.text() == "Compiling the shuffling of rows (1 of 2), once for this computer ..."
    wait_until(qtbot, lambda: label.width() >= label.sizeHint().width() and not note.isVisible())
    wait_for_compiler(qtbot, lambda: first_window.precompiler.done and not first_window.status.compiling.isVisible())
    assert note.isVisible() and LANDSCAPES[FIRST_LANDSCAPE].note in note.text()
    assert told[-2:] == ["Compiling the step loop (2 of 2), once for this computer ...", ""]
    assert all(driver.load() for driver in drivers)


def test_the_window_goes_on_while_it_compiles(qtbot: QtBot, first_window: MainWindow) -> None:
    wait_until(qtbot, lambda: first_window.status.compiling.isVisible())
    pauses, last = [], time.monotonic()
    while not first_window.precompiler.done:
        qtbot.wait(1)
        now = time.monotonic()
        pauses.append(now - last)
        last = now
    assert len(pauses) > 10 and max(pauses) < LONGEST_PAUSE_S
    assert sorted(pauses)[int(0.99 * len(pauses))] < PAUSE_S


def test_a_race_that_is_started_meanwhile_runs_when_its_loop_is_there(
    qtbot: QtBot, first_window: MainWindow, monkeypatch: pytest.MonkeyPatch, drivers: list[Driver]
) -> None:
    monkeypatch.setattr("engine.rules.kernel.advance", drivers[1])
    wait_until(qtbot, lambda: first_window.status.compiling.isVisible())
    first_window.controller.toggle()
    wait_for_compiler(qtbot, lambda: first_window.frame.step > 0)
    assert first_window.frame.formula.error is None


def test_a_picture_shaded_by_numpy_is_the_compiled_one(qtbot: QtBot, first_window: MainWindow) -> None:
    wait_until(qtbot, lambda: first_window.contour.landscape_shown)
    # The first picture may come before the window has its last layout.
    settle(qtbot, first_window)
    first = first_window.contour._images[False].image.copy()
    assert shading.shade_rows.prepare()
    first_window.contour._shade(first_window.frame.terrain, detail=False)
    settle(qtbot, first_window)
    assert first_window.contour._images[False].image == first


def test_a_window_that_is_closed_meanwhile_waits_for_nothing(qtbot: QtBot, first_window: MainWindow) -> None:
    wait_until(qtbot, lambda: first_window.status.compiling.isVisible())
    began = time.monotonic()
    first_window.close()
    assert time.monotonic() - began < LONGEST_PAUSE_S


def test_without_a_compiler_the_landscape_is_seen_and_the_window_says_why_nothing_races(
    qtbot: QtBot, drivers: list[Driver], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, first_window: MainWindow
) -> None:
    monkeypatch.setenv("PYTHONPATH", broken_numba(tmp_path))
    monkeypatch.setattr("engine.rules.kernel.advance", drivers[1])
    monkeypatch.setitem(sys.modules, "engine.compiled.numba_compiler", None)
    wait_until(qtbot, lambda: first_window.notice.isVisible())
    assert "cannot be imported" in first_window.notice.label.text()
    assert first_window.contour.landscape_shown
    first_window.controller.toggle()
    wait_until(qtbot, lambda: first_window.frame.formula.error is not None)
    assert "cannot be imported" in first_window.frame.formula.error.message


def test_in_a_narrow_window_the_sentence_gives_way(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 10)
    window.resize(900, 700)
    window.status.show_compiling(sentence_of(Compilation("a loop of some length", 10, 20)) * 3)
    settle(qtbot, window)
    for label in (window.status.leader, window.status.speeds):
        assert label.width() >= label.sizeHint().width()
    assert window.status.compiling.width() < window.status.compiling.sizeHint().width()


def test_a_single_loop_is_not_counted() -> None:
    assert sentence_of(Compilation("the step loop", 1, 1)) == "Compiling the step loop, once for this computer ..."
