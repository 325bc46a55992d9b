"""The loss curves: loss over steps, one curve for each racer, drawn by a worker thread."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QMenu

from engine.language.types import Bounds
from engine.live.frame import RacerFrame
from gui.background.worker import Worker
from gui.look.theme import SPACING_PX, Theme
from gui.views.curves.axes_look import HEAD_PX, LETTER_PX, dress_axes, prepare_axes
from gui.views.curves.finish_marks import FinishMarks
from gui.views.curves.minimum_words import minimum_words
from gui.views.curves.number_axes import LossAxis, StepAxis
from gui.views.curves.pointer import CurvePointer
from gui.views.curves.progress import UNIT_WORDS, Progress
from gui.views.curves.strokes import CurveDrawing, Curves, draw_curves
from gui.views.curves.zoom import NOTCH, NOTCH_ANGLE, moved, zoomed
from gui.views.plot import Plot
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import RasterLayer
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text_button import TextButton

LOSS = "loss"
REDRAW_S, REDRAW_TIMES = 0.1, 8.0
"""Least time between two drawings while racing: in seconds, and as a multiple of the time that the last one took, so
that most of the processor's time is left to the landscape."""
PAUSE_MS = 7
"""Delay of the drawing after a frame: the trails in the landscape are drawn first, because two threads that draw at the
same moment delay each other."""
HELP = (
    "The pointer reads all losses; click or drag to go to a step; wheel zooms, Shift and drag moves, double click "
    "shows everything; right-click for the axes"
)
BESIDE_PX = 8
"""So far beside the plot a drag may begin, so that its ends are easily hit."""
DRAGS, MOVES = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


class LossCurves(Plot):
    """A plot of the loss of every visible racer over steps; a worker thread draws the curves.

    Attributes
    ----------
    step_asked : signal of int
        A person wants to go to this step.
    racer_hovered : signal of int or None
        The number of the racer whose curve is pointed at now, None where there is none.
    """

    step_asked = Signal(int)
    racer_hovered = Signal(object)
    bounds_changed = Signal()
    """Another part of the axis of steps is visible."""

    def __init__(self, theme: Theme) -> None:
        super().__init__({"left": LossAxis("left"), "bottom": StepAxis("bottom")})
        self.setAccessibleName("Loss curves")
        self.setToolTip(HELP)
        prepare_axes(self)
        self._box = self.getPlotItem().getViewBox()
        self._title, self._note = QLabel(LOSS, self), ElidedLabel()
        self._note.setParent(self)
        self.axes_button = TextButton("", "tight")
        self.axes_button.setParent(self)
        self.axes_button.setAccessibleName("Axes of the loss chart")
        self.axes_button.setToolTip("What the axes show")
        self.axes_button.setPopupMode(TextButton.ToolButtonPopupMode.InstantPopup)
        self._menu: QMenu | None = None
        self.getPlotItem().getAxis("left").setLogMode(y=True)
        self._worker = Worker("loss curves")
        self._lines = RasterLayer(self._box, self._worker, draw_curves, PAUSE_MS)
        self._lines.arrived.connect(self._follow)
        self._step = pg.InfiniteLine(0, angle=90)
        self.finish = FinishMarks(self._box)
        for item in (self._lines, self._step, self.finish):
            self._box.addItem(item, ignoreBounds=True)
        self.pointer = CurvePointer(self)
        self.pointer.racer_hovered.connect(self.racer_hovered)
        self._box.sigResized.connect(self._place_labels)
        self._box.sigXRangeChanged.connect(lambda *_: self.bounds_changed.emit())
        self._asked_at = self._took_s = 0.0
        self._awaited = False
        self._content = Curves((), ())
        self._whole: Bounds = ((0.0, 1.0), (0.0, 1.0))
        self.menu_sign = " ▾"
        self._race_step = self._step_before = 0
        self._asked_step: int | None = None
        self._dragging = self._moving = False
        self._pressed = QPointF()
        self.set_theme(theme)

    @property
    def note(self) -> str:
        """The note above the plot: the minimum, and what does not fit on the axis."""
        return self._note.text()

    @property
    def caption(self) -> str:
        """The name of the axis of losses."""
        return self._title.text()

    @property
    def logarithmic(self) -> bool:
        """Whether the axis of losses is logarithmic."""
        return bool(self.getPlotItem().getAxis("left").logMode)

    @property
    def bounds(self) -> Bounds:
        """The visible part of the axes."""
        across, up = self._box.viewRange()
        return (across[0], across[1]), (up[0], up[1])

    @property
    def progress(self) -> Progress:
        """What the curves run along."""
        return self._content.progress

    @property
    def zoomed(self) -> bool:
        """Whether only a part of the axes is visible."""
        return self._content.zoomed

    @property
    def up_to_date(self) -> bool:
        """Return whether the image shows the newest racers that were given to be drawn."""
        return self._lines.up_to_date

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        dress_axes(self, theme)
        self._title.setStyleSheet(f"color: {theme.text}; font-size: {theme.px(LETTER_PX)}px;")
        self._note.setStyleSheet(f"color: {theme.muted}; font-size: {theme.px(LETTER_PX)}px;")
        self._step.setPen(pg.mkPen(theme.muted, width=theme.px(1)))
        self.finish.set_theme(theme)
        self.pointer.set_theme(theme)

    def set_menu(self, menu: QMenu) -> None:
        """Open this menu of the axes from the button over the plot, and by a right click."""
        self._menu = menu
        self.axes_button.setMenu(menu)

    def set_axes(self, linear: bool, unit: str) -> None:
        """Choose the axes: whether losses are linear, and what the other axis counts."""
        progress = replace(self._content.progress, wanted=unit)
        anew = progress != self._content.progress
        self._content = replace(self._content, linear=linear, progress=progress, zoomed=False,
                                end=0.0 if anew else self._content.end)  # fmt: skip
        self._draw()

    def show_racers(
        self,
        looks: Sequence[RacerLook],
        racers: Sequence[RacerFrame],
        step: int,
        minimum: float | None = None,
        settled: bool = True,
        steps_per_epoch: int | None = None,
    ) -> None:
        """Draw the losses of these racers, less the `minimum` where it is known, and mark the step.

        While they are not `settled`, at most ten times a second; calls in between change nothing but the looks.
        """
        now, anew = time.monotonic(), tuple(looks) != tuple(self._content.looks)
        if not (settled or anew) and now - self._asked_at < max(REDRAW_S, REDRAW_TIMES * self._took_s):
            return
        progress = replace(self._content.progress, steps_per_epoch=steps_per_epoch)
        # After a restart the axes fit the race anew; after going back, which holds it, they stay where they are.
        begins = step == 0 or (step < self._race_step and not settled)
        end, is_zoomed = self._content.end, self._content.zoomed
        if progress != self._content.progress or (begins and not self._dragging):
            end, is_zoomed = 0.0, False
        if [look.visible for look in looks] != [look.visible for look in self._content.looks]:
            end = 0.0
        self._race_step, self._asked_at, self._awaited = step, now, True
        self._content = replace(self._content, looks=tuple(looks), racers=racers, minimum=minimum, progress=progress,
                                end=end, zoomed=is_zoomed)  # fmt: skip
        self._draw()
        place = progress.place_of(step)
        self._step.setVisible(place is not None)
        self._step.setValue(place or 0.0)

    def show_all(self) -> None:
        """Show everything again."""
        self.show_part(None)

    def show_minimum(self, minimum: float | None, is_known: bool) -> None:
        """Let the name of the axis say what the minimum is, and whether the catalogue has it."""
        self._title.setToolTip(minimum_words(minimum, is_known))

    def end(self) -> None:
        """End the worker thread."""
        self._worker.end()

    def event(self, event: QEvent) -> bool:
        """Show the tool tip over the axes alone: over the curves it would cover them, and the losses at the pointer."""
        if isinstance(event, QHelpEvent) and self.pointer.area.contains(event.pos()):
            return True
        return bool(super().event(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; over an axis only along that axis."""
        factor = NOTCH ** (event.angleDelta().y() / NOTCH_ANGLE)
        area, at = self.pointer.area, event.position()
        factors = (1.0 if at.x() < area.left() else factor, 1.0 if at.y() > area.bottom() else factor)
        place = self.pointer.place_under(at)
        self.show_part(zoomed(self.bounds, self._whole, (place.x(), place.y()), factors))
        self.pointer.move(at)
        event.accept()

    def zoom_along(self, place: float, angle: float) -> None:
        """Zoom about a place along the axis of steps, as by a wheel that is turned by so many eighths of a degree."""
        self.show_part(zoomed(self.bounds, self._whole, (place, 0.0), (NOTCH ** (angle / NOTCH_ANGLE), 1.0)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the pointer; with Shift, or the middle button, begin to move the visible part."""
        self._pressed = event.position()
        is_left = event.button() == DRAGS
        self._moving = event.button() == Qt.MouseButton.MiddleButton or (is_left and bool(event.modifiers() & MOVES))
        beyond = self.pointer.area.adjusted(-BESIDE_PX, 0, BESIDE_PX, 0)
        self._dragging = is_left and not self._moving and beyond.contains(event.position().toPoint())
        if self._dragging:
            self._step_before = self._race_step
            self._ask_step(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read at the pointer; while it is dragged, go to its step or move the visible part."""
        self.pointer.move(event.position())
        if self._dragging:
            self._ask_step(event.position())
        if self._moving:
            before, now = (self.pointer.place_under(at) for at in (self._pressed, event.position()))
            self._pressed = event.position()
            by = before.x() - now.x(), before.y() - now.y()
            self.show_part(moved(self.bounds, self._whole, by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        self._dragging = self._moving = False
        self._asked_step = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again, and take back what the first click did; beside the axes, fill the window."""
        if not self.is_within_axes(event.position()):
            super().mouseDoubleClickEvent(event)
        elif self.zoomed and event.button() == DRAGS:
            self.show_all()
            if self._step_before != self._race_step:
                self.step_asked.emit(self._step_before)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the axes."""
        if self._menu is not None:
            self._menu.popup(event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing: the pointer has left the plot."""
        super().leaveEvent(event)
        self.pointer.leave()

    def _ask_step(self, position: QPointF) -> None:
        step = self.pointer.step_under(position)
        if step != self._asked_step:
            self._asked_step = step
            self.step_asked.emit(step)

    def show_part(self, bounds: Bounds | None) -> None:
        """Show this part of the axes, None for everything."""
        if bounds is None and not self.zoomed:
            return
        self._content = replace(self._content, zoomed=bounds is not None)
        across, up = self._whole if bounds is None else bounds
        self._box.setRange(xRange=across, yRange=up, padding=0.0)
        if bounds is None:
            self._draw()
        else:
            self._lines.keep_content(self._content)

    def _draw(self) -> None:
        self._lines.show_content(self._content)
        self.finish.show_arrivals(self._content)

    def _follow(self, drawing: CurveDrawing) -> None:
        """Set the axes, their name and the note to those of a drawing that has arrived."""
        # A drawing that was asked for because the axes moved does not measure the time since the last frame.
        if self._awaited:
            self._took_s, self._awaited = time.monotonic() - self._asked_at, False
        self._whole = drawing.whole
        # One that was asked for before the axes began anew says nothing of the race of now.
        if drawing.content.end <= self._content.end:
            self._content = replace(self._content, end=max(self._content.end, drawing.last))
        if drawing.logarithmic != self.logarithmic:
            self.getPlotItem().getAxis("left").setLogMode(y=drawing.logarithmic)
        if not (self.zoomed or drawing.content.zoomed):
            across, up = drawing.viewport.bounds
            self._box.setRange(xRange=across, yRange=up, padding=0.0)
        unit = UNIT_WORDS[drawing.content.progress.unit]
        axes = f"{'log' if drawing.logarithmic else 'linear'} · by {unit}{self.menu_sign}"
        words = (drawing.caption, drawing.note, axes)
        if words != (self._title.text(), self._note.text(), self.axes_button.text()):
            self._title.setText(drawing.caption)
            self._note.setText(drawing.note)
            self.axes_button.setText(axes)
            self._place_labels()
        self.pointer.follow(drawing)

    def _place_labels(self) -> None:
        """Place what is above the plot: the name of the axis of losses, the note, and the button of the axes."""
        plot = self.pointer.area
        self._title.adjustSize()
        self.axes_button.adjustSize()
        top = plot.top() - self._theme.px(HEAD_PX)
        button = plot.right() - self.axes_button.width() + 1
        self.axes_button.move(button, top)
        self._title.move(plot.left(), plot.top() - self._title.height() - 1)
        right, left = button - SPACING_PX, self._title.geometry().right() + SPACING_PX
        width = min(self._note.fontMetrics().horizontalAdvance(self._note.text()) + 1, max(right - left, 0))
        self._note.setGeometry(right - width, self._title.y(), width, self._title.height())
