"""What may enter a race or a swarm: a text, a rule, an optimizer or a function, each of which becomes a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.language.errors import FormulaError
from engine.optimizers.racer_text import parse_racer
from engine.race.racer import AnyRule
from engine.rules.function_rule import FunctionRule, function_rule
from engine.rules.optimizer import Optimizer
from engine.rules.rule import Rule
from engine.solvers.solver import SolverRule

Entrant = str | AnyRule | Optimizer | Callable[..., Any]


def compile_entrant(entrant: Entrant) -> AnyRule:
    """Return the rule of a racer, its own copy, so that its settings are its own.

    Raises
    ------
    FormulaError
        Where it is none.
    """
    if isinstance(entrant, Rule | SolverRule | FunctionRule):
        return entrant.copy()
    if isinstance(entrant, Optimizer):
        return entrant.compile()
    if isinstance(entrant, str):
        optimizer, values = parse_racer(entrant)
        return optimizer.compile(**values)
    if callable(entrant):
        return function_rule(entrant, {})
    raise FormulaError(f"A racer is a text, a rule, an optimizer or a function, not {entrant!r:.60}.")
