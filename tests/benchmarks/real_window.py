"""The real window with eight racers, and clocks that tell when a view has painted a new frame."""

import time
from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from engine.live.commands import Play
from engine.live.frame import Frame
from gui.look.style import apply
from gui.look.theme import DARK
from gui.session.session import Session
from gui.shell.app import freeze_garbage_collection, make_application
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES

RACERS = ["SGD(lr=0.001)", "Momentum(lr=0.001)", "Nesterov(lr=0.001)", "AdaGrad", "Adadelta", "RMSProp", "Adam", "Lion"]
FULL_SPEED = 100_000.0
"""Steps a second: the top of the speed slider."""
SETTLE_S = 1.0
PATIENCE_S = 30.0


class PaintClock(QObject):
    """Notes when a widget paints a frame that it has not painted before; the same one again counts for nothing."""

    def __init__(self, widget: QWidget, window: MainWindow) -> None:
        super().__init__()
        self._window, self._painted = window, window.frame
        self.moments: list[float] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every paint, and let it pass."""
        if event.type() == QEvent.Type.Paint and self._window.frame is not self._painted:
            self._painted = self._window.frame
            self.moments.append(time.perf_counter())
        return False


def racing_window(racers: Sequence[str] = RACERS) -> MainWindow:
    """Return the window, painted and racing at full speed."""
    application = make_application()
    apply(application, DARK)
    window = MainWindow(Session(LANDSCAPES["Rosenbrock"], list(racers)), DARK)
    window.show()
    wait_for(window, lambda frame: True)
    window.session.set_speed(FULL_SPEED)
    window.session.set_finish(holds=False)
    window.controller.runner.post(Play())
    run_for(SETTLE_S)
    while has_surface(window) and window.surface.isVisible() and not window.surface.panels:
        run_for(SETTLE_S)
    freeze_garbage_collection()
    return window


def has_surface(window: MainWindow) -> bool:
    """Return whether there is OpenGL for the 3-D view."""
    return window.surface.available


def run_for(seconds: float) -> None:
    """Let the event loop run as it does in the program."""
    loop = QEventLoop()
    QTimer.singleShot(int(1e3 * seconds), loop.quit)
    loop.exec()


def wait_for(window: MainWindow, holds: Callable[[Frame], bool]) -> int:
    """Run the event loop until a frame that is shown holds; return how many frames that took.

    Raises
    ------
    SystemExit
        Where no such frame comes.
    """
    loop, shown, found = QEventLoop(), [], []

    def look(frame: Frame) -> None:
        shown.append(frame.number)
        if holds(frame):
            found.append(frame)
            loop.quit()

    window.controller.frame_ready.connect(look)
    QTimer.singleShot(int(1e3 * PATIENCE_S), loop.quit)
    loop.exec()
    window.controller.frame_ready.disconnect(look)
    if not found:
        raise SystemExit(f"No such frame came within {PATIENCE_S:.0f} s.")
    return len(shown)


def close(window: MainWindow) -> None:
    """End the window and its threads; it goes before the application does, as Python would not see to by itself."""
    window.close()
    QApplication.processEvents()
    shiboken6.delete(window)
