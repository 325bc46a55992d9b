"""The menu of sessions that can be opened again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from gui.files.recent_files import MOST_SHOWN, RecentFiles
from gui.window.files.session_files import SessionFiles

NONE, NOT_SAVED, OTHERS = "No sessions yet", "Not saved, {}", "All that were not saved ..."


class RecentMenu(QObject):
    """Fills a submenu each time it opens, since other copies of the program open and save sessions too."""

    def __init__(self, menu: QMenu, recent: RecentFiles, files: SessionFiles) -> None:
        super().__init__(menu)
        self._menu, self._recent, self._files = menu, recent, files
        menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the files, and behind them the sessions that nobody saved."""
        menu, unsaved = self._menu, self._recent.unsaved()
        menu.clear()
        for path in self._recent.saved():
            self._add(path, path.name)
        menu.addSeparator()
        for path in unsaved[:MOST_SHOWN]:
            self._add(path, NOT_SAVED.format(path.stem))
        if len(unsaved) > MOST_SHOWN:
            menu.addAction(OTHERS, self._files.choose_unsaved)
        if menu.isEmpty():
            menu.addAction(NONE).setEnabled(False)

    def _add(self, path: Path, name: str) -> None:
        action = self._menu.addAction(name.replace("&", "&&"), partial(self._files.open, path))
        action.setToolTip(str(path))
