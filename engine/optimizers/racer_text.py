"""Reads a racer as people write one: ``Adam``, ``Adam(lr=0.02)``, ``Adam | clip_norm(max_norm=1) | cosine(T=500)``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache

from engine.language.errors import FormulaError
from engine.language.syntax.tokens import tokens_of
from engine.optimizers.edited import edited
from engine.optimizers.racer_syntax import WrittenModifier, read_modifiers, read_racer
from engine.optimizers.settings_syntax import read_settings
from engine.rules.modifiers.schedule import Schedule
from engine.rules.modifiers.scheduling import scheduled
from engine.rules.modifiers.wrappers import Wrapper
from engine.rules.modifiers.wrapping import wrapped
from engine.rules.optimizer import Optimizer
from engine.rules.rule import read_rule
from engine.solvers.modified_solver import with_modifiers
from engine.solvers.solver import Solver

MOST_KEPT = 256
"""Wrapped and edited optimizers that are kept for the next call: more than race at once, tens of kilobytes each."""


def parse_racer(text: str) -> tuple[Optimizer, dict[str, float]]:
    """Return the optimizer that `text` describes, with its wrappers and schedules, and the values that it gives.

    Raises
    ------
    FormulaError
        Where the text names no optimizer, wrapper or schedule or no hyperparameter of it, or a value is no number.
    """
    return _modified(*read_racer(text))


def parse_settings(text: str, optimizer: Optimizer) -> dict[str, float]:
    """Return the values that ``(name=number, ...)`` gives to an optimizer; "" gives none.

    Raises
    ------
    FormulaError
        Where it has no hyperparameter of a name, or a value is no number.
    """
    return read_settings(tokens_of(text), optimizer, text)


@lru_cache(MOST_KEPT)
def modifiers_in(name: str) -> tuple[Schedule | Wrapper, ...]:
    """Return the wrappers and schedules in an optimizer's name, in its order.

    Raises
    ------
    FormulaError
        Where one of them does not exist.
    """
    return tuple(modifier.entry for modifier in read_modifiers(name))


@lru_cache(MOST_KEPT)
def optimizer_of(name: str, rule: str = "") -> Optimizer:
    """Return the optimizer of this name, which may have wrappers and schedules: ``Adam | clip_norm``.

    Parameters
    ----------
    name : str
    rule : str
        Takes the place of the catalogue's rule, to which the wrappers and schedules are added; "" for the catalogue's.

    Raises
    ------
    FormulaError
        Where there is none, the name gives values, which an optimizer does not keep, or the rule is none.  The place is
        one in `rule`, if there is one.
    """
    optimizer, values, modifiers = read_racer(name)
    if values or any(modifier.values for modifier in modifiers):
        hint = f'Write "{_name(optimizer, modifiers)}".'
        raise FormulaError("A name has no values.", 0, len(name), hint)
    if not rule:
        return _modified(optimizer, {}, modifiers)[0]
    optimizer = edited(optimizer, rule)
    try:
        return _modified(optimizer, {}, modifiers)[0]
    except FormulaError as error:
        raise FormulaError(error.message, 0, len(rule), error.hint) from None


def _name(optimizer: Optimizer, modifiers: Sequence[WrittenModifier]) -> str:
    return " | ".join([optimizer.name, *(modifier.entry.name for modifier in modifiers)])


def _modified(
    optimizer: Optimizer, values: Mapping[str, float], modifiers: Sequence[WrittenModifier]
) -> tuple[Optimizer, dict[str, float]]:
    """Return `optimizer` with all `modifiers`, and all values by the names that they have there."""
    if not modifiers:
        return optimizer, dict(values)
    ordered = sorted(modifiers, key=lambda modifier: isinstance(modifier.entry, Wrapper))
    result: Optimizer
    if isinstance(optimizer, Solver):
        result = _modified_solver(optimizer, ordered)
    else:
        result = _modified_rule(optimizer, ordered)
    written = [modifier.values.get(spec.name) for modifier in ordered for spec in modifier.entry.hyperparameters]
    added = result.hyperparameters[len(optimizer.hyperparameters) :]
    given = {spec.name: value for spec, value in zip(added, written, strict=True) if value is not None}
    return replace(result, name=_name(optimizer, modifiers)), {**values, **given}


def _modified_rule(optimizer: Optimizer, modifiers: Sequence[WrittenModifier]) -> Optimizer:
    """Return `optimizer` with all `modifiers`, of which schedules stand before wrappers."""
    with _located_at(modifiers):
        if optimizer.bare:
            raise FormulaError(optimizer.bare, hint="Leave this out.")
    schedules = [modifier for modifier in modifiers if isinstance(modifier.entry, Schedule)]
    if schedules:
        with _located_at(schedules):
            entries = [modifier.entry for modifier in modifiers if isinstance(modifier.entry, Schedule)]
            optimizer = scheduled(optimizer, *entries)
    for modifier in modifiers:
        if isinstance(modifier.entry, Wrapper):
            with _located_at([modifier]):
                optimizer = wrapped(optimizer, modifier.entry)
    with _located_at(modifiers):
        read_rule(optimizer.rule_text)
    return optimizer


def _modified_solver(solver: Solver, modifiers: Sequence[WrittenModifier]) -> Solver:
    """Return `solver` with all `modifiers`; an error about one that it refuses is located at that one."""
    for modifier in modifiers:
        with _located_at([modifier]):
            with_modifiers(solver, [modifier.entry])
    with _located_at([modifier for modifier in modifiers if isinstance(modifier.entry, Schedule)] or modifiers):
        return with_modifiers(solver, [modifier.entry for modifier in modifiers])


@contextmanager
def _located_at(modifiers: Sequence[WrittenModifier]) -> Iterator[None]:
    """Give the errors that are raised here the place of `modifiers` in the racer's text."""
    try:
        yield
    except FormulaError as error:
        raise FormulaError(error.message, modifiers[0].start, modifiers[-1].end, error.hint) from None
