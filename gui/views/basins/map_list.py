"""A page of small basin maps: a click on one is a click on a start, a click on the name beneath chooses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.language.types import Bounds

Index = QModelIndex | QPersistentModelIndex
MAP = Qt.ItemDataRole.UserRole
MAP_PX, NAME_PX, INSET_PX = 128, 36, 6
CHOOSING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


@dataclass(frozen=True, eq=False)
class NamedMap:
    """A small map: whose it is, what is said of it, and the rectangle that it shows."""

    name: str
    words: str
    image: QImage
    bounds: Bounds


class MapModel(QAbstractListModel):
    """The maps of a page."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.maps: list[NamedMap] = []

    def show_maps(self, maps: Sequence[NamedMap]) -> None:
        """Show these maps, in this order."""
        self.layoutAboutToBeChanged.emit()
        more, self.maps = len(maps) != len(self.maps), list(maps)
        self.layoutChanged.emit()
        if more:
            self.modelReset.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many maps there are."""
        return len(self.maps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | NamedMap | None:
        """Return the name, the text for a screen reader and for the tooltip, or the map itself."""
        shown = self.maps[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{shown.name}: {shown.words}"
        return shown if role == MAP else None


class MapTile(QStyledItemDelegate):
    """Paints one map."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every tile."""
        return QSize(MAP_PX + 2 * INSET_PX, MAP_PX + NAME_PX + 2 * INSET_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the map, and its name and words beneath; a chosen one stands out by its ground."""
        shown = index.data(MAP)
        place: QRect = option.rect
        palette, state = option.palette, option.state
        painter.save()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(place, palette.alternateBase())
        picture = map_rect(place)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(picture, shown.image)
        half = NAME_PX // 2
        lines = (shown.name, palette.text()), (shown.words, palette.placeholderText())
        for number, (words, colour) in enumerate(lines):
            line = QRect(picture.left(), picture.bottom() + 1 + number * half, picture.width(), half)
            painter.setPen(colour.color())
            elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        painter.restore()


class MapList(QListView):
    """The page.

    `start_chosen` is emitted with the x and y that a click on a map is at, `name_chosen` with the name of a map.
    """

    start_chosen = Signal(float, float)
    name_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tiles")
        self.setAccessibleName("Basin maps of every method")
        self.maps = MapModel(self)
        self.setModel(self.maps)
        self.setItemDelegate(MapTile(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Emit the start that is clicked on a map, or the name beneath it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        shown, picture = self.maps.maps[index.row()], map_rect(self.visualRect(index))
        if picture.contains(at):
            self.start_chosen.emit(*point_at(shown.bounds, picture, at))
        else:
            self.name_chosen.emit(shown.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the name that has the keyboard with Return or Space."""
        if Qt.Key(event.key()) in CHOOSING and self.currentIndex().isValid():
            self.name_chosen.emit(self.maps.maps[self.currentIndex().row()].name)
        else:
            super().keyPressEvent(event)


def map_rect(tile: QRect) -> QRect:
    """Return where the map of a tile is painted."""
    return QRect(tile.left() + INSET_PX, tile.top() + INSET_PX, MAP_PX, MAP_PX)


def point_at(bounds: Bounds, picture: QRect, at: QPoint) -> tuple[float, float]:
    """Return the point of the plane at a place of a picture."""
    (x0, x1), (y0, y1) = bounds
    across, down = (at.x() - picture.left() + 0.5) / picture.width(), (at.y() - picture.top() + 0.5) / picture.height()
    return x0 + across * (x1 - x0), y1 - down * (y1 - y0)
