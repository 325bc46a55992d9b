"""A column of cards in a scroll area: only those near what is seen are there, the others are painted as empty ones.

A card is thirty widgets.  Thirty cards would be most of the window: made anew with every other race, dressed anew with
every theme, and looked at by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median_low

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.background.incremental_task import IncrementalTask
from gui.look.theme import SPACING_PX, Theme
from gui.racers.card import RacerCard
from gui.session.session import Session

FIRST_GUESS_PX = 150
"""The height of a card before there has been one."""
NEAR_PX = 240
"""So far beyond what is seen a card is made: the keyboard must have where to go on to."""
FAR_PX = 900
"""So far beyond it a card is given up."""
SWEEP_MS = 5
"""Between the ends of two cards that went together."""
RADIUS_PX, DOT_PX, MARGIN_PX, NAME_PX = 8, 18, 10, 32
"""Of an empty card: of its corners, its dot, around that, and from its edge to the name."""


class CardColumn(QWidget):
    """The rows of racers, told by their keys.

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
        self._tending = IncrementalTask(self, self._tend)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self)
        self.area.verticalScrollBar().valueChanged.connect(self._follow_scroll)

    def _follow_scroll(self) -> None:
        self._tending.go_on(at_once=False)

    @property
    def made(self) -> tuple[RacerCard, ...]:
        """The cards that there are now."""
        return tuple(self._cards.values())

    @property
    def up_to_date(self) -> bool:
        """Tell whether every card that can be seen is there."""
        return not self._tending.under_way

    def end(self) -> None:
        """Make no more cards."""
        self._tending.end()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        for card in self.made:
            card.parts.set_theme(theme)
        self.update()

    def card(self, key: int) -> RacerCard:
        """Return the card of a racer, which is made for it if need be."""
        if key not in self._cards:
            self._make(key)
        return self._cards[key]

    def show_rows(self, keys: Sequence[int]) -> list[RacerCard]:
        """Have these rows; the cards of those that stay are kept.  Return those that go, which are still there."""
        gone = [card for key, card in self._cards.items() if key not in keys]
        self._keys = tuple(keys)
        self._cards = {key: card for key, card in self._cards.items() if key in keys}
        self._heights = {key: height for key, height in self._heights.items() if key in keys}
        self._lay_out()
        self.update()
        self._tending.go_on()
        return gone

    def put_below(self, widgets: Sequence[QWidget]) -> None:
        """Have these beneath all rows, in the place of those that were there."""
        self._below = list(widgets)
        for widget in widgets:
            widget.setParent(self)
        self._lay_out()
        for widget in widgets:
            widget.show()

    def sweep(self, gone: Sequence[RacerCard]) -> None:
        """Let these cards go, one after the other."""
        for number, card in enumerate(gone):
            card.hide()
            QTimer.singleShot(number * SWEEP_MS, card, card.deleteLater)

    def event(self, event: QEvent) -> bool:
        """Lay the cards out anew where one asks for another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._lay_out()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()
        self._tending.go_on(at_once=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the cards that are seen now."""
        super().showEvent(event)
        self._lay_out()
        self._tending.go_on(at_once=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards that are still to come as empty ones that say whose they are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key, place in self._places():
            if key not in self._cards and place.intersects(event.rect()):
                self._paint_empty(painter, key, place)
        painter.end()

    def _paint_empty(self, painter: QPainter, key: int, place: QRect) -> None:
        racer = self._session.racer(key)
        painter.setPen(QPen(QColor(self._theme.border), 1.0))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), RADIUS_PX, RADIUS_PX)
        dot = QRect(place.topLeft() + QPoint(MARGIN_PX, MARGIN_PX), place.topLeft() + QPoint(*2 * [MARGIN_PX + DOT_PX]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(racer.colour))
        painter.drawEllipse(dot)
        painter.setPen(QColor(self._theme.muted))
        name = QRect(place.x() + NAME_PX, dot.y(), place.width() - NAME_PX - MARGIN_PX, dot.height())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, racer.name)

    def _places(self) -> list[tuple[int, QRect]]:
        """Return where each row lies."""
        places, top = [], 0
        for key in self._keys:
            height = self._heights.get(key, self._typical)
            places.append((key, QRect(0, top, self.width(), height)))
            top += height + SPACING_PX
        return places

    def _seen(self, beyond: int) -> QRect:
        """Return what is seen of the column, and so much more above and below."""
        top, height = self.area.verticalScrollBar().value(), self.area.viewport().height()
        return QRect(0, top - beyond, max(self.width(), 1), height + 2 * beyond)

    def _tend(self) -> bool:
        """Make one card that is missing, or give one up that is far away; tell whether there was one."""
        if not self.isVisible():
            return False
        near, far, seen = self._seen(NEAR_PX), self._seen(FAR_PX), self._seen(0)
        places = self._places()
        missing = [(key, place) for key, place in places if key not in self._cards and place.intersects(near)]
        if missing:
            # What is seen comes first.
            self._make(min(missing, key=lambda pair: not pair[1].intersects(seen))[0])
            return True
        for key, place in places:
            if key in self._cards and not place.intersects(far) and self._cards[key].is_as_made:
                self._cards.pop(key).deleteLater()
                return True
        return False

    def _make(self, key: int) -> None:
        """Make the card of a racer, in its place."""
        card = self._make_card(key)
        card.setParent(self)
        self._cards[key] = card
        self._join_keyboard(key)
        self._lay_out()
        card.show()

    def _join_keyboard(self, key: int) -> None:
        """Let Tab come to a new card after the one above it, and from it to the one below."""
        cards = [self._cards[other] for other in self._keys if other in self._cards]
        place = cards.index(self._cards[key])
        if place > 0:
            before = cards[place - 1].foot.about
        elif len(cards) > 1:
            before = cards[1].colour.previousInFocusChain()
        else:
            return
        for widget in _new_stops(cards[place]):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _lay_out(self) -> None:
        """Give each card its height, and keep what is seen where it is."""
        bar, before = self.area.verticalScrollBar(), self._places()
        for key, card in self._cards.items():
            self._heights[key] = self._height_of(card)
        self._typical = median_low(self._heights.values()) if self._heights else self._typical
        places = self._places()
        for key, place in places:
            if key in self._cards:
                self._cards[key].setGeometry(place)
        top = sum(place.height() + SPACING_PX for _, place in places)
        for widget in self._below:
            widget.setGeometry(0, top, self.width(), self._height_of(widget))
            top += widget.height() + SPACING_PX
        self.setFixedHeight(max(top - SPACING_PX, 0))
        now = {key: place.top() for key, place in places}
        first = next((pair for pair in before if pair[1].bottom() >= bar.value()), None)
        if first is not None and bar.value() > 0 and now[first[0]] != first[1].top():
            bar.setValue(bar.value() + now[first[0]] - first[1].top())

    def _height_of(self, card: QWidget) -> int:
        """Return how high a card asks to be in the width of now."""
        return card.heightForWidth(self.width()) if card.hasHeightForWidth() else card.sizeHint().height()


def _new_stops(card: RacerCard) -> list[QWidget]:
    """Return where Tab stops on a card that has just been made, from its colour to what is known of its racer."""
    stops, widget = [], card.nextInFocusChain()
    while card.isAncestorOf(widget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops
