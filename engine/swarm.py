"""Many starts of one racer, stepped together on every core by the same kernels as a race."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.loss import Loss
from engine.race import Entrant, compile_entrant

BLOCK = 512
"""Instances whose positions and states fit the first-level cache together."""
SLICE = 512
"""Steps between two looks at whether the caller has given up."""


class Swarm:
    """Instances of one rule at many starts.

    Parameters
    ----------
    loss : Loss
    racer : str, Rule or Optimizer
    starts : float64 (n, 2)

    Raises
    ------
    FormulaError
        Where the text names no racer.
    """

    def __init__(self, loss: Loss, racer: Entrant, starts: ArrayLike) -> None:
        places = np.asarray(starts, dtype=np.float64).reshape(-1, 2)
        self.loss = loss
        self.rule = compile_entrant(racer)
        self.step = 0
        self._count = len(places)
        self._kernel = self.rule.kernel(loss)
        hyper = self._hyper()
        parts = [places[begin : begin + BLOCK] for begin in range(0, self._count, BLOCK)]
        self._blocks = [self.rule.start_block(part, hyper, loss) for part in parts]
        self._diverged = [np.full(block.shape[1], np.inf) for block in self._blocks]

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
        hyper, parameters = self._hyper(), self.loss.parameter_array.copy()

        def run(number: int) -> None:
            for begin in range(0, steps, SLICE):
                first, count = self.step + begin + 1, min(SLICE, steps - begin)
                self._kernel.run(self._blocks[number], self._diverged[number], first, count, hyper, parameters)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(run, range(len(self._blocks))))
        self.step += steps

    def _hyper(self) -> NDArray[np.float64]:
        return np.array(list(self.rule.hyperparameters.values()))

    def _size(self, number: int) -> int:
        return min(BLOCK, self._count - number * BLOCK)
