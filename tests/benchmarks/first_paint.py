"""Starts the program as a person does, and ends it when the landscape is painted; prints the two moments on the way."""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gui.app import make_application
from gui.command_line import main
from gui.main_window import MainWindow
from gui.views.contour_panel import ContourPanel, ImageLayer


def landscape_shown(panel: ContourPanel) -> bool:
    """Tell whether the shaded landscape has been laid over the panel."""
    layers = [item for item in panel.scene().items() if isinstance(item, ImageLayer)]
    return any(not layer.boundingRect().isEmpty() for layer in layers)


class Watch(QObject):
    """Sees every event of the program; notes the first painted window and the first painted landscape."""

    def __init__(self) -> None:
        super().__init__()
        self.window_at: float | None = None
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
            QTimer.singleShot(0, self._note_window)
        panel = window.contour.panels[0]
        if watched is panel.viewport() and not self._landscape_painted and landscape_shown(panel):
            self._landscape_painted = True
            QTimer.singleShot(0, self._finish)

    def _note_window(self) -> None:
        if self.window_at is None:
            self.window_at = time.time()

    def _finish(self) -> None:
        print(self.window_at or time.time(), time.time(), flush=True)
        QApplication.closeAllWindows()


if __name__ == "__main__":
    application = make_application()
    watch = Watch()
    application.installEventFilter(watch)
    sys.exit(main(["--fresh"]))
