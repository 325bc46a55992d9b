"""Dragging a card by its head to another place in its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QWidget

from gui.look.theme import SPACING_PX

LINE_PX = 3
"""The height of the line that shows where the card will land; it lies in the gap between two cards."""
EDGE_PX, MOST_SCROLL_PX, SCROLL_MS = 40, 20, 16
"""Within so many pixels of its ends the column scrolls, by up to so many pixels each time, at this interval."""
ASIDE_PX = 8
"""How far the picture of a dragged head stands at the right of its card."""
BORDER_PX = 3

Rows = Callable[[], Sequence[tuple[int, QRect]]]
"""Returns the key of each row of a column, and where it lies."""


class CardDrag(QObject):
    """Follows the mouse from the head of a card to where the card is to land.

    Attributes
    ----------
    begun : signal
        A card is being dragged.
    moved : signal of (int, int)
        The card with this key was dropped so many rows further down, or up where it is negative.
    key : int or None
        The key of the card that is dragged.
    """

    begun = Signal()
    moved = Signal(int, int)

    def __init__(self, column: QWidget, area: QScrollArea, rows: Rows) -> None:
        super().__init__(column)
        self._column, self._area, self._rows = column, area, rows
        self.key: int | None = None
        self._pressed: QPoint | None = None
        self._pointer = QPoint()
        self.line = QFrame(column)
        self.line.setObjectName("landing")
        self.line.hide()
        self.picture = QLabel(area)
        self.picture.setObjectName("card")
        for shown in (self.line, self.picture):
            shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.picture.hide()
        self._escape = EscapeKey(self.cancel)
        self._scrolling = QTimer(self, interval=SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    def watch(self, card: QWidget, key: int, head: QWidget) -> None:
        """Let a card be dragged by what is beside its controls, from its top down to the foot of its `head`."""
        CardHead(card, key, head, self)

    def follow_rows(self, keys: Sequence[int]) -> None:
        """Cancel where the card that is dragged has gone."""
        if self.key is not None and self.key not in keys:
            self.cancel()

    def press(self, place: QPoint) -> None:
        """The button was pressed on a head, at a place of the screen."""
        self._pressed = place

    def drag(self, head: CardHead, place: QPoint) -> None:
        """Go on to a place of the screen; begin once the pointer has left the place where it was pressed."""
        start = self._pressed
        if start is None:
            return
        if self.key is None and (place - start).manhattanLength() >= QApplication.startDragDistance():
            self._begin(head)
        if self.key is not None:
            self._pointer = place
            self._show()

    def drop(self) -> None:
        """Land where the line is."""
        key, places = self.key, self._places(self._gap())
        self.cancel()
        if key is not None and places:
            self.moved.emit(key, places)

    def cancel(self) -> None:
        """Leave the card where it is."""
        self._pressed = None
        if self.key is not None:
            self.key = None
            self._scrolling.stop()
            self._escape.ignore()
            QApplication.restoreOverrideCursor()
            self.line.hide()
            self.picture.hide()

    def _begin(self, head: CardHead) -> None:
        self.key = head.key
        self.picture.setPixmap(head.picture())
        self.picture.adjustSize()
        QApplication.setOverrideCursor(Qt.CursorShape.ClosedHandCursor)
        self._escape.listen()
        self._scrolling.start()
        self.begun.emit()

    def _show(self) -> None:
        """Show the head of the card beneath the pointer, and the line where the card would land."""
        here = self._area.mapFromGlobal(self._pointer)
        self.picture.move(ASIDE_PX, here.y() - self.picture.height() // 2)
        self.picture.show()
        self.picture.raise_()
        rows, gap = self._rows(), self._gap()
        self.line.setVisible(self._places(gap) != 0)
        middle = rows[gap][1].top() - SPACING_PX // 2 if gap < len(rows) else rows[-1][1].bottom() + SPACING_PX // 2
        lowest = self._column.height() - LINE_PX
        self.line.setGeometry(0, min(max(middle - LINE_PX // 2, 0), lowest), self._column.width(), LINE_PX)
        self.line.raise_()

    def _gap(self) -> int:
        """Return the number of the gap in which the pointer is, from 0, above the first row."""
        height = self._column.mapFromGlobal(self._pointer).y()
        return sum(rect.center().y() < height for _, rect in self._rows())

    def _places(self, gap: int) -> int:
        """Return how many rows further down the card would land in a gap, or up where it is negative."""
        keys = [key for key, _ in self._rows()]
        if self.key is None or self.key not in keys:
            return 0
        number = keys.index(self.key)
        return gap - number if gap <= number else gap - number - 1

    def _scroll(self) -> None:
        """Scroll while the pointer is near an end of the visible part, the faster the nearer."""
        viewport = self._area.viewport()
        height = viewport.mapFromGlobal(self._pointer).y()
        above, below = EDGE_PX - height, height - (viewport.height() - EDGE_PX)
        share = min(max(above, below, 0) / EDGE_PX, 1.0)
        if share > 0.0:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + round((-1 if above > below else 1) * share * MOST_SCROLL_PX))
            self._show()


class CardHead(QObject):
    """Hears the mouse on the head of a card, and lives as long as the card."""

    def __init__(self, card: QWidget, key: int, head: QWidget, drag: CardDrag) -> None:
        super().__init__(card)
        self.key, self._card, self._head, self._drag = key, card, head, drag
        card.installEventFilter(self)

    def picture(self) -> QPixmap:
        """Return the picture of the head, without the border of the card."""
        inner = QRect(0, 0, self._card.width() - ASIDE_PX, self._head.geometry().bottom() + self._head.y())
        return self._card.grab(inner.adjusted(BORDER_PX, BORDER_PX, -BORDER_PX, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the left button on the head; leave everything else to the card."""
        if not isinstance(event, QMouseEvent):
            return False
        place = event.globalPosition().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            if event.position().y() <= self._head.geometry().bottom():
                self._drag.press(place)
        elif event.type() == QEvent.Type.MouseMove:
            if event.buttons() & Qt.MouseButton.LeftButton:
                self._drag.drag(self, place)
            else:
                self._drag.cancel()
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            self._drag.drop()
        return True


class EscapeKey(QObject):
    """Hears the key Esc, whoever has the keyboard, for as long as a card is dragged."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def listen(self) -> None:
        """Hear the key."""
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def ignore(self) -> None:
        """Hear it no more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on the key, and keep it from everybody else."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                # Else a shortcut of the window would take it.
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                self._act()
            return True
        return False
