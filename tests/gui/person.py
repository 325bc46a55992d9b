"""Actions of a person in the window, and what the person sees of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.live.commands import Seek
from gui.window.main_window import MainWindow

PATIENCE_MS = 30_000
"""Time limit of a wait, for a busy machine with two slow cores and no graphics card."""
REST_MS = 30
MOVE_MS = 20
COLOUR_DISTANCE = 40


def pixels(widget: QWidget) -> np.ndarray:
    """Return the picture of a widget, int (rows, columns, 3): red, green, blue."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].astype(int)


def has_colour(picture: np.ndarray, colour: str, least: int = 4) -> bool:
    wanted = QColor(colour)
    apart = np.abs(picture - [wanted.red(), wanted.green(), wanted.blue()]).max(axis=2)
    return int((apart < COLOUR_DISTANCE).sum()) >= least


def go_to(qtbot: QtBot, window: MainWindow, step: int) -> None:
    window.controller.runner.post(Seek(step))
    qtbot.waitUntil(lambda: window.frame is not None and window.frame.step == step, timeout=PATIENCE_MS)
    settle(qtbot, window)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until every view shows the newest content and the layout no longer changes.

    While a race goes on, a busy machine may never show all views the newest step at one moment: then each was up to
    date once.
    """
    for _ in range(2):
        # New content may change the layout, which then requests new pictures.
        qtbot.wait(REST_MS)
        views = window.landscape_views
        behind = {*views.both, views.maps, views.swarms, window.charts, window.bottom_panel}
        behind |= {window.formula_bar, window.racers_panel}

        def has_settled(behind: set[Any] = behind) -> bool:
            if window.up_to_date:
                return True
            frame = window.frame
            if frame is None or not frame.playing or frame.answered != window.controller.runner.newest_request:
                return False
            behind -= {part for part in behind if part.up_to_date}
            return not behind

        qtbot.waitUntil(has_settled, timeout=PATIENCE_MS)


def type_formula(qtbot: QtBot, window: MainWindow, text: str) -> None:
    editor = window.formula_bar.editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def save(qtbot: QtBot, window: MainWindow, name: str, note: str = "") -> None:
    """Save the present landscape under a name."""
    form = window.formula_bar.landscape.open_form()
    form.name.setText(name)
    form.note.setText(note)
    qtbot.keyClick(form.note, Qt.Key.Key_Return)


def drag(widget: QWidget, start: QPointF, end: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = [
        (QEvent.Type.MouseMove, start, none, none),
        (QEvent.Type.MouseButtonPress, start, left, left),
        *((QEvent.Type.MouseMove, start + (end - start) * share, none, left) for share in (0.3, 0.6, 1.0)),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ]
    for kind, place, button, held in steps:
        glob = QPointF(widget.mapToGlobal(place.toPoint()))
        event = QMouseEvent(kind, place, glob, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)
        # pyqtgraph handles at most a hundred mouse moves a second.
        QTest.qWait(MOVE_MS)


def activated(window: QWidget) -> bool:
    """Return whether the window has the keyboard, and ask for it where it has not.

    Without a window manager a window that another one has covered, or that is not shown yet, does not get it by itself.
    """
    if not window.isActiveWindow():
        window.activateWindow()
    return window.isActiveWindow()


def wait_until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=PATIENCE_MS)


def colour_count(picture: np.ndarray, colour: str) -> int:
    wanted = QColor(colour)
    apart = np.abs(picture - [wanted.red(), wanted.green(), wanted.blue()]).max(axis=2)
    return int((apart < COLOUR_DISTANCE).sum())


def put_away(*windows: MainWindow) -> None:
    """Close and delete windows."""
    for window in windows:
        window.close()
        # A window that is not deleted stays in memory, and every later change of the theme would update it too.
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
