"""The data view: the rows of a data set, which a person can edit, with each racer's predictions."""

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
from gui.look.offscreen import pixel_ratio
from gui.look.theme import Theme
from gui.views.data.drawing import EDGE_PX, Fit, Picture, draw_fit, range_of, sides_of
from gui.views.data.large_button import LargeButton
from gui.views.data.point_picking import beside, columns_at, nearest_to, places_of
from gui.views.focus_outline import draw_focus_outline
from gui.views.racer_look import RacerLook

WIDTH_PX, LEAST_WIDTH_PX = 260, 160
RING_PX, RING_LINE_PX = 5.0, 1.6
"""Radius and line width of the ring around the highlighted point."""
REDRAW_S = 0.05
"""Least time between two drawings while racing."""
NUDGE = 0.02
"""Step of a key that moves a point, as a share of the visible range."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
"""Keys that highlight the next point to the left or to the right."""
DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1),
}  # fmt: skip
"""Keys that move a point, with Shift."""
OF_LINES = "What each racer's weights say of the data"
OF_PREDICTIONS = (
    "The data against what each racer's weights say of them, since no line shows a model of more than one column: "
    "whoever is right is on the diagonal"
)
OF_BOUNDARIES = (
    "Both classes, by the two columns that tell them apart, and the line on which each racer's weights take either for "
    "as likely"
)
BY_HAND = (
    "drag a point; double-click to add one; right-click it, or press Delete, to take it away; Ctrl+Z undoes that. "
    "The arrow keys go from point to point, and with Shift they move it"
)


class DataView(QWidget):
    """A view of a data set and each racer's fit; hidden for a loss without data.

    A worker thread draws the image.  A row is identified by its number in the columns.

    Attributes
    ----------
    point_placed : signal of (int, float, float)
        The row that was moved or added, and its new values in the first and the last column.
    point_removed : signal of int
        The row that is to be removed.
    enlarged : signal of bool
        A person wants the view large, or as it was.
    """

    point_placed = Signal(int, float, float)
    point_removed = Signal(int)
    enlarged = Signal(bool)
    appeared = Signal()
    """Emitted when there are data where there were none, or none any more."""

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
        self.large = LargeButton(self)
        self.large.toggled.connect(self.enlarged)
        self.hide()

    @property
    def up_to_date(self) -> bool:
        """Return whether the newest image that was requested has arrived."""
        return self._asked == self._answered

    def sizeHint(self) -> QSize:
        """Return the preferred size."""
        return QSize(WIDTH_PX, WIDTH_PX * 2 // 3)

    @property
    def there(self) -> bool:
        """Whether there are data to be shown."""
        return self._there

    def step_aside(self, aside: bool) -> None:
        """Hide the view while another widget needs its room, or show it again."""
        self._aside = aside
        self._show()

    def _appear(self, there: bool) -> None:
        """Appear with data, and go with them."""
        if there != self._there:
            self._there = there
            self._show()
            self.appeared.emit()

    def _show(self) -> None:
        self.setVisible(self._there and not self._aside)

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        self._ask()

    def show_fit(
        self, columns: Columns | None, model: str, parameters: Mapping[str, float], looks: Sequence[RacerLook],
        weights: Sequence[Point], settled: bool, made: bool,
    ) -> None:  # fmt: skip
        """Show these rows and racers; while they are not `settled`, at most twenty times a second.

        Parameters
        ----------
        columns
            None for a loss without data, which hides the view.
        model, parameters
            The text of the loss, or of its model, and the values of the parameters in it.
        looks, weights
            The look of each racer, and its position in the coordinates of the formula, which are the model's weights.
        settled
            Whether the race is paused.
        made
            Whether the rows are generated (`MadeData`) and not read from a file, and so may be edited.
        """
        self._appear(columns is not None)
        now = time.monotonic()
        if columns is None or (not settled and now - self._drawn_at < REDRAW_S):
            return
        self._drawn_at = now
        self._made = made
        self._allow()
        shown = [(look.colour, place) for look, place in zip(looks, weights, strict=False) if look.visible]
        colours, places = [colour for colour, _ in shown], [place for _, place in shown]
        # While a point is dragged, the ranges stay, so that the point stays under the pointer.
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
        """End the worker thread."""
        self._worker.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the point under the pointer, or remove it with the right button."""
        self._highlight(self._nearest(event.position()))
        if self._highlighted is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = self._highlighted
        elif event.button() == Qt.MouseButton.RightButton:
            self._remove()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the dragged point, or highlight the one under the pointer."""
        if self._dragged is not None and self._fit is not None:
            self.point_placed.emit(self._dragged, *columns_at(event.position(), self._fit, self.size()))
        else:
            self._highlight(self._nearest(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a point under the pointer."""
        if self._by_hand and self._fit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.point_placed.emit(self._fit.columns.rows, *columns_at(event.position(), self._fit, self.size()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Highlight another point, or move or remove the highlighted one."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not self._by_hand or self._fit is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif shift and key in DIRECTIONS:
            self._nudge(self._fit, *DIRECTIONS[key])
        elif key in STEPS:
            self._highlight_next(self._fit, STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Highlight the leftmost point if none is highlighted, so that the keyboard has one to act on."""
        super().focusInEvent(event)
        self.update()
        if self._highlighted is None and self._by_hand and self._fit is not None:
            self._highlight(int(np.argmin(sides_of(self._fit.columns)[0])))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Highlight no point."""
        super().focusOutEvent(event)
        self.update()
        self._highlight(None)

    def leaveEvent(self, event: QEvent) -> None:
        """Highlight no point, unless the view has the keyboard's focus."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._highlight(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Request an image of the new size."""
        super().resizeEvent(event)
        self.large.move(self.width() - self.large.width() - EDGE_PX, 0)
        self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the newest image, a ring around the highlighted point, and the outline of the keyboard."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture.image)
        if self._highlighted is not None and self._fit is not None and self._highlighted < self._fit.columns.rows:
            x, y = places_of(self._fit, self.size())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.text), RING_LINE_PX))
            painter.drawEllipse(QPointF(x[self._highlighted], y[self._highlighted]), RING_PX, RING_PX)
        painter.end()
        if self.hasFocus():
            draw_focus_outline(self, self.rect())

    def _allow(self) -> None:
        """Allow edits only of generated rows that are drawn as themselves, and set the tool tip to what is drawn."""
        of_predictions = self._picture is not None and self._picture.of_predictions
        of_boundaries = self._picture is not None and self._picture.of_boundaries
        by_hand = self._made and not of_predictions and not of_boundaries
        tip = (
            OF_PREDICTIONS
            if of_predictions
            else OF_BOUNDARIES
            if of_boundaries
            else f"{OF_LINES}: {BY_HAND}"
            if by_hand
            else OF_LINES
        )
        # What is written above a small plot may be cut off.
        tip = f"{self._picture.remark}\n{tip}" if self._picture is not None and self._picture.remark else tip
        if tip != self.toolTip():
            self.setToolTip(tip)
        if by_hand != self._by_hand:
            self._by_hand = by_hand
            self._highlight(None)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if by_hand else Qt.FocusPolicy.NoFocus)

    def _highlight(self, place: int | None) -> None:
        """Highlight the point of a row, or none."""
        if place != self._highlighted:
            self._highlighted = place
            self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _nearest(self, position: QPointF) -> int | None:
        """Return the row of the point under a position, or None if there is none or edits are not allowed."""
        return nearest_to(position, self._fit, self.size()) if self._by_hand and self._fit is not None else None

    def _remove(self) -> None:
        """Emit that the highlighted point is to be removed, and highlight the point beside it."""
        self._dragged, place, fit = None, self._highlighted, self._fit
        if place is not None and fit is not None and place < fit.columns.rows:
            right, left = beside(place, fit, 1), beside(place, fit, -1)
            self.point_removed.emit(place)
            # The rows after the removed one are numbered one lower.
            next_one = right if right != place else left
            self._highlight(next_one - (next_one > place))

    def _nudge(self, fit: Fit, right: int, upwards: int) -> None:
        if self._highlighted is not None and self._highlighted < fit.columns.rows:
            across, up = (float(values[self._highlighted]) for values in sides_of(fit.columns))
            reach, height = fit.across[1] - fit.across[0], fit.up[1] - fit.up[0]
            self.point_placed.emit(self._highlighted, across + right * NUDGE * reach, up + upwards * NUDGE * height)

    def _highlight_next(self, fit: Fit, step: int) -> None:
        """Highlight the point `step` points to the right of the highlighted one."""
        now = self._highlighted if self._highlighted is not None and self._highlighted < fit.columns.rows else 0
        self._highlight(beside(now, fit, step))

    def _ask(self) -> None:
        if self._fit is None or self.isHidden() or self.size().isEmpty():
            return
        self._asked += 1
        draw = partial(draw_fit, self._fit, self._theme, self.size(), pixel_ratio(self))
        number = self._asked
        self._worker.ask("fit", lambda: (number, draw()), self._take)

    def _take(self, answer: tuple[int, Picture]) -> None:
        self._answered, self._picture = answer
        self._allow()
        self.update()
