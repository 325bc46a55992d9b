"""One contour plot: the landscape as an image, trails, minima, start and pointer, on pyqtgraph's axes and mouse."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGraphicsItem

from engine.language.types import Bounds, Point
from engine.live.frame import RacerFrame
from gui.background.worker import Worker
from gui.look.theme import SPACING_PX, TICK_ROOM_PX, Theme
from gui.views.contour.image_layer import ImageLayer
from gui.views.contour.trail_strokes import Trails, TrailStrokes
from gui.views.legend import Legend
from gui.views.plot import Plot
from gui.views.racer_look import RacerLook, state_of
from gui.views.raster_layer import RasterLayer
from gui.views.view_controls import TITLE_PT

NUDGE, FINE_NUDGE = 0.01, 0.001
"""Step of an arrow key that moves the start, as a share of the visible range; the finer one with Shift."""
STAR_PX = 10
"""Size of the star of a minimum: less than a racer's head, so that the two are told apart when they coincide."""
TICK_DENSITY = 1.5
BARE_AXIS_PX = 8
"""Width or height of an axis without numbers."""
AXIS_HEIGHT_PX, AXIS_WIDTH_PX = 34, 44
"""Height and width of an axis with numbers; fixed, so that the plot keeps its size whatever digits the numbers have."""
NUMBERS_ROOM = AXIS_WIDTH_PX - BARE_AXIS_PX, AXIS_HEIGHT_PX - BARE_AXIS_PX
"""Extra width and height of axes with numbers, compared with axes without."""
TITLE_MARGINS_PX = 8
"""Sum of the left and right margins that Qt adds to a text item."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}


class ContourPanel(Plot):
    """A contour plot of the landscape with the trails of some racers.

    Parameters
    ----------
    theme : Theme
    worker : Worker
        Draws the trails.
    alone : bool
        Whether this may be the only plot of the view; it then shows a legend of its racers while it has no title.
    """

    start_dragged = Signal(float, float)
    start_nudged = Signal(float, float)
    start_placed = Signal(float, float)
    """x, y of a click with Ctrl: the start is to be placed there."""
    pointer_moved = Signal(object)
    range_changed = Signal(object)
    moved = Signal()
    """The visible part of the plane has changed; `range_changed` is also emitted when only the size has."""

    # Class attributes, because pyqtgraph's constructor already calls resizeEvent, which reads them.
    _title, _title_colour, _title_spare = "", "", 0

    def __init__(self, theme: Theme, worker: Worker, alone: bool = True) -> None:
        super().__init__()
        self.setAccessibleName("Contour view")
        self.setToolTip(
            "Drag the ring to move the start, or use the arrow keys, or Ctrl and click to place it; wheel, + and − "
            "zoom, double click or Home resets"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAntialiasing(True)
        self._box = self.getPlotItem().getViewBox()
        self.getPlotItem().setContentsMargins(0, TICK_ROOM_PX, TICK_ROOM_PX, 0)
        self._domain_image, self._detail_image = ImageLayer(), ImageLayer()
        self.trails = RasterLayer(self._box, worker, TrailStrokes().draw)
        self._minima = pg.ScatterPlotItem(symbol="star", size=STAR_PX)
        self._start = pg.TargetItem(movable=True, size=16, symbol="o")
        self._pointer = [pg.InfiniteLine(angle=angle) for angle in (0, 90)]
        self._add_items()
        self._domain: Bounds = ((-1.0, 1.0), (-1.0, 1.0))
        self._racers: tuple[Sequence[RacerLook], Sequence[RacerFrame], bool] = ((), (), True)
        self._shown_state: object = None
        self._pressed, self._clicking = QPointF(), False
        self._axes_shown = {"left": True, "bottom": True}
        self._legend = Legend(self) if alone else None
        self._connect_parts()
        self.set_theme(theme)

    def _add_items(self) -> None:
        """Add the items to the view box and set which is drawn over which."""
        self._detail_image.setZValue(-9)
        self._minima.setZValue(15)
        self._start.setZValue(20)
        for item in (self._domain_image, self._detail_image, self._minima, self.trails, *self._pointer, self._start):
            self._box.addItem(item, ignoreBounds=True)
        axes = (self.getPlotItem().getAxis(side) for side in ("left", "bottom"))
        # Cached, because each step of the trails over these items would otherwise paint them again.
        for item in (self._minima, self._start, *axes):
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        for line in self._pointer:
            line.setVisible(False)

    def _connect_parts(self) -> None:
        changed = self._box.sigRangeChanged
        # The cached picture of the stars holds only those that were visible when it was painted.
        changed.connect(lambda: self._minima.update())
        changed.connect(lambda: self.range_changed.emit(self.visible_bounds()))
        changed.connect(lambda: self.moved.emit())
        changed.connect(self._hide_covered_image)
        self._start.sigPositionChanged.connect(self._drag)
        self._box.sigResized.connect(self._follow_size)
        if self._legend is not None:
            legend = self._legend
            self.trails.arrived.connect(lambda drawing: legend.show_note(drawing.caption))

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self.setBackground(theme.window)
        self._muted = theme.muted
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted)
            axis.setStyle(maxTickLevel=0, hideOverlappingLabels=TICK_ROOM_PX)
            axis.setTickDensity(TICK_DENSITY)
        self._label_axes()
        self._minima.setBrush(QColor("#ffffff"))
        self._minima.setPen(pg.mkPen(theme.mark_rim, width=0.7))
        self._start.setPen(pg.mkPen("#ffffff", width=2))
        for line in self._pointer:
            line.setPen(pg.mkPen(QColor(255, 255, 255, 70)))
        self._halo = theme.halo
        if self._legend is not None:
            self._legend.set_theme(theme)
        if self._shown_state is not None:
            # The halo has the theme's colour, and a paused race sends no frame that would redraw it.
            self.show_racers(*self._racers)

    def show_axes(self, left: bool, bottom: bool) -> None:
        """Show or hide the numbers and the name of each axis; inner plots of a grid leave them to the outer ones."""
        shown = {"left": left, "bottom": bottom}
        if shown != self._axes_shown:
            self._axes_shown = shown
            self._label_axes()
            self._write_title()

    def show_title(self, title: str, colour: str) -> None:
        """Show a title above the plot in place of the legend; "" brings the legend back."""
        if (title, colour) != (self._title, self._title_colour):
            self._title, self._title_colour = title, colour
            self._fit_legend()
            self.getPlotItem().setTitle("")
            self._write_title()

    def spare_title(self, width: int) -> None:
        """Keep `width` pixels at the end of the title free, for the buttons that lie over the plot."""
        if width != self._title_spare:
            self._title_spare = width
            self._write_title()

    def _label_axes(self) -> None:
        for side, shown in self._axes_shown.items():
            axis = self.getPlotItem().getAxis(side)
            axis.setStyle(showValues=shown)
            axis.setLabel("y" if side == "left" else "x", color=self._muted)
            axis.showLabel(shown)
        self.getPlotItem().getAxis("left").setWidth(AXIS_WIDTH_PX if self._axes_shown["left"] else BARE_AXIS_PX)
        self.getPlotItem().getAxis("bottom").setHeight(AXIS_HEIGHT_PX if self._axes_shown["bottom"] else BARE_AXIS_PX)

    def _write_title(self) -> None:
        """Write as much of the title as fits."""
        if not self._title:
            return
        font = QFont(self.font())
        font.setPointSize(TITLE_PT)
        # Not the axis's own width, which changes only when the plot is laid out.
        axis = AXIS_WIDTH_PX if self._axes_shown["left"] else BARE_AXIS_PX
        taken = axis + TICK_ROOM_PX + self._title_spare + TITLE_MARGINS_PX
        words = QFontMetrics(font).elidedText(self._title, Qt.TextElideMode.ElideRight, self.width() - taken)
        look = {"color": self._title_colour, "size": f"{TITLE_PT}pt", "justify": "left"}
        self.getPlotItem().setTitle(html.escape(words), **look)

    @property
    def up_to_date(self) -> bool:
        """Return whether the trails show the newest content."""
        return self.trails.up_to_date

    def visible_bounds(self) -> Bounds:
        """Return the bounds of the visible part of the plane."""
        (x0, x1), (y0, y1) = self._box.viewRange()
        return (x0, x1), (y0, y1)

    def pixels(self) -> tuple[int, int]:
        """Return the width and height of the plot's inner rectangle in pixels of the screen."""
        size, ratio = self._box.rect().size(), self.devicePixelRatioF()
        return round(size.width() * ratio), round(size.height() * ratio)

    def know_domain(self, bounds: Bounds) -> None:
        """Store the landscape's domain, to which `reset_view` returns."""
        self._domain = bounds

    def set_domain(self, bounds: Bounds) -> None:
        """Store the landscape's domain and show all of it."""
        self.know_domain(bounds)
        self.reset_view()

    def show_bounds(self, bounds: Bounds) -> None:
        """Show this rectangle of the plane."""
        self._box.setRange(xRange=bounds[0], yRange=bounds[1], padding=0.0)

    def reset_view(self) -> None:
        """Show the whole domain."""
        self.show_bounds(self._domain)

    def show_image(self, image: QImage, bounds: Bounds, detail: bool) -> None:
        """Show the image of the whole landscape, or with `detail` the sharper one of its visible part."""
        (self._detail_image if detail else self._domain_image).show_image(image, bounds)
        self._hide_covered_image()

    def _hide_covered_image(self) -> None:
        """Hide the image of the whole landscape while the sharper one covers everything visible."""
        self._domain_image.setVisible(not self._detail_image.boundingRect().contains(self._box.viewRect()))

    def show_minima(self, minima: Sequence[Point]) -> None:
        """Mark the known minima."""
        if self._legend is not None:
            self._legend.show_minima(bool(minima))
        self._minima.setData(pos=np.array(minima, dtype=float).reshape(-1, 2))

    def show_start(self, start: Point) -> None:
        """Move the ring to the start, unless a person is dragging it."""
        if not self._start.moving:
            self._start.blockSignals(True)
            self._start.setPos(QPointF(*start))
            self._start.blockSignals(False)

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers, with fewer points while they are not `settled`; draw nothing if nothing has changed."""
        self._racers = looks, racers, settled
        state = (state_of(looks, racers), self._halo, settled)
        if state == self._shown_state:
            return
        self._shown_state = state
        if self._legend is not None:
            self._legend.show_looks(looks)
        self.trails.show_content(Trails(looks, racers, self._halo, settled))

    def show_pointer(self, place: Point | None) -> None:
        """Show cross lines at `place`, which may be the pointer's in another panel; None hides them."""
        for line, value in zip(self._pointer, (place or (0, 0))[::-1], strict=True):
            line.setVisible(place is not None)
            line.setValue(value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Emit the point of the plane under the pointer."""
        super().mouseMoveEvent(event)
        if (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._clicking = False
        self.pointer_moved.emit(self._point_under(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the plane, or with Ctrl begin a click that places the start."""
        super().mousePressEvent(event)
        self._pressed = event.position()
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        self._clicking = event.button() == Qt.MouseButton.LeftButton and bool(held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; after a click with Ctrl that did not move, place the start there."""
        super().mouseReleaseEvent(event)
        if self._clicking and (point := self._point_under(self._pressed)) is not None:
            self.start_placed.emit(*point)
        self._clicking = False

    def _point_under(self, position: QPointF) -> Point | None:
        """Return the point of the plane at a position of the widget, None outside the plot's inner rectangle."""
        at = self.mapToScene(position.toPoint())
        place = self._box.mapSceneToView(at)
        return (place.x(), place.y()) if self._box.sceneBoundingRect().contains(at) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the title before the plot is laid out, because the plot cannot become narrower than its title."""
        self._write_title()
        super().resizeEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Emit None for the pointer's place: it has left the plot."""
        super().leaveEvent(event)
        self.pointer_moved.emit(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole domain; with Ctrl, treat the double click as one more click."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mousePressEvent(event)
        else:
            self.reset_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the start with the arrow keys, zoom with + and −, show the whole domain with Home."""
        key = Qt.Key(event.key())
        direction = ARROWS.get(key)
        if key == Qt.Key.Key_Home:
            self.reset_view()
            return
        if key in ZOOMS:
            self._box.scaleBy((ZOOMS[key],) * 2)
            return
        if direction is None:
            super().keyPressEvent(event)
            return
        share = FINE_NUDGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else NUDGE
        (x0, x1), (y0, y1) = self.visible_bounds()
        self.start_nudged.emit(direction[0] * share * (x1 - x0), direction[1] * share * (y1 - y0))

    def _follow_size(self) -> None:
        self.range_changed.emit(self.visible_bounds())
        self._fit_legend()

    def _fit_legend(self) -> None:
        """Place the legend in the plot's corner, or hide it where a title takes its place or there is no room."""
        if self._legend is None:
            return
        plot = self.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        self._legend.move(plot.x() + SPACING_PX, plot.y() + SPACING_PX)
        self._legend.fit(QSize() if self._title else plot.size())

    def _drag(self) -> None:
        place = self._start.pos()
        self.start_dragged.emit(place.x(), place.y())
