"""The layout of the window: the formula above, views and controls of time below it, racers at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.formula.bar import FormulaBar
from gui.look.theme import PANEL_WIDTH_PX, SPACING_PX
from gui.racers.panel import RacersPanel
from gui.session.session import Session
from gui.widgets.scroll_room import Rest, ScrollRoom
from gui.window.landscape_views import LandscapeViews
from gui.window.panes.bottom_panel import BottomPanel
from gui.window.panes.splitter import PaneSplitter
from gui.window.transport import Transport

LEAST_VIEW_PX = (190, 80)
"""On a small screen a small view is better than none; the switch over one of them is as wide."""
SURFACE_SHARE = 0.5
"""Of the width of both views."""
PRESENTED_SHARE = 0.33
"""Of the width, for a lesson before an audience."""
LEAST_BAR_PX = 60
"""Of the formula bar, which scrolls then: the landscape and the formula itself."""
HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class CentralWidget(QWidget):
    """Lays the parts of the window out in panes that a person can resize.

    Attributes
    ----------
    formula : QWidget
        The formula bar, in an area that scrolls where the window is low.
    pair, views : QSplitter
        The views of the landscape; these with the bottom panel below them.
    """

    def __init__(
        self,
        session: Session,
        formula_bar: FormulaBar,
        landscape_views: LandscapeViews,
        bottom_panel: BottomPanel,
        transport: Transport,
        racers_panel: RacersPanel,
        lesson: QWidget,
    ) -> None:
        super().__init__()
        self._presenting = False
        self.formula = ScrollRoom(formula_bar, LEAST_BAR_PX)
        contour, surface = landscape_views.both
        for view in (contour, surface):
            view.setMinimumSize(*LEAST_VIEW_PX)
        self.pair = PaneSplitter(HORIZONTAL, session)
        self.pair.add_pane(surface, "3-D", lambda width: round(SURFACE_SHARE * width), is_share=True)
        self.pair.add_rest(contour)
        self.views = PaneSplitter(VERTICAL, session)
        self.views.add_rest(self.pair)
        self.views.add_pane(bottom_panel, bottom_panel.pane_name, bottom_panel.wanted_height)
        column = Rest()
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(SPACING_PX)
        stack.addWidget(self.views, 1)
        stack.addWidget(transport)
        body = PaneSplitter(HORIZONTAL, session)
        body.add_pane(lesson, "lesson", self._lesson_px)
        body.add_rest(column)
        body.add_pane(racers_panel, "racers", lambda width: PANEL_WIDTH_PX)
        self._whole = PaneSplitter(VERTICAL, session)
        self._whole.add_pane(self.formula, "formula", lambda height: self.formula.sizeHint().height())
        self._whole.add_rest(body)
        self._splitters = (self.pair, self.views, body, self._whole, bottom_panel)
        layout = QVBoxLayout(self)
        layout.addWidget(self._whole)
        self.present(False)

    def present(self, presenting: bool) -> None:
        """Let the panes have sizes of their own while they are presented, and room below, where no status line is."""
        self._presenting = presenting
        for splitter in self._splitters:
            splitter.set_aside(presenting)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(SPACING_PX, SPACING_PX, SPACING_PX, SPACING_PX if presenting else 0)

    def _lesson_px(self, width: int) -> int:
        """Return the width of a lesson; its large letters need more before an audience."""
        return max(round(PRESENTED_SHARE * width), PANEL_WIDTH_PX) if self._presenting else PANEL_WIDTH_PX

    def share_height(self) -> None:
        """Give the formula bar its share of the window's height, which has changed."""
        self.formula.updateGeometry()
