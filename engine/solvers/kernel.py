"""Makes many steps of a solver, for one racer or a swarm: what machine code does for a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.loss import Loss
from engine.rule import DIMENSIONS
from engine.solvers.oracle import Oracle
from engine.solvers.walk import Layout, Reason, Rest, Walk

if TYPE_CHECKING:
    from engine.solvers.solver import Solver

Array = NDArray[np.float64]


class SolverKernel:
    """A solver bound to a loss, with the face of `engine.rule.StepKernel`.

    Its steps are Python's, and hold Python's lock but for the moments in which the loss answers.
    """

    def __init__(self, solver: Solver, loss: Loss) -> None:
        self._solver = solver
        self._loss = loss
        self._layout = Layout(solver.states(DIMENSIONS))

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return the hyperparameters of each of `steps` updates, float64 (steps, hyperparameters)."""
        return np.broadcast_to(hyper, (steps, len(hyper)))

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        The arguments are those of `engine.rule.StepKernel.run`; `block` may hold any number of instances.
        """
        if not len(table):
            return
        hyper = dict(zip(self._solver.defaults, table[0].tolist(), strict=True))
        oracle = Oracle(self._loss, parameters)
        with np.errstate(all="ignore"):
            for instance in np.flatnonzero(np.isinf(diverged)):
                column = block[:, instance].copy()
                walk = Walk(self._layout, column, hyper, oracle)
                rows = record if instance == 0 else None
                diverged[instance] = self._go(walk, column, oracle, first_step, len(table), rows)
                block[:, instance] = column

    def _go(self, walk: Walk, column: Array, oracle: Oracle, first: int, steps: int, record: Array | None) -> float:
        """Make the steps of one instance; return the step at which it left the finite numbers, or infinity."""
        loss = oracle.value(walk.w)
        if not np.isfinite(loss):
            return first - 1
        for number in range(first, first + steps):
            if record is not None:
                record[number - first :] = (*walk.w, loss)
            before = column.copy()
            reason = self._step(walk, number)
            if reason != Reason.NONE:
                # Nothing else would come of the steps that follow, until a slider moves.
                column[:] = before
                walk["reason"] = reason
                return np.inf
            loss = oracle.value(walk.w)
            if not (np.isfinite(loss) and np.isfinite(walk.w).all()):
                column[:] = before
                return number
        return np.inf

    def _step(self, walk: Walk, number: int) -> Reason:
        """Make one step; return why there is none, if so."""
        walk.number = number
        try:
            if number == 1:
                walk["evaluations"] = 1.0
                self._solver.begin(walk)
            self._solver.step(walk)
        except Rest as rest:
            return rest.reason
        except (ArithmeticError, ValueError, np.linalg.LinAlgError):
            return Reason.BEYOND_NUMBERS
        walk["reason"] = Reason.NONE
        return Reason.NONE
