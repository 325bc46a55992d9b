"""The panel below the views: loss curves, the data of a loss that has some, and a rule while it is edited."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from engine.language.errors import FormulaError
from gui.files.optimizer_library import OptimizerLibrary
from gui.look.theme import Theme
from gui.racers.rule.panel import RulePanel
from gui.session.session import Session
from gui.views.curves.view import LossCurves
from gui.views.data.view import DataView

CURVES_SHARE, RULE_SHARE = 1, 2
"""Of the width: a rule beside its equations is wider than the curves."""
FEWEST_PX = 900
"""Of the panel: where it is narrower, the curves are hidden while a rule is edited."""
FEWEST_BESIDE_DATA_PX = 640
"""Of the panel: where it is narrower, the data are hidden too."""
WANTED_PX, MOST_SHARE = 270, 0.45
"""The height in which most rules are seen whole, and the share of the height of all views that it may take."""


class BottomPanel(QSplitter):
    """Loss curves, data and the rule editor.

    Attributes
    ----------
    refused : signal of (int, str)
        The key of a racer that has no rule to edit, and why.
    """

    refused = Signal(int, str)

    def __init__(self, curves: LossCurves, session: Session, optimizer_library: OptimizerLibrary, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self._curves = curves
        self.data = DataView(theme)
        self.addWidget(curves)
        self.addWidget(self.data)
        self.setStretchFactor(0, CURVES_SHARE)
        self.setStretchFactor(1, 0)
        self._session, self._optimizer_library, self._theme = session, optimizer_library, theme
        self.rule: RulePanel | None = None
        self._sizes: tuple[list[int], list[int]] | None = None

    def edit(self, key: int) -> None:
        """Open the editor on the rule of a racer."""
        panel = self._panel()
        was_open = panel.isVisible()
        try:
            panel.open_rule(key)
        except FormulaError as error:
            self.refused.emit(key, str(error))
            return
        if not was_open:
            self._make_room()
        self._share()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.data.set_theme(theme)
        if self.rule is not None:
            self.rule.set_theme(theme)

    @property
    def up_to_date(self) -> bool:
        """Return whether the data are drawn, and the editor has read and drawn all that was typed."""
        return self.data.up_to_date and (self.rule is None or self.rule.up_to_date)

    def end(self) -> None:
        """End the threads."""
        self.data.end()
        if self.rule is not None:
            self.rule.end()

    def _panel(self) -> RulePanel:
        """Return the editor, which is made when it is first wanted, because making it would delay the start."""
        if self.rule is None:
            self.rule = RulePanel(self._session, self._optimizer_library, self._theme)
            self.rule.closed.connect(self._give_room_back)
            self.addWidget(self.rule)
            self.setStretchFactor(2, RULE_SHARE)
            share = self.width() // (CURVES_SHARE + RULE_SHARE)
            self.setSizes([CURVES_SHARE * share, self.data.width(), RULE_SHARE * share])
        return self.rule

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Show the curves, and the data, where there is room for them."""
        editing = self.rule is not None and not self.rule.isHidden()
        self._curves.setVisible(not editing or self.width() >= FEWEST_PX)
        self.data.step_aside(editing and self.width() < FEWEST_BESIDE_DATA_PX)

    def _make_room(self) -> None:
        """Take from the views above what the editor needs."""
        outer = self.parentWidget()
        if isinstance(outer, QSplitter):
            before = outer.sizes()
            height = max(before[-1], min(WANTED_PX, int(MOST_SHARE * sum(before))))
            outer.setSizes([sum(before) - height, height])
            self._sizes = before, outer.sizes()

    def _give_room_back(self) -> None:
        """Give the views their heights of before, unless a person has changed them since."""
        outer = self.parentWidget()
        if isinstance(outer, QSplitter) and self._sizes is not None and outer.sizes() == self._sizes[1]:
            outer.setSizes(self._sizes[0])
        self._share()
