"""The rows of a data set beside what each racer's model says of them, which a person can edit."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.data.columns import Columns
from engine.language.types import Point
from gui.background.worker import Worker
from gui.look.theme import Theme
from gui.views.data.drawing import Fit, Picture, draw_fit, range_of, sides_of
from gui.views.data.point_picking import beside, columns_at, nearest_to, places_of
from gui.views.racer_look import RacerLook

WIDTH_PX, LEAST_WIDTH_PX = 260, 160
RING_PX, RING_LINE_PX = 5.0, 1.6
"""Of what marks the point that is meant."""
REDRAW_S = 0.05
"""The least time between two pictures while racing."""
NUDGE = 0.02
"""Share of the picture by which a key moves a point."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
"""Keys that go from point to point."""
DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1),
}  # fmt: skip
"""Keys that move a point, with Shift."""
OF_LINES = "What each racer's weights say of the data"
OF_PREDICTIONS = (
    "The data against what each racer's weights say of them, since no line shows a model of more than one column: "
    "whoever is right is on the diagonal"
)
BY_HAND = (
    "drag a point; double-click to add one; right-click it, or press Delete, to take it away; Ctrl+Z undoes that. "
    "The arrow keys go from point to point, and with Shift they move it"
)


class DataView(QWidget):
    """Hidden for a loss without data; a thread of its own draws.

    A row is identified by its place in the columns.

    Attributes
    ----------
    grasped : signal
        A hand is about to change the points.
    point_placed : signal of (int, float, float)
        Which row was moved, or added, and where to.
    point_removed : signal of int
        Which row was taken away.
    undone : signal
        The last change of the points is to be undone.
    """

    grasped = Signal()
    point_placed = Signal(int, float, float)
    point_removed = Signal(int)
    undone = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("The data and each racer's fit")
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self.setMouseTracking(True)
        self.setToolTip(f"{OF_LINES}: {BY_HAND}")
        self._theme = theme
        self._worker = Worker("data view")
        self._picture: Picture | None = None
        self._fit: Fit | None = None
        self._made = self._there = self._aside = False
        self._by_hand: bool | None = None
        self._dragged: int | None = None
        self._highlighted: int | None = None
        self._asked = self._answered = 0
        self._drawn_at = 0.0
        self.hide()

    @property
    def up_to_date(self) -> bool:
        """Return whether the picture shows everything that was asked for."""
        return self._asked == self._answered

    def sizeHint(self) -> QSize:
        """Return the room it asks for."""
        return QSize(WIDTH_PX, WIDTH_PX * 2 // 3)

    def step_aside(self, aside: bool) -> None:
        """Hide while something else needs the room, or come back."""
        self._aside = aside
        self._show()

    def _show(self) -> None:
        self.setVisible(self._there and not self._aside)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._ask()

    def show_fit(
        self, columns: Columns | None, model: str, parameters: Mapping[str, float], looks: Sequence[RacerLook],
        weights: Sequence[Point], settled: bool, made: bool,
    ) -> None:  # fmt: skip
        """Show these rows and racers; while they move, some twenty times a second.

        Parameters
        ----------
        columns
            None for a loss without data, which hides the view.
        model, parameters
            A loss with the values of its parameters, or what it says of a row.
        looks, weights
            How each racer looks, and where its weights are in the formula.
        settled
            Whether this stays for a while.
        made
            Whether the rows are made to order, and so may be changed by hand.
        """
        self._there = columns is not None
        self._show()
        now = time.monotonic()
        if columns is None or (not settled and now - self._drawn_at < REDRAW_S):
            return
        self._drawn_at = now
        self._made = made
        self._allow()
        shown = [(look.colour, place) for look, place in zip(looks, weights, strict=False) if look.visible]
        colours, places = [colour for colour, _ in shown], [place for _, place in shown]
        # While a point is held, the plane stays where it is.
        across, up = (
            (range_of(values) for values in sides_of(columns))
            if self._dragged is None or self._fit is None
            else (self._fit.across, self._fit.up)
        )
        fit = Fit(columns, across, up, model, parameters, colours, places)
        if fit != self._fit:
            self._fit = fit
            self._ask()

    def end(self) -> None:
        """End the thread that draws."""
        self._worker.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the point beneath, or take it away."""
        self._highlight(self._nearest(event.position()))
        if self._highlighted is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = self._highlighted
            self.grasped.emit()
        elif event.button() == Qt.MouseButton.RightButton:
            self._remove()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take a held point along, or mark the one beneath."""
        if self._dragged is not None and self._fit is not None:
            self.point_placed.emit(self._dragged, *columns_at(event.position(), self._fit, self.size()))
        else:
            self._highlight(self._nearest(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a point."""
        if self._by_hand and self._fit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.grasped.emit()
            self.point_placed.emit(self._fit.columns.rows, *columns_at(event.position(), self._fit, self.size()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another point, move the one that is meant, take it away, or undo that."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not self._by_hand or self._fit is None:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._dragged = None
            self.undone.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif shift and key in DIRECTIONS:
            self._nudge(self._fit, *DIRECTIONS[key])
        elif key in STEPS:
            self._highlight_next(self._fit, STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark a point for the keyboard."""
        super().focusInEvent(event)
        if self._highlighted is None and self._by_hand and self._fit is not None:
            self._highlight(int(np.argmin(sides_of(self._fit.columns)[0])))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark none."""
        super().focusOutEvent(event)
        self._highlight(None)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark none, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._highlight(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        super().resizeEvent(event)
        self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the newest picture, and a ring around the point that is meant."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture.image)
        if self._highlighted is not None and self._fit is not None and self._highlighted < self._fit.columns.rows:
            x, y = places_of(self._fit, self.size())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.text), RING_LINE_PX))
            painter.drawEllipse(QPointF(x[self._highlighted], y[self._highlighted]), RING_PX, RING_PX)

    def _allow(self) -> None:
        """Let the points be changed by hand where they are seen, and say what is seen."""
        of_predictions = self._picture is not None and self._picture.of_predictions
        by_hand = self._made and not of_predictions
        tip = OF_PREDICTIONS if of_predictions else f"{OF_LINES}: {BY_HAND}" if by_hand else OF_LINES
        if tip != self.toolTip():
            self.setToolTip(tip)
        if by_hand != self._by_hand:
            self._by_hand = by_hand
            self._highlight(None)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if by_hand else Qt.FocusPolicy.NoFocus)

    def _highlight(self, place: int | None) -> None:
        """Highlight the point that the pointer, or the keyboard, is at."""
        if place != self._highlighted:
            self._highlighted = place
            self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _nearest(self, position: QPointF) -> int | None:
        """Return the point within reach of a hand, or None."""
        return nearest_to(position, self._fit, self.size()) if self._by_hand and self._fit is not None else None

    def _remove(self) -> None:
        """Have the point that is meant taken away, and mean the one beside it."""
        self._dragged, place, fit = None, self._highlighted, self._fit
        if place is not None and fit is not None and place < fit.columns.rows:
            right, left = beside(place, fit, 1), beside(place, fit, -1)
            self.grasped.emit()
            self.point_removed.emit(place)
            # Those behind it are counted anew.
            next_one = right if right != place else left
            self._highlight(next_one - (next_one > place))

    def _nudge(self, fit: Fit, right: int, upwards: int) -> None:
        if self._highlighted is not None and self._highlighted < fit.columns.rows:
            across, up = (float(values[self._highlighted]) for values in sides_of(fit.columns))
            reach, height = fit.across[1] - fit.across[0], fit.up[1] - fit.up[0]
            self.grasped.emit()
            self.point_placed.emit(self._highlighted, across + right * NUDGE * reach, up + upwards * NUDGE * height)

    def _highlight_next(self, fit: Fit, step: int) -> None:
        """Mark the next point to the right, or to the left."""
        now = self._highlighted if self._highlighted is not None and self._highlighted < fit.columns.rows else 0
        self._highlight(beside(now, fit, step))

    def _ask(self) -> None:
        if self._fit is None or self.isHidden():
            return
        self._asked += 1
        draw = partial(draw_fit, self._fit, self._theme, self.size(), self.devicePixelRatioF())
        number = self._asked
        self._worker.ask("fit", lambda: (number, draw()), self._take)

    def _take(self, answer: tuple[int, Picture]) -> None:
        self._answered, self._picture = answer
        self._allow()
        self.update()
