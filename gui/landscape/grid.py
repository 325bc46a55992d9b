"""Landscapes as tiles, each a small picture with its name; only visible tiles are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.landscape.thumbnails import Thumbnails
from gui.look.icons import paint_icon
from gui.look.theme import Theme
from gui.session.session import Session
from landscapes import Landscape

Index = QModelIndex | QPersistentModelIndex
LANDSCAPE = Qt.ItemDataRole.UserRole
NARROWEST_PX = 140
"""The least width of a tile; the tiles of a line share its width."""
ASPECT = 0.75
"""A picture's height divided by its width."""
INSET_PX, NAME_PX, CORNER_PX, STAR_PX, STAR_GAP_PX, BAR_PX = 6, 26, 5.0, 16, 5, 12
TOUCH_PX = 4
"""The margin around a star in which a click still hits it."""


class LandscapeModel(QAbstractListModel):
    """The landscapes in the grid."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.landscapes: list[Landscape] = []

    def show(self, landscapes: Sequence[Landscape]) -> None:
        """Show these landscapes."""
        self.beginResetModel()
        self.landscapes = list(landscapes)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of landscapes."""
        return len(self.landscapes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Landscape | None:
        """Return the name, the text for a screen reader, or the landscape itself."""
        landscape = self.landscapes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return landscape.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{landscape.name}. {landscape.note}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return landscape.name
        return landscape if role == LANDSCAPE else None


class LandscapeGrid(QListView):
    """The tiles.

    `chosen` is emitted with a landscape that was clicked, `starred` with one whose star was, `pointed` when another one
    is selected.
    """

    chosen = Signal(object)
    starred = Signal(object)
    pointed = Signal()

    def __init__(self, session: Session, thumbnails: Thumbnails, theme: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("tiles")
        self.setAccessibleName("Landscapes")
        self.rows = LandscapeModel(self)
        self.setModel(self.rows)
        self.tiles = _Tiles(self, session, thumbnails, theme)
        self.setItemDelegate(self.tiles)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        # Qt's default for a list would let a wheel over it take the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(LANDSCAPE)))
        self.selectionModel().currentChanged.connect(lambda *_: self.pointed.emit())
        for signal in (thumbnails.arrived, session.favourites_changed):
            signal.connect(self.viewport().update)

    @property
    def columns(self) -> int:
        """The number of tiles in a line."""
        return max(self._room_px // NARROWEST_PX, 1)

    @property
    def _room_px(self) -> int:
        """The width without that of the scroll bar, shown or not: else showing it could change the number of lines."""
        return self.width() - BAR_PX

    @property
    def tile_size(self) -> QSize:
        """The size of a tile."""
        width = self._room_px // self.columns
        return QSize(width, INSET_PX + round(ASPECT * (width - 2 * INSET_PX)) + NAME_PX)

    @property
    def shown(self) -> list[str]:
        """The names in the grid."""
        return [landscape.name for landscape in self.rows.landscapes]

    @property
    def current(self) -> Landscape | None:
        """The selected landscape."""
        index = self.currentIndex()
        landscape: Landscape | None = index.data(LANDSCAPE) if index.isValid() else None
        return landscape

    def show_landscapes(self, landscapes: Sequence[Landscape], current: str = "") -> None:
        """Show these landscapes, and select the one named `current`, or the first."""
        self.rows.show(landscapes)
        names = self.shown
        self.setCurrentIndex(self.rows.index(names.index(current) if current in names else 0))
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.pointed.emit()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads; left and right go on to the line before or after."""
        move, columns = QAbstractItemView.CursorAction, self.columns
        page = columns * max(self.viewport().height() // self.tile_size.height(), 1)
        ways = {
            move.MoveLeft: -1, move.MoveRight: 1, move.MoveUp: -columns, move.MoveDown: columns,
            move.MovePageUp: -page, move.MovePageDown: page,
        }  # fmt: skip
        if action not in ways:
            return super().moveCursor(action, modifiers)
        last, now = self.rows.rowCount() - 1, self.currentIndex().row()
        row = now + ways[action]
        if abs(ways[action]) == columns and not 0 <= row <= last:
            row = now
        return self.rows.index(min(max(row, 0), last))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Emit `starred` for a click on a star."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._is_on_star(index, event.position().toPoint()):
            self.starred.emit(index.data(LANDSCAPE))
            return
        super().mousePressEvent(event)

    def _is_on_star(self, index: QModelIndex, point: QPoint) -> bool:
        return star_of(self.visualRect(index)).adjusted(-TOUCH_PX, -TOUCH_PX, TOUCH_PX, TOUCH_PX).contains(point)


class _Tiles(QStyledItemDelegate):
    """Draws the tiles."""

    def __init__(
        self, grid: LandscapeGrid, session: Session, thumbnails: Thumbnails, theme: Callable[[], Theme]
    ) -> None:
        super().__init__(grid)
        self._grid = grid
        self._session, self._thumbnails, self._theme = session, thumbnails, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a tile."""
        return self._grid.tile_size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a tile."""
        landscape: Landscape = index.data(LANDSCAPE)
        theme, current = self._theme(), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if current:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), CORNER_PX + 3, CORNER_PX + 3)
        picture = picture_of(option.rect)
        self._paint_picture(painter, landscape, theme, QRectF(picture))
        below = option.rect.bottom() - picture.bottom() - 2
        name = QRect(picture.left(), picture.bottom() + 1, picture.width(), below)
        chosen = landscape.name == self._session.landscape
        painter.setPen(QColor(theme.accent if chosen else theme.text if current else theme.muted))
        text = painter.fontMetrics().elidedText(landscape.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, text)
        favourite = landscape.name in self._session.favourites
        if favourite or current:
            icon = "favourite" if favourite else "favourite not"
            paint_icon(painter, icon, QRectF(star_of(option.rect)), QColor("#ffffff"))
        painter.restore()

    def _paint_picture(self, painter: QPainter, landscape: Landscape, theme: Theme, target: QRectF) -> None:
        picture = self._thumbnails.picture(landscape, theme)
        outline = QPainterPath()
        outline.addRoundedRect(target, CORNER_PX, CORNER_PX)
        if picture is None:
            painter.fillPath(outline, QColor(theme.border))
            return
        painter.save()
        painter.setClipPath(outline)
        painter.drawPixmap(target, picture, QRectF(picture.rect()))
        painter.restore()


def picture_of(tile: QRect) -> QRect:
    """Return where the picture lies on a tile."""
    return tile.adjusted(INSET_PX, INSET_PX, -INSET_PX, -NAME_PX)


def star_of(tile: QRect) -> QRect:
    """Return where the star lies on a tile: in the upper right corner of the picture."""
    corner = picture_of(tile).topRight() + QPoint(1 - STAR_PX - STAR_GAP_PX, STAR_GAP_PX)
    return QRect(corner, QSize(STAR_PX, STAR_PX))
