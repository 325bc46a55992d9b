"""One contour plot: the landscape as an image, trails, minima, start and pointer, on pyqtgraph's axes and mouse."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGraphicsItem

from engine.language.types import Bounds, Point
from engine.live.frame import RacerFrame
from gui.background.worker import Worker
from gui.look.offscreen import pixel_ratio
from gui.look.theme import TICK_ROOM_PX, Theme
from gui.views.axis_look import dress, label_style
from gui.views.contour.arrows.layer import ArrowLayer
from gui.views.contour.image_layer import ImageLayer
from gui.views.contour.keys import ZOOMS, nudge
from gui.views.contour.legend_pointer import LegendPointer
from gui.views.contour.place_axis import PlaceAxis
from gui.views.contour.trail_layers import TrailLayers
from gui.views.legend import Legend
from gui.views.plot import Plot
from gui.views.racer_look import RacerLook
from gui.views.view_controls import OF_MENUS, title_points

STAR_PX, RING_PX = 10, 16
"""Sizes of the star of a minimum, less than a racer's head, so that both are seen at one place, and of the start."""
TICK_DENSITY = 1.5
BARE_AXIS_PX, BEARING_PX = 8, 2
"""Width or height of an axis without numbers; and what letters leave blank at the ends of a number beside one."""
AXIS_HEIGHT_PX, AXIS_WIDTH_PX = 34, 44
"""Height and width of an axis with numbers; fixed, so that the plot keeps its size whatever digits the numbers have."""
NUMBERS_ROOM = AXIS_WIDTH_PX - BARE_AXIS_PX, AXIS_HEIGHT_PX - BARE_AXIS_PX
"""Extra width and height of axes with numbers, compared with axes without."""
TITLE_MARGINS_PX = 8
"""Sum of the left and right margins that Qt adds to a text item."""
HELP = (
    "Ctrl and click to place the start, or drag its ring, or use the arrow keys; wheel, + and − zoom, double click or "
    "Home resets; F, or a double click beside the plot, fills the window; a right click opens a menu"
)


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
    racer_hovered = Signal(object)
    racer_chosen = Signal(int)
    """The number of the racer that is pointed at in the legend, None where there is none, or that is clicked there."""
    moved = Signal()
    """The visible part of the plane has changed; `range_changed` is also emitted when only the size has."""

    # Class attributes, because pyqtgraph's constructor already calls resizeEvent, which reads them.
    _title, _title_colour, _title_spare = "", "", 0

    def __init__(self, theme: Theme, worker: Worker, alone: bool = True) -> None:
        super().__init__({side: PlaceAxis(side) for side in ("left", "bottom")})
        self.setAccessibleName("Contour view")
        self.setToolTip(HELP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAntialiasing(True)
        self._box = self.getPlotItem().getViewBox()
        self.getPlotItem().setContentsMargins(0, TICK_ROOM_PX, TICK_ROOM_PX, 0)
        self.ground = tuple(ImageLayer(level) for level in (-10, -9, -8, 5))
        self._domain_image, self._detail_image, self.basins, self.swarms = self.ground
        self.layers = TrailLayers(self._box, worker)
        self.arrows = ArrowLayer(self, self._box, worker, theme)
        self._minima = pg.ScatterPlotItem(symbol="star", size=STAR_PX)
        self._start = pg.TargetItem(movable=True, size=RING_PX, symbol="o")
        self._pointer = [pg.InfiniteLine(angle=angle) for angle in (0, 90)]
        self._add_items()
        self._domain: Bounds = ((-1.0, 1.0), (-1.0, 1.0))
        self._racers: tuple[Sequence[RacerLook], Sequence[RacerFrame], bool] = ((), (), True)
        self._marked: tuple[Point, ...] = ()
        self._pressed, self._clicking = QPointF(), False
        self._axes_shown = {"left": True, "bottom": True}
        self._legend = Legend(self) if alone else None
        self._connect_parts()
        self.set_theme(theme)

    def _add_items(self) -> None:
        """Add the items to the view box and set which is drawn over which."""
        self._minima.setZValue(15)
        self._start.setZValue(20)
        layers = (*self.ground, self._minima, self.layers.all, self.layers.raised)
        for item in (*layers, self.arrows.item, *self._pointer, self._start):
            self._box.addItem(item, ignoreBounds=True)
        # Cached, because each step of the trails over these items would otherwise paint them again.
        for item in (self._minima, self._start, *map(self.getPlotItem().getAxis, ("left", "bottom"))):
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        for line in self._pointer:
            line.setVisible(False)

    def _connect_parts(self) -> None:
        changed = self._box.sigRangeChanged
        # Their cached picture holds only the stars that were visible then.
        changed.connect(lambda: self._minima.update())
        changed.connect(lambda: self.range_changed.emit(self.visible_bounds()))
        changed.connect(lambda: self.moved.emit())
        changed.connect(self._hide_covered_image)
        changed.connect(lambda: self._fit_legend())
        self._start.sigPositionChanged.connect(self._drag)
        self._box.sigResized.connect(self._follow_size)
        if self._legend is not None:
            legend = self._legend
            self.layers.all.arrived.connect(lambda drawing: legend.show_note(drawing.caption))
            pointer = LegendPointer(self, legend)
            pointer.hovered.connect(self.racer_hovered)
            pointer.chosen.connect(self.racer_chosen)

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self.setBackground(theme.window)
        self._theme = theme
        self.arrows.set_theme(theme)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            dress(axis, theme)
            axis.setStyle(hideOverlappingLabels=TICK_ROOM_PX + BEARING_PX)
            axis.setTickDensity(TICK_DENSITY)
        self._label_axes()
        self._minima.setBrush(QColor("#ffffff"))
        self._minima.setPen(pg.mkPen(theme.mark_rim, width=0.7))
        self._minima.setSize(theme.px(STAR_PX))
        self._start.scale = theme.px(RING_PX)
        self._start.setPen(pg.mkPen("#ffffff", width=theme.px(2)))
        for line in self._pointer:
            line.setPen(pg.mkPen(QColor(255, 255, 255, 70)))
        self._halo = theme.halo
        if self._legend is not None:
            self._legend.set_theme(theme)
        if self.layers.has_content:
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
            axis.setLabel("y" if side == "left" else "x", **label_style(self._theme))
            axis.showLabel(shown)
        self.getPlotItem().getAxis("left").setWidth(self._axis_px("left", AXIS_WIDTH_PX))
        self.getPlotItem().getAxis("bottom").setHeight(self._axis_px("bottom", AXIS_HEIGHT_PX))

    def _axis_px(self, side: str, numbered_px: int) -> int:
        """Return the width or height of an axis."""
        return self._theme.px(numbered_px if self._axes_shown[side] else BARE_AXIS_PX)

    def _write_title(self) -> None:
        """Write as much of the title as fits."""
        if not self._title:
            return
        font = QFont(self.font())
        font.setPointSize(title_points(self._theme))
        # Not the axis's own width, which changes only when the plot is laid out.
        taken = self._axis_px("left", AXIS_WIDTH_PX) + TICK_ROOM_PX + self._title_spare + TITLE_MARGINS_PX
        words = QFontMetrics(font).elidedText(self._title, Qt.TextElideMode.ElideRight, self.width() - taken)
        look = {"color": self._title_colour, "size": f"{title_points(self._theme)}pt", "justify": "left"}
        self.getPlotItem().setTitle(html.escape(words), **look)
        self.getPlotItem().titleLabel.setToolTip(self._title)

    @property
    def up_to_date(self) -> bool:
        """Return whether the trails show the newest content."""
        return self.layers.up_to_date and self.arrows.up_to_date

    def visible_bounds(self) -> Bounds:
        """Return the bounds of the visible part of the plane."""
        (x0, x1), (y0, y1) = self._box.viewRange()
        return (x0, x1), (y0, y1)

    def pixels(self) -> tuple[int, int]:
        """Return the width and height of the plot's inner rectangle in pixels of the screen."""
        size, ratio = self._box.rect().size(), pixel_ratio(self)
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
        self._marked = tuple(minima)
        self._fit_legend()
        self._minima.setData(pos=np.array(minima, dtype=float).reshape(-1, 2))

    def show_start(self, start: Point) -> None:
        """Move the ring to the start, unless a person is dragging it."""
        # Every frame brings the start, and to place the legend costs more than the frame's other work here.
        if not self._start.moving and (self._start.pos().x(), self._start.pos().y()) != start:
            with QSignalBlocker(self._start):
                self._start.setPos(QPointF(*start))
            self._fit_legend()

    def show_racers(self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Draw these racers, with fewer points while they are not `settled`; draw nothing if nothing has changed."""
        self._racers = looks, racers, settled
        if self._legend is not None:
            self._legend.show_looks(looks)
        self.layers.show_racers(looks, racers, self._halo, settled)
        self.arrows.show_racers(looks, racers, settled)

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
        self.pointer_moved.emit(self.point_under(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the plane, or with Ctrl, or over a basin map, begin a click that places the start."""
        super().mousePressEvent(event)
        self._pressed = event.position()
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.basins.has_image
        self._clicking = event.button() == Qt.MouseButton.LeftButton and bool(held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; after a click that places the start and did not move, place it there."""
        super().mouseReleaseEvent(event)
        if self._clicking and (point := self.point_under(self._pressed)) is not None:
            self.start_placed.emit(*point)
        self._clicking = False

    def point_under(self, position: QPointF) -> Point | None:
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
        """Show the whole domain; with Ctrl, treat it as one more click; beside the plot, ask for the whole window."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mousePressEvent(event)
        elif self.point_under(event.position()) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.reset_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the start with the arrow keys, zoom with + and −, show the whole domain with Home."""
        key = Qt.Key(event.key())
        moved = nudge(key, event.modifiers(), self.visible_bounds())
        if event.modifiers() & OF_MENUS:
            event.ignore()
        elif key == Qt.Key.Key_Home:
            self.reset_view()
        elif key in ZOOMS:
            self._box.scaleBy((ZOOMS[key],) * 2)
        elif moved is not None:
            self.start_nudged.emit(*moved)
        else:
            super().keyPressEvent(event)

    def _follow_size(self) -> None:
        self.range_changed.emit(self.visible_bounds())
        self._fit_legend()

    def _fit_legend(self) -> None:
        """Place the legend in a corner without a mark, or hide it where a title takes its place or there is no room."""
        if self._legend is None:
            return
        plot = self.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        marks = np.array([self._start.pos().toTuple(), *self._marked], dtype=float)
        self._legend.place(QRect() if self._title else plot, self.visible_bounds(), marks, self._racers[1])

    def _drag(self) -> None:
        self._fit_legend()
        self.start_dragged.emit(*self._start.pos().toTuple())
