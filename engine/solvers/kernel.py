"""Makes many steps of a solver, for one racer or a swarm: what `engine.kernel` does for a rule."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.compiled.driver import Driver
from engine.compiled.kinds import MATRIX, REAL, VECTOR, WHOLE, Kind
from engine.goal import NO_GOAL, Goal
from engine.language.assembly import LANES
from engine.language.noise import wrapped
from engine.machine_loss import MachineLoss
from engine.members import Members
from engine.solvers.context import CONTEXT
from engine.solvers.loop import loop_of
from engine.solvers.record import numbers_type, records_of, walk_type, write_records
from engine.step_loop import NOTHING_KEPT

if TYPE_CHECKING:
    from engine.solvers.solver import Solver

Array = NDArray[np.float64]
MOST_DRIVERS = 256
"""Solvers whose compiled loops stay loaded: those of the catalogue, and a person's own."""


class SolverKernel:
    """A solver bound to a loss, with the face of `engine.kernel.StepKernel`."""

    def __init__(self, solver: Solver, loss: MachineLoss, seed: int = 0) -> None:
        self._loss = loss
        self._seeds = np.array([wrapped(seed)], dtype=np.uint64).view(np.int64)
        self._walk, self._hyper = walk_type(solver.states), numbers_type(solver.defaults)
        self._driver = solver_driver(solver)
        self._asked = ("value", "gradient", "hessian") if solver.curved else ("value", "gradient")

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return the hyperparameters of each of `steps` updates, float64 (steps, hyperparameters)."""
        return np.tile(hyper, (steps, 1))

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None, instance: int = 0, goal: Goal = NO_GOAL) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        The arguments are those of `engine.kernel.StepKernel.run`; `block` may hold any number of instances.
        """
        kept = NOTHING_KEPT if record is None else record
        hypers = _as_records(table, self._hyper)
        self._go(
            block, diverged, first_step, len(table), hypers, parameters[np.newaxis], self._seeds, instance, kept, goal
        )

    def run_members(self, block: Array, diverged: Array, first_step: int, steps: int, members: Members,
                    instance: int, goal: Goal) -> None:  # fmt: skip
        """Make `steps` updates of instances that differ; the arguments are those of `MemberKernel.run`."""
        seeds = self._seeds if members.seeds is None else members.seeds
        hypers = _as_records(members.hyper, self._hyper).reshape(1, -1)
        self._go(block, diverged, first_step, steps, hypers, members.parameters, seeds, instance, NOTHING_KEPT, goal)

    def _go(self, block: Array, diverged: Array, first: int, steps: int, hypers: NDArray[Any], parameters: Array,
            seeds: NDArray[np.int64], instance: int, record: Array, goal: Goal) -> None:  # fmt: skip
        walks, saved, context = records_of(block, self._walk), np.empty(1, dtype=self._walk), np.zeros(1, dtype=CONTEXT)
        context["lanes"] = 1 if self._loss.columns else LANES
        for name in self._asked:
            context[name] = self._loss.address(name)
        self._driver(walks, saved, hypers, parameters, seeds, diverged, first, steps, instance, record, context, *goal)
        write_records(walks, block)


@lru_cache(MOST_DRIVERS)
def solver_driver(solver: Solver) -> Driver:
    """Return the compiled step loop of a solver."""
    walk, hyper = walk_type(solver.states), numbers_type(solver.defaults)
    kinds = [
        Kind(walk, 1), Kind(walk, 1), Kind(hyper, 2), MATRIX, Kind(np.dtype(np.int64), 1), VECTOR, WHOLE, WHOLE, WHOLE,
        MATRIX, Kind(CONTEXT, 1), VECTOR, REAL,
    ]  # fmt: skip
    return Driver(loop_of(solver.begin, solver.step), kinds, solver.name)


def _as_records(table: Array, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return rows of hyperparameters as records (rows, 1)."""
    rows = table if table.shape[1] else np.zeros((len(table), 1))
    return np.ascontiguousarray(rows).view(kind)
