"""Makes many steps of a solver, for one racer or a swarm: what `engine.kernel` does for a rule."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.compiled.driver import Driver
from engine.compiled.kinds import MATRIX, VECTOR, WHOLE, Kind
from engine.language.assembly import LANES
from engine.language.noise import wrapped
from engine.loss import Loss
from engine.solvers.context import CONTEXT
from engine.solvers.loop import loop_of
from engine.solvers.record import numbers_type, records_of, walk_type, write_records

if TYPE_CHECKING:
    from engine.solvers.solver import Solver

Array = NDArray[np.float64]
RESULTS = {"value": 1, "gradient": 3, "hessian": 3}
"""What a solver asks a loss for, and how many numbers each answer is."""
NOTHING_KEPT = np.empty((0, 3))
"""The record of who wants none."""
MOST_DRIVERS = 256
"""Solvers whose compiled loops stay loaded: those of the catalogue, and a person's own."""


class SolverKernel:
    """A solver bound to a loss, with the face of `engine.kernel.StepKernel`."""

    def __init__(self, solver: Solver, loss: Loss, seed: int = 0) -> None:
        self._loss = loss
        self._seeds = np.array([wrapped(seed)], dtype=np.uint64).view(np.int64)
        self._walk, self._hyper = walk_type(solver.states), numbers_type(solver.defaults)
        self._driver = solver_driver(solver)
        self._asked = ("value", "gradient", "hessian") if solver.curved else ("value", "gradient")

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return the hyperparameters of each of `steps` updates, float64 (steps, hyperparameters)."""
        return np.tile(hyper, (steps, 1))

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None, instance: int = 0) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        The arguments are those of `engine.kernel.StepKernel.run`; `block` may hold any number of instances.
        """
        walks, hypers = records_of(block, self._walk), _as_records(table, self._hyper)
        context, saved = np.zeros(1, dtype=CONTEXT), np.empty(1, dtype=self._walk)
        context["lanes"] = 1 if self._loss.columns else LANES
        for name in self._asked:
            context[name] = self._loss.address(name)
        kept = NOTHING_KEPT if record is None else record
        self._driver(walks, saved, hypers, parameters[np.newaxis], self._seeds, diverged, first_step, len(table),
                     instance, kept, context)  # fmt: skip
        write_records(walks, block)


@lru_cache(MOST_DRIVERS)
def solver_driver(solver: Solver) -> Driver:
    """Return the compiled step loop of a solver."""
    walk, hyper = walk_type(solver.states), numbers_type(solver.defaults)
    kinds = [
        Kind(walk, 1), Kind(walk, 1), Kind(hyper, 2), MATRIX, Kind(np.dtype(np.int64), 1), VECTOR, WHOLE, WHOLE, WHOLE,
        MATRIX, Kind(CONTEXT, 1),
    ]  # fmt: skip
    return Driver(loop_of(solver.begin, solver.step), kinds, solver.name)


def _as_records(table: Array, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return rows of hyperparameters as records (rows, 1)."""
    rows = table if table.shape[1] else np.zeros((len(table), 1))
    return np.ascontiguousarray(rows).view(kind)
