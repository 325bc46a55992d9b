"""The menus of the window: rows with texts and keys, and choices that follow the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget
from shiboken6 import isValid

from gui.session.choices import HEIGHT_KINDS, THEMES, VIEWS
from gui.session.session import Session
from gui.window.menus import Callback, Entry, add_choice, add_menu, add_switch, check_choice, make_action

STANDARD = QKeySequence.StandardKey
FILE = (
    Entry("start afresh", "Start a &new race", [STANDARD.New]),
    Entry("open session", "&Open a session ...", [STANDARD.Open]),
    Entry("save session", "&Save the session", [STANDARD.Save]),
    Entry("save session as", "Save the session &as ...", ["Ctrl+Shift+S"]),
    Entry("go back", "&Return to the race before", ["Ctrl+Shift+N"]),
    Entry("open function", "Open a Python &function ...", ["Ctrl+Shift+P"]),
    Entry("save picture", "Save a &picture ...", ["Ctrl+Shift+I"]),
    Entry("quit", "&Quit", ["Ctrl+Q"]),
)
EDIT = (
    Entry("undo", "&Undo", ["Ctrl+Z"]),
    Entry("redo", "&Redo", ["Ctrl+Shift+Z", "Ctrl+Y"]),
)
LANDSCAPE = (
    Entry("pick", "&Pick a landscape ...", ["Ctrl+P"]),
    Entry("next", "Show the &next landscape", ["Ctrl+PgDown"]),
    Entry("previous", "Show the p&revious landscape", ["Ctrl+PgUp"]),
    Entry("surprise", "Show a r&andom landscape", ["Ctrl+Shift+O"]),
    Entry("fit table", "&Fit a line or a classifier to a table ...", ["Ctrl+Shift+F"]),
    Entry("save", "&Save to my landscapes ...", ["Ctrl+Shift+L"]),
    Entry("transform", "&Turn, stretch, shift ...", ["Ctrl+Shift+T"]),
    Entry("numbers", "Set start and domain by n&umbers ...", ["Ctrl+Shift+G"]),
    Entry("use view", "&Use this view as the domain", ["Ctrl+D"]),
    Entry("reset domain", "Reset the &domain", ["Ctrl+Shift+D"]),
)
RACE = (
    Entry("toggle", "&Play or pause", ["Space"]),
    Entry("step on", "Make one &step", ["."]),
    Entry("step back", "Go one step &back", [","]),
    Entry("restart", "&Restart", ["Ctrl+R"]),
    Entry("go to step", "&Go to a step", ["Ctrl+G"]),
    Entry("set finish", "Set the f&inish ...", ["Ctrl+Shift+J"]),
    Entry("standings", "Show the s&tandings", ["Ctrl+Shift+R"]),
    Entry("tune", "T&une the racers ...", ["Ctrl+Shift+U"]),
    Entry("settings map", "&Map two settings ...", ["Ctrl+Shift+M"]),
    Entry("league", "Race a &league ...", ["Ctrl+Shift+K"]),
    Entry("add racer", "&Add a racer", ["Ctrl+Shift+A"]),
    Entry("edit formula", "Edit the &formula", ["Ctrl+E"]),
    Entry("edit rule", "&Edit a racer's rule", ["Ctrl+Shift+E"]),
)
VIEW = (
    Entry("switch layout", "Switch between &overlay and side by side", ["Ctrl+L"]),
    Entry("switch theme", "Switch between &dark and light", ["Ctrl+T"]),
    Entry("reset views", "&Reset views", ["Ctrl+0"]),
    Entry("fill window", "&Fill the window with a view", []),
    Entry("inspect", "&Inspect a racer's steps", ["Ctrl+I"]),
    Entry("present", "&Present", ["F11"]),
    Entry("full screen", "F&ull screen", ["Shift+F11"]),
)
RECENT, BEFORE_RECENT = "Open a r&ecent session", "save session"
"""The submenu, and the entry that it stands before."""
DASHES = "&Dash patterns"
HELP = (
    Entry("lessons", "&Lessons ...", ["Ctrl+Shift+H"]),
    Entry("new lesson", "&New lesson from here ...", []),
    Entry("manual", "&Manual", [STANDARD.HelpContents]),
    Entry("usual settings", "&Usual settings ...", []),
    Entry("show keys", "&Keyboard", ["Ctrl+/"]),
    Entry("about", "&About Descent Derby", []),
)
IN_VIEWS = (
    Entry("reset views", "&Reset views", ["R", "Home"]),
    Entry("fill window", "&Fill the window with a view", ["F"]),
)
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
        Hears the keys of `IN_VIEWS`.
    stack : QUndoStack
        The edits that can be undone and redone.
    submenus : sequence of QMenu
        Those of the panes, of the 3-D view, of the loss chart, and of maps and swarms.
    callbacks : mapping
        What to do, by the name of an entry.
    """

    def __init__(
        self,
        window: QMainWindow,
        views: QWidget,
        session: Session,
        stack: QUndoStack,
        submenus: Sequence[QMenu],
        callbacks: Mapping[str, Callback],
    ) -> None:
        super().__init__(window)
        self._session, self._stack = session, stack
        file = add_menu(window, "&File", FILE, callbacks)
        self.recent = QMenu(RECENT, file)
        self.recent.setToolTipsVisible(True)
        names = [entry.name for entry in FILE]
        file.insertMenu(file.actions()[names.index(BEFORE_RECENT)], self.recent)
        self.edits = add_menu(window, "&Edit", EDIT, callbacks).actions()
        # The window's own actions are heard in its popovers too.
        window.addActions(self.edits)
        landscape = add_menu(window, "&Landscape", LANDSCAPE, callbacks)
        add_menu(window, "&Race", RACE, callbacks)
        view = add_menu(window, "&View", VIEW, callbacks)
        add_menu(window, "&Help", HELP, callbacks)
        self.heights = add_choice(landscape, "&Height", HEIGHT_KINDS, session.set_height)
        self.views = add_choice(view, "&Views", VIEWS, session.set_views, VIEW_WORDS)
        self.themes = add_choice(view, "&Theme", THEMES, session.set_theme)
        self.dashes = add_switch(self, view, DASHES, session.set_dashes)
        for submenu in submenus:
            view.addMenu(submenu)
        for entry in IN_VIEWS:
            action = make_action(views, entry.text, entry.keys, callbacks[entry.name])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            views.addAction(action)
        for changed in (session.height_changed, session.views_changed, session.theme_changed, session.looks_changed):
            changed.connect(self._check)
        self._check()
        self._follow_edits()

    def _follow_edits(self) -> None:
        for entry, action in zip(EDIT, self.edits, strict=True):
            action.setIconText(entry.text.replace("&", ""))
        self._stack.indexChanged.connect(self._name_edits)
        self._stack.undoTextChanged.connect(self._name_edits)
        self._name_edits()

    def _name_edits(self) -> None:
        """Say what would be undone and redone."""
        stack = self._stack
        if not isValid(stack):
            # With its window it is deleted, which undoes all it has.
            return
        offered = (stack.undoText(), stack.canUndo()), (stack.redoText(), stack.canRedo())
        for entry, action, (words, possible) in zip(EDIT, self.edits, offered, strict=True):
            action.setText(f"{entry.text} {words.replace('&', '&&')}".rstrip())
            action.setEnabled(possible)

    def _check(self) -> None:
        check_choice(self.heights, self._session.height)
        check_choice(self.views, self._session.views)
        check_choice(self.themes, self._session.theme)
        self.dashes.setChecked(self._session.dashes)
