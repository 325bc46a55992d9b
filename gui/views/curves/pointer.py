"""The pointer over the loss curves: a vertical line, the losses there, and the racer whose curve it is on."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Signal

from gui.look.theme import Theme
from gui.views.curves.reading import Reading, nearest, read, step_to_go_to
from gui.views.curves.reading_box import ReadingBox
from gui.views.curves.strokes import CurveDrawing
from gui.views.plot import Plot

ON_CURVE_PX = 7.0
"""Distance from a curve within which its racer is pointed at."""
LINE_Z = 12


class CurvePointer(QObject):
    """What the pointer reads off a plot of loss curves.

    Attributes
    ----------
    racer_hovered : signal of int or None
        The number of the racer whose curve is pointed at now, None where there is none.
    """

    racer_hovered = Signal(object)
    pointed = Signal(object)
    """Emitted with the place along the axis that is pointed at, None where there is none."""

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot)
        self._plot, self._box = plot, plot.getPlotItem().getViewBox()
        self._line = pg.InfiniteLine(angle=90)
        self._line.setZValue(LINE_Z)
        self._line.setVisible(False)
        self._box.addItem(self._line, ignoreBounds=True)
        self.reading_box = ReadingBox(plot)
        self._drawing: CurveDrawing | None = None
        self._at: QPointF | None = None
        self._hovered: int | None = None

    @property
    def hovered(self) -> int | None:
        """The number of the racer that is pointed at."""
        return self._hovered

    @property
    def line_at(self) -> float | None:
        """Where the vertical line is along the axis, None while it is hidden."""
        return float(self._line.value()) if self._line.isVisible() else None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._line.setPen(pg.mkPen(theme.accent, width=1))
        self.reading_box.set_theme(theme)

    def follow(self, drawing: CurveDrawing) -> None:
        """Read from a new drawing of the curves."""
        self._drawing = drawing
        self._read()

    def move(self, position: QPointF) -> None:
        """Read at a position of the widget."""
        self._at = position if self.area.contains(position.toPoint()) else None
        self._read()

    def mark(self, place: float | None) -> None:
        """Show the vertical line at a place along the axis, or hide it."""
        self._line.setVisible(place is not None)
        self._line.setValue(place or 0.0)

    def leave(self) -> None:
        """Show nothing: the pointer has left the plot."""
        self._at = None
        self._read()

    @property
    def area(self) -> QRect:
        """The rectangle of the curves, in the widget."""
        area: QRect = self._plot.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        return area

    def place_under(self, position: QPointF) -> QPointF:
        """Return the place in the plot, along both axes, at a position of the widget; the nearest one in the plot."""
        area = self.area
        x = min(max(position.x(), float(area.left())), float(area.right()))
        y = min(max(position.y(), float(area.top())), float(area.bottom()))
        place: QPointF = self._box.mapSceneToView(self._plot.mapToScene(QPoint(round(x), round(y))))
        return place

    def step_under(self, position: QPointF) -> int:
        """Return the step of the race at a position of the widget."""
        if self._drawing is None:
            return 0
        return step_to_go_to(self._drawing.content, self.place_under(position).x(), self._hovered)

    def _read(self) -> None:
        drawing, at = self._drawing, self._at
        if drawing is None or at is None:
            self.mark(None)
            self.pointed.emit(None)
            self.reading_box.hide()
            self._hover(None)
            return
        place = self.place_under(at)
        width, height = (float(size) for size in self._box.viewPixelSize())
        self._hover(nearest(drawing, place.x(), place.y(), (width, height), ON_CURVE_PX))
        self.mark(place.x())
        self.pointed.emit(place.x())
        self._show(read(drawing, place.x()), at.toPoint())

    def _show(self, reading: Reading, pointer: QPoint) -> None:
        area = self.area
        room = QRect(area.left(), 0, area.width(), self._plot.height())
        self.reading_box.show_reading(reading, self._hovered, pointer, room)

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            self.racer_hovered.emit(number)
