"""An optimizer with another rule in the place of its own, and a row for every name that is new in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

from engine.language.errors import FormulaError
from engine.loss.loss import DEFAULT_PARAMETER
from engine.optimizers.entries import ENTRIES
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.optimizer import Optimizer
from engine.rules.rule import read_rule

FEWEST_ALIKE = 4
"""Optimizers that must agree on what a name is before it says as much in an edited rule."""
NEW_LOW, NEW_HIGH = 0.0, 5.0
"""The ends of the slider of a name that no optimizer of the catalogue knows."""


def edited(optimizer: Optimizer, rule: str) -> Optimizer:
    """Return `optimizer` with `rule` in the place of its own.

    New names come first, in the order of the text: who has just typed one wants to move it.  The rows of names that
    stay are kept, in their order.

    Raises
    ------
    FormulaError
        Where `optimizer` is a solver, which runs no rule, or the text is no rule.
    """
    check_editable(optimizer)
    found = read_rule(rule).hyperparameters
    kept = [row for row in optimizer.hyperparameters if row.name in found]
    new = [new_row(name) for name in found if name not in optimizer.defaults]
    return replace(
        optimizer, name=f"{optimizer.name} edited", rule=rule, hyperparameters=(*new, *kept), differs="", follows=""
    )


def check_editable(optimizer: Optimizer) -> None:
    """Raise a FormulaError where `optimizer` runs no text."""
    if optimizer.fixed:
        raise FormulaError(optimizer.fixed)


def new_row(name: str) -> Hyperparameter:
    """Return the row that many optimizers share for `name`, or for `name` but its number; else a plain one."""
    like = shared_row(name)
    if like is not None:
        return like
    return Hyperparameter(name, DEFAULT_PARAMETER, NEW_LOW, NEW_HIGH, help="a free name of the edited rule")


def shared_row(name: str) -> Hyperparameter | None:
    """Return the row that many optimizers share for `name`, or for `name` but its number; None where there is none."""
    rows = _shared_rows()
    like = rows.get(name) or rows.get(_without_number(name))
    return None if like is None else replace(like, name=name)


@cache
def _shared_rows() -> dict[str, Hyperparameter]:
    """Return the commonest row of each name that means the same to many optimizers, or of a name but its number."""
    entries = [entry for entry in ENTRIES.values() if type(entry) is Optimizer]
    # What suits one rule on two coordinates may throw another out.
    counts = Counter(replace(row, playground=None) for entry in entries for row in entry.hyperparameters)
    common = [row for row, count in reversed(counts.most_common()) if count >= FEWEST_ALIKE]
    return {**{_without_number(row.name): row for row in common}, **{row.name: row for row in common}}


def _without_number(name: str) -> str:
    return name.rstrip("0123456789").rstrip("_")
