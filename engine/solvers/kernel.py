"""Makes many steps of a solver, for one racer or a swarm: what `engine.rules.kernel` does for a rule.

Schedules enter as hyperparameters that differ from step to step, and wrappers as numbers beside those of the solver:
the machine code is the same whatever goes round it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.compiled.driver import Driver
from engine.compiled.kinds import MATRIX, REAL, VECTOR, WHOLE, Kind
from engine.language.codegen.assembly import LANES
from engine.language.codegen.noise import wrapped
from engine.loss.machine_loss import MachineLoss
from engine.rules.goal import NO_GOAL, Goal
from engine.rules.members import Members
from engine.rules.modifiers.rate_factors import AT_ONCE
from engine.rules.step_loop import NOTHING_KEPT
from engine.solvers.around import PART, RING
from engine.solvers.context import CONTEXT
from engine.solvers.enclosure import Enclosure
from engine.solvers.loop import loop_of
from engine.solvers.record import numbers_type, records_of, slots_of, walk_type, write_records
from engine.types import Array

if TYPE_CHECKING:
    from engine.solvers.solver import Solver

MOST_DRIVERS = 256
"""Solvers whose compiled loops stay loaded: those of the catalogue, and a person's own."""
MOST_NUMBERS = 2**18
"""Hyperparameters of so many steps and members are worked out at a time: two megabytes."""


class SolverKernel:
    """A solver bound to a loss, with the face of `engine.rules.kernel.StepKernel`."""

    def __init__(self, solver: Solver, loss: MachineLoss, seed: int = 0) -> None:
        self._loss = loss
        self._seeds = np.array([wrapped(seed)], dtype=np.uint64).view(np.int64)
        self._walk, self._hyper = walk_type(solver.states), numbers_type(solver.inner.defaults)
        self._own_slots = slots_of(solver.states)
        self._driver = solver_driver(solver.inner)
        self._around = Enclosure(solver)
        self._asked = ("value", "gradient", "hessian") if solver.curved else ("value", "gradient")

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return the hyperparameters of each of `steps` updates, float64 (steps, hyperparameters)."""
        if not self._around.scheduled:
            return np.tile(hyper, (steps, 1))
        one = hyper[np.newaxis]
        return self._around.table(one, self._around.factors(one, first_step, steps))[:, 0]

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None, instance: int = 0, goal: Goal = NO_GOAL) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        The arguments are those of `engine.rules.kernel.StepKernel.run`; `block` may hold any number of instances.
        """
        kept = NOTHING_KEPT if record is None else record
        differing = table if self._around.scheduled else table[:1]
        hypers, parts = self._records(differing[:, np.newaxis]), self._around.settings(table[:1])
        self._go(block, diverged, first_step, len(table), hypers, parts, parameters[np.newaxis], self._seeds, instance,
                 kept, goal)  # fmt: skip

    def run_members(self, block: Array, diverged: Array, first_step: int, steps: int, members: Members,
                    instance: int, goal: Goal) -> None:  # fmt: skip
        """Make `steps` updates of instances that differ; the arguments are those of `MemberKernel.run`."""
        seeds = self._seeds if members.seeds is None else members.seeds
        parts = self._around.settings(members.hyper)
        for first, count, table in self._tables(members.hyper, first_step, steps):
            self._go(block, diverged, first, count, self._records(table), parts, members.parameters, seeds, instance,
                     NOTHING_KEPT, goal)  # fmt: skip

    def _tables(self, hyper: Array, first_step: int, steps: int) -> Iterator[tuple[int, int, Array]]:
        """Yield steps to make together: the first, how many, and the hyperparameters (steps or 1, n, all) in them."""
        if not self._around.scheduled:
            yield first_step, steps, hyper[np.newaxis]
            return
        together = max(MOST_NUMBERS // hyper.size, 1)
        for begin in range(0, steps, AT_ONCE):
            factors = self._around.factors(hyper, first_step + begin, min(AT_ONCE, steps - begin))
            for skipped in range(0, len(factors), together):
                some = factors[skipped : skipped + together]
                yield first_step + begin + skipped, len(some), self._around.table(hyper, some)

    def _records(self, table: Array) -> NDArray[Any]:
        """Return the solver's own hyperparameters as records (steps or 1, n or 1)."""
        own = self._around.own(table)
        rows = own if own.shape[-1] else np.zeros((*own.shape[:-1], 1))
        return np.ascontiguousarray(rows).view(self._hyper)[..., 0]

    def _go(self, block: Array, diverged: Array, first: int, steps: int, hypers: NDArray[Any], parts: NDArray[Any],
            parameters: Array, seeds: NDArray[np.int64], instance: int, record: Array, goal: Goal) -> None:  # fmt: skip
        own, others = block[: self._own_slots], block[self._own_slots :]
        walks, saved, context = records_of(own, self._walk), np.empty(1, dtype=self._walk), np.zeros(1, dtype=CONTEXT)
        rings = np.ascontiguousarray(others.T).view(RING) if self._around.wrappers else np.empty((len(walks), 0), RING)
        saved_rings = np.empty((1, len(self._around.wrappers)), RING)
        context["lanes"] = 1 if self._loss.columns else LANES
        for name in self._asked:
            context[name] = self._loss.address(name)
        self._exchange(walks, rings)
        self._driver(
            walks, saved, rings, saved_rings, parts, hypers, parameters, seeds, diverged, first, steps, instance,
            record, context, *goal,
        )  # fmt: skip
        self._exchange(walks, rings)
        write_records(walks, own)
        if self._around.wrappers:
            write_records(rings, others)

    def _exchange(self, walks: NDArray[Any], rings: NDArray[Any]) -> None:
        """Exchange the place where racers are drawn, which comes first in a block, for that where the solver stands."""
        if self._around.average is not None:
            begun = walks["begun"] != 0.0
            drawn = rings["place"][begun, self._around.average].copy()
            rings["place"][begun, self._around.average] = walks["w"][begun]
            walks["w"][begun] = drawn


@lru_cache(MOST_DRIVERS)
def solver_driver(solver: Solver) -> Driver:
    """Return the compiled step loop of a solver, whatever goes round it."""
    walk, hyper = walk_type(solver.states), numbers_type(solver.defaults)
    kinds = [
        Kind(walk, 1), Kind(walk, 1), Kind(RING, 2), Kind(RING, 2), Kind(PART, 2), Kind(hyper, 2), MATRIX,
        Kind(np.dtype(np.int64), 1), VECTOR, WHOLE, WHOLE, WHOLE, MATRIX, Kind(CONTEXT, 1), VECTOR, REAL,
    ]  # fmt: skip
    return Driver(loop_of(solver.begin, solver.step), kinds, solver.name)
