"""Files that are dropped onto the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

DRAGGED = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrop(QObject):
    """Calls `open_path` with the file that is dropped onto one of `targets`; what is no file goes on to the target.

    A widget that takes dropped text, as an editor does, takes the name of a file too, and must be a target itself.
    """

    def __init__(self, owner: QWidget, targets: list[QWidget], open_path: Callable[[Path], object]) -> None:
        super().__init__(owner)
        self._open = open_path
        for target in targets:
            target.setAcceptDrops(True)
            target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drag of a single file, and open it when it is dropped."""
        if event.type() not in DRAGGED or not isinstance(event, QDropEvent):
            return False
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if len(files) != 1:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._open(Path(files[0]))
        return True
