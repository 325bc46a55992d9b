"""Builds menus from rows, an action a row; the list of keys is read off the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

Keys = str | QKeySequence.StandardKey
Callback = Callable[[], object]


class Entry(NamedTuple):
    """A row of a menu: the name of what it does, its text with the access key, and its shortcuts."""

    name: str
    text: str
    keys: Sequence[Keys]


def add_menu(window: QMainWindow, title: str, entries: Sequence[Entry], callbacks: Mapping[str, Callback]) -> QMenu:
    """Add a menu with an action an entry, which does what `callbacks` has by the entry's name; return the menu."""
    menu = window.menuBar().addMenu(title)
    menu.setToolTipsVisible(True)
    for entry in entries:
        menu.addAction(make_action(window, entry.text, entry.keys, callbacks[entry.name]))
    return menu


def make_action(owner: QWidget, text: str, keys: Sequence[Keys], callback: Callback) -> QAction:
    """Return an action of `owner` that any of `keys` sets off."""
    action = QAction(text, owner)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda *_: callback())
    return action


def add_choice(
    menu: QMenu, title: str, names: Sequence[str], choose: Callable[[str], None],
    worded: Mapping[str, Sequence[Keys]] = MappingProxyType({}),
) -> QActionGroup:  # fmt: skip
    """Add a submenu of which one entry is checked; return its actions.

    Parameters
    ----------
    names : sequence of str
        The choices.
    worded : mapping
        The text of an entry that is not its name, and its key.
    """
    return add_entries(menu.addMenu(title), names, choose, worded)


def add_entries(
    menu: QMenu, names: Sequence[str], choose: Callable[[str], None], worded: Mapping[str, Sequence[Keys]]
) -> QActionGroup:
    """Add entries of which one is checked; return them.  The arguments are those of `add_choice`."""
    group = QActionGroup(menu)
    for name in names:
        text, *keys = worded.get(name, (name.capitalize(),))
        action = menu.addAction(str(text))
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setData(name)
        action.setCheckable(True)
        action.triggered.connect(lambda *_, name=name: choose(name))
        group.addAction(action)
    return group


def add_switch(owner: QObject, menu: QMenu, text: str, switch: Callable[[bool], None]) -> QAction:
    """Add an entry that is checked or not, and lives as long as its owner; return it."""
    action = QAction(text, owner)
    action.setCheckable(True)
    action.triggered.connect(switch)
    menu.addAction(action)
    return action


def check_choice(group: QActionGroup, name: str) -> None:
    """Check the entry of this name."""
    for action in group.actions():
        action.setChecked(action.data() == name)


def keys_of(window: QMainWindow) -> dict[str, dict[str, str]]:
    """Return what the actions of each menu do, and their keys as this system writes them, by the menu's title."""
    menus = {_plain(menu.title()): list(_within(menu)) for menu in _menus(window.menuBar().actions())}
    found = {title: {_name(action): _keys(action) for action in actions} for title, actions in menus.items()}
    listed = {action for actions in menus.values() for action in actions}
    for action in window.findChildren(QAction):
        # A view has a key of its own for what a menu does for all of them.
        same = [rows[_name(action)] for rows in found.values() if action not in listed and _name(action) in rows]
        for keys in same:
            keys += _keys(action)
    return {title: {does: ", ".join(keys) for does, keys in rows.items() if keys} for title, rows in found.items()}


def _within(menu: QMenu) -> Iterator[QAction]:
    """Yield the actions of a menu and of those that open from it, in their order."""
    for action in menu.actions():
        inner = _menus([action])
        yield from chain.from_iterable(map(_within, inner)) if inner else (action,)


def _menus(actions: Sequence[QAction]) -> list[QMenu]:
    """Return the menus that actions open."""
    return [menu for action in actions if isinstance(menu := action.menu(), QMenu)]


def _name(action: QAction) -> str:
    """Return what an action does, without dots, and for an entry whose text changes what it is called at all times."""
    return action.iconText().removesuffix("...").strip()


def _plain(text: str) -> str:
    """Return the text of a menu without its access key."""
    return text.replace("&", "")


def _keys(action: QAction) -> list[str]:
    """Return the keys that set an action off."""
    return [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
