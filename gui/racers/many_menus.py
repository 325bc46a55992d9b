"""The entries of menus that show a racer's basin map, and release its swarm."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from gui.session.choices import NO_SWARM, SWARMS, RacerChoice
from gui.session.racer_visibility import release, show_map
from gui.session.session import Session

NONE = "&None"


def add_map_entry(menu: QMenu, session: Session, racer: RacerChoice) -> None:
    """Add the entry that shows where every start of a racer ends, or hides it."""
    text, key = ("Hide the &basin map", None) if racer.mapped else ("Show the &basin map", racer.key)
    menu.addAction(text).triggered.connect(lambda *_: show_map(session, key))


def add_swarm_entries(menu: QMenu, session: Session, racer: RacerChoice) -> None:
    """Add entries that release so many starts of a racer, of which that of its swarm is checked."""
    group = QActionGroup(menu)
    for count in (NO_SWARM, *SWARMS):
        action = menu.addAction(f"{count:,} starts" if count else NONE)
        action.setCheckable(True)
        action.setChecked(racer.swarm == count)
        action.triggered.connect(lambda *_, count=count: release(session, racer.key, count))
        group.addAction(action)
