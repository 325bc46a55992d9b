"""The menus: one row an action, with its keys; the list of keys is read off the actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QMenu, QWidget

Keys = str | QKeySequence.StandardKey
Entry = tuple[str, Sequence[Keys], Callable[[], object]]


def add_menu(window: QMainWindow, title: str, entries: Sequence[Entry]) -> QMenu:
    """Add a menu with an action an entry, and return it."""
    menu = window.menuBar().addMenu(title)
    menu.setToolTipsVisible(True)
    for text, keys, act in entries:
        menu.addAction(make_action(window, text, keys, act))
    return menu


def make_action(owner: QWidget, text: str, keys: Sequence[Keys], act: Callable[[], object]) -> QAction:
    """Return an action of `owner` that any of `keys` sets off."""
    action = QAction(text, owner)
    action.setShortcuts([QKeySequence(key) for key in keys])  # type: ignore[call-overload]
    action.triggered.connect(lambda *_: act())
    return action


def add_choice(
    menu: QMenu, title: str, names: Sequence[str], choose: Callable[[str], None],
    worded: Mapping[str, tuple[str, Keys]] = MappingProxyType({}),
) -> QActionGroup:  # fmt: skip
    """Add a submenu of which one entry is checked; return its actions.

    Parameters
    ----------
    names : sequence of str
        What is chosen from.
    worded : mapping
        What an entry says where it is not its name, and its key.
    """
    submenu = menu.addMenu(title)
    group = QActionGroup(submenu)
    for name in names:
        text, *keys = worded.get(name, (name.capitalize(),))
        action = submenu.addAction(text)
        action.setShortcuts([QKeySequence(key) for key in keys])  # type: ignore[call-overload]
        action.setData(name)
        action.setCheckable(True)
        action.triggered.connect(lambda *_, name=name: choose(name))
        group.addAction(action)
    return group


def check_choice(group: QActionGroup, name: str) -> None:
    """Check the entry of this name."""
    for action in group.actions():
        action.setChecked(action.data() == name)


def keys_of(window: QWidget) -> list[tuple[str, str]]:
    """Return what each action of a window does, and its keys as this system writes them."""
    found: dict[str, list[str]] = {}
    menus_first = sorted(window.findChildren(QAction), key=lambda action: action.parent() is not window)
    for action in menus_first:
        keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
        if keys:
            found.setdefault(action.text().replace("&", "").removesuffix("...").strip(), []).extend(keys)
    return [(does, ", ".join(keys)) for does, keys in found.items()]


class SpacePresses(QObject):
    """Lets Space press the button that has the keyboard; everywhere else it plays."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        # Only the one button is watched: a filter over everything would see every paint.
        if isinstance(before, QAbstractButton):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Space from the window's shortcuts."""
        wanted = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if wanted and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return False
