"""What each line of a rule's text assigns in some updates of a racer, from what the racer was before each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.codegen.noise import uniforms
from engine.language.codegen.step_graph import Quantity
from engine.language.graph.reference import NoiseAt, evaluate
from engine.language.syntax.rule_text import RuleText
from engine.language.types import Array
from engine.race.step_values.updates import Updates
from engine.rules.initial_state import along_coordinates, rows_by_name
from engine.rules.rule import Rule
from engine.rules.update import Trace, Update

MOST_TRACES = 64
"""Rules whose lines are cached as graphs: tens of kilobytes each."""
FIRST_RUN = np.zeros(1, dtype=np.uint64)
"""The number of the instance that is drawn: of a racer's seeds the first."""


@dataclass(frozen=True, eq=False)
class Evaluated:
    """The quantities of some updates: float64 (n,) for a number, (2, n) for a vector.

    Attributes
    ----------
    given : dict
        What the first line may read, by its name.
    lines : list
        What each line assigns.
    """

    given: dict[str, Array]
    lines: list[Array]


@lru_cache(MOST_TRACES)
def trace_of(text: RuleText) -> Trace:
    """Return the lines of a rule as a graph."""
    return Update(text).trace()


def evaluated(updates: Updates, rule: Rule) -> Evaluated:
    """Return what the lines of `rule`, by which all of `updates` were made, read and assign in each."""
    trace, update, count = trace_of(rule.written), rule.update, len(updates)
    whole = DIMENSIONS, count
    numbers = np.array([made.number for made in updates.made], dtype=np.float64)
    values = {**rows_by_name(update.step, updates.before), **updates.hyperparameters, "t": numbers}
    loss_at = along_coordinates(updates.loss_at, whole) if update.per_coordinate else updates.loss_at
    quantities = [*trace.given.values(), *(traced.quantity for traced in trace.lines)]
    nodes = list(dict.fromkeys(node for quantity in quantities for node in quantity.nodes))
    results = dict(zip(nodes, evaluate(trace.graph, nodes, values, loss_at, noise_of(updates, rule)), strict=True))
    found = [_array([results[node] for node in quantity.nodes], quantity, count) for quantity in quantities]
    return Evaluated(dict(zip(trace.given, found, strict=False)), found[len(trace.given) :])


def noise_of(updates: Updates, rule: Rule) -> NoiseAt:
    """Return what gives the random numbers that a rule drew in each update."""
    shape = (DIMENSIONS, len(updates)) if rule.per_coordinate else (len(updates),)

    def noise_at(number: int) -> Array:
        drawn = [uniforms(updates.seed, made.number, number, FIRST_RUN)[0] for made in updates.made]
        return np.broadcast_to(np.array(drawn), shape)

    return noise_at


def _array(results: Sequence[Array], quantity: Quantity, count: int) -> Array:
    """Return the values of a quantity, (2, n) or (n,), from those of its nodes."""
    if not quantity.is_vector:
        # In a graph of one coordinate a number may have an axis for the coordinates, of length 1.
        alone: Array = np.broadcast_to(results[0], (1, count))[0]
        return alone
    if len(results) == 1:
        return np.broadcast_to(results[0], (DIMENSIONS, count))
    return np.array([np.broadcast_to(result, count) for result in results])
