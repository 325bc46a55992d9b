"""The window of a study: it stays open beside the race, whose keys are heard in it too."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.widgets.screen_room import within_screen

MARGIN_PX = 16


class StudyDialog(QDialog):
    """A window with a column of parts."""

    def __init__(self, parent: QWidget, title: str, size: QSize, gap_px: int) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(title)
        self.resize(within_screen(parent, size.width(), size.height()))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        self.column.setSpacing(gap_px)

    def appear(self, first: QWidget) -> None:
        """Show the window, or bring it to the front, with the keyboard on `first`."""
        self.show()
        self.raise_()
        self.activateWindow()
        first.setFocus()
