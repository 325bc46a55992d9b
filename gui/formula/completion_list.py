"""The completion list: it opens beside the cursor, while the keyboard stays in the text."""

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
"""The distance kept between the list and the lower edge of the window."""
SUGGESTION = Qt.ItemDataRole.UserRole


class FormulaList(QListWidget):
    """Names with their signatures and summaries.  `chosen` is emitted with a clicked one, a `Suggestion`."""

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
        # Once open it is a child of the window, which would not delete it with the owner.
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
        """The name that the arrow keys have selected, if any."""
        item = self.currentItem()
        if not self.isVisible() or item is None or not item.isSelected():
            return None
        suggestion: Suggestion = item.data(SUGGESTION)
        return suggestion

    def open(self, found: Sequence[Suggestion], under: QRect) -> None:
        """Show `found` beneath a rectangle of the owner, or above it where there is more room; select none."""
        self.clear()
        for suggestion in found:
            item = QListWidgetItem(f"{suggestion.signature}: {suggestion.summary}")
            item.setData(SUGGESTION, suggestion)
            self.addItem(item)
        window = self._owner.window()
        # A child of the window may reach beyond the owner, and does not take the keyboard as a popup window would.
        self.setParent(window)
        corner = self._owner.mapTo(window, under.bottomLeft() + QPoint(-PADDING_PX, FRAME_PX))
        rows = min(len(found), ROWS_SHOWN)
        width = min(self._rows.measure(found) + 2 * FRAME_PX + BAR_PX * (rows < len(found)), window.width())
        wanted, below = rows * ROW_PX + 2 * FRAME_PX, window.height() - corner.y() - LOWEST_PX
        above = corner.y() - under.height() - 2 * FRAME_PX - LOWEST_PX
        height = min(wanted, max(below, above))
        y = corner.y() if wanted <= below or above <= below else above + LOWEST_PX - height
        self.setGeometry(max(min(corner.x(), window.width() - width), 0), y, width, height)
        self.setCurrentRow(-1)
        self.scrollToTop()
        self.show()
        self.raise_()

    def move_by(self, rows: int) -> None:
        """Move the selection by `rows`; after the last name comes the first."""
        now = self.currentRow() if self.selected is not None else -1 if rows > 0 else self.count()
        self.setCurrentRow((now + rows) % self.count())


class _Rows(QStyledItemDelegate):
    """Draws a signature in the colour of its kind, and its summary in a second column."""

    def __init__(self, owner: QWidget, theme: Theme) -> None:
        super().__init__(owner)
        self.theme = theme
        self._owner, self._column = owner, 0

    def measure(self, found: Sequence[Suggestion]) -> int:
        """Set the width of the column of signatures for `found`; return the width of a row."""
        code, prose = QFontMetrics(self._owner.font()), QFontMetrics(self._owner.window().font())
        self._column = max(code.horizontalAdvance(entry.signature) for entry in found) + PADDING_PX + GAP_PX
        return self._column + max(prose.horizontalAdvance(entry.summary) for entry in found) + PADDING_PX

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
