"""Random actions of a person in the window: clicks, typing, drags, the wheel, keys, and opening of menus and dialogs.

As a program it runs for as long as wanted: ``python -m tests.gui.window.random_hands SEED SECONDS``.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)

from engine.live.commands import GoBack, Pause, Play, Restart, Seek, Step
from gui.window.main_window import MainWindow

LEFT_ALONE = (
    "Quit", "Other ...", "Save a picture", "Fit a line", "Open a Python function", "Start a new race", "Open a session",
    "Save the session",
)  # fmt: skip
"""Buttons and menu entries that are never used: they end the window, open a dialog of the system, or undo the trial."""
SNIPPETS = (
    "x^2 + y^2", "sin(3x) + cos(y)", "a*x^2 + b*y^2", "1/x", "log(x)", "nan", "1e300*x", "sqrt(x - y)", "x^y", "(", ")",
    "w = w - lr*g", "m = beta*m + g\nw = w - lr*m", "w = w - lr*hess(g)", "init v = 1", "x" * 300, "0/0", "-3", "1e-9",
    "1e999", "", "7", "0.5", "250", "ß∑√", "Adam", "mean(x)", "if else", "floor(x)*y", "|x| + |y|", "e^(-x^2)", "w =",
)  # fmt: skip
KEYS = (
    Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
    Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Period, Qt.Key.Key_Comma, Qt.Key.Key_R,
    Qt.Key.Key_7, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_F,
)  # fmt: skip
MOST_RACERS = 12
PAUSE_MS = 15


class RandomHands:
    """Does random actions; the same seed does the same, as far as the window reacts the same.

    Attributes
    ----------
    done : list of str
        The actions so far, from which a mistake can be reproduced.
    longest_s : float
        The longest time for which one action blocked the window, in seconds.
    """

    def __init__(self, window: MainWindow, seed: int, most_racers: int = MOST_RACERS) -> None:
        self._window, self._random, self._most_racers = window, random.Random(seed), most_racers
        self.done: list[str] = []
        self.longest_s = 0.0

    def go_on(self, seconds: float) -> None:
        """Do actions for so many seconds, each followed by a pause in which the window handles its events."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.act()

    def act(self) -> None:
        """Do one action, followed by a pause in which the window handles its events."""
        began = time.monotonic()
        self._do_something()
        self.longest_s = max(self.longest_s, time.monotonic() - began)
        QTest.qWait(PAUSE_MS)
        self._tidy()

    def _do_something(self) -> None:
        things: list[tuple[int, Callable[[], None]]] = [
            (6, self._click), (4, self._type), (3, self._drag_slider), (3, self._press), (3, self._use_view),
            (3, self._choose_action), (2, self._pick_row), (1, self._take_session), (2, self._race),
        ]  # fmt: skip
        weights = [weight for weight, _ in things]
        self._random.choices([thing for _, thing in things], weights)[0]()

    def _tidy(self) -> None:
        """Sometimes close modal dialogs and popups, which block all else, and remove racers if there are many."""
        modal, popup = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        if isinstance(modal, QDialog) and self._random.random() < 0.3:
            modal.reject()
        if popup is not None and self._random.random() < 0.15:
            popup.close()
        racers = self._window.session.racers
        if len(racers) > self._most_racers:
            self._window.session.remove_racer(self._random.choice(racers).key)

    def _some(self, kind: type[QWidget]) -> QWidget | None:
        """Return a random visible, enabled widget of a kind in the topmost window, or None."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        found = [widget for widget in top.findChildren(kind) if widget.isVisible() and widget.isEnabled()]
        return self._random.choice(found) if found else None

    def _note(self, what: str, widget: QWidget | None = None) -> None:
        name = "" if widget is None else f" {type(widget).__name__} {widget.accessibleName() or widget.toolTip()[:30]}"
        self.done.append(f"{what}{name}")

    def _click(self) -> None:
        button = self._some(QAbstractButton)
        if isinstance(button, QAbstractButton) and not button.text().startswith(LEFT_ALONE):
            self._note(f"click {button.text()[:20]!r}", button)
            if hasattr(button, "menu") and button.menu() is not None:
                # Its click returns when the menu is closed.
                QTimer.singleShot(PAUSE_MS, button.menu().close)
            button.click()

    def _type(self) -> None:
        field = self._some(self._random.choice([QPlainTextEdit, QLineEdit]))
        text = self._random.choice(SNIPPETS)
        if field is None:
            return
        self._note(f"type {text[:20]!r}", field)
        field.setFocus()
        if isinstance(field, QPlainTextEdit | QLineEdit) and self._random.random() < 0.6:
            field.selectAll()
        if text.isascii() and text.isprintable():
            QTest.keyClicks(field, text[:40])
        else:
            # Inserted as if pasted, because Qt's tests have no keys for these letters.
            field.insertPlainText(text) if isinstance(field, QPlainTextEdit) else field.insert(text)
        if isinstance(field, QLineEdit) and self._random.random() < 0.7:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def _drag_slider(self) -> None:
        slider = self._some(QSlider)
        if isinstance(slider, QSlider):
            self._note("drag", slider)
            for _ in range(3):
                slider.setValue(self._random.randint(slider.minimum(), slider.maximum()))
                QTest.qWait(1)
                if not shiboken6.isValid(slider):
                    # The slider was deleted meanwhile, with its parameter or its racer.
                    return

    def _press(self) -> None:
        target = QApplication.focusWidget() or self._window
        key, modifier = self._random.choice(KEYS), Qt.KeyboardModifier.NoModifier
        if self._random.random() < 0.2:
            modifier = Qt.KeyboardModifier.ShiftModifier
        self._note(f"press {key.name}", target)
        QTest.keyClick(target, key, modifier)

    def _use_view(self) -> None:
        contour, surface = self._window.contour, self._window.surface
        view = self._random.choice([*[panel.viewport() for panel in contour.panels], *surface.panels])
        places = [QPoint(self._random.randrange(view.width()), self._random.randrange(view.height())) for _ in range(2)]
        self._note("use", view)
        if self._random.random() < 0.5:
            self._turn_wheel(view, places[0])
            return
        QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
        QTest.mouseMove(view, places[1])
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[1])

    def _turn_wheel(self, view: QWidget, place: QPoint) -> None:
        turn = QPoint(0, self._random.choice([-120, 120]))
        wheel = QWheelEvent(
            QPointF(place), QPointF(view.mapToGlobal(place)), QPoint(), turn, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, wheel)

    def _choose_action(self) -> None:
        action: QAction = self._random.choice(self._window.menuBar().actions())
        while action.menu() is not None and action.menu().actions():
            action = self._random.choice(action.menu().actions())
        words = action.text().replace("&", "")
        if action.isEnabled() and words and not words.startswith(LEFT_ALONE):
            self._note(f"choose {words!r}")
            action.trigger()

    def _pick_row(self) -> None:
        rows = self._some(self._random.choice([QAbstractItemView, QComboBox]))
        if isinstance(rows, QComboBox) and rows.count():
            rows.setCurrentIndex(self._random.randrange(rows.count()))
            self._note("pick", rows)
            rows.activated.emit(rows.currentIndex())
        elif isinstance(rows, QAbstractItemView) and rows.model() is not None and rows.model().rowCount():
            index = rows.model().index(self._random.randrange(rows.model().rowCount()), 0)
            self._note("pick", rows)
            rows.setCurrentIndex(index)
            rows.activated.emit(index)

    def _take_session(self) -> None:
        """Replace the session by another, as a restart does."""
        self._note("take")
        self._window.session.take(self._window.session.choices())

    def _race(self) -> None:
        runner = self._window.controller.runner
        seek, step = Seek(self._random.choice([0, 10, 5000])), Step(self._random.choice([1, 50]))
        command = self._random.choice([Play(), Pause(), step, GoBack(3), Restart(), seek])
        self._note(str(command))
        runner.post(command)
        self._window.session.set_speed(self._random.choice([1.0, 60.0, 100_000.0]))


def main(seed: int, seconds: float) -> None:
    """Do random actions in a new window; if a mistake occurs, print the actions before it."""
    from PySide6.QtCore import QStandardPaths

    from gui.look.style import apply
    from gui.look.theme import DARK
    from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
    from gui.session.session import Session
    from gui.shell.app import make_application
    from gui.shell.error_reporter import ErrorReporter
    from landscapes import LANDSCAPES

    QStandardPaths.setTestModeEnabled(True)
    apply(make_application(), DARK)
    window = MainWindow(Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)), DARK)
    window.show()
    hands, watch = RandomHands(window, seed), ErrorReporter(None)
    watch.happened.connect(lambda sentence, details: print(sentence, details, *hands.done[-12:], sep="\n", flush=True))
    hands.go_on(seconds)
    print(f"seed {seed}: {len(hands.done)} things done, the longest took {hands.longest_s:.2f} s")
    window.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
