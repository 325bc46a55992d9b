"""Which state of a rule is its momentum: the running sum or mean of its gradients, Adam's first moment.

A text may call it m, v or buf, so it is found by what the lines do, not by its name.  Tried at a few numbers, it is the
first vector state that follows the gradient in proportion and in sign from 0, keeps a part of itself where the gradient
is 0, moves the position, and does not begin at a position: a second moment is not proportional, the memory of a
gradient keeps nothing of itself, and an average of positions begins at one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.language.codegen.loss_kernel import FIRST_ORDER
from engine.language.graph.reference import evaluate
from engine.language.syntax.semantic_checks import names_read
from engine.language.types import Array
from engine.race.step_values.lines import trace_of
from engine.rules.rule import Rule

SMALL = 1e-3
"""A gradient that no clipping changes."""
LATE = 10.0
"""The number of the step: in the first steps some rules do something else."""
MIDDLE = 0.5
"""In the place of random numbers."""
MOST_RULES = 256
"""Rules with settings whose momentum is cached."""
NEAR = 1e-6


@dataclass(frozen=True)
class Momentum:
    """The name of a state, and whether it points up the hill, as the gradient does, or down."""

    name: str
    uphill: bool


def momentum_of(rule: Rule) -> Momentum | None:
    """Return the momentum of a rule; None where it has none."""
    return _found(rule, tuple(rule.hyperparameters.items()))


class _Tried:
    """What is tried, one column each: three gradients at rest, and a state without a gradient and with one."""

    gradient: Array = np.array([1.0, -1.0, 2.0, 0.0, 1.0]) * SMALL
    own: Array = np.array([0.0, 0.0, 0.0, 1.0, 1.0])


@lru_cache(MOST_RULES)
def _found(rule: Rule, hyperparameters: tuple[tuple[str, float], ...]) -> Momentum | None:
    places = {line.name for line in rule.update.initial if "w" in {read.name for read in names_read(line.value)}}
    for name in rule.states:
        if name not in rule.update.step.vectors or name in places:
            continue
        (up, down, twice, kept, _), moves = _responses(rule, name, dict(hyperparameters))
        near = up != 0.0 and abs(down + up) <= NEAR * abs(up) and abs(twice - 2.0 * up) <= NEAR * abs(up)
        if near and kept > 0.0 and (moves[3] != 0.0 or moves[4] != moves[0]):
            return Momentum(name, bool(up > 0.0))
    return None


def _responses(rule: Rule, name: str, hyperparameters: dict[str, float]) -> list[list[float]]:
    """Return what a state and the position, which was 0, are after each of the steps that are tried."""
    trace, update, tried = trace_of(rule.written), rule.update, _Tried
    nothing = np.zeros_like(tried.own)
    values: dict[str, object] = {row: nothing for state in rule.states for row in update.names(state)}
    values |= dict.fromkeys(update.names("w"), nothing) | dict.fromkeys(update.names(name), tried.own)
    last = {traced.line.name: traced.quantity.nodes[0] for traced in trace.lines}

    def loss_at(component: int, _: object) -> Array:
        return tried.gradient if 0 < component < FIRST_ORDER else nothing

    known = {**values, **hyperparameters, "t": LATE}
    answers = evaluate(trace.graph, [last[name], last["w"]], known, loss_at, lambda number: MIDDLE)
    return [np.broadcast_to(answer, nothing.shape).tolist() for answer in answers]
