"""A map that is computed stage by stage, can be cancelled from another thread, and goes on where it was."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event
from typing import Generic, TypeVar

import numpy as np

from engine.language.errors import FormulaError
from engine.race.maps.grid import Cells, Grid
from engine.race.racer import AnyRule
from engine.race.swarm import Swarm
from engine.rules.modifiers.wrappers import NOISE
from engine.solvers.solver import SEED, SolverRule

PORTION = 2**15
"""Cells that one swarm steps: a cancelled map waits for no more."""
DRAWS = re.compile(r"\brandn?\b")
UNCANCELLED = 2**22
"""Steps of all members together between two looks whether the map was cancelled: some hundredths of a second."""

Picture = TypeVar("Picture")


@dataclass
class Portion:
    """Some cells, and the swarm that steps them."""

    cells: Cells
    swarm: Swarm


PortionT = TypeVar("PortionT", bound=Portion)


class StagedMap(ABC, Generic[PortionT, Picture]):
    """A map of the cells of a grid, each of which makes the same number of steps.

    Parameters
    ----------
    grid : Grid
    steps : int

    Raises
    ------
    FormulaError
        Where `steps` is no whole number from 0 up.
    """

    def __init__(self, grid: Grid, steps: int) -> None:
        self.steps = _whole(steps)
        self._grid = grid
        self._cancelled = Event()
        self._stages: list[list[PortionT]] = []

    def cancel(self) -> None:
        """Let the stages end soon, from any thread; `stages` goes on with what there is."""
        self._cancelled.set()

    def extend(self, steps: int) -> None:
        """Let every cell make so many more steps, from where it is: `stages` then yields all pictures again."""
        self.steps += _whole(steps)

    def stages(self) -> Iterator[Picture]:
        """Return the pictures of the stages that are not finished, each finer than the one before; at least the last.

        After `cancel` there are no more of them.
        """
        self._cancelled.clear()
        return map(self._picture, self._computed())

    def finished(self) -> Picture:
        """Compute all stages, and return the last picture."""
        self._cancelled.clear()
        *_, last = self._computed()
        return self._picture(last)

    def _computed(self) -> Iterator[int]:
        """Compute stage after stage, and yield the stride of each that changes the picture."""
        for number, stride in enumerate(self._grid.strides):
            changed = False
            for portion in self._portions(number):
                if portion.swarm.step < self.steps or not self._is_finished(portion):
                    changed = True
                    if not (self._advance(portion.swarm) and self._finish(portion)):
                        return
            if changed or stride == 1:
                yield stride

    def _portions(self, number: int) -> Iterator[PortionT]:
        """Yield the portions of a stage; those that do not exist yet are begun one by one."""
        if number == len(self._stages):
            self._stages.append([])
        begun = self._stages[number]
        yield from list(begun)
        cells = self._new_cells(number)
        for first in range(sum(len(portion.cells) for portion in begun), len(cells), PORTION):
            begun.append(self._begin(cells[first : first + PORTION]))
            yield begun[-1]

    def _new_cells(self, number: int) -> Cells:
        """Return the cells of a stage that belong to no stage before."""
        strides = self._grid.strides
        cells, computed = self._grid.sample(strides[number]), np.zeros(self._grid.count, dtype=bool)
        for stride in strides[:number]:
            computed[self._grid.sample(stride)] = True
        return cells[~computed[cells]]

    def _advance(self, swarm: Swarm) -> bool:
        """Make the steps of a swarm up to those of the map; return whether it was not cancelled before."""
        at_once = max(UNCANCELLED // max(swarm.count, 1), 1)
        while swarm.step < self.steps:
            if self._cancelled.is_set():
                return False
            swarm.advance(min(at_once, self.steps - swarm.step))
        return not self._cancelled.is_set()

    @abstractmethod
    def _begin(self, cells: Cells) -> PortionT:
        """Return a portion of these cells before its first step."""

    @abstractmethod
    def _is_finished(self, portion: PortionT) -> bool:
        """Return whether the results of a portion are those of all its steps."""

    @abstractmethod
    def _finish(self, portion: PortionT) -> bool:
        """Keep the results of a portion that has made all steps; return whether it was not cancelled."""

    @abstractmethod
    def _picture(self, stride: int) -> Picture:
        """Return the picture in which the cells of one sample stand for all."""


def draws_numbers(rule: AnyRule) -> bool:
    """Return whether a racer draws random numbers: then each cell needs the seed of a race."""
    if isinstance(rule, SolverRule):
        return any(spec.name in rule.hyperparameters for spec in (SEED, NOISE))
    return DRAWS.search(rule.text) is not None


def _whole(steps: int) -> int:
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 0:
        raise FormulaError(f"The number of steps must be a whole number from 0 up, not {steps!r:.40}.")
    return int(steps)
