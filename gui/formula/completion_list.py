"""The list of names that could be typed, open by the cursor while the keyboard stays in the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.language.display.completion import Suggestion
from gui.look.theme import Theme

ROWS_SHOWN = 8
ROW_PX, GAP_PX, PADDING_PX, FRAME_PX, BAR_PX = 26, 20, 10, 4, 12
LOWEST_PX = 8
"""Kept free between the list and the window's edge."""
SUGGESTION = Qt.ItemDataRole.UserRole


class FormulaList(QListWidget):
    """Names with their signatures and what they mean.  `chosen` tells one that was clicked."""

    chosen = Signal(object)

    def __init__(self, owner: QWidget, theme: Theme) -> None:
        super().__init__(owner)
        self._owner, self._rows = owner, _Rows(owner, theme)
        self.setObjectName("suggestions")
        self.setAccessibleName("Names that fit")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(self._rows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(SUGGESTION)))
        # Once open it is the window's.
        owner.destroyed.connect(self.deleteLater)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._rows.theme = theme
        self.viewport().update()

    @property
    def shown(self) -> list[Suggestion]:
        """The names in the list, while it is open."""
        return [self.item(row).data(SUGGESTION) for row in range(self.count())] if self.isVisible() else []

    @property
    def selected(self) -> Suggestion | None:
        """The name on which the arrow keys stand, if they were used."""
        item = self.currentItem()
        return item.data(SUGGESTION) if self.isVisible() and item is not None and item.isSelected() else None

    def open(self, found: Sequence[Suggestion], under: QRect) -> None:
        """Show `found` beneath a rectangle of the owner, or above it where there is more room; none is selected."""
        self.clear()
        for suggestion in found:
            item = QListWidgetItem(f"{suggestion.signature}: {suggestion.summary}")
            item.setData(SUGGESTION, suggestion)
            self.addItem(item)
        window = self._owner.window()
        # A child of the window, which may reach beyond the owner, and takes no keyboard as a window of its own would.
        self.setParent(window)
        place = self._owner.mapTo(window, under.bottomLeft() + QPoint(-PADDING_PX, FRAME_PX))
        rows = min(len(found), ROWS_SHOWN)
        width = min(self._rows.measure(found) + 2 * FRAME_PX + BAR_PX * (rows < len(found)), window.width())
        wanted, below = rows * ROW_PX + 2 * FRAME_PX, window.height() - place.y() - LOWEST_PX
        above = place.y() - under.height() - 2 * FRAME_PX - LOWEST_PX
        height = min(wanted, max(below, above))
        y = place.y() if wanted <= below or above <= below else above + LOWEST_PX - height
        self.setGeometry(max(min(place.x(), window.width() - width), 0), y, width, height)
        self.setCurrentRow(-1)
        self.scrollToTop()
        self.show()
        self.raise_()

    def move_by(self, rows: int) -> None:
        """Select the name `rows` further on, from the last on to the first."""
        now = self.currentRow() if self.selected is not None else -1 if rows > 0 else self.count()
        self.setCurrentRow((now + rows) % self.count())


class _Rows(QStyledItemDelegate):
    """Draws a signature in the colour of its kind, and what it means beside it, in a column of its own."""

    def __init__(self, owner: QWidget, theme: Theme) -> None:
        super().__init__(owner)
        self.theme = theme
        self._owner, self._column = owner, 0

    def measure(self, found: Sequence[Suggestion]) -> int:
        """Give the signatures of `found` the room they need; return the width of a row."""
        typed, told = QFontMetrics(self._owner.font()), QFontMetrics(self._owner.window().font())
        self._column = max(typed.horizontalAdvance(entry.signature) for entry in found) + PADDING_PX + GAP_PX
        return self._column + max(told.horizontalAdvance(entry.summary) for entry in found) + PADDING_PX

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row."""
        return QSize(0, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        suggestion: Suggestion = index.data(SUGGESTION)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(self.theme.border))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._owner.font())
        painter.setPen(QColor(self.theme.syntax[suggestion.kind]))
        painter.drawText(option.rect.adjusted(PADDING_PX, 0, 0, 0), middle, suggestion.signature)
        painter.setFont(self._owner.window().font())
        painter.setPen(QColor(self.theme.text if selected else self.theme.muted))
        painter.drawText(option.rect.adjusted(self._column, 0, -PADDING_PX, 0), middle, suggestion.summary)
