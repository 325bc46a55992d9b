"""What goes round a solver: which wrappers and schedules can, why others cannot, and the numbers that its loop gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.compiled.reached import reached_functions
from engine.language.errors import FormulaError
from engine.language.syntax.rule_text import unused
from engine.rules.modifiers.rate_factors import factors_together
from engine.rules.modifiers.schedule import Schedule
from engine.rules.modifiers.scheduling import check_together
from engine.rules.modifiers.wrappers import Wrapper
from engine.solvers.around import AVERAGING, PART, Around
from engine.solvers.context import slope_at
from engine.solvers.loop import Step

if TYPE_CHECKING:
    from engine.solvers.solver import Solver

Array = NDArray[np.float64]
Part = Schedule | Wrapper
PUTTING = Around.LOOKAHEAD, Around.WEIGHT_DECAY
"""They put the solver elsewhere than where its step led."""


def enclosed(solver: Solver, parts: Sequence[Part]) -> Solver:
    """Return `solver` with `parts` round it and all that is round it already.

    Schedules stand before wrappers.  Their hyperparameters follow its own, in order; one whose name is taken has a
    number after it.

    Raises
    ------
    FormulaError
        Where one of them cannot go round it, or there are two warm-ups.
    """
    for part in parts:
        if why := refusal(solver, part):
            raise FormulaError(why, hint="Leave this out.")
    ordered = sorted([*solver.parts, *parts], key=lambda part: isinstance(part, Wrapper))
    check_together([part for part in ordered if isinstance(part, Schedule)])
    rows = list(solver.inner.hyperparameters)
    for row in (row for part in ordered for row in part.hyperparameters):
        rows.append(replace(row, name=unused(row.name, {other.name for other in rows})))
    return replace(
        solver,
        name=" | ".join([solver.name, *(part.name for part in parts)]),
        hyperparameters=tuple(rows),
        proof="",
        core=solver.inner,
        parts=tuple(ordered),
    )


def refusal(solver: Solver, part: Part) -> str:
    """Return in a sentence why `part` cannot go round `solver`; "" where it can."""
    name = solver.inner.name
    if isinstance(part, Schedule):
        alone = f"{name} finds the length of its steps by itself, so there is no step size that a schedule multiplies."
        return "" if solver.rate else alone
    kind = Around.__members__.get(part.name.upper())
    if kind in PUTTING and not solver.anywhere:
        return f"{name} goes on from where its own steps have led, so `{part.name}` cannot put it elsewhere."
    if kind is not None:
        return ""
    if part.gradient and not _asks_slopes(solver.step):
        return f"{name} asks for no gradient that `{part.name}` could change."
    if part.gradient:
        other = "curvature" if solver.curved else "losses"
        return f"`{part.name}` changes slopes alone, and those that {name} asks for must fit the {other} it sees."
    return f"`{part.name}` is lines round those of a rule, and {name} runs no rule."


@lru_cache
def _asks_slopes(step: Step) -> bool:
    return slope_at in reached_functions(step)


class Enclosure:
    """The numbers by which what goes round a solver enters its loop.

    Attributes
    ----------
    scheduled : bool
        Whether the step size differs from step to step.
    anywhere : bool
        As the solver has it.
    wrappers : list
        The name of each wrapper, and how often it stands farther in already.
    average : int or None
        The number of the wrapper at whose place the racer is drawn; None where it is drawn where the solver stands.
    """

    def __init__(self, solver: Solver) -> None:
        own = solver.inner.hyperparameters
        self._own = len(own)
        self._schedules = tuple(part for part in solver.parts if isinstance(part, Schedule))
        self._wrappers = [part for part in solver.parts if isinstance(part, Wrapper)]
        self._first_wrapper = self._own + sum(len(part.hyperparameters) for part in self._schedules)
        self._rate = [row.name for row in own].index(solver.rate) if self._schedules else 0
        self._kinds = [Around[part.name.upper()] for part in self._wrappers]
        names = [part.name for part in self._wrappers]
        self.scheduled, self.anywhere = bool(self._schedules), solver.anywhere
        self.wrappers = [(name, names[:number].count(name)) for number, name in enumerate(names)]
        self.average = max((number for number, kind in enumerate(self._kinds) if kind in AVERAGING), default=None)

    def own(self, hyper: Array) -> Array:
        """Return the solver's share of hyperparameters (..., all), as it is set."""
        return hyper[..., : self._own]

    def factors(self, hyper: Array, first: int, steps: int) -> Array:
        """Return by what the step size of each instance is multiplied, float64 (steps, n); `hyper` is (n, all)."""
        rows = [tuple(row) for row in hyper[:, self._own : self._first_wrapper].tolist()]
        known = {row: factors_together(self._schedules, row, first, steps) for row in dict.fromkeys(rows)}
        return np.stack([known[row] for row in rows], axis=1)

    def table(self, hyper: Array, factors: Array) -> Array:
        """Return all hyperparameters of each step and instance, float64 (steps, n, all), with these factors."""
        table = np.repeat(hyper[np.newaxis], len(factors), axis=0)
        table[:, :, self._rate] *= factors
        return table

    def settings(self, hyper: Array) -> NDArray[Any]:
        """Return the wrappers as their hyperparameters (n, all) set them: records (n, wrappers)."""
        parts, column = np.zeros((len(hyper), len(self.wrappers)), dtype=PART), self._first_wrapper
        for number, (wrapper, kind) in enumerate(zip(self._wrappers, self._kinds, strict=True)):
            parts["kind"][:, number] = kind
            for field, _ in zip(("first", "second"), wrapper.hyperparameters, strict=False):
                parts[field][:, number] = hyper[:, column]
                column += 1
        return parts
