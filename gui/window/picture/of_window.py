"""The moment that a window shows, and a second window like it as the parts of a stage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from engine.live.frame import Frame
from engine.loss.function_loss import FunctionLoss
from gui.files.function_loader import FunctionLoader
from gui.look.theme import Theme
from gui.session.session import Session
from gui.window.chart.chart_stack import ChartStack
from gui.window.controller import Controller
from gui.window.frame_display import FrameDisplay
from gui.window.landscape_views import LandscapeViews
from gui.window.panes.arrangement import Arrangement
from gui.window.panes.bottom_panel import BottomPanel
from gui.window.panes.central_widget import CentralWidget
from gui.window.picture.moment import Cast, MakeWindow, Moment
from gui.window.precompiler import Precompiler

HIDDEN_SIZE = QSize(960, 600)
"""The size of a view that is hidden in the window, where a picture of it is wanted as it is shown."""


class PicturedWindow(Protocol):
    """What a picture needs of a main window."""

    session: Session
    controller: Controller
    landscape_views: LandscapeViews
    charts: ChartStack
    central: CentralWidget
    bottom_panel: BottomPanel
    arrangement: Arrangement
    display: FrameDisplay
    precompiler: Precompiler

    @property
    def theme(self) -> Theme:
        """The theme that the window wears."""

    @property
    def frame(self) -> Frame | None:
        """The newest frame that is shown."""

    @property
    def up_to_date(self) -> bool:
        """Whether every view shows the newest frame."""

    def size(self) -> QSize:
        """Return the size of the window."""

    def grab(self) -> QPixmap:
        """Return the window as it is shown."""

    def close(self) -> bool:
        """Close the window."""


MakeLike = Callable[[Session, Theme, FunctionLoader], PicturedWindow]
"""Makes a second window."""


def moment_of(window: PicturedWindow) -> Moment | None:
    """Return what a window shows now; None before its first frame."""
    frame, session, charts = window.frame, window.session, window.charts
    if frame is None:
        return None
    contour, surface = window.landscape_views.both
    shown: dict[str, QWidget] = {"map": contour, "3-D": surface, "both": window.central.pair, "chart": charts}
    sizes = {name: view.size() if view.isVisible() else HIDDEN_SIZE for name, view in shown.items()}
    place = session.function
    return Moment(
        frame, session.choices(), window.theme,
        window.controller.functions.loss(place) if place is not None else None,
        contour.panels[0].visible_bounds(), charts.curves.bounds if charts.curves.zoomed else None,
        {**sizes, "window": window.size()}, window.grab().toImage(),
    )  # fmt: skip


def window_maker(window: PicturedWindow, make: MakeLike) -> MakeWindow:
    """Return what makes windows that show what `window` shows."""

    def make_window(session: Session, theme: Theme, function: FunctionLoss | None) -> Cast:
        functions = FunctionLoader()
        if function is not None:
            functions.keep(function)
        return _cast_of(make(session, theme, functions), window)

    return make_window


def _cast_of(second: PicturedWindow, first: PicturedWindow) -> Cast:
    """Return the parts of a stage on which a second window looks like the first."""
    # The stage shows the race of the first; nothing is compiled ahead for a picture.
    second.controller.frame_ready.disconnect(second.display.show_frame)
    second.precompiler.end()
    if first.arrangement.filling:
        second.arrangement.switch_filling(first.arrangement.filling)
    rule = first.bottom_panel.rule
    keys = [racer.key for racer in first.session.racers]
    if rule is not None and first.bottom_panel.editing and rule.key in keys:
        second.bottom_panel.edit(second.session.racers[keys.index(rule.key)].key)
    inspected = first.bottom_panel.inspected
    if inspected in keys:
        second.bottom_panel.inspect(second.session.racers[keys.index(inspected)].key)
    return Cast(
        cast(QWidget, second), second.controller, second.landscape_views, second.charts.curves,
        second.display.show_frame, partial(_is_drawn, second), lambda: None, second.close,
    )  # fmt: skip


def _is_drawn(window: PicturedWindow) -> bool:
    return window.up_to_date
