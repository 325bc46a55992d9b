"""The submenu of what is drawn at the head of each racer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from gui.session.choices import ARROWS
from gui.session.session import Session
from gui.window.menus import add_switch

WORDS = {
    "gradient": (
        "&Way down (−gradient)",
        "The negative gradient with which the step begins: where the loss falls most",
    ),
    "momentum": ("&Momentum (−m)", "The negative running mean of the gradients, which the rule keeps"),
    "step": ("&Step taken", "The way that the racer has gone in this step"),
    "rate": ("&Effective rates", "An ellipse: how far a slope of one size in x and in y would take the racer"),
}
"""The text of the entry for each of `ARROWS`, and its tooltip."""


class ArrowMenu(QMenu):
    """Keeps its check marks those of the session."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__("&Arrows at the heads", window)
        self.setToolTipsVisible(True)
        self._session = session
        self.switches = {name: add_switch(self, self, WORDS[name][0], self._switching(name)) for name in ARROWS}
        for name, action in self.switches.items():
            action.setToolTip(WORDS[name][1])
        session.arrows_changed.connect(self._check)
        self._check()

    def _switching(self, name: str) -> Callable[[bool], None]:
        """Return what a switch does; of a partial Qt would not know that it takes an argument."""
        return lambda shown: self._session.show_arrows(name, shown)

    def _check(self) -> None:
        for name, action in self.switches.items():
            action.setChecked(name in self._session.arrows)
