"""At how many points a racer has evaluated the loss or its slopes up to each step: what its steps cost."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array

MOST_ROWS = 512
"""Counts that are kept of a solver; when there are more, every second is dropped."""


@dataclass(frozen=True, eq=False)
class Evaluations:
    """The evaluations of one racer, as a line through a few counts.

    Attributes
    ----------
    steps, counts : float64 (rows,)
        Increasing steps, from 0, and the number of evaluations up to each of them.
    per_step : float
        The evaluations of each step after the last row.
    """

    steps: Array
    counts: Array
    per_step: float

    def at(self, steps: Array | NDArray[np.int64] | float) -> Array:
        """Return the evaluations up to each of `steps` (n,), float64 (n,); between two counts on a straight line."""
        beyond = np.maximum(np.asarray(steps, dtype=np.float64) - self.steps[-1], 0.0)
        counts: Array = np.interp(steps, self.steps, self.counts) + self.per_step * beyond
        return counts

    def step_at(self, count: float) -> float:
        """Return the step after which there were `count` evaluations; the last one where there never were so many."""
        beyond = (count - self.counts[-1]) / self.per_step if self.per_step else 0.0
        return float(np.interp(count, self.counts, self.steps) + max(beyond, 0.0))


class EvaluationRecord:
    """Counts the evaluations of one racer.

    A step of a rule has always as many, so that one row for each rule suffices.  A step of a solver has as many as it
    needs, so they are counted: first at every step, and in a long race at every second, fourth ... step.
    """

    def __init__(self) -> None:
        self._steps, self._counts = [0], [0.0]
        self._per_step = self._before = 0.0
        self._spacing = 1

    def begin_rule(self, step: int, per_step: float, own: float = 0.0) -> None:
        """Begin with another rule after `step`.

        Parameters
        ----------
        per_step : float
            The evaluations of each of its steps; 0 for a solver, which `record` counts.
        own : float
            What the new solver counts already, because it took over the states of another.
        """
        self._append(step, self._count_at(step))
        self._per_step, self._before = per_step, self._counts[-1] - own

    def record(self, first_step: int, own: Array) -> None:
        """Add what the solver has counted since it began up to each of some steps (n,), from `first_step` on."""
        for number in range(-first_step % self._spacing, len(own), self._spacing):
            self._append(first_step + number, self._before + float(own[number]))
        while len(self._steps) > MOST_ROWS:
            self._spacing *= 2
            kept = [number for number, kept_step in enumerate(self._steps) if kept_step % self._spacing == 0]
            self._steps, self._counts = [self._steps[row] for row in kept], [self._counts[row] for row in kept]

    def cut_after(self, step: int) -> None:
        """Remove what was counted after `step`."""
        count = self._count_at(step)
        kept = bisect.bisect_right(self._steps, step)
        del self._steps[kept:], self._counts[kept:]
        self._append(step, count)

    def evaluations(self, step: int, own: float | None) -> Evaluations:
        """Return all counts; `own` is what a solver has counted since it began, up to `step`."""
        steps, counts = np.array(self._steps, dtype=np.float64), np.array(self._counts)
        if own is not None and step > self._steps[-1]:
            steps, counts = np.append(steps, step), np.append(counts, self._before + own)
        return Evaluations(steps, counts, self._per_step)

    def _count_at(self, step: int) -> float:
        return float(Evaluations(np.array(self._steps), np.array(self._counts), self._per_step).at(step))

    def _append(self, step: int, count: float) -> None:
        if step > self._steps[-1]:
            self._steps.append(step)
            self._counts.append(count)
