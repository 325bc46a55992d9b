"""The foot of the views: the loss curves, and beside them the editor of a rule while one is edited."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from engine.language.errors import FormulaError
from gui.panels.rule_panel import RulePanel
from gui.session import Session
from gui.theme import Theme
from gui.views.curves import LossCurves

CURVES_SHARE, RULE_SHARE = 1, 2
"""A rule beside its equations is wider than it is high."""


class Foot(QSplitter):
    """Curves and editor.  `refused` tells the key of a racer that has no rule to edit, and why."""

    refused = Signal(int, str)

    def __init__(self, curves: LossCurves, session: Session, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.addWidget(curves)
        self._session, self._theme = session, theme
        self.rule: RulePanel | None = None

    def edit(self, key: int) -> None:
        """Open the editor on the rule of a racer."""
        try:
            self._panel().open_rule(key)
        except FormulaError as error:
            self.refused.emit(key, str(error))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self.rule is not None:
            self.rule.set_theme(theme)

    @property
    def up_to_date(self) -> bool:
        """Tell whether the editor has read and drawn all that was typed."""
        return self.rule is None or self.rule.up_to_date

    def end(self) -> None:
        """End the editor's threads."""
        if self.rule is not None:
            self.rule.end()

    def _panel(self) -> RulePanel:
        """Return the editor, which is made when it is first wanted: it would hold up the start."""
        if self.rule is None:
            self.rule = RulePanel(self._session, self._theme)
            self.addWidget(self.rule)
            self.setStretchFactor(0, CURVES_SHARE)
            self.setStretchFactor(1, RULE_SHARE)
            share = self.width() // (CURVES_SHARE + RULE_SHARE)
            self.setSizes([CURVES_SHARE * share, RULE_SHARE * share])
        return self.rule
