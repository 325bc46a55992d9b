"""Makes many steps of a solver, for one racer or a swarm: what machine code does for a rule."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.language.loss_kernel import DIMENSIONS
from engine.loss import Loss
from engine.solvers.oracle import Oracle
from engine.solvers.walk import Layout, Reason, RestError, Walk

if TYPE_CHECKING:
    from engine.solvers.solver import Solver

Array = NDArray[np.float64]


class SolverKernel:
    """A solver bound to a loss, with the face of `engine.kernel.StepKernel`.

    Its steps are Python's, and hold Python's lock but for the moments in which the loss answers.
    """

    def __init__(self, solver: Solver, loss: Loss, seed: int = 0) -> None:
        self._solver = solver
        self._loss = loss
        self._seed = seed
        self._layout = Layout(solver.states(DIMENSIONS))
        if solver.curved:
            # Made here rather than by the first of several threads that need it.
            loss.function("hessian", DIMENSIONS * (DIMENSIONS + 1) // 2)

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return the hyperparameters of each of `steps` updates, float64 (steps, hyperparameters)."""
        return np.broadcast_to(hyper, (steps, len(hyper)))

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None, instance: int = 0) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        The arguments are those of `engine.kernel.StepKernel.run`; `block` may hold any number of instances.
        """
        oracle = Oracle(self._loss, parameters)
        with np.errstate(all="ignore"):
            for begin, end in _stretches(table):
                hyper = dict(zip(self._solver.defaults, table[begin].tolist(), strict=True))
                for number in np.flatnonzero(np.isinf(diverged)):
                    column = block[:, number].copy()
                    walk = Walk(self._layout, column, hyper, oracle, self._seed, instance + int(number))
                    rows = record[begin:end] if record is not None and number == 0 else None
                    numbers = range(first_step + begin, first_step + end)
                    diverged[number] = self._go(walk, column, numbers, rows)
                    block[:, number] = column

    def _go(self, walk: Walk, column: Array, numbers: range, record: Array | None) -> float:
        """Make the steps of one instance; return the step at which it left the finite numbers, or infinity."""
        loss = walk.height()
        if not np.isfinite(loss):
            return numbers.start - 1
        for number in numbers:
            if record is not None:
                record[number - numbers.start :] = (*walk.w, loss)
            self._begin(walk)
            before = column.copy()
            reason = self._step(walk, number)
            if reason != Reason.NONE:
                column[:] = before
                if walk["reason"][0] == Reason.NONE:
                    walk["rested"] = number - 1
            walk["reason"] = reason
            if reason != Reason.NONE:
                # The steps that follow would find the same.
                return np.inf
            loss = walk.height()
            if not (np.isfinite(loss) and np.isfinite(walk.w).all()):
                column[:] = before
                return number
        return np.inf

    def _begin(self, walk: Walk) -> None:
        """Fill the states of an instance that has not begun."""
        if walk["begun"][0] == 0.0:
            walk.number = 0
            walk["evaluations"] = walk["begun"] = 1.0
            self._solver.begin(walk)

    def _step(self, walk: Walk, number: int) -> Reason:
        """Make one step; return why there is none, if so."""
        walk.number = number
        try:
            self._solver.step(walk)
        except RestError as rest:
            return rest.reason
        except np.linalg.LinAlgError:
            return Reason.NO_CURVATURE
        except ArithmeticError:
            return Reason.BEYOND_NUMBERS
        return Reason.NONE


def _stretches(table: Array) -> list[tuple[int, int]]:
    """Return the first row and the row after the last of each stretch of equal rows."""
    changes = np.flatnonzero((table[1:] != table[:-1]).any(axis=1)) + 1
    ends = [0, *changes.tolist(), len(table)]
    return [(begin, end) for begin, end in pairwise(ends) if begin < end]
