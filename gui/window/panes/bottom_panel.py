"""The panel below the views: loss curves, the data of a loss that has some, a rule that is edited, the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.language.errors import FormulaError
from gui.files.optimizer_library import OptimizerLibrary
from gui.look.theme import Theme
from gui.session.session import Session
from gui.views.data.view import WIDTH_PX as DATA_PX
from gui.views.data.view import DataView
from gui.window.chart.chart_stack import ChartStack
from gui.window.panes.splitter import PaneSplitter

if TYPE_CHECKING:
    from gui.racers.inspector.panel import InspectorPanel
    from gui.racers.rule.panel import RulePanel

RULE_SHARE, INSPECTOR_SHARE = 2 / 3, 0.76
"""Of the width: a rule beside its equations, and equations with numbers, are wider than the curves."""
LEAST_CURVES_PX = 264
"""The width in which curves can be read: where less is left beside a rule, the inspector and data, they are hidden."""
FEWEST_BESIDE_DATA_PX = 640
"""Of the panel: where it is narrower, the data are hidden too."""
SHARE, LEAST_CHART_PX = 0.21, 150
"""The share of the height of all views that the panel has, and the height in which curves can be read."""
QUANTITY_SHARE, QUANTITY_PX = 0.17, 130
"""The same for the curves of a quantity beneath the loss chart."""
WANTED_PX, MOST_SHARE = 270, 0.45
"""The height in which most rules are seen whole, and the largest share of the height that either may take."""
MOST_PRESENTED = 0.36
"""The largest share of curves with large numbers, before an audience."""


class BottomPanel(PaneSplitter):
    """Loss curves, data, the rule editor and the inspector.

    Attributes
    ----------
    refused : signal of (int, str)
        The key of a racer that has no rule to edit, and why.
    editing_changed : signal
        A rule is now being edited, or a racer inspected, or no longer.
    inspected_changed : signal
        Another racer is inspected, or none.
    """

    refused = Signal(int, str)
    editing_changed = Signal()
    inspected_changed = Signal()

    def __init__(self, chart: ChartStack, session: Session, optimizer_library: OptimizerLibrary, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal, session)
        self.chart, self._chart_wanted, self._data_fill = chart, True, False
        self.data = DataView(theme)
        self.data.appeared.connect(self._make_visible)
        self.add_rest(chart)
        self.add_pane(self.data, "data", lambda width: DATA_PX)
        self._optimizer_library, self._theme = optimizer_library, theme
        self.rule: RulePanel | None = None
        self.inspector: InspectorPanel | None = None
        self._laid_aside: list[QWidget] = []

    def inspect(self, key: int) -> None:
        """Show the steps of a racer."""
        self._inspector_panel().open_racer(key)
        self._follow_rule()

    def edit(self, key: int) -> None:
        """Open the editor on the rule of a racer."""
        panel = self._panel()
        try:
            panel.open_rule(key)
        except FormulaError as error:
            self.refused.emit(key, str(error))
            return
        self._follow_rule()

    @property
    def editing(self) -> bool:
        """Whether a rule is open."""
        return self.rule is not None and not self.rule.isHidden()

    @property
    def inspecting(self) -> bool:
        """Whether the inspector is open."""
        return self.inspector is not None and not self.inspector.isHidden()

    @property
    def inspected(self) -> int | None:
        """The key of the racer that is inspected; None where none is."""
        return self.inspector.key if self.inspector is not None else None

    @property
    def explaining(self) -> bool:
        """Whether a rule or the inspector is open, which must be seen where the curves are hidden."""
        return self.editing or self.inspecting

    def pane_name(self) -> str:
        """Return the name of the panel's height: a rule may be given another one than the curves."""
        if self.explaining:
            return "rule height"
        return "both charts" if self._session.quantity else "chart"

    def wanted_height(self, total: int) -> int:
        """Return the height of the panel where all views are `total` high."""
        quantity = self._session.quantity
        chart_px = LEAST_CHART_PX + (QUANTITY_PX if quantity else 0)
        share = SHARE + (QUANTITY_SHARE if quantity else 0.0)
        if self._theme.magnification != 1.0:
            return round(max(share * total, min(self._theme.px(chart_px), MOST_PRESENTED * total)))
        return round(max(share * total, min(WANTED_PX if self.explaining else chart_px, MOST_SHARE * total)))

    def present(self, presenting: bool) -> None:
        """Lay a rule and the inspector aside where they are open, or show them again."""
        if presenting and not self._laid_aside:
            self._laid_aside = [
                panel for panel in (self.rule, self.inspector) if panel is not None and not panel.isHidden()
            ]
            for panel in self._laid_aside:
                panel.hide()
        elif not presenting:
            for panel in self._laid_aside:
                panel.show()
            self._laid_aside.clear()

    def want_chart(self, wanted: bool, data_fill: bool = False) -> None:
        """Show curves and data, or nothing but a rule, or the data alone."""
        self._chart_wanted, self._data_fill = wanted, data_fill
        self._make_visible()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.data.set_theme(theme)
        for panel in self._panels:
            panel.set_theme(theme)

    @property
    def up_to_date(self) -> bool:
        """Return whether the data are drawn, and editor and inspector have read and drawn all that they show."""
        return self.data.up_to_date and all(panel.up_to_date for panel in self._panels)

    def end(self) -> None:
        """End the threads."""
        self.data.end()
        for panel in self._panels:
            panel.end()

    @property
    def _panels(self) -> list[RulePanel | InspectorPanel]:
        """Editor and inspector, where they are made already."""
        return [panel for panel in (self.rule, self.inspector) if panel is not None]

    def _inspector_panel(self) -> InspectorPanel:
        """Return the inspector, which is made when it is first wanted."""
        if self.inspector is None:
            from gui.racers.inspector.panel import InspectorPanel

            self.inspector = InspectorPanel(self._session, self._theme)
            self.inspector.closed.connect(self._follow_rule)
            self.inspector.key_changed.connect(self.inspected_changed)
            self.add_pane(self.inspector, "inspector", lambda width: round(INSPECTOR_SHARE * width), is_share=True)
        return self.inspector

    def _panel(self) -> RulePanel:
        """Return the editor, which is made when it is first wanted, because making it would delay the start."""
        if self.rule is None:
            from gui.racers.rule.panel import RulePanel

            self.rule = RulePanel(self._session, self._optimizer_library, self._theme)
            self.rule.closed.connect(self._follow_rule)
            self.add_pane(self.rule, "rule", lambda width: round(RULE_SHARE * width), is_share=True)
        return self.rule

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self._make_visible()

    def _make_visible(self) -> None:
        """Show the curves, and the data, where they are wanted and there is room for them."""
        both, width = self.editing and self.inspecting, self.width()
        narrow = not self._chart_wanted or both or (self.explaining and width < FEWEST_BESIDE_DATA_PX)
        share = INSPECTOR_SHARE if self.inspecting else RULE_SHARE if self.editing else 0.0
        beside_px = share * width + (DATA_PX if self.data.there and not narrow else 0)
        has_room = not self.explaining or width - beside_px >= LEAST_CURVES_PX
        self.chart.setVisible(self._chart_wanted and not both and has_room)
        self.data.step_aside(narrow and not self._data_fill)

    def _follow_rule(self) -> None:
        """Make room for a rule or the inspector, or take it back."""
        self._laid_aside.clear()
        self._make_visible()
        # The height is that of another pane now, which Qt would not ask for.
        self.updateGeometry()
        self.editing_changed.emit()
