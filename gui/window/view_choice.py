"""Shows both views of the landscape, one of them alone, or only the chart where that fills the window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from engine.live.commands import SetViewport
from engine.live.runner import Runner
from gui.session.session import Session
from gui.views.contour.view import ContourView
from gui.views.surface.panels import SurfacePanels
from gui.window.landscape_views import LandscapeViews

TIPS = {"3-D": "The 3-D view alone (Ctrl+2)", "contour": "The contour view alone (Ctrl+3)"}
BOTH, BOTH_TIP = "both", "Both views (Ctrl+1)"


class ViewChoice(QObject):
    """Shows the views that are wanted; a hidden view draws nothing, and nothing is sampled for it.

    Parameters
    ----------
    holder : QWidget
        Has both views in it, and is the parent.
    chart : QWidget
        Has the keyboard while there is no view.
    """

    def __init__(
        self, holder: QWidget, views: LandscapeViews, chart: QWidget, session: Session, runner: Runner
    ) -> None:
        super().__init__(holder)
        self._holder, self._session, self._runner, self._chart = holder, session, runner, chart
        self._contour, self._surface, self._height_switch = views.contour, views.surface, views.height_switch
        self._filling = ""
        self._surface.alone_asked.connect(self._switch_surface)
        self._contour.alone_asked.connect(self._switch_contour)
        session.views_changed.connect(self._follow)
        self._follow()

    def take_keyboard(self) -> None:
        """Give the keyboard to a view: the contour view, where it is shown."""
        view = self._contour if self._contour.wanted else self._surface
        panels: tuple[QWidget, ...] = view.panels
        (self._chart if not view.wanted else panels[0] if panels else view).setFocus()

    def fill(self, name: str) -> None:
        """Show only the view of this name, or none where it is no view; "" shows what the session chose."""
        self._filling = name
        self._follow()

    def _switch_surface(self) -> None:
        self._switch("3-D")

    def _switch_contour(self) -> None:
        self._switch("contour")

    def _switch(self, name: str) -> None:
        """Show this view alone, or both again."""
        self._session.set_views(BOTH if self._session.views == name else name)

    def _follow(self) -> None:
        shown, chosen = self._filling or self._session.views, self._session.views
        focused = QApplication.focusWidget()
        self._place_height_switch(self._contour if shown == "contour" else self._surface)
        for name, view in (("3-D", self._surface), ("contour", self._contour)):
            view.set_wanted(shown in (BOTH, name), shown == name, BOTH_TIP if chosen == name else TIPS[name])
            view.controls.show_filling(self._filling == name)
        if not self._contour.wanted:
            self._runner.post(SetViewport(None))
        if focused is not None and self._holder.isAncestorOf(focused) and not focused.isVisible():
            # Not in the formula: Space must go on to start the race.
            self.take_keyboard()

    def _place_height_switch(self, bearer: SurfacePanels | ContourView) -> None:
        """Put the switch over the 3-D view, or over the contour view where that is alone."""
        if self._height_switch.parentWidget() is not bearer:
            self._surface.remove_control(self._height_switch)
            self._contour.remove_control(self._height_switch)
            bearer.add_control(self._height_switch)
