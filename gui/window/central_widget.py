"""The layout of the window: the formula above, views and controls of time below it, racers at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gui.look.theme import SPACING_PX
from gui.widgets.scroll_room import Rest, ScrollRoom

LEAST_VIEW_PX = (190, 80)
"""On a small screen a small view is better than none; the switch over one of them is as wide."""
VIEW_PX, VIEWS_PX, BOTTOM_PX = 620, 640, 170
"""Shares at the start: each view's width, the views' height and that of the panel at their bottom."""
LEAST_BAR_PX = 60
"""Of the formula bar, which scrolls then: the landscape and the formula itself."""


class CentralWidget(QWidget):
    """Lays the parts of the window out.

    Attributes
    ----------
    views : QSplitter
        The views of the landscape, and the bottom panel below them.
    """

    def __init__(
        self,
        formula_bar: QWidget,
        landscape_views: Sequence[QWidget],
        bottom_panel: QWidget,
        transport: QWidget,
        racers_panel: QWidget,
    ) -> None:
        super().__init__()
        self.views = _views_over(bottom_panel, landscape_views)
        column = QVBoxLayout()
        column.setSpacing(SPACING_PX)
        column.addWidget(self.views, 1)
        column.addWidget(transport)
        below = Rest()
        body = QHBoxLayout(below)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACING_PX)
        body.addLayout(column, 1)
        body.addWidget(racers_panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING_PX, SPACING_PX, SPACING_PX, 0)
        layout.setSpacing(SPACING_PX)
        self._bar_room = ScrollRoom(formula_bar, LEAST_BAR_PX)
        layout.addWidget(self._bar_room)
        layout.addWidget(below, 1)

    def share_height(self) -> None:
        """Give the formula bar its share of the window's height, which has changed."""
        self._bar_room.updateGeometry()


def _views_over(bottom_panel: QWidget, landscape_views: Sequence[QWidget]) -> QSplitter:
    """Return the views side by side, with the panel below them."""
    upper = QSplitter(Qt.Orientation.Horizontal)
    for view in landscape_views:
        view.setMinimumSize(*LEAST_VIEW_PX)
        upper.addWidget(view)
    upper.setSizes([VIEW_PX] * len(landscape_views))
    views = QSplitter(Qt.Orientation.Vertical)
    views.addWidget(upper)
    views.addWidget(bottom_panel)
    views.setSizes([VIEWS_PX, BOTTOM_PX])
    views.setChildrenCollapsible(False)
    return views
