"""The menus of the window: rows with texts and keys, and choices that follow the session."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from gui.session.choices import HEIGHT_KINDS, THEMES, VIEWS
from gui.session.session import Session
from gui.window.menus import Callback, Entry, add_choice, add_menu, add_switch, check_choice, make_action

STANDARD = QKeySequence.StandardKey
FILE = (
    Entry("start afresh", "Start a &new race", [STANDARD.New]),
    Entry("go back", "&Return to the race before", ["Ctrl+Shift+N"]),
    Entry("open function", "Open a Python &function ...", ["Ctrl+Shift+P"]),
    Entry("save picture", "Save a &picture ...", [STANDARD.Save]),
    Entry("quit", "&Quit", ["Ctrl+Q"]),
)
LANDSCAPE = (
    Entry("pick", "&Pick a landscape ...", [STANDARD.Open]),
    Entry("next", "Show the &next landscape", ["Ctrl+PgDown"]),
    Entry("previous", "Show the p&revious landscape", ["Ctrl+PgUp"]),
    Entry("surprise", "Show a r&andom landscape", ["Ctrl+Shift+O"]),
    Entry("fit table", "&Fit a line to a table ...", ["Ctrl+Shift+F"]),
    Entry("save", "&Save to my landscapes ...", ["Ctrl+Shift+S"]),
    Entry("transform", "&Turn, stretch, shift ...", ["Ctrl+Shift+T"]),
    Entry("use view", "&Use this view as the domain", ["Ctrl+D"]),
    Entry("reset domain", "Reset the &domain", ["Ctrl+Shift+D"]),
)
RACE = (
    Entry("toggle", "&Play or pause", ["Space"]),
    Entry("step on", "Make one &step", ["."]),
    Entry("step back", "Go one step &back", [","]),
    Entry("restart", "&Restart", ["Ctrl+R"]),
    Entry("go to step", "&Go to a step", ["Ctrl+G"]),
    Entry("add racer", "&Add a racer", ["Ctrl+Shift+A"]),
    Entry("edit formula", "Edit the &formula", ["Ctrl+E"]),
    Entry("edit rule", "&Edit a racer's rule", ["Ctrl+Shift+E"]),
)
VIEW = (
    Entry("switch layout", "Switch between &overlay and side by side", ["Ctrl+L"]),
    Entry("switch theme", "Switch between &dark and light", ["Ctrl+T"]),
    Entry("reset views", "&Reset views", ["Ctrl+0"]),
)
DASHES = "&Dash patterns"
HELP = (Entry("show keys", "&Keyboard", [STANDARD.HelpContents]),)
RESET_IN_VIEWS = Entry("reset views", "&Reset views", ["R", "Home"])
"""Single keys, and so only where nobody types or searches a list."""
VIEW_WORDS = {
    "both": ("3-D &and contour view", "Ctrl+1"),
    "3-D": ("&3-D view alone", "Ctrl+2"),
    "contour": ("&Contour view alone", "Ctrl+3"),
}
"""The text of the entry for each of `VIEWS`, and its key."""


class WindowMenus(QObject):
    """Fills the menu bar of a window, and keeps the checked entries those of the session.

    Parameters
    ----------
    views : QWidget
        Hears the keys of `RESET_IN_VIEWS`.
    camera_menu : QMenu
        The submenu of the 3-D view.
    callbacks : mapping
        What to do, by the name of an entry.
    """

    def __init__(
        self,
        window: QMainWindow,
        views: QWidget,
        session: Session,
        camera_menu: QMenu,
        callbacks: Mapping[str, Callback],
    ) -> None:
        super().__init__(window)
        self._session = session
        add_menu(window, "&File", FILE, callbacks)
        landscape = add_menu(window, "&Landscape", LANDSCAPE, callbacks)
        add_menu(window, "&Race", RACE, callbacks)
        view = add_menu(window, "&View", VIEW, callbacks)
        add_menu(window, "&Help", HELP, callbacks)
        self.heights = add_choice(landscape, "&Height", HEIGHT_KINDS, session.set_height)
        self.views = add_choice(view, "&Views", VIEWS, session.set_views, VIEW_WORDS)
        self.themes = add_choice(view, "&Theme", THEMES, session.set_theme)
        self.dashes = add_switch(self, view, DASHES, session.set_dashes)
        view.addMenu(camera_menu)
        reset = make_action(views, RESET_IN_VIEWS.text, RESET_IN_VIEWS.keys, callbacks[RESET_IN_VIEWS.name])
        reset.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        views.addAction(reset)
        for changed in (session.height_changed, session.views_changed, session.theme_changed, session.looks_changed):
            changed.connect(self._check)
        self._check()

    def _check(self) -> None:
        check_choice(self.heights, self._session.height)
        check_choice(self.views, self._session.views)
        check_choice(self.themes, self._session.theme)
        self.dashes.setChecked(self._session.dashes)
