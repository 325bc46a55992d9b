"""An optimizer whose rule was edited, with a hyperparameter for every name that is new in it."""

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
"""Optimizers that must have the same spec for a name before an edited rule gets that spec too."""
NEW_LOW, NEW_HIGH = 0.0, 5.0
"""The ends of the slider of a name that no optimizer of the catalogue knows."""


def edited(optimizer: Optimizer, rule: str) -> Optimizer:
    """Return `optimizer` with another rule.

    New names come first, in the order of the text: a person who has just typed one wants to move it.  The specs of
    names that stay are kept, in their order.

    Raises
    ------
    FormulaError
        Where `optimizer` is a solver or a function, which have no rule, or the text is no rule.
    """
    check_editable(optimizer)
    found = read_rule(rule).hyperparameters
    kept = [spec for spec in optimizer.hyperparameters if spec.name in found]
    new = [new_spec(name) for name in found if name not in optimizer.defaults]
    return replace(
        optimizer,
        name=f"{optimizer.name} edited",
        rule=rule,
        hyperparameters=(*new, *kept),
        differs="",
        follows="",
        equations=None,
    )


def check_editable(optimizer: Optimizer) -> None:
    """Raise a FormulaError where `optimizer` has no rule that could be edited."""
    if optimizer.fixed:
        raise FormulaError(optimizer.fixed)


def new_spec(name: str) -> Hyperparameter:
    """Return the spec that many optimizers share for `name`, or for `name` but its number; else a plain one."""
    like = shared_spec(name)
    if like is not None:
        return like
    return Hyperparameter(name, DEFAULT_PARAMETER, NEW_LOW, NEW_HIGH, help="a free name of the edited rule")


def shared_spec(name: str) -> Hyperparameter | None:
    """Return the spec that many optimizers share for `name`, or for `name` but its number; None where there is none."""
    specs = _shared_specs()
    like = specs.get(name) or specs.get(_without_number(name))
    return None if like is None else replace(like, name=name)


@cache
def _shared_specs() -> dict[str, Hyperparameter]:
    """Return the commonest spec of each name that means the same to many optimizers, or of a name but its number."""
    entries = [entry for entry in ENTRIES.values() if type(entry) is Optimizer]
    # The value that suits one rule on two coordinates may make another diverge.
    counts = Counter(replace(spec, playground=None) for entry in entries for spec in entry.hyperparameters)
    common = [spec for spec, count in reversed(counts.most_common()) if count >= FEWEST_ALIKE]
    return {**{_without_number(spec.name): spec for spec in common}, **{spec.name: spec for spec in common}}


def _without_number(name: str) -> str:
    return name.rstrip("0123456789").rstrip("_")
