"""The title of the window: the name of the session's file, and whether the session is changed since."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gui.files.folders import PROGRAM
from gui.files.session_keeper import SessionKeeper

LOOK_MS = 250
"""Between two looks: what changes a race, such as its restart, has no signal of the session."""


class Title(QTimer):
    """Looks at the session again and again; what has changed is shown at once, and that it is as saved after a rest."""

    def __init__(self, window: QWidget, keeper: SessionKeeper) -> None:
        super().__init__(window, interval=LOOK_MS)
        self._window, self._keeper = window, keeper
        self._seen: tuple[object, ...] = ()
        self._is_due = True
        self.timeout.connect(self._look)
        keeper.file_changed.connect(self._show)
        self._show()
        self.start()

    def _look(self) -> None:
        now = self._keeper.now
        log = (now.log.start, now.log.changes) if now.log is not None else None
        seen = (now.whole, log, now.file)
        if seen != self._seen:
            self._keeper.save_soon()
            self._is_due = True
            # To read the whole session takes long while a slider is dragged in a long race.
            if not self._window.isWindowModified():
                self._show()
        elif self._is_due:
            self._is_due = False
            self._show()
        self._seen = seen

    def _show(self) -> None:
        now = self._keeper.now
        name = Path(now.file.path).name
        self._window.setWindowTitle(f"{name}[*] – {PROGRAM}" if name else PROGRAM)
        self._window.setWindowModified(bool(name) and not now.is_saved)
