"""The views of a picture that does not show the whole window: map, 3-D view or both, or the charts, with a legend."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.live.frame import Frame
from engine.loss.function_loss import FunctionLoss
from gui.look.theme import SPACING_PX, Theme
from gui.session.session import Session
from gui.views.racer_look import RacerLook
from gui.window.chart.chart_stack import ChartStack
from gui.window.controller import Controller
from gui.window.frame_display import looks_of
from gui.window.landscape_views import LandscapeViews
from gui.window.picture.moment import Cast

SURFACE_SHARE = 0.5
"""Of the width of both views, while a person has chosen no other."""
STRETCH = 1000
"""What a share of 1 is in the whole numbers of Qt's layouts."""
MAPS, SURFACES = ("map", "both"), ("3-D", "both")
"""The pictures that show a map, and a 3-D view."""


class DrawnViews(QWidget):
    """Views that are drawn for a picture."""

    def __init__(self, view: str, session: Session, controller: Controller, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.landscape_views = LandscapeViews(self, session, controller.runner, theme)
        self.charts = ChartStack(session, theme)
        self._chart, self._legend = view == "chart", QLabel()
        contour, surface = self.landscape_views.both
        contour.set_wanted(view in MAPS, view == "map", "")
        surface.set_wanted(view in SURFACES, view == "3-D", "")
        self._arrange()
        self._legend.setVisible(view not in MAPS)
        self.charts.setVisible(self._chart)
        # A picture is no place to open a menu from.
        self.charts.curves.menu_sign = ""
        self.charts.curves.set_axes(session.loss_axis == "linear", session.curve_axis)

    def _arrange(self) -> None:
        contour, surface = self.landscape_views.both
        self._legend.setWordWrap(True)
        self._legend.setContentsMargins(SPACING_PX, 0, SPACING_PX, 0)
        share = self._session.pane_sizes.get("3-D", SURFACE_SHARE)
        pair = QHBoxLayout()
        pair.setSpacing(SPACING_PX)
        for part, stretch in ((surface, share), (contour, 1.0 - share)):
            # The picture may be as small as a person wants.
            part.setMinimumSize(1, 1)
            pair.addWidget(part, max(round(STRETCH * stretch), 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING_PX, SPACING_PX, SPACING_PX, SPACING_PX)
        layout.setSpacing(SPACING_PX)
        layout.addLayout(pair, 0 if self._chart else 1)
        layout.addWidget(self.charts, 1)
        layout.addWidget(self._legend)

    def show_frame(self, frame: Frame) -> None:
        """Show a frame in the views."""
        looks = tuple(looks_of(self._session, self._theme))
        self.landscape_views.show_frame(frame, looks)
        if self._chart and len(looks) == len(frame.racers):
            self.charts.show_frame(frame, looks)
        self._legend.setText("&nbsp;&nbsp; ".join(_named(looks)))

    @property
    def is_drawn(self) -> bool:
        """Whether all views show the newest frame."""
        return self.landscape_views.up_to_date and (not self._chart or self.charts.up_to_date)

    def prepare(self) -> None:
        """Hide the buttons over the views."""
        for view in self.landscape_views.both:
            view.controls.hide()
        self.charts.quantities.close_button.hide()

    def close_all(self) -> None:
        """End the threads of the views."""
        self.landscape_views.end()
        self.charts.end()


def cast_of_views(view: str, session: Session, theme: Theme, function: FunctionLoss | None) -> Cast:
    """Return the parts of a stage for one of `PICTURE_VIEWS` but the window."""
    controller = Controller(session)
    if function is not None:
        controller.functions.keep(function)
    views = DrawnViews(view, session, controller, theme)
    controller.begin()

    def close() -> None:
        controller.end()
        views.close_all()

    return Cast(
        views, controller, views.landscape_views, views.charts.curves, views.show_frame, lambda: views.is_drawn,
        views.prepare, close,
    )  # fmt: skip


def _named(looks: Iterable[RacerLook]) -> list[str]:
    """Return the names of the visible racers as HTML, each behind a dot of its colour, and never broken in two."""
    return [
        f'<span style="color:{look.colour}">●</span>&nbsp;{html.escape(look.name).replace(" ", "&nbsp;")}'
        for look in looks
        if look.visible
    ]
