"""The effective rate of each coordinate in some updates: the factor between the direction of a rule and its step."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.graph.reference import evaluate
from engine.language.syntax.rule_text import RuleText
from engine.language.types import Array
from engine.race.curves.rate_terms import NoRateError, RateTerms
from engine.race.step_values.lines import Evaluated, noise_of
from engine.race.step_values.updates import Updates
from engine.rules.initial_state import along_coordinates
from engine.rules.rule import Rule
from engine.rules.update import APART, Update

MOST_RATES = 64
"""Rules whose factors are cached: tens of kilobytes each."""


@lru_cache(MOST_RATES)
def rate_terms(text: RuleText) -> RateTerms | None:
    """Return the factors of a rule; None where its lines name no rate for each coordinate."""
    try:
        return RateTerms(Update(text))
    except NoRateError:
        return None


def effective_rate(updates: Updates, rule: Rule, found: Evaluated) -> Array | None:
    """Return by what each coordinate of the direction was multiplied in each update, float64 (2, n).

    None where the rule's lines name no such factor: signs have none, and no mixed coordinates.
    """
    terms = rate_terms(rule.written)
    if terms is None:
        return None
    values = {**updates.hyperparameters, **_by_row(terms, found)}
    whole = DIMENSIONS, len(updates)
    loss_at = along_coordinates(updates.loss_at, whole) if rule.per_coordinate else updates.loss_at
    noise_at = noise_of(updates, rule)
    for name, (component, point) in terms.graph.answers.items():
        values[name] = loss_at(component, evaluate(terms.graph, point, values, None, noise_at))
    rates = evaluate(terms.graph, terms.rates, values, None, noise_at)
    if rule.per_coordinate:
        return np.broadcast_to(rates[0], whole)
    return np.array([np.broadcast_to(rate, len(updates)) for rate in rates])


def _by_row(terms: RateTerms, found: Evaluated) -> dict[str, Any]:
    """Return the values of all names of the graph but those of answers."""
    rows = _in_one if terms.update.per_coordinate else _in_rows
    values: dict[str, Any] = {}
    for name, numbers in found.given.items():
        values |= rows(name, numbers)
    for number, (traced, numbers) in enumerate(zip(terms.trace.lines, found.lines, strict=True)):
        values |= rows(f"{traced.line.name}{APART}{number}", numbers)
    return values


def _in_one(name: str, numbers: Array) -> dict[str, Array]:
    return {name: numbers}


def _in_rows(name: str, numbers: Array) -> dict[str, Array]:
    if numbers.ndim == 1:
        return {name: numbers}
    return {f"{name}[{number}]": row for number, row in enumerate(numbers)}
