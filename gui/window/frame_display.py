"""Shows each frame of the race in every part of the window, in the looks that the racers have now."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from PySide6.QtCore import QObject, Signal

from engine.data.rows import MadeData
from engine.language.types import Point
from engine.live.frame import Frame
from gui.formula.bar import FormulaBar
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.racers.panel import RacersPanel
from gui.session.landscape_data import model_of
from gui.session.session import Session
from gui.views.dashes import DASHES
from gui.views.data.view import DataView
from gui.views.racer_look import RacerLook
from gui.window.chart.chart_stack import ChartStack
from gui.window.chart.racer_hover import RacerHover
from gui.window.frame_order import is_of, ordered
from gui.window.landscape_views import LandscapeViews
from gui.window.status_line import StatusLine
from gui.window.transport import Transport


class FrameDisplay(QObject):
    """Shows frames.

    Parameters
    ----------
    theme : callable
        Returns the theme that the window wears.

    Attributes
    ----------
    frame : Frame or None
        The newest frame that is shown; None before the first.
    racers_shown : signal of Frame
        A frame with the racers of the session was shown.
    """

    racers_shown = Signal(object)

    def __init__(
        self,
        session: Session,
        views: LandscapeViews,
        charts: ChartStack,
        data: DataView,
        racers_panel: RacersPanel,
        formula_bar: FormulaBar,
        transport: Transport,
        status: StatusLine,
        hover: RacerHover,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(views)
        self.frame: Frame | None = None
        self._session, self._theme, self._hover = session, theme, hover
        self._views, self._charts, self._data, self._racers_panel = views, charts, data, racers_panel
        self._formula_bar, self._transport, self._status = formula_bar, transport, status
        session.looks_changed.connect(self.show_looks)
        hover.changed.connect(self._show_hover)
        for pointed in (racers_panel.standings.racer_pointed, racers_panel.racer_pointed):
            pointed.connect(hover.point_at)
        views.contour.racer_chosen.connect(self._choose)
        views.pointed.connect(self._show_place)

    def show_frame(self, frame: Frame) -> None:
        """Show a new frame everywhere."""
        self.frame = frame = ordered(frame, self._session)
        looks = self._looks()
        self._views.show_frame(frame, looks)
        if is_of(frame, self._session):
            self._show_racers(frame, looks)
            self.racers_shown.emit(frame)
        self._transport.show_frame(frame)
        self._formula_bar.show_state(frame.formula)
        self._status.show_frame(frame, looks)

    def show_looks(self) -> None:
        """Show the frame again, in the looks of now."""
        if self.frame is not None:
            self.show_frame(self.frame)

    def _looks(self) -> tuple[RacerLook, ...]:
        """Return how each racer looks in the theme that the window wears."""
        return self._hover.emphasised(looks_of(self._session, self._theme()))

    def _show_racers(self, frame: Frame, looks: tuple[RacerLook, ...]) -> None:
        settled = not frame.playing
        self._charts.show_frame(frame, looks)
        self._racers_panel.show_racers(frame.racers, frame.step, settled=settled)
        self._racers_panel.finish.show_frame(frame)
        weights = [self._session.transform.own(racer.position) for racer in frame.racers]
        model = model_of(frame.formula.text, tuple(frame.columns or ()))
        made, parameters = isinstance(self._session.data, MadeData), frame.formula.parameters
        self._data.show_fit(frame.columns, model, parameters, looks, weights, settled, made)

    def _show_hover(self, key: int | None) -> None:
        """Let the racer that is pointed at stand out."""
        self._racers_panel.show_hovered(key)
        if self.frame is None:
            return
        looks, self.frame = self._looks(), ordered(self.frame, self._session)
        if is_of(self.frame, self._session):
            self._views.show_frame(self.frame, looks)
            self._charts.show_frame(self.frame, looks)

    def _choose(self, number: int) -> None:
        """Show the card of a racer whose name in the legend was clicked."""
        if number < len(self._session.racers):
            self._racers_panel.select(self._session.racers[number].key)

    def _show_place(self, place: Point | None) -> None:
        loss = self.frame.terrain.loss_near(*place) if place is not None and self.frame is not None else 0.0
        self._status.show_place(place, loss)


def looks_of(session: Session, theme: Theme) -> list[RacerLook]:
    """Return how each racer of a session looks in a theme."""
    dashes = cycle(DASHES if session.dashes else [None])
    return [
        RacerLook(racer.name, drawn_colour(racer.colour, theme), racer.visible, dash, magnification=theme.magnification)
        for racer, dash in zip(session.racers, dashes, strict=False)
    ]
