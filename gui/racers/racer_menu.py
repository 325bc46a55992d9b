"""The menu of one racer: it opens by a right click on its card, or on its name in a legend."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from engine.optimizers.written_racer import written_racer
from gui.racers.many_menus import add_map_entry, add_swarm_entries
from gui.racers.racer_quantities import fill_with_quantities
from gui.session.choices import RacerChoice
from gui.session.racer_order import can_move, move
from gui.session.racer_visibility import is_alone, show_all, show_alone
from gui.session.session import Session

Act = Callable[[], object]
COPY = "&Copy"
MOVES = {"Move &up": -1, "Move do&wn": 1}
"""Entries that move a racer among the cards and in the legend, and by how many places."""


class RacerOpeners(NamedTuple):
    """What opens something of the racer with a key: the editor of its rule, the inspector of its steps, its tuning."""

    edit: Callable[[int], object]
    inspect: Callable[[int], object]
    tune: Callable[[int], object]


def racer_menu(window: QWidget, session: Session, key: int, openers: RacerOpeners) -> QMenu:
    """Return the menu of a racer, which is deleted once it closes.

    Parameters
    ----------
    window : QWidget
        The parent of the menu; a card would pass its own style sheet on.
    openers : RacerOpeners
    """
    menu, racer = QMenu(window), session.racer(key)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    for group in _entries(session, racer, openers):
        for text, act in group:
            menu.addAction(text).triggered.connect(lambda *_, act=act: act())
        menu.addSeparator()
    add_map_entry(menu, session, racer)
    # PySide would lose sight of one that `addMenu` made from its title.
    swarm = QMenu("S&warm", menu)
    add_swarm_entries(swarm, session, racer)
    menu.addMenu(swarm)
    copy = next(action for action in menu.actions() if action.text().startswith(COPY))
    quantities = QMenu("Dra&w beneath the losses", menu)
    fill_with_quantities(quantities, session, [racer])
    menu.insertMenu(copy, quantities)
    menu.insertSeparator(copy)
    return menu


def _entries(session: Session, racer: RacerChoice, openers: RacerOpeners) -> list[list[tuple[str, Act]]]:
    """Return the texts of the entries and what they do, in groups."""
    key = racer.key
    look = "&Hide" if racer.visible else "&Show"
    shown: list[tuple[str, Act]] = [(look, partial(session.set_look, key, visible=not racer.visible))]
    if is_alone(session, key):
        shown.append(("Show &all racers", partial(show_all, session)))
    elif len(session.racers) > 1:
        shown.append(("Show a&lone", partial(show_alone, session, key)))
    moves = [(text, partial(move, session, key, by)) for text, by in MOVES.items() if can_move(session, key, by)]
    word, text = copied(racer)
    return [
        [
            ("&Edit the rule", partial(openers.edit, key)),
            ("&Inspect its steps", partial(openers.inspect, key)),
            ("&Tune ...", partial(openers.tune, key)),
            ("&Duplicate", partial(session.duplicate_racer, key)),
        ],
        shown,
        [*moves],
        [(f"{COPY} {word}", partial(QGuiApplication.clipboard().setText, text))],
        [("&Remove", partial(session.remove_racer, key))],
    ]


def copied(racer: RacerChoice) -> tuple[str, str]:
    """Return what of a racer can be copied, in words, and the text.

    A racer of the catalogue is written as the command line reads it.  No such text holds an edited rule, nor a Python
    function, so that of these the rule is copied, and the place.
    """
    if racer.place is not None:
        return "where its function is", racer.place.label
    if racer.rule:
        return "its rule", racer.rule
    if not racer.optimizer:
        return "its name", racer.name
    return "as text", written_racer(racer.optimizer, racer.entry.hyperparameters, racer.values)
