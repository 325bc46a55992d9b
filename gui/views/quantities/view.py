"""The plot of one quantity along the steps of the race, beneath the loss chart and on the same axis of steps."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QMenu

from engine.live.frame import RacerFrame
from gui.background.worker import Worker
from gui.look.theme import SPACING_PX, Theme
from gui.views.curves.axes_look import HEAD_PX, LETTER_PX, dress_axes, prepare_axes
from gui.views.curves.number_axes import LossAxis, StepAxis
from gui.views.curves.pointer import LINE_Z
from gui.views.curves.progress import Progress
from gui.views.curves.reading_box import ReadingBox
from gui.views.plot import Plot
from gui.views.quantities.drawing import QuantityCurves, QuantityDrawing, draw_quantity
from gui.views.quantities.words import help_of, note_of, read_quantity, title_of
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import RasterLayer
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text_button import TextButton

PAUSE_MS = 14
"""Delay of the drawing after a frame: trails and losses are drawn first."""
BEHIND_Z = -1
BUTTON_PX = 6
"""The room of a button at the left of its text, by which it is moved so that titles stand under each other."""
HELP = "The pointer reads all values; click or drag to go to a step; wheel zooms along the steps; right-click to choose"


class QuantityPlot(Plot):
    """A plot of a quantity of every visible racer that has it; a worker thread draws the curves.

    Attributes
    ----------
    step_asked : signal of int
        A person wants to go to this step.
    pointed : signal of float or None
        A person points at this place along the axis of steps, None at none.
    zoom_asked : signal of (float, float)
        A person turns the wheel at a place along the axis, by so many eighths of a degree.
    whole_asked : signal
        A person wants to see everything.
    """

    step_asked = Signal(int)
    pointed = Signal(object)
    zoom_asked = Signal(float, float)
    whole_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__({"left": LossAxis("left"), "bottom": StepAxis("bottom")})
        self._theme = theme
        self.setAccessibleName("Curves of a quantity")
        self.setToolTip(HELP)
        prepare_axes(self)
        self._box = self.getPlotItem().getViewBox()
        self.title_button = self._button("", "Quantity that is drawn")
        self.close_button = self._button("✕", "Close the curves of the quantity")
        self.close_button.setToolTip("Close these curves")
        self._note = ElidedLabel()
        self._note.setParent(self)
        self._menu: QMenu | None = None
        self._worker = Worker("quantity")
        self._lines = RasterLayer(self._box, self._worker, draw_quantity, PAUSE_MS)
        self._lines.arrived.connect(self._follow)
        self._step, self._line = pg.InfiniteLine(0, angle=90), pg.InfiniteLine(angle=90)
        self._zero = pg.InfiniteLine(0, angle=0)
        self._line.setZValue(LINE_Z)
        self._zero.setZValue(BEHIND_Z)
        self._line.setVisible(False)
        for item in (self._zero, self._lines, self._step, self._line):
            self._box.addItem(item, ignoreBounds=True)
        self.reading_box = ReadingBox(self)
        self._box.sigResized.connect(self._place_labels)
        self._content, self._drawn = QuantityCurves(), QuantityCurves()
        self._at: QPointF | None = None
        self._asked_step: int | None = None
        self._dragging = False
        self.set_theme(theme)

    @property
    def quantity(self) -> str:
        """What is drawn."""
        return self._content.quantity

    @property
    def note(self) -> str:
        """What the curves are, or why there is none."""
        return self._note.text()

    @property
    def logarithmic(self) -> bool:
        """Whether the axis of values is logarithmic."""
        return bool(self.getPlotItem().getAxis("left").logMode)

    @property
    def content(self) -> QuantityCurves:
        """What the image shows."""
        return self._drawn

    @property
    def up_to_date(self) -> bool:
        """Return whether the image shows the newest racers that were given to be drawn."""
        return self.isHidden() or self._lines.up_to_date

    @property
    def area(self) -> QRect:
        """The rectangle of the curves, in the widget."""
        area: QRect = self.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        return area

    @property
    def line_at(self) -> float | None:
        """Where the vertical line of the pointer is along the axis, None while it is hidden."""
        return float(self._line.value()) if self._line.isVisible() else None

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        dress_axes(self, theme)
        self._note.setStyleSheet(f"color: {theme.muted}; font-size: {theme.px(LETTER_PX)}px;")
        for line, colour in ((self._step, theme.muted), (self._line, theme.accent), (self._zero, theme.border)):
            line.setPen(pg.mkPen(colour, width=theme.px(1)))
        self.reading_box.set_theme(theme)

    def set_menu(self, menu: QMenu) -> None:
        """Open this menu from the title, and by a right click."""
        self._menu = menu
        self.title_button.setMenu(menu)

    def show_racers(
        self, quantity: str, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], step: int, progress: Progress
    ) -> None:
        """Draw this quantity of these racers, and mark the step."""
        if quantity != self.quantity:
            self.title_button.setText(f"{title_of(quantity)} ▾")
            self.title_button.setToolTip(help_of(quantity))
        self._content = QuantityCurves(quantity, tuple(looks), racers, progress)
        self._lines.show_content(self._content)
        place = progress.place_of(step)
        self._step.setVisible(place is not None)
        self._step.setValue(place or 0.0)

    def show_part(self, first: float, last: float) -> None:
        """Show this part of the axis of steps."""
        self._box.setXRange(first, last, padding=0.0)

    def point_at(self, place: float | None) -> None:
        """Mark a place along the axis that is pointed at elsewhere."""
        self._line.setVisible(place is not None)
        self._line.setValue(place or 0.0)

    def end(self) -> None:
        """End the worker thread."""
        self._worker.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom along the steps."""
        self.zoom_asked.emit(self._place_under(event.position()), float(event.angleDelta().y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the pointer."""
        self._dragging = event.button() == Qt.MouseButton.LeftButton and self.area.contains(event.position().toPoint())
        self._ask_step(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read at the pointer; while it is dragged, go to its step."""
        self._at = event.position() if self.area.contains(event.position().toPoint()) else None
        self._read()
        self._ask_step(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        self._dragging, self._asked_step = False, None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again; beside the axes, fill the window."""
        if self.is_within_axes(event.position()):
            self.whole_asked.emit()
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of quantities."""
        if self._menu is not None:
            self._menu.popup(event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing: the pointer has left the plot."""
        super().leaveEvent(event)
        self._at = None
        self._read()

    def _button(self, text: str, name: str) -> TextButton:
        button = TextButton(text, "tight")
        button.setParent(self)
        button.setAccessibleName(name)
        button.setPopupMode(TextButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _place_under(self, position: QPointF) -> float:
        area = self.area
        x = min(max(position.x(), float(area.left())), float(area.right()))
        return float(self._box.mapSceneToView(self.mapToScene(round(x), area.center().y())).x())

    def _ask_step(self, position: QPointF) -> None:
        if not self._dragging:
            return
        place, content = self._place_under(position), self._content
        pairs = zip(content.looks, content.racers, strict=False)
        steps = [content.progress.step_at(racer, place) for look, racer in pairs if look.visible]
        step = min(steps, default=0)
        if step != self._asked_step:
            self._asked_step = step
            self.step_asked.emit(step)

    def _read(self) -> None:
        place = None if self._at is None else self._place_under(self._at)
        self.point_at(place)
        self.pointed.emit(place)
        if place is None or self._at is None:
            self.reading_box.hide()
            return
        room = QRect(self.area.left(), 0, self.area.width(), self.height())
        self.reading_box.show_reading(read_quantity(self._drawn, place), None, self._at.toPoint(), room)

    def _follow(self, drawing: QuantityDrawing) -> None:
        """Set the axis of values and the note to those of a drawing that has arrived."""
        self._drawn = drawing.content
        if drawing.logarithmic != self.logarithmic:
            self.getPlotItem().getAxis("left").setLogMode(y=drawing.logarithmic)
        self._zero.setVisible(not drawing.logarithmic)
        self._box.setYRange(*drawing.viewport.bounds[1], padding=0.0)
        self._note.setText(note_of(drawing.content))
        self._place_labels()
        if self._at is not None:
            self._read()

    def _place_labels(self) -> None:
        """Place what is above the plot: the title, the note, and the button that closes it."""
        area = self.area
        for button in (self.title_button, self.close_button):
            button.adjustSize()
        top = area.top() - self._theme.px(HEAD_PX)
        right = area.right() - self.close_button.width() + 1
        self.close_button.move(right, top)
        self.title_button.move(area.left() - BUTTON_PX, top)
        left = self.title_button.geometry().right() + SPACING_PX
        width = min(
            self._note.fontMetrics().horizontalAdvance(self._note.text()) + 1, max(right - SPACING_PX - left, 0)
        )
        self._note.setGeometry(right - SPACING_PX - width, top, width, self.title_button.height())
