"""What may enter a race or a swarm: a text, a rule or an optimizer, each of which becomes a rule of its own."""

from __future__ import annotations

from engine.optimizer import Optimizer
from engine.optimizers.racer_text import parse_racer
from engine.racer import AnyRule
from engine.rule import Rule
from engine.solvers.solver import SolverRule

Entrant = str | AnyRule | Optimizer


def compile_entrant(entrant: Entrant) -> AnyRule:
    """Return the rule of a racer, its own copy, so that its settings are its own."""
    if isinstance(entrant, Rule | SolverRule):
        return entrant.copy()
    if isinstance(entrant, Optimizer):
        return entrant.compile()
    optimizer, values = parse_racer(entrant)
    return optimizer.compile(**values)
