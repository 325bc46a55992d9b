"""Puts wrappers and schedules around a solver, and says why one cannot go there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from engine.compiled.dependencies import functions_called_by
from engine.language.errors import FormulaError
from engine.language.syntax.rule_text import unused
from engine.rules.modifiers.schedule import Schedule
from engine.rules.modifiers.scheduling import check_together
from engine.rules.modifiers.wrappers import Wrapper
from engine.solvers.context import loss_and_gradient_at
from engine.solvers.loop import Step
from engine.solvers.modifiers import Modifier
from engine.solvers.solver import Solver
from engine.solvers.wrappers import WrapperKind

MOVERS = WrapperKind.LOOKAHEAD, WrapperKind.WEIGHT_DECAY
"""Wrappers that move the solver away from where its step led."""


def with_modifiers(solver: Solver, modifiers: Sequence[Modifier]) -> Solver:
    """Return `solver` with `modifiers` around it and all that is around it already.

    Schedules come before wrappers.  Their hyperparameters follow the solver's own, in order; one whose name is taken
    gets a number.

    Raises
    ------
    FormulaError
        Where one of them cannot go around it, or there are two warm-ups.
    """
    for modifier in modifiers:
        if why := refusal(solver, modifier):
            raise FormulaError(why, hint="Leave this out.")
    ordered = sorted([*solver.modifiers, *modifiers], key=lambda modifier: isinstance(modifier, Wrapper))
    check_together([modifier for modifier in ordered if isinstance(modifier, Schedule)])
    specs = list(solver.unmodified.hyperparameters)
    for spec in (spec for modifier in ordered for spec in modifier.hyperparameters):
        specs.append(replace(spec, name=unused(spec.name, {other.name for other in specs})))
    return replace(
        solver,
        name=" | ".join([solver.name, *(modifier.name for modifier in modifiers)]),
        hyperparameters=tuple(specs),
        proof="",
        core=solver.unmodified,
        modifiers=tuple(ordered),
    )


def refusal(solver: Solver, modifier: Modifier) -> str:
    """Return in a sentence why `modifier` cannot go around `solver`; "" where it can."""
    name = solver.unmodified.name
    if isinstance(modifier, Schedule):
        alone = f"{name} finds the length of its steps by itself, so there is no step size that a schedule multiplies."
        return "" if solver.step_size else alone
    kind = WrapperKind.__members__.get(modifier.name.upper())
    if kind in MOVERS and not solver.movable:
        return f'{name} goes on from where its own steps have led, so "{modifier.name}" cannot put it elsewhere.'
    if kind is not None:
        return ""
    if modifier.gradient and not _evaluates_gradients(solver.step):
        return f'{name} asks for no gradient that "{modifier.name}" could change.'
    if modifier.gradient:
        other = "curvature" if solver.uses_hessian else "losses"
        return f'"{modifier.name}" changes slopes alone, and those that {name} asks for must fit the {other} it sees.'
    return f'"{modifier.name}" is lines round those of a rule, and {name} runs no rule.'


@lru_cache
def _evaluates_gradients(step: Step) -> bool:
    return loss_and_gradient_at in functions_called_by(step)
