"""The presentation: the window as a room sees it, with large texts, thick trails and only the panes that are needed.

It is a state of the window and not of the session: at its end everything is as it was.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget

from gui.look.theme import SPACING_PX
from gui.window.panes.arrangement import Arrangement
from gui.window.theme_choice import ThemeChoice

DESK = QSize(640, 410)
"""The size of a window, whose texts, enlarged with it to that of the screen, are read from the back of a room."""
LEAST, MOST, STEP = 1.5, 3.0, 0.125
"""Bounds of the magnification, and its step: not each pixel of another size writes all texts anew."""
RESTED_MS = 120
"""Since the last change of the window's size, which comes in several steps where it becomes a full screen."""
TOLD_MS = 4000
"""For so long it is said how a presentation ends."""
HOW_TO_END = "Esc ends the presentation"
ANY_HEIGHT = 16_777_215
"""Qt's own greatest size of a widget, which stands for no limit."""


class Presentation(QObject):
    """Presents a window, on the whole screen, until its key or Esc is pressed or another pane is asked for.

    Parameters
    ----------
    foot : QWidget
        Above it, it is said how the presentation ends.

    Attributes
    ----------
    under_way : bool
    """

    def __init__(self, window: QMainWindow, foot: QWidget, arrangement: Arrangement, theme_choice: ThemeChoice) -> None:
        super().__init__(window)
        self.under_way = False
        self._window, self._foot, self._arrangement, self._theme_choice = window, foot, arrangement, theme_choice
        self._state = window.windowState()
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window, self.end)
        self._escape.setEnabled(False)
        self.hint = QLabel(HOW_TO_END, window)
        self.hint.setObjectName("told")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.hide()
        self._telling = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._telling.timeout.connect(self.hint.hide)
        self._rested = QTimer(self, singleShot=True, interval=RESTED_MS)
        self._rested.timeout.connect(self._fit)
        window.installEventFilter(self)
        arrangement.pane_asked.connect(self.end)

    def switch(self) -> None:
        """Begin, or end."""
        if self.under_way:
            self.end()
        else:
            self._begin()

    def _begin(self) -> None:
        self.under_way = True
        self._state = self._window.windowState()
        self._escape.setEnabled(True)
        # Not hidden: the keys of a hidden menu bar's entries are not heard.
        self._window.menuBar().setMaximumHeight(0)
        self._window.statusBar().hide()
        self._window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        self._arrangement.present(True)
        self._magnify(self._window.screen().size())
        self._telling.start()
        self.hint.show()
        self._place_hint()
        self._rested.start()

    def end(self) -> None:
        """Show everything as it was."""
        if not self.under_way:
            return
        self.under_way = False
        self._escape.setEnabled(False)
        for timer in (self._rested, self._telling):
            timer.stop()
        self.hint.hide()
        self._theme_choice.magnify(1.0)
        self._window.menuBar().setMaximumHeight(ANY_HEIGHT)
        self._window.statusBar().show()
        self._arrangement.present(False)
        self._window.setWindowState(self._state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the texts to another size of the window."""
        if self.under_way and event.type() == QEvent.Type.Resize:
            self._place_hint()
            self._rested.start()
        return False

    def _fit(self) -> None:
        self._magnify(self._window.size())
        self._place_hint()

    def _magnify(self, size: QSize) -> None:
        self._theme_choice.magnify(magnification_for(size))

    def _place_hint(self) -> None:
        """Place the hint over the lower end of the curves, in the middle."""
        self.hint.adjustSize()
        above = self._foot.mapTo(self._window, QPoint()).y() - self.hint.height() - SPACING_PX
        self.hint.move((self._window.width() - self.hint.width()) // 2, above)
        self.hint.raise_()


def magnification_for(size: QSize) -> float:
    """Return how many times as large as on a desk texts are in a presented window of this size."""
    wanted = min(size.width() / DESK.width(), size.height() / DESK.height())
    return min(max(round(wanted / STEP) * STEP, LEAST), MOST)
