"""The submenu that shows and hides the panes of the window."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.session.choices import HIDEABLE_PANES
from gui.session.session import Session
from gui.window.menus import make_action

PANE_WORDS = {
    "formula": ("Show the &formula", "Ctrl+4"),
    "chart": ("Show the &loss chart", "Ctrl+5"),
    "racers": ("Show the &racers", "Ctrl+6"),
}
"""The text of the entry for each of `HIDEABLE_PANES`, and its key."""


class PaneMenu(QMenu):
    """Keeps its check marks those of the session."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__("&Panes", window)
        self._session = session
        self.switches = {name: self._add_switch(window, name) for name in HIDEABLE_PANES}
        self.addSeparator()
        self.addAction(make_action(window, "Reset the &sizes, show all", (), session.reset_panes))
        session.panes_changed.connect(self._check)
        self._check()

    def _add_switch(self, window: QWidget, name: str) -> QAction:
        text, key = PANE_WORDS[name]
        action = QAction(text, window)
        action.setShortcut(QKeySequence(key))
        action.setCheckable(True)
        action.triggered.connect(lambda shown: self._session.show_pane(name, shown))
        self.addAction(action)
        return action

    def _check(self) -> None:
        for name, action in self.switches.items():
            action.setChecked(name not in self._session.hidden_panes)
