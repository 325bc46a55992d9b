"""Keeps a window as large as its screen at the most, together with the frame that the system puts round it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gui.look.theme import FRAME_PX

FIRST_SIZE = QSize(1600, 1000)
"""Pixels of the window before anybody has chosen a size."""
FRAMED_MS = 300
"""From showing a window until its system has put a frame round it, whose size nobody knows before."""
MOVED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


class WindowSize(QObject):
    """Restores the size of a window, and fits it to the screen whenever it is shown.

    `changed` is emitted when it has another size or place: noted later, it would be written later than promised.
    """

    changed = Signal()

    def __init__(self, window: QWidget, geometry: str) -> None:
        super().__init__(window)
        self._window = window
        # A screen may be smaller; what lies beyond its edge could not be reached.
        window.resize(FIRST_SIZE.boundedTo(self._available.size() - QSize(*FRAME_PX)))
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        window.installEventFilter(self)

    @property
    def _available(self) -> QRect:
        """The part of the screen that no panel of the desktop covers."""
        screen = self._window.screen()
        return QRect(screen.availableGeometry().topLeft(), screen.availableSize())

    def fit_soon(self) -> None:
        """Make the window smaller where it and its frame are larger than the screen, once the frame is there."""
        QTimer.singleShot(FRAMED_MS, self, self.fit)

    def fit(self) -> None:
        """Make the window smaller where it and its frame are larger than the screen, and move both onto it."""
        window, available, frame = self._window, self._available, self._window.frameGeometry()
        if window.isMaximized() or window.isFullScreen():
            return
        size = window.size().boundedTo(available.size() - (frame.size() - window.size()))
        beyond = frame.size() - window.size() + size
        corner = available.bottomRight() - QPoint(beyond.width() - 1, beyond.height() - 1)
        place = QPoint(max(min(frame.x(), corner.x()), available.x()), max(min(frame.y(), corner.y()), available.y()))
        if window.size() != size:
            window.resize(size)
        if window.pos() != place:
            window.move(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell that the window has another size or place."""
        if event.type() in MOVED and self._window.isVisible():
            self.changed.emit()
        return False

    @property
    def written(self) -> str:
        """The size and place of the window as a session keeps it."""
        return self._window.saveGeometry().toBase64().toStdString()
