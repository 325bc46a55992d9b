"""The theme of the window: the one that the session names, or the system's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gui.background.busy_sign import busy
from gui.look import style
from gui.look.theme import DARK, LIGHT, Theme
from gui.session.session import Session

PAINT_PAUSE_MS = 1
"""From setting a theme until the window is painted: in the next turn of the event loop."""


class Themed(Protocol):
    """A part of the window that draws in colours of its own."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""


class ThemeChoice(QObject):
    """Sets the theme of a window and its parts.

    Attributes
    ----------
    theme : Theme
        The one that the window wears.
    changing : signal of Theme
        Another theme is about to be set, which keeps the window busy for a moment.
    changed : signal
        The application has another theme, and the parts take it next.
    taken : signal
        All parts have taken the theme.
    """

    changing = Signal(object)
    changed = Signal()
    taken = Signal()

    def __init__(
        self, window: QWidget, application: QApplication, session: Session, theme: Theme, parts: Sequence[Themed]
    ) -> None:
        super().__init__(window)
        self.theme, self._application, self._magnification = theme, application, 1.0
        self._window, self._session, self._parts = window, session, parts
        session.theme_changed.connect(self._follow_session)
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    def switch(self) -> None:
        """Go from dark to light, or back."""
        self._session.set_theme("light" if self.theme.name == DARK.name else "dark")

    def magnify(self, magnification: float) -> None:
        """Draw texts, trails and marks so many times as large as on a desk."""
        self._magnification = magnification
        self._set(DARK if self.theme.name == DARK.name else LIGHT)

    def _follow_session(self) -> None:
        self._set(style.theme_of(self._application, self._session.theme))

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        """Take the system's new theme, where the session wants the system's."""
        wanted = self._window.isVisible() and self._session.theme == "system"
        if wanted and scheme != Qt.ColorScheme.Unknown:
            self._set(LIGHT if scheme == Qt.ColorScheme.Light else DARK)

    def _set(self, theme: Theme) -> None:
        if self._magnification != 1.0:
            theme = replace(theme, magnification=self._magnification)
        if theme == self.theme:
            return
        with busy(f"the {theme.name} theme"):
            self._dress(theme)

    def _dress(self, theme: Theme) -> None:
        """Give the application and all parts a theme, which takes Qt long: it looks at every widget that there is."""
        self.theme = theme
        self.changing.emit(theme)
        # All parts take the theme in this turn of the event loop, and are painted once, in the next.
        self._window.setUpdatesEnabled(False)
        QTimer.singleShot(PAINT_PAUSE_MS, self._window, lambda: self._window.setUpdatesEnabled(True))
        style.apply(self._application, theme)
        self.changed.emit()
        for part in self._parts:
            part.set_theme(theme)
        self.taken.emit()
