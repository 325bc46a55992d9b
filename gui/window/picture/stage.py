"""A window that is never shown, on which a moment is drawn in a theme and at a size of its own."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.live.commands import SetHeight
from engine.live.frame import Frame
from gui.look import style
from gui.look.offscreen import dress, set_pixel_ratio
from gui.look.theme import Theme
from gui.session.picture_choice import MOST_PIXELS, PictureChoice
from gui.views.plot import Plot
from gui.window.picture.composing import compose
from gui.window.picture.drawn_views import cast_of_views
from gui.window.picture.moment import Cast, MakeWindow, Moment, PictureError, session_of

if TYPE_CHECKING:
    from gui.views.surface.view import SurfaceView

LOOK_MS = 15
"""Between two looks whether everything is drawn."""
PATIENCE_S = 20.0
"""A landscape that has not been sampled sharply for so long is drawn as it is."""
TIMES_DRAWN = 2
"""Looks in turn that find everything drawn: what was drawn may change the layout, which is drawn anew then."""
TOO_MANY = "A picture has at most {:,} pixels; {:,} × {:,} are more."
TOO_SMALL = "The window needs at least {:,} × {:,} pixels at this scale."


class PictureStage(QObject):
    """Draws one view of a moment in one theme, at any size.

    Attributes
    ----------
    drawn : signal
        Everything is drawn at the size that was asked for last.
    pixels : QSize
        That size.
    """

    drawn = Signal()

    def __init__(self, moment: Moment, view: str, theme: Theme, make_window: MakeWindow) -> None:
        super().__init__()
        self._moment, self._theme = moment, theme
        # Its theme has a name, so that it does not follow the system's; its place on the screen is nobody's.
        session = session_of(replace(moment.choices, theme=theme.name, geometry=""))
        make = make_window if view == "window" else lambda *given: cast_of_views(view, *given)
        self._cast: Cast = make(session, theme, moment.function)
        self._widget: QWidget = self._cast.widget
        for attribute in ("WA_DontShowOnScreen", "WA_ShowWithoutActivating"):
            self._widget.setAttribute(Qt.WidgetAttribute[attribute])
        self._widget.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        dress(self._widget, style.palette_of(theme), style.style_sheet(theme))
        self.pixels, self._scale = QSize(), 1
        self._answered, self._placed = 0, False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._times, self._ends_at = 0, 0.0
        self._cast.controller.frame_ready.connect(self._take)
        # The person's landscape may have kept a kind of height through a change after which it would be found anew.
        self._cast.controller.runner.post(SetHeight(moment.frame.height))

    def take_size(self, choice: PictureChoice) -> None:
        """Draw the picture at the size and scale of a choice; `drawn` is emitted once that is done.

        Raises
        ------
        PictureError
            Where the size is too small for the window, or too large.
        """
        pixels, scale = pixels_of(choice, self._moment), choice.scale
        units = QSize(math.ceil(pixels.width() / scale), math.ceil(pixels.height() / scale))
        least = self._widget.minimumSizeHint().expandedTo(self._widget.minimumSize()) * scale
        if choice.view == "window" and least.expandedTo(pixels) != pixels:
            raise PictureError(TOO_SMALL.format(least.width(), least.height()))
        if pixels.width() * pixels.height() > MOST_PIXELS:
            raise PictureError(TOO_MANY.format(MOST_PIXELS, pixels.width(), pixels.height()))
        self.pixels, self._scale = pixels, scale
        set_pixel_ratio(self._widget, scale)
        self._widget.resize(units)
        self._widget.show()
        self._draw_anew()
        self._times, self._ends_at = 0, time.monotonic() + PATIENCE_S
        self._timer.start()

    @property
    def is_drawn(self) -> bool:
        """Whether everything is drawn at the size that was asked for last."""
        return not self._timer.isActive() and not self.pixels.isNull()

    def image(self, most_pixels: float = math.inf) -> QImage:
        """Return the picture, or with fewer pixels the same picture in small.

        Raises
        ------
        PictureError
            Where it is too large for the memory or for OpenGL.
        """
        self._cast.prepare()
        shrunk = min(math.sqrt(most_pixels / (self.pixels.width() * self.pixels.height())), 1.0)
        pixels = QSize(*(max(round(side * shrunk), 1) for side in self.pixels.toTuple()))
        image = compose(self._widget, self._surfaces, self._theme, pixels, self._scale * shrunk)
        # Whoever opens the file need not know of units.
        image.setDevicePixelRatio(1.0)
        return image

    def end(self) -> None:
        """End the threads, and delete the window."""
        self._timer.stop()
        self._cast.close()
        self._widget.hide()
        self._widget.deleteLater()

    @property
    def _surfaces(self) -> Sequence[SurfaceView]:
        return self._cast.landscape_views.surface.panels

    def _draw_anew(self) -> None:
        """Have everything drawn that depends on the number of pixels in a unit."""
        for widget in self._widget.findChildren(QWidget):
            QApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))
            if isinstance(widget, Plot):
                box = widget.getPlotItem().getViewBox()
                box.sigResized.emit(box)

    def _take(self, own: Frame) -> None:
        """Show the race of the moment on the landscape as the stage's own runner has sampled it."""
        self._answered = own.answered
        frame = replace(
            self._moment.frame, number=own.number, answered=own.answered, playing=False, terrain=own.terrain,
            detail=own.detail, formula=own.formula,
        )  # fmt: skip
        self._cast.show_frame(frame)
        if not self._placed:
            self._placed = True
            for panel in self._cast.landscape_views.contour.panels[:1]:
                panel.show_bounds(self._moment.map_bounds)
            self._cast.curves.show_part(self._moment.chart_bounds)
        self._times = 0

    def _look(self) -> None:
        """Emit `drawn` once nothing remains to be drawn."""
        self._times = self._times + 1 if self._is_settled() else 0
        if self._times >= TIMES_DRAWN or time.monotonic() > self._ends_at:
            self._timer.stop()
            self.drawn.emit()

    def _is_settled(self) -> bool:
        newest = self._cast.controller.runner.newest_request
        return self._placed and self._answered == newest and self._cast.is_drawn() and self._is_sharp()

    def _is_sharp(self) -> bool:
        """Return whether the map, if it is shown, has a sample in each pixel."""
        contour = self._cast.landscape_views.contour
        frame = self._cast.controller.runner.latest()
        if not contour.wanted or not contour.panels:
            return True
        detail = frame.detail if frame is not None else None
        return detail is not None and detail.bounds == contour.panels[0].visible_bounds()


def pixels_of(choice: PictureChoice, moment: Moment) -> QSize:
    """Return the size of a picture; as it is shown, its layout is that in the window whatever the scale."""
    if choice.size is not None:
        return QSize(*choice.size)
    return moment.sizes[choice.view] * choice.scale
