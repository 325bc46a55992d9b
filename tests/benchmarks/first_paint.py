"""Starts the program as a person does, and the race once the landscape is painted; ends it with the first step.

Prints a line of JSON: when the first window, landscape and step were there, and whether Numba had been imported then.
"""

import json
import sys
import time

import main as program  # isort: skip: as for a person, this comes before what is large
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from engine.live.frame import Frame
from gui.shell.app import make_application
from gui.views.contour.panel import ContourPanel, ImageLayer
from gui.window.main_window import MainWindow


def landscape_shown(panel: ContourPanel) -> bool:
    """Return whether the shaded landscape has been laid over the panel."""
    layers = [item for item in panel.scene().items() if isinstance(item, ImageLayer)]
    return any(not layer.boundingRect().isEmpty() for layer in layers)


class Watch(QObject):
    """Sees every event of the program; notes the first painted window and landscape, and the first step."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: dict[str, tuple[float, bool]] = {}
        self._landscape_painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at paints, and let them pass."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            window = watched.window()
            if isinstance(window, MainWindow):
                self._painted(window, watched)
        return False

    def _painted(self, window: MainWindow, watched: QObject) -> None:
        # Timers of 0 ms fire when the paint is over.
        if watched is window:
            QTimer.singleShot(0, lambda: self._note("window"))
        panel = window.contour.panels[0]
        if watched is panel.viewport() and not self._landscape_painted and landscape_shown(panel):
            self._landscape_painted = True
            QTimer.singleShot(0, lambda: self._race(window))

    def _race(self, window: MainWindow) -> None:
        self._note("landscape")
        window.controller.frame_ready.connect(self._look)
        window.controller.toggle()

    def _look(self, frame: Frame) -> None:
        if frame.step and "step" not in self.moments:
            self._note("step")
            print(json.dumps(self.moments), flush=True)
            QApplication.closeAllWindows()

    def _note(self, what: str) -> None:
        self.moments.setdefault(what, (time.time(), "numba" in sys.modules))


if __name__ == "__main__":
    application = make_application()
    watch = Watch()
    application.installEventFilter(watch)
    sys.argv[1:] = ["--fresh"]
    program.start()
