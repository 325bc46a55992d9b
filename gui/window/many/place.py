"""Where many starts are shown: the part of the plane that is visible, and the view beneath which their row stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.language.types import Bounds
from engine.live.frame import Frame
from gui.views.contour.view import ContourView
from gui.views.surface.panels import SurfacePanels

GROUND_PIXELS = 512, 512
"""For how many pixels pictures are made that lie on the ground of the 3-D view alone."""


class ManyPlace:
    """The two views of the landscape, as what shows many starts sees them."""

    def __init__(self, contour: ContourView, surface: SurfacePanels) -> None:
        self._contour, self._surface = contour, surface

    @property
    def is_shown(self) -> bool:
        """Whether either view is shown."""
        return self._contour.wanted or self._surface.wanted

    def visible(self, frame: Frame) -> tuple[Bounds, tuple[int, int]]:
        """Return the part of the plane that the contour view shows, or else the 3-D view, and its size in pixels."""
        panel = self._contour.panels[0]
        if self._contour.wanted:
            return panel.visible_bounds(), panel.pixels()
        return frame.terrain.bounds, GROUND_PIXELS

    def ground(self, frame: Frame) -> Bounds:
        """Return the part of the plane that the 3-D view shows; where it is hidden, that of the contour view."""
        return frame.terrain.bounds if self._surface.wanted else self.visible(frame)[0]

    def stand(self, foot: QWidget, shown: bool, anew: bool = False) -> None:
        """Show or hide a row beneath the contour view, or beneath the 3-D view if that is the only one.

        `anew` says whether it may need more room than before.
        """
        beneath = self._contour if self._contour.wanted or not self._surface.wanted else self._surface
        if foot.parent() is not beneath:
            for view in (self._contour, self._surface):
                view.remove_foot(foot)
            beneath.add_foot(foot)
        if foot.isHidden() == shown:
            foot.setVisible(shown)
            anew = True
        if anew:
            beneath.place_foot()
