"""From a keystroke in the formula to the new surface on the screen, and to racers that step on it."""

import random
import time
from collections.abc import Callable

from measure import spread
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from real_window import close, has_surface, run_for, wait_for

from engine.language.errors import FormulaError
from engine.language.syntax.parser import parse_formula
from engine.live.commands import Play
from engine.live.frame import Frame
from gui.look.style import apply
from gui.look.theme import DARK
from gui.session.choices import FIRST_RACERS
from gui.session.session import Session
from gui.shell.app import freeze_garbage_collection, make_application
from gui.views.contour.view import ContourView
from gui.views.surface.panels import SurfacePanels
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES

NAMES = ("Rosenbrock", "Himmelblau", "Rastrigin", "Ackley", "GoldsteinPriceLog", "Peaks", "DropWave", "MullerBrown")
TYPED = " + 2x*y - a*sin(3x)/5"
READING_S = 0.6
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.08, 0.25
"""Between two keystrokes of somebody who types fast."""
STEPS_PER_SECOND = 1000.0
PATIENCE_S = 5.0
SHARE = 0.95
SURFACE_GOAL_MS, RACERS_GOAL_MS = 50.0, 100.0


class PaintWatch(QObject):
    """Notes when a view has painted the surface of a certain formula."""

    def __init__(self, window: MainWindow, view: ContourView | SurfacePanels, painted: QWidget) -> None:
        super().__init__()
        self._window, self._view = window, view
        self._text, self.moment = "", 0.0
        painted.installEventFilter(self)

    def begin(self, text: str) -> None:
        """Wait for `text`."""
        self._text, self.moment = text, 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every paint, and let it pass."""
        if event.type() == QEvent.Type.Paint and not self.moment:
            # Once this paint is done.
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        frame = self._window.frame
        newest = frame is not None and frame.formula.text == self._text
        if newest and self._view.shown_terrain == frame.terrain.number:
            self.moment = self.moment or time.perf_counter()


class StepWatch(QObject):
    """Notes when racers have stepped on a certain formula."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._text, self.moment = "", 0.0
        window.controller.frame_ready.connect(self._look)

    def begin(self, text: str) -> None:
        """Wait for `text`."""
        self._text, self.moment = text, 0.0

    def _look(self, frame: Frame) -> None:
        if frame.formula.text == self._text and frame.step > 0:
            self.moment = self.moment or time.perf_counter()


Watches = dict[str, PaintWatch | StepWatch]


def type_over_landscapes(window: MainWindow, watches: Watches, seed: int) -> dict[str, list[float]]:
    """Type at the end of every landscape's formula; return, by watch, the ms from each key that made a formula."""
    found: dict[str, list[float]] = {name: [] for name in watches}
    moment = random.Random(seed)
    editor = window.formula_bar.editor
    for name in NAMES:
        window.session.choose(LANDSCAPES[name])
        editor.setFocus()
        run_for(READING_S)
        editor.moveCursor(QTextCursor.MoveOperation.End)
        for character in TYPED:
            text = editor.toPlainText() + character
            for watch in watches.values():
                watch.begin(text)
            began = time.perf_counter()
            QTest.keyClicks(editor, character)
            # What is no formula has no surface, nor has half a name, and a space makes no other.
            if is_formula(text) and character != " " and not window.formula_bar.name_typing.under_way:
                wait_while(lambda: not all(watch.moment for watch in watches.values()))
                for name_of_watch, watch in watches.items():
                    found[name_of_watch].append(1e3 * (watch.moment - began))
            run_for(moment.uniform(SHORTEST_PAUSE_S, LONGEST_PAUSE_S))
    return found


def is_formula(text: str) -> bool:
    """Return whether `text` can be raced on."""
    try:
        parse_formula(text)
    except FormulaError:
        return False
    return True


def wait_while(holds: Callable[[], bool]) -> None:
    """Run the event loop, as the program does, while `holds`.

    Raises
    ------
    SystemExit
        Where it holds for too long.
    """
    loop, looking = QEventLoop(), QTimer(interval=1)
    looking.timeout.connect(lambda: holds() or loop.quit())
    looking.start()
    QTimer.singleShot(int(1e3 * PATIENCE_S), loop.quit)
    loop.exec()
    looking.stop()
    if holds():
        raise SystemExit(f"Nothing new was painted within {PATIENCE_S:.0f} s.")


def typing_window() -> MainWindow:
    """Return the window, painted, with the racers of a first start."""
    application = make_application()
    apply(application, DARK)
    window = MainWindow(Session(LANDSCAPES["Himmelblau"], list(FIRST_RACERS)), DARK)
    window.show()
    wait_for(window, lambda frame: True)
    run_for(2.0)
    freeze_garbage_collection()
    return window


def main() -> None:
    """Print the latencies of the views while the race waits, then that of racers at speed."""
    window = typing_window()
    views: Watches = {"the contour view": PaintWatch(window, window.contour, window.contour.panels[0].viewport())}
    if has_surface(window):
        views["the 3-D view"] = PaintWatch(window, window.surface, window.surface.panels[0])
    for name, times in type_over_landscapes(window, views, seed=0).items():
        print(spread(f"a keystroke to its surface in {name}", times, SHARE, SURFACE_GOAL_MS), flush=True)
    window.session.set_speed(STEPS_PER_SECOND)
    window.session.set_finish(holds=False)
    window.session.set_finish(holds=False)
    window.controller.runner.post(Play())
    (times,) = type_over_landscapes(window, {"racers": StepWatch(window)}, seed=1).values()
    print(spread("a keystroke to racers that step on its surface", times, SHARE, RACERS_GOAL_MS), flush=True)
    close(window)


if __name__ == "__main__":
    main()
