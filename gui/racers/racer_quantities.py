"""The quantities of racers that can be drawn beneath the loss chart, as entries of a menu."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from engine.language.errors import FormulaError
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.race.curves.quantities import DERIVED, GRADIENT, names_in
from engine.solvers.solver import Solver
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.views.quantities.words import help_of, title_of

NOTHING = "&Nothing"


def quantities_of(racers: Iterable[RacerChoice]) -> list[str]:
    """Return what the rules of racers name, each once, in the order of their texts."""
    names: dict[str, None] = {}
    for racer in racers:
        names.update(dict.fromkeys(_names_of(racer)))
    return list(names)


def fill_with_quantities(menu: QMenu, session: Session, racers: Sequence[RacerChoice]) -> None:
    """Fill a menu anew with nothing, the quantities that every racer has, and those that the rules of `racers` name."""
    menu.clear()
    menu.setToolTipsVisible(True)
    group = QActionGroup(menu)
    _add(menu, group, session, "", NOTHING)
    for names in (list(DERIVED), quantities_of(racers)):
        menu.addSeparator()
        for name in names:
            _add(menu, group, session, name, title_of(name).replace("&", "&&"))


def _add(menu: QMenu, group: QActionGroup, session: Session, quantity: str, text: str) -> None:
    action = QAction(text, menu)
    action.setData(quantity)
    action.setCheckable(True)
    action.setChecked(session.quantity == quantity)
    action.setToolTip(help_of(quantity) if quantity else "Draw losses alone")
    action.triggered.connect(lambda *_: session.set_quantity(quantity))
    group.addAction(action)
    menu.addAction(action)


def _names_of(racer: RacerChoice) -> tuple[str, ...]:
    """Return what the rule of a racer names: of a solver nothing but the gradient, since its text is pseudo-code."""
    if racer.is_absent:
        return ()
    try:
        entry = racer.entry
        if isinstance(entry, Solver | FunctionOptimizer):
            return (GRADIENT,)
        return names_in(entry.rule_text)
    except FormulaError:
        # A rule that is being typed has no names yet.
        return ()
