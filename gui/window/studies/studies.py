"""Opens the windows of studies, each made when it is first asked for, and ends them with the main window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme
from gui.session.session import Session
from gui.window.controller import Controller

if TYPE_CHECKING:
    # Each is imported when it is opened, since the first window does not wait for it.
    from gui.window.studies.league_table.dialog import LeagueDialog
    from gui.window.studies.settings_map.dialog import SettingsMapDialog
    from gui.window.studies.tuning.dialog import TuningDialog

    StudyWindow = TuningDialog | SettingsMapDialog | LeagueDialog
WindowT = TypeVar("WindowT", "TuningDialog", "SettingsMapDialog", "LeagueDialog")


class Studies(QObject):
    """The windows of studies of one main window.

    Parameters
    ----------
    window : QWidget
        Their parent.
    """

    def __init__(self, window: QWidget, session: Session, controller: Controller, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._session, self._controller, self._theme = window, session, controller, theme
        self._made: dict[type[QWidget], StudyWindow] = {}

    @property
    def callbacks(self) -> Mapping[str, Callable[[], object]]:
        """What the entries of the menus do that open a study."""
        return {"tune": self.open_tuning, "settings map": self.open_settings_map, "league": self.open_league}

    def open_tuning(self, key: int | None = None) -> TuningDialog:
        """Open the window of the tuning for one racer, or for all; return it."""
        from gui.window.studies.tuning.dialog import TuningDialog

        dialog = self._window_of(TuningDialog)
        dialog.open_for(key)
        return dialog

    def open_settings_map(self) -> SettingsMapDialog:
        """Open the window with the map of two settings; return it."""
        from gui.window.studies.settings_map.dialog import SettingsMapDialog

        dialog = self._window_of(SettingsMapDialog)
        dialog.open_map()
        return dialog

    def open_league(self) -> LeagueDialog:
        """Open the window of the league; return it."""
        from gui.window.studies.league_table.dialog import LeagueDialog

        dialog = self._window_of(LeagueDialog)
        dialog.open_league()
        return dialog

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        for made in self._made.values():
            made.set_theme(theme)

    def end(self) -> None:
        """Stop what is under way, and close all windows."""
        for made in self._made.values():
            made.end()

    def _window_of(self, kind: type[WindowT]) -> WindowT:
        made = self._made.get(kind)
        if not isinstance(made, kind):
            made = self._made[kind] = kind(self._window, self._session, self._controller, self._theme)
        return made
