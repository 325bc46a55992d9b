"""Compiles a racer: a text, a rule, an optimizer or a function becomes the rule that a race or a swarm runs."""

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

RacerLike = str | AnyRule | Optimizer | Callable[..., Any]


def compile_racer(racer_like: RacerLike) -> AnyRule:
    """Return the rule of a racer, its own copy, so that its settings are its own.

    Raises
    ------
    FormulaError
        Where it is none.
    """
    if isinstance(racer_like, Rule | SolverRule | FunctionRule):
        return racer_like.copy()
    if isinstance(racer_like, Optimizer):
        return racer_like.compile()
    if isinstance(racer_like, str):
        optimizer, values = parse_racer(racer_like)
        return optimizer.compile(**values)
    if callable(racer_like):
        return function_rule(racer_like, {})
    raise FormulaError(f"A racer is a text, a rule, an optimizer or a function, not {racer_like!r:.60}.")
