"""The panes of the window as a person arranged them: their sizes, which are hidden, and what the views show."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from gui.session.chart_choice import ChartChoice
from gui.session.choices import LAYOUTS, VIEWS


class PaneChoice(ChartChoice):
    """The fields of a session that belong to the panes.

    Attributes
    ----------
    pane_sizes : mapping
        The sizes that a person chose, by the names of panes: pixels, or shares of the room; others are automatic.
    hidden_panes : list of str
        Of `HIDEABLE_PANES`: those that are not shown.
    layout : str
        Of `LAYOUTS`.
    views : str
        Of `VIEWS`.
    """

    panes_changed = Signal()
    layout_changed = Signal()
    views_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pane_sizes: Mapping[str, float] = {}
        self.hidden_panes: list[str] = []
        self.layout, self.views = LAYOUTS[0], VIEWS[0]

    def set_layout(self, layout: str) -> None:
        """Set "overlay" or "side by side"."""
        self.layout = layout
        self.layout_changed.emit()

    def set_views(self, views: str) -> None:
        """Set "both", "3-D" or "contour"."""
        self.views = views
        self.views_changed.emit()

    def set_pane_sizes(self, sizes: Mapping[str, float]) -> None:
        """Set the sizes of panes; those without one have an automatic size."""
        self.pane_sizes = dict(sizes)
        self.panes_changed.emit()

    def show_pane(self, name: str, shown: bool) -> None:
        """Show a pane, or hide it."""
        if shown == (name in self.hidden_panes):
            self.hidden_panes = [other for other in self.hidden_panes if other != name] + ([] if shown else [name])
            self.panes_changed.emit()

    def reset_panes(self) -> None:
        """Show all panes, with automatic sizes."""
        self.pane_sizes, self.hidden_panes = {}, []
        self.panes_changed.emit()
