"""A column of cards in a scroll area; only those near the visible part exist, the others are painted as empty cards.

A card is thirty widgets.  Thirty cards would be most of the widgets of the window, and all of them would be made again
with every other race and styled again with every theme, though few are visible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median_low

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.background.incremental_task import IncrementalTask
from gui.look.racer_colours import drawn_colour
from gui.look.theme import SPACING_PX, Theme
from gui.racers.card import RacerCard
from gui.racers.reordering.card_drag import CardDrag
from gui.session.session import Session

FIRST_GUESS_PX = 150
"""The height that is assumed for cards before the first one exists."""
NEAR_PX = 240
"""Cards are made up to this distance from the visible part, so that Tab finds a next card."""
FAR_PX = 900
"""Cards are deleted beyond this distance from the visible part."""
DELETE_INTERVAL_MS = 5
"""The time between the deletions of two cards that were removed together, so that no frame waits for all of them."""
RADIUS_PX, DOT_PX, MARGIN_PX, NAME_PX = 8, 18, 10, 32
"""An empty card: the radius of its corners, the width of its dot, the margin around it, and where the name begins."""


class CardColumn(QWidget):
    """A card for each racer, in rows that are known by the racers' keys.

    Parameters
    ----------
    make : callable
        Makes the card of a racer.
    """

    def __init__(self, session: Session, theme: Theme, make: Callable[[int], RacerCard]) -> None:
        super().__init__()
        self._session, self._theme, self._make_card = session, theme, make
        self._keys: tuple[int, ...] = ()
        self._cards: dict[int, RacerCard] = {}
        self._heights: dict[int, int] = {}
        self._below: list[QWidget] = []
        self._typical = FIRST_GUESS_PX
        self._card_maker = IncrementalTask(self, self._make_or_delete)
        self.area = QScrollArea(widgetResizable=True)
        self.drag = CardDrag(self, self.area, self._rects)
        # Tab goes from control to control, and scrolls; the area itself would be a stop at which nothing is seen.
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self)
        self.area.verticalScrollBar().valueChanged.connect(self._follow_scroll)

    def _follow_scroll(self) -> None:
        self._card_maker.go_on(at_once=False)

    @property
    def made(self) -> tuple[RacerCard, ...]:
        """The cards that exist now."""
        return tuple(self._cards.values())

    @property
    def up_to_date(self) -> bool:
        """Whether every visible card exists."""
        return not self._card_maker.under_way

    def end(self) -> None:
        """Make no more cards."""
        self._card_maker.end()
        self.drag.cancel()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        for card in self.made:
            card.set_theme(theme)
        self.update()

    def card(self, key: int) -> RacerCard:
        """Return the card of a racer; make it if it does not exist."""
        if key not in self._cards:
            self._make(key)
        return self._cards[key]

    def show_rows(self, keys: Sequence[int]) -> list[RacerCard]:
        """Show these rows, and keep the cards of racers that stay.  Return the cards of all others, not yet deleted."""
        self.drag.follow_rows(keys)
        removed = [card for key, card in self._cards.items() if key not in keys]
        self._keys = tuple(keys)
        self._cards = {key: card for key, card in self._cards.items() if key in keys}
        self._heights = {key: height for key, height in self._heights.items() if key in keys}
        self._lay_out()
        self.update()
        self._card_maker.go_on()
        return removed

    def put_below(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets beneath all rows, instead of those that were there."""
        self._below = list(widgets)
        for widget in widgets:
            widget.setParent(self)
        self._lay_out()
        for widget in widgets:
            widget.show()

    def delete_gradually(self, removed: Sequence[RacerCard]) -> None:
        """Hide these cards, and delete them one after the other."""
        for number, card in enumerate(removed):
            card.hide()
            QTimer.singleShot(number * DELETE_INTERVAL_MS, card, card.deleteLater)

    def event(self, event: QEvent) -> bool:
        """Lay the cards out again when one asks for another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._lay_out()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()
        self._card_maker.go_on(at_once=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the cards that are visible now."""
        super().showEvent(event)
        self._lay_out()
        self._card_maker.go_on(at_once=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each card that does not exist as an empty one with its racer's colour and name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key, rect in self._rects():
            if key not in self._cards and rect.intersects(event.rect()):
                self._paint_empty(painter, key, rect)
        painter.end()

    def _paint_empty(self, painter: QPainter, key: int, rect: QRect) -> None:
        racer = self._session.racer(key)
        painter.setPen(QPen(QColor(self._theme.border), 1.0))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), RADIUS_PX, RADIUS_PX)
        dot = QRect(rect.topLeft() + QPoint(MARGIN_PX, MARGIN_PX), rect.topLeft() + QPoint(*2 * [MARGIN_PX + DOT_PX]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(drawn_colour(racer.colour, self._theme)))
        painter.drawEllipse(dot)
        painter.setPen(QColor(self._theme.muted))
        name = QRect(rect.x() + NAME_PX, dot.y(), rect.width() - NAME_PX - MARGIN_PX, dot.height())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, racer.name)

    def _rects(self) -> list[tuple[int, QRect]]:
        """Return where each row lies."""
        rects, top = [], 0
        for key in self._keys:
            height = self._heights.get(key, self._typical)
            rects.append((key, QRect(0, top, self.width(), height)))
            top += height + SPACING_PX
        return rects

    def _seen(self, beyond: int) -> QRect:
        """Return the visible part of the column, extended by `beyond` pixels above and below."""
        top, height = self.area.verticalScrollBar().value(), self.area.viewport().height()
        return QRect(0, top - beyond, max(self.width(), 1), height + 2 * beyond)

    def _make_or_delete(self) -> bool:
        """Make one missing card, or delete one that is far away; return whether there was either."""
        if not self.isVisible():
            return False
        near, far, seen = self._seen(NEAR_PX), self._seen(FAR_PX), self._seen(0)
        rects = self._rects()
        missing = [(key, rect) for key, rect in rects if key not in self._cards and rect.intersects(near)]
        if missing:
            # A visible card comes first.
            self._make(min(missing, key=lambda pair: not pair[1].intersects(seen))[0])
            return True
        for key, rect in rects:
            unused = key in self._cards and key != self.drag.key and self._cards[key].is_unchanged
            if unused and not rect.intersects(far):
                self._cards.pop(key).deleteLater()
                return True
        return False

    def _make(self, key: int) -> None:
        """Make the card of a racer, and show it in its row."""
        card = self._make_card(key)
        card.setParent(self)
        self.drag.watch(card, card.key, card.name)
        self._cards[key] = card
        self._lay_out()
        card.show()

    def _lay_out(self) -> None:
        """Give each card its height, and scroll so that the visible cards stay where they are."""
        bar, before = self.area.verticalScrollBar(), self._rects()
        for key, card in self._cards.items():
            self._heights[key] = self._height_of(card)
        self._typical = median_low(self._heights.values()) if self._heights else self._typical
        rects = self._rects()
        for key, rect in rects:
            if key in self._cards:
                self._cards[key].setGeometry(rect)
        top = sum(rect.height() + SPACING_PX for _, rect in rects)
        for widget in self._below:
            widget.setGeometry(0, top, self.width(), self._height_of(widget))
            top += widget.height() + SPACING_PX
        self.setFixedHeight(max(top - SPACING_PX, 0))
        now = {key: rect.top() for key, rect in rects}
        first = next((pair for pair in before if pair[1].bottom() >= bar.value()), None)
        if first is not None and bar.value() > 0 and now[first[0]] != first[1].top():
            bar.setValue(bar.value() + now[first[0]] - first[1].top())

    def _height_of(self, card: QWidget) -> int:
        """Return the height that a card asks for at the present width."""
        return card.heightForWidth(self.width()) if card.hasHeightForWidth() else card.sizeHint().height()
