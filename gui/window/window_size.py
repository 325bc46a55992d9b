"""Keeps a window as large as its screen at the most, together with the frame that the system puts round it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QSize, QTimer
from PySide6.QtWidgets import QWidget

FIRST_SIZE = QSize(1600, 1000)
"""Pixels of the window before anybody has chosen a size."""
FRAMED_MS = 300
"""From showing a window until its system has put a frame round it, whose size nobody knows before."""


class WindowSize(QObject):
    """Restores the size of a window, and fits it to the screen whenever it is shown."""

    def __init__(self, window: QWidget, geometry: str) -> None:
        super().__init__(window)
        self._window = window
        # A screen may be smaller; what lies beyond its edge could not be reached.
        window.resize(FIRST_SIZE.boundedTo(window.screen().availableSize()))
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def fit_soon(self) -> None:
        """Make the window smaller where it and its frame are larger than the screen, once the frame is there."""
        QTimer.singleShot(FRAMED_MS, self, self.fit)

    def fit(self) -> None:
        """Make the window smaller where it and its frame are larger than the screen."""
        window = self._window
        room = window.screen().availableSize() - (window.frameGeometry().size() - window.size())
        size = window.size().boundedTo(room)
        if not (window.isMaximized() or window.isFullScreen()) and window.size() != size:
            window.resize(size)

    @property
    def written(self) -> str:
        """The size and place of the window as a session keeps it."""
        return self._window.saveGeometry().toBase64().toStdString()
