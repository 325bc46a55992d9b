"""The wrappers and schedules of a solver as numbers: those that its loop reads beside the hyperparameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array
from engine.rules.modifiers.rate_factors import factors_together
from engine.rules.modifiers.schedule import Schedule
from engine.rules.modifiers.wrappers import Wrapper
from engine.solvers.wrappers import AVERAGES, WRAPPER, WrapperKind

Modifier = Schedule | Wrapper


class ModifierNumbers:
    """The numbers by which the wrappers and schedules of a solver enter its loop.

    Parameters
    ----------
    own : sequence of str
        The solver's own hyperparameters; those of the modifiers follow them, in order.
    modifiers : sequence of Schedule or Wrapper
        Schedules first, then wrappers, the innermost first.
    step_size : str
        The hyperparameter that schedules multiply; "" where no schedule is among the modifiers.

    Attributes
    ----------
    scheduled : bool
        Whether the step size differs from step to step.
    wrappers : list of (str, int)
        The name of each wrapper, and how many of that name stand farther in.
    average : int or None
        The number of the wrapper at whose average the racer is drawn; None where it is drawn at the position of the
        solver.
    """

    def __init__(self, own: Sequence[str], modifiers: Sequence[Modifier], step_size: str) -> None:
        self._own = len(own)
        self._schedules = tuple(modifier for modifier in modifiers if isinstance(modifier, Schedule))
        self._wrappers = [modifier for modifier in modifiers if isinstance(modifier, Wrapper)]
        self._first_wrapper = self._own + sum(len(schedule.hyperparameters) for schedule in self._schedules)
        self._step_size = own.index(step_size) if self._schedules else 0
        names = [wrapper.name for wrapper in self._wrappers]
        self._kinds = [WrapperKind[name.upper()] for name in names]
        self.scheduled = bool(self._schedules)
        self.wrappers = [(name, names[:number].count(name)) for number, name in enumerate(names)]
        self.average = max((number for number, kind in enumerate(self._kinds) if kind in AVERAGES), default=None)

    def own(self, hyper: Array) -> Array:
        """Return the solver's own share of hyperparameters (..., all), as a person has set it."""
        return hyper[..., : self._own]

    def factors(self, hyper: Array, first: int, steps: int) -> Array:
        """Return the factors of each instance's step size, float64 (steps, n); `hyper` is (n, all)."""
        rows = [tuple(row) for row in hyper[:, self._own : self._first_wrapper].tolist()]
        known = {row: factors_together(self._schedules, row, first, steps) for row in dict.fromkeys(rows)}
        return np.stack([known[row] for row in rows], axis=1)

    def table(self, hyper: Array, factors: Array) -> Array:
        """Return all hyperparameters of each step and instance, float64 (steps, n, all), with these factors."""
        table = np.repeat(hyper[np.newaxis], len(factors), axis=0)
        table[:, :, self._step_size] *= factors
        return table

    def wrapper_records(self, hyper: Array) -> NDArray[Any]:
        """Return the wrappers with their hyperparameters, which are among `hyper` (n, all): records (n, wrappers)."""
        records, column = np.zeros((len(hyper), len(self.wrappers)), dtype=WRAPPER), self._first_wrapper
        for number, (wrapper, kind) in enumerate(zip(self._wrappers, self._kinds, strict=True)):
            records["kind"][:, number] = kind
            for field, _ in zip(("first", "second"), wrapper.hyperparameters, strict=False):
                records[field][:, number] = hyper[:, column]
                column += 1
        return records
