"""From a keystroke in the formula to the new surface on the screen, and to racers that step on it."""

import random
import time

from measure import spread
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from real_window import close, has_surface, run_for, wait_for

from engine.frame import Frame
from gui.app import make_application
from gui.choices import FIRST_RACERS
from gui.main_window import MainWindow
from gui.session import Session
from gui.style import apply
from gui.theme import DARK
from landscapes import LANDSCAPES

NAMES = ("Rosenbrock", "Himmelblau", "Rastrigin", "Ackley", "GoldsteinPriceLog", "Peaks", "DropWave", "MullerBrown")
TYPED = " + a*sin(2x)/3"
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.08, 0.25
"""Between two keystrokes of somebody who types fast."""
PATIENCE_S = 5.0
SHARE = 0.95
SURFACE_GOAL_MS, RACERS_GOAL_MS = 50.0, 100.0
VIEWS_ROUND, RACERS_ROUND = False, True
"""Whether the race runs while somebody types."""


class Watch(QObject):
    """Notes when a view has painted the formula that was typed last."""

    def __init__(self, window: MainWindow, view: QWidget, painted: QWidget, name: str) -> None:
        super().__init__()
        self._window, self._view, self.name = window, view, name
        self._text, self.moment = "", 0.0
        painted.installEventFilter(self)

    def begin(self, text: str) -> None:
        """Wait for `text`."""
        self._text, self.moment = text, 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every paint, and let it pass."""
        if event.type() == QEvent.Type.Paint and not self.moment:
            frame = self._window.frame
            if frame is not None and frame.formula.text == self._text and self._view.up_to_date:
                # Once this paint is done.
                QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.moment = self.moment or time.perf_counter()


def typing_window() -> MainWindow:
    """Return the window, painted, with the racers of a first start."""
    application = make_application()
    apply(application, DARK)
    window = MainWindow(Session(LANDSCAPES["Himmelblau"], list(FIRST_RACERS)), DARK)
    window.show()
    wait_for(window, lambda frame: True)
    run_for(2.0)
    return window


def type_over(window: MainWindow, watches: list[Watch]) -> dict[str, list[float]]:
    """Type at the end of every landscape's formula; return the ms of each keystroke that made a formula, by view."""
    found: dict[str, list[float]] = {watch.name: [] for watch in watches}
    moment = random.Random(0)
    for name in NAMES:
        window.session.choose(LANDSCAPES[name])
        editor = window.formula_bar.editor
        editor.setFocus()
        run_for(0.6)
        editor.moveCursor(editor.textCursor().MoveOperation.End)
        for character in TYPED:
            began = time.perf_counter()
            QTest.keyClicks(editor, character)
            text = editor.toPlainText()
            for watch in watches:
                watch.begin(text)
            _wait(lambda text=text: _settled(window, text, watches))
            for watch in watches:
                if watch.moment:
                    found[watch.name].append(1e3 * (watch.moment - began))
            run_for(moment.uniform(SHORTEST_PAUSE_S, LONGEST_PAUSE_S))
    return found


def steps_after_typing(window: MainWindow) -> list[float]:
    """Type while the race runs; return the ms from each keystroke to racers that have stepped on the new surface."""
    found = []
    moment = random.Random(1)
    window.session.set_speed(1000.0)
    window.controller.runner.play()
    for name in NAMES:
        window.session.choose(LANDSCAPES[name])
        editor = window.formula_bar.editor
        run_for(0.6)
        editor.moveCursor(editor.textCursor().MoveOperation.End)
        for character in TYPED:
            began = time.perf_counter()
            QTest.keyClicks(editor, character)
            text = editor.toPlainText()
            arrived: list[float] = []

            def look(frame: Frame, text: str = text, arrived: list[float] = arrived) -> None:
                if frame.formula.text == text and frame.step > 0:
                    arrived.append(time.perf_counter())

            window.controller.frame_ready.connect(look)
            _wait(lambda text=text, arrived=arrived: arrived or _wrong(window, text))
            window.controller.frame_ready.disconnect(look)
            if arrived:
                found.append(1e3 * (arrived[0] - began))
            run_for(moment.uniform(SHORTEST_PAUSE_S, LONGEST_PAUSE_S))
    window.controller.runner.pause()
    return found


def _settled(window: MainWindow, text: str, watches: list[Watch]) -> bool:
    return all(watch.moment for watch in watches) or _wrong(window, text)


def _wrong(window: MainWindow, text: str) -> bool:
    frame = window.frame
    return frame is not None and frame.formula.error is not None and frame.formula.text != text


def _wait(holds: object) -> None:
    """Run the event loop, as the program does, until `holds`."""
    loop, looking = QEventLoop(), QTimer(interval=1)
    looking.timeout.connect(lambda: holds() and loop.quit())  # type: ignore[operator]
    looking.start()
    QTimer.singleShot(int(1e3 * PATIENCE_S), loop.quit)
    loop.exec()
    looking.stop()


def main() -> None:
    """Print the latencies of the views, then that of the racers."""
    window = typing_window()
    contour = window.contour
    watches = [Watch(window, contour, contour.panels[0].viewport(), "contour view")]
    if has_surface(window):
        watches.append(Watch(window, window.surface, window.surface, "3-D view"))
    for name, times in type_over(window, watches).items():
        print(spread(f"a keystroke to the new surface in the {name}", times, SHARE, SURFACE_GOAL_MS), flush=True)
    print(
        spread("a keystroke to racers on the new surface", steps_after_typing(window), SHARE, RACERS_GOAL_MS),
        flush=True,
    )
    close(window)


if __name__ == "__main__":
    main()
