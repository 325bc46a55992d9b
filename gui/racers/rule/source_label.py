"""The source of an optimizer, in a line that is a link to the paper; it is cut off with dots where it does not fit."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from engine.optimizers import Optimizer
from gui.look.theme import Theme

EDITED = "Edited; the paper's rule: "


class SourceLabel(QLabel):
    """A source, as a link where the entry has one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._before, self._source, self._link = theme, "", "", ""
        self.setObjectName("muted")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setOpenExternalLinks(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName("Source")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._write()

    def show_source(self, optimizer: Optimizer, edited: bool = False) -> None:
        """Show the source of `optimizer`; where its rule was `edited`, as the source of the rule before."""
        self._source, self._link = optimizer.source, optimizer.link
        self._before = EDITED if edited and optimizer.source else ""
        self.setToolTip(f"{self._before}{optimizer.source}\n{optimizer.link}".strip())
        self._write()

    def minimumSizeHint(self) -> QSize:
        """Return that no width is needed."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits into the new width."""
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        metrics = self.fontMetrics()
        room = max(self.width() - metrics.horizontalAdvance(self._before), 0)
        shown = escape(metrics.elidedText(self._source, Qt.TextElideMode.ElideRight, room))
        colour = self._theme.accent
        link = f'<a href="{escape(self._link)}" style="color: {colour}; text-decoration: none">{shown}</a>'
        self.setText(escape(self._before) + (link if self._link else shown))
