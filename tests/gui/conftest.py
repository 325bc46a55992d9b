"""Fixtures of the real window with the race of a first start, kept away from the real user's files."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look import style
from gui.look.theme import DARK
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import PATIENCE_MS, go_to, put_away


@pytest.fixture(autouse=True)
def nothing_of_the_user() -> None:
    QStandardPaths.setTestModeEnabled(True)


def first_window() -> MainWindow:
    style.apply(QApplication.instance(), DARK)
    window = MainWindow(Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)), DARK)
    window.resize(1400, 900)
    window.show()
    window.activateWindow()
    return window


def wait_for_picture(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.frame is not None and window.contour.landscape_shown, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.surface.up_to_date, timeout=PATIENCE_MS)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = first_window()
    wait_for_picture(qtbot, window)
    yield window
    put_away(window)


@pytest.fixture(scope="module")
def window_of_the_module(qapp: QApplication) -> Iterator[MainWindow]:
    window = first_window()
    yield window
    put_away(window)


@pytest.fixture
def same_window(qtbot: QtBot, window_of_the_module: MainWindow) -> Iterator[MainWindow]:
    """Yield one window for all cases of a module; a case's choices are undone before the next case."""
    window, session = window_of_the_module, window_of_the_module.session
    wait_for_picture(qtbot, window)
    before = session.choices()
    yield window
    if session.choices() != before:
        session.take(before)
    go_to(qtbot, window, 0)


@pytest.fixture(scope="module")
def memory_of_others_aside() -> Iterator[None]:
    """Freeze the objects of earlier tests, so that the garbage collector does not slow a module that measures time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
