"""Fixtures of the real window with the race of a first start, kept away from the real user's files."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, QStandardPaths, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look import style
from gui.look.theme import DARK
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import PATIENCE_MS, activated, go_to, put_away, settle

SIZE = QSize(1400, 900)


@pytest.fixture(autouse=True)
def nothing_of_the_user() -> None:
    QStandardPaths.setTestModeEnabled(True)


def first_window() -> MainWindow:
    # As the program does.
    style.apply_palette(QApplication.instance(), DARK)
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
    # A test's next action may come late on a busy machine; no race is held at its end meanwhile.
    session.set_finish(holds=False)
    window = MainWindow(session, DARK)
    style.apply_sheet(QApplication.instance(), DARK)
    window.resize(SIZE)
    window.show()
    window.activateWindow()
    return window


def wait_for_picture(qtbot: QtBot, window: MainWindow) -> None:
    # Where an earlier test left the pointer, it may lie over what opens, which would follow it.
    QCursor.setPos(window.screen().geometry().bottomRight())
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        # So for Qt, where a test's release went to another widget than its press.
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    qtbot.waitUntil(lambda: activated(window), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.frame is not None and window.contour.landscape_shown, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.surface.up_to_date, timeout=PATIENCE_MS)


@pytest.fixture
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[MainWindow]:
    """Yield a window of a first start; in a module marked `one_window` the same for all tests, as it was at first."""
    marked = request.node.get_closest_marker
    if marked("one_window") is not None and marked("own_window") is None:
        yield request.getfixturevalue("same_window")
        return
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
    while QApplication.activePopupWidget() is not None:
        QApplication.activePopupWidget().close()
    if window.bottom_panel.rule is not None:
        window.bottom_panel.rule.close_rule()
    if window.bottom_panel.inspector is not None:
        window.bottom_panel.inspector.close_inspector()
    if session.choices() != before:
        session.take(before)
    window.resize(SIZE)
    go_to(qtbot, window, 0)
    window.landscape_views.reset()
    window.history.stack.clear()
    window.view_choice.take_keyboard()
    settle(qtbot, window)
