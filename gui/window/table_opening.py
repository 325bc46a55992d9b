"""How a person opens a file of numbers: the file is chosen, read, and a model fitted to columns of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.data.tables.table import Table
from gui.landscape.data.table_popover import TablePopover
from gui.landscape.data.table_reader import TableReader
from gui.session.session import Session
from gui.widgets.notice import Notice

TITLE = "Fit a line or a classifier to a table"
KINDS = "Tables (*.csv *.tsv *.txt);;All files (*)"


class TableOpening(QObject):
    """Joins the menu, the file dialog, the reader and the list of columns.

    Parameters
    ----------
    window : QWidget
        The parent of the dialog.
    owner : QWidget
        The widget beneath which the list of columns opens.
    """

    def __init__(self, window: QWidget, owner: QWidget, session: Session, tables: TableReader, notice: Notice) -> None:
        super().__init__(window)
        self._window, self._owner, self._session = window, owner, session
        self._tables, self._notice = tables, notice
        tables.read.connect(self.show_columns)
        tables.failed.connect(self._refuse)

    def choose(self) -> None:
        """Let a person choose a file."""
        path, _ = QFileDialog.getOpenFileName(self._window, TITLE, "", KINDS)
        if path:
            self._tables.open(path)

    def show_columns(self, path: str, table: Table) -> TablePopover:
        """Return the open list of a table's columns; one of the same file shows the table in another reading."""
        self._notice.notify("", about=TITLE)
        known = self._window.findChild(TablePopover)
        if known is not None and known.isVisible() and known.path == path:
            known.show_table(table)
            return known
        popover = TablePopover(self._owner, path, table)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.chosen.connect(self._session.choose)
        popover.asked.connect(lambda reading: self._tables.open(path, reading))
        popover.open(popover.across)
        return popover

    def _refuse(self, path: str, sentence: str) -> None:
        """Say why a file is not a table, or has stopped to be one."""
        for popover in self._window.findChildren(TablePopover):
            popover.close()
        self._notice.notify(f"{Path(path).name}: {sentence}", about=TITLE)
