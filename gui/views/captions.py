"""Captions over a view: sentences beside points of the landscape, where they cover neither keys nor buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QLine, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from engine.language.types import Array, Point
from gui.look.theme import SPACING_PX

AWAY_PX, FAR_PX = 20, 70
"""From the point to the nearest corner of its caption: the point itself stays seen."""
MOST_WIDTH_PX, MOST_SHARE = 230, 0.5
"""The width of a caption, in pixels and as a share of the view's width."""
LINE_PX, DOT_PX = 2, 3.5
RIM, LINE = "#070a12", "#ffffff"
"""Of the line and of the dot at the point, whatever the theme: landscapes are blue in each."""
ROOM_PX = 5
"""Around the words and the dot, for its rim."""
MARK_AREA_PX, STAY_PX = 600, 2500
"""A mark counts as so many pixels that are covered; a caption moves to another side to cover so many fewer."""
Places = Callable[[Sequence[Point]], list[QPoint | None]]


class Captions:
    """The captions of a view.

    Parameters
    ----------
    view : QWidget
        They lie over it, and let the mouse through.
    places : callable
        Returns where points of the plane are in `view`, None for each that cannot be seen.
    room : callable
        Returns the part of `view` in which captions may lie.
    """

    def __init__(self, view: QWidget, places: Places, room: Callable[[], QRect]) -> None:
        self._view, self._places, self._room = view, places, room
        self.bubbles: list[Bubble] = []

    def show(self, captions: Sequence[tuple[str, Point]], marks: Sequence[Point]) -> None:
        """Show these sentences beside their points, and no others, where they cover few of `marks`."""
        while len(self.bubbles) > len(captions):
            bubble = self.bubbles.pop()
            bubble.hide()
            bubble.deleteLater()
        while len(self.bubbles) < len(captions):
            self.bubbles.append(Bubble(self._view))
        places = self._places([point for _, point in captions])
        found = [(place.x(), place.y()) for place in self._places(marks) if place is not None] if captions else []
        seen = np.array(found, dtype=np.float64).reshape(-1, 2)
        for bubble, (text, _), at in zip(self.bubbles, captions, places, strict=True):
            bubble.setVisible(at is not None)
            if at is not None:
                self._put(bubble, text, at, seen)

    def _put(self, bubble: Bubble, text: str, at: QPoint, marks: Array) -> None:
        """Put a caption beside a point where it covers least; where it is, unless that has become much worse."""
        size = bubble.size_of(text, round(min(MOST_WIDTH_PX, MOST_SHARE * self._view.width())))
        inner = self._room().adjusted(SPACING_PX, SPACING_PX, -SPACING_PX, -SPACING_PX)
        others = [other for other in self._view.findChildren(QWidget) if _is_kept_free(other)]
        taken = [QRect(other.mapTo(self._view, QPoint(0, 0)), other.size()) for other in others]
        taken.append(QRect(at - QPoint(AWAY_PX, AWAY_PX), at + QPoint(AWAY_PX, AWAY_PX)))
        rects = [_within(QRect(corner, size), inner) for corner in _corners(at, size)]
        costs = [_cost(rect, taken, marks) for rect in rects]
        best = min(range(len(rects)), key=costs.__getitem__)
        if bubble.side is None or costs[bubble.side] > costs[best] + STAY_PX:
            bubble.side = best
        bubble.put(rects[bubble.side], at)


class Bubble(QWidget):
    """One caption with a line to its point; it lets the mouse through.  `side` is the number of its place beside it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = QLabel(self)
        self.words.setObjectName("caption")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self._line = QLine()
        self._asked, self._size = ("", 0, ""), QSize()
        self.side: int | None = None

    def size_of(self, text: str, most: int) -> QSize:
        """Take a text, and return the size: as narrow as its words, or as high as they are at the largest width."""
        self.words.ensurePolished()
        asked = text, most, self.words.font().key()
        if asked != self._asked:
            self._asked = asked
            self.words.setText(text)
            self.words.setWordWrap(False)
            whole = self.words.sizeHint()
            self.words.setWordWrap(True)
            self._size = whole if whole.width() <= most else QSize(most, self.words.heightForWidth(most))
        return self._size

    def put(self, box: QRect, at: QPoint) -> None:
        """Put the words into a rectangle of the view, and draw a line from them to a point of it."""
        nearest = QPoint(min(max(at.x(), box.left()), box.right()), min(max(at.y(), box.top()), box.bottom()))
        whole = box.united(QRect(at, nearest).normalized()).adjusted(-ROOM_PX, -ROOM_PX, ROOM_PX, ROOM_PX)
        self.setGeometry(whole)
        self.words.setGeometry(box.translated(-whole.topLeft()))
        self._line = QLine(at - whole.topLeft(), nearest - whole.topLeft())
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and a dot at the point, white with a dark rim: they are seen on every landscape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((RIM, 2 * LINE_PX), (LINE, LINE_PX)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(self._line)
        painter.setPen(QPen(QColor(RIM), 1.0))
        painter.setBrush(QColor(LINE))
        painter.drawEllipse(self._line.p1().toPointF(), DOT_PX, DOT_PX)
        painter.end()


def _is_kept_free(other: QWidget) -> bool:
    """Return whether a widget must not be covered: a key or a button over the view."""
    return other.isVisible() and (other.accessibleName() == "Legend" or other.inherits("QToolButton"))


def _corners(at: QPoint, size: QSize) -> list[QPoint]:
    """Return the upper left corners of a caption above and below a point, at its right and left, near and far."""
    corners = []
    for away in (AWAY_PX, FAR_PX):
        left, right = at.x() - away - size.width(), at.x() + away
        above, below = at.y() - away - size.height(), at.y() + away
        corners += [QPoint(right, above), QPoint(right, below), QPoint(left, above), QPoint(left, below)]
    return corners


def _cost(rect: QRect, taken: Sequence[QRect], marks: Array) -> int:
    """Return how much a caption would cover, in pixels; `marks` are float64 (marks, 2)."""
    covered = sum(_area(rect & other) for other in taken)
    x, y = marks.T
    inside = (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
    return covered + MARK_AREA_PX * int(np.count_nonzero(inside))


def _within(rect: QRect, inner: QRect) -> QRect:
    """Return a rectangle moved into another."""
    x = max(min(rect.x(), inner.x() + inner.width() - rect.width()), inner.x())
    y = max(min(rect.y(), inner.y() + inner.height() - rect.height()), inner.y())
    return QRect(QPoint(x, y), rect.size())


def _area(rect: QRect) -> int:
    return max(rect.width(), 0) * max(rect.height(), 0)
