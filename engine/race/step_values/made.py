"""The values of one update of a racer: what the race keeps of it, and what its rule's lines say of the rest."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER
from engine.language.types import Array
from engine.race.racer import AnyRule
from engine.race.step_values.lines import Evaluated, evaluated, trace_of
from engine.race.step_values.record import LineValue, StepValues, Value, as_value
from engine.race.step_values.updates import Updates
from engine.rules.function_rule import FunctionRule
from engine.rules.rule import Rule


def values_of(updates: Updates, diverged: bool = False) -> StepValues:
    """Return the values of the one update of `updates`, in which the racer may have `diverged`."""
    rule, number = updates.rule, updates.made[0].number
    hyper = {name: float(values[0]) for name, values in updates.hyperparameters.items()}
    after = _kept(rule, updates.after[:, 0])
    reason = f"It diverged at step {number}." if diverged else ""
    if not isinstance(rule, Rule):
        given = {**_met(updates), **_kept(rule, updates.before[:, 0])}
        return StepValues(number, rule.text, hyper, given, (), after, reason or without_lines(rule))
    found = evaluated(updates, rule)
    given = {name: as_value(values[..., 0]) for name, values in found.given.items()}
    lines = _lines(rule, found, {} if diverged else after)
    return StepValues(number, rule.text, hyper, given, lines, after, reason)


def without_lines(rule: AnyRule) -> str:
    """Return in a sentence why a racer has no lines whose values could be told; "" for a rule."""
    if isinstance(rule, Rule):
        return ""
    if isinstance(rule, FunctionRule):
        return f"{rule.name} is a Python function: what it computes in between is not known."
    return f"{rule.name} is a solver: it runs no lines, and its text is pseudo-code."


def _lines(rule: Rule, found: Evaluated, after: Mapping[str, Value]) -> tuple[LineValue, ...]:
    """Return the values of all lines; the last that assigns a position or a state has the bits of the race."""
    traced = trace_of(rule.written).lines
    last = {line.line.name: number for number, line in enumerate(traced)}
    lines = []
    for number, (line, values) in enumerate(zip(traced, found.lines, strict=True)):
        name, value = line.line.name, as_value(values[..., 0])
        if last[name] == number and isinstance(after.get(name), type(value)):
            value = after[name]
        lines.append(LineValue(name, value, line.line.start, line.line.value.end))
    return tuple(lines)


def _kept(rule: AnyRule, column: Array) -> dict[str, Value]:
    """Return position and states by their names from a column (slots,) of a racer's block."""
    if isinstance(rule, Rule):
        rows = rule.update.step.places.items()
        vectors = rule.update.step.vectors
        return {name: as_value(column[place] if name in vectors else column[place][0]) for name, place in rows}
    names = ("w", *rule.states) if isinstance(rule, FunctionRule) else ("w",)
    return {
        name: as_value(column[DIMENSIONS * number : DIMENSIONS * (number + 1)]) for number, name in enumerate(names)
    }


def _met(updates: Updates) -> dict[str, Value]:
    """Return the loss and the gradient where an update began, and its number."""
    place = list(updates.before[:DIMENSIONS])
    loss, *gradient = (updates.loss_at(component, place) for component in range(FIRST_ORDER))
    slopes = np.array([slope[0] for slope in gradient])
    return {"f": as_value(loss[0]), "g": as_value(slopes), "t": float(updates.made[0].number)}
