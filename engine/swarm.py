"""Many starts of one racer, stepped together on every core by the same kernels as a race."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.aligned import aligned_empty
from engine.batches import Batches, check_batch
from engine.crew import share_out
from engine.entrant import Entrant, compile_entrant
from engine.kernel import StepKernel
from engine.language.assembly import LANES
from engine.loss import Loss

MOST_IN_BLOCK, CACHE_NUMBERS = 512, 2**12
"""Instances that are stepped together, and how many float64 the smallest first-level cache holds."""
ROOM_ROWS = 3
"""Rows that a step works with beside the slots: the positions after it, and the losses."""
SLICE = 2048
"""Steps that all blocks make before the next: what is the same for all of them is worked out so many at a time."""


class Swarm:
    """Instances of one rule at many starts.

    Parameters
    ----------
    loss : Loss
    racer : str, Rule or Optimizer
    starts : float64 (n, 2)
    seed : int
        Decides on the random numbers that the rule draws: each instance has its own, the first those of a race.  And
        on mini-batches, which all instances share with a race.
    batch : int, optional
        How many rows of the loss's data set a step learns from, as in a race; without it, all.

    Raises
    ------
    FormulaError
        Where the text names no racer, or a batch is no number of rows.
    """

    def __init__(self, loss: Loss, racer: Entrant, starts: ArrayLike, seed: int = 0, batch: int | None = None) -> None:
        check_batch(batch, loss.columns)
        places = np.asarray(starts, dtype=np.float64).reshape(-1, 2)
        self.loss = loss
        self.rule = compile_entrant(racer)
        self.step = 0
        self._count = len(places)
        self._kernel = self.rule.kernel_for_many(loss, seed)
        self._seed, self._batch = seed, batch
        self._in_block = _fitting_block(self.rule.slots)
        hyper = self._hyper()
        self._blocks = [
            self.rule.start_block(places[first : first + self._in_block], hyper, loss, seed, first)
            for first in range(0, self._count, self._in_block)
        ]
        self._diverged = [aligned_empty(block.shape[1:]) for block in self._blocks]
        for diverged in self._diverged:
            diverged.fill(np.inf)

    @property
    def positions(self) -> NDArray[np.float64]:
        """Where the instances are, float64 (n, 2); a diverged one at its last finite position."""
        joined = [block[:2].T[: self._size(number)] for number, block in enumerate(self._blocks)]
        return np.concatenate(joined) if joined else np.empty((0, 2))

    @property
    def losses(self) -> NDArray[np.float64]:
        """The loss of each instance, float64 (n,)."""
        positions = self.positions
        return self.loss.value(positions[:, 0], positions[:, 1])

    @property
    def diverged(self) -> NDArray[np.float64]:
        """The step at which each instance left the finite numbers, float64 (n,); infinity while it has not."""
        joined = [steps[: self._size(number)] for number, steps in enumerate(self._diverged)]
        return np.concatenate(joined) if joined else np.empty(0)

    def set(self, **hyperparameters: float) -> None:
        """Change hyperparameters for the steps to come; nothing is recompiled."""
        self.rule.set(**hyperparameters)

    def advance(self, steps: int = 1) -> None:
        """Let every instance that has not diverged make `steps` updates, on every core."""
        hyper = self._hyper()
        for first, count, parameters in self._stretches(self.step + 1, self.step + steps + 1):
            table = self._kernel.prepare(first, count, hyper, parameters)
            run = partial(self._run, first=first, table=table, parameters=parameters)
            share_out(run, range(len(self._blocks)))
        self.step += steps

    def _stretches(self, first: int, end: int) -> Iterator[tuple[int, int, NDArray[np.float64]]]:
        """Yield steps to make together: the first, how many, and the parameters of all or of each."""
        parameters, columns = self.loss.parameter_array.copy(), self.loss.columns
        batches = None if columns is None else Batches(columns, self._batch, self._seed)
        drawn = batches is not None and not batches.whole and isinstance(self._kernel, StepKernel)
        while first < end:
            count = min(SLICE, end - first)
            if batches is not None and drawn:
                count = min(count, batches.reach(first))
                yield first, count, batches.parameters(parameters, first, count)
            else:
                yield first, count, parameters
            first += count

    def _run(self, number: int, first: int, table: NDArray[np.float64], parameters: NDArray[np.float64]) -> None:
        """Step one block."""
        block, diverged = self._blocks[number], self._diverged[number]
        self._kernel.run(block, diverged, first, table, parameters, instance=number * self._in_block)

    def _hyper(self) -> NDArray[np.float64]:
        return np.array(list(self.rule.hyperparameters.values()))

    def _size(self, number: int) -> int:
        return min(self._in_block, self._count - number * self._in_block)


def _fitting_block(slots: int) -> int:
    """Return how many instances fit the cache with their `slots` and what a step works with."""
    return min(MOST_IN_BLOCK, max(CACHE_NUMBERS // (slots + ROOM_ROWS) // LANES, 1) * LANES)
