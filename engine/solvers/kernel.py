"""Makes many steps of a solver, for one racer or a swarm: what `engine.rules.kernel` does for a rule.

Schedules enter as hyperparameters that differ from step to step, and wrappers as numbers beside those of the solver:
the machine code is the same with any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.codegen.assembly import LANES
from engine.language.codegen.noise import seed_bits
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.rules.goal import NO_GOAL, Goal
from engine.rules.members import Members
from engine.rules.modifiers.rate_factors import AT_ONCE
from engine.rules.step_loop import NOTHING_KEPT
from engine.solvers.context import CONTEXT
from engine.solvers.modifiers import ModifierNumbers
from engine.solvers.state import records_of, write_records
from engine.solvers.step_function import StepFunction
from engine.solvers.wrappers import WRAPPER_STATE

MOST_NUMBERS = 2**18
"""Hyperparameters, of all steps and members, that are computed at a time: two megabytes."""


class SolverKernel:
    """A solver bound to a loss, with the methods of `engine.rules.kernel.StepKernel`.

    Parameters
    ----------
    function : StepFunction
    modifiers : ModifierNumbers
        The wrappers and schedules of the solver.
    loss : MachineLoss
    seed : int
        Decides on the random numbers that the solver draws.
    """

    def __init__(self, function: StepFunction, modifiers: ModifierNumbers, loss: MachineLoss, seed: int = 0) -> None:
        self._function, self._modifiers, self._loss = function, modifiers, loss
        self._seeds = np.array([seed_bits(seed)], dtype=np.uint64).view(np.int64)
        self._driver, self._own_slots = function.driver, function.slots
        self._state_dtype, self._hyperparameter_dtype = function.state_dtype, function.hyperparameter_dtype

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return the hyperparameters of each of `steps` updates, float64 (steps, hyperparameters)."""
        if not self._modifiers.scheduled:
            return np.tile(hyper, (steps, 1))
        one = hyper[np.newaxis]
        return self._modifiers.table(one, self._modifiers.factors(one, first_step, steps))[:, 0]

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None, instance: int = 0, goal: Goal = NO_GOAL) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        The arguments are those of `engine.rules.kernel.StepKernel.run`; `block` may hold any number of instances.
        """
        kept = NOTHING_KEPT if record is None else record
        differing = table if self._modifiers.scheduled else table[:1]
        hypers, wrappers = self._records(differing[:, np.newaxis]), self._modifiers.wrapper_records(table[:1])
        self._call(block, diverged, first_step, len(table), hypers, wrappers, parameters[np.newaxis], self._seeds,
                   instance, kept, goal)  # fmt: skip

    def run_members(self, block: Array, diverged: Array, first_step: int, steps: int, members: Members,
                    instance: int, goal: Goal) -> None:  # fmt: skip
        """Make `steps` updates of instances that differ; the arguments are those of `MemberKernel.run`."""
        # With seeds of its own, each draws what a racer draws, which is the first instance of its race.
        seeds, instance = (self._seeds, instance) if members.seeds is None else (members.seeds, 0)
        wrappers = self._modifiers.wrapper_records(members.hyper)
        for first, count, table in self._tables(members.hyper, first_step, steps):
            self._call(block, diverged, first, count, self._records(table), wrappers, members.parameters, seeds,
                       instance, NOTHING_KEPT, goal)  # fmt: skip

    def _tables(self, hyper: Array, first_step: int, steps: int) -> Iterator[tuple[int, int, Array]]:
        """Yield steps to make together: the first, how many, and the hyperparameters (steps or 1, n, all) in them."""
        if not self._modifiers.scheduled:
            yield first_step, steps, hyper[np.newaxis]
            return
        together = max(MOST_NUMBERS // hyper.size, 1)
        for begin in range(0, steps, AT_ONCE):
            factors = self._modifiers.factors(hyper, first_step + begin, min(AT_ONCE, steps - begin))
            for skipped in range(0, len(factors), together):
                some = factors[skipped : skipped + together]
                yield first_step + begin + skipped, len(some), self._modifiers.table(hyper, some)

    def _records(self, table: Array) -> NDArray[Any]:
        """Return the solver's own hyperparameters as records (steps or 1, n or 1)."""
        own = self._modifiers.own(table)
        rows = own if own.shape[-1] else np.zeros((*own.shape[:-1], 1))
        return np.ascontiguousarray(rows).view(self._hyperparameter_dtype)[..., 0]

    def _call(self, block: Array, diverged: Array, first: int, steps: int, hypers: NDArray[Any],
              wrappers: NDArray[Any], parameters: Array, seeds: NDArray[np.int64], instance: int, record: Array,
              goal: Goal) -> None:  # fmt: skip
        """Call the compiled loop, whose arguments `engine.solvers.loop` describes."""
        own, others = block[: self._own_slots], block[self._own_slots :]
        states, saved_state = records_of(own, self._state_dtype), np.empty(1, dtype=self._state_dtype)
        count = len(self._modifiers.wrappers)
        wrapper_states = (
            np.ascontiguousarray(others.T).view(WRAPPER_STATE) if count else np.empty((len(states), 0), WRAPPER_STATE)
        )
        self._exchange(states, wrapper_states)
        self._driver(
            states, saved_state, wrapper_states, np.empty((1, count), WRAPPER_STATE), wrappers, hypers, parameters,
            seeds, diverged, first, steps, instance, record, self._context(), *goal,
        )  # fmt: skip
        self._exchange(states, wrapper_states)
        write_records(states, own)
        if count:
            write_records(wrapper_states, others)

    def _context(self) -> NDArray[Any]:
        """Return a context with the addresses of the loss, records (1,)."""
        context = np.zeros(1, dtype=CONTEXT)
        context["lanes"] = 1 if self._loss.columns else LANES
        for name in ("value", "gradient", *(["hessian"] if self._function.uses_hessian else [])):
            context[name] = self._loss.address(name)
        return context

    def _exchange(self, states: NDArray[Any], wrapper_states: NDArray[Any]) -> None:
        """Exchange the drawn position, which comes first in a block, for the position of the solver."""
        average = self._modifiers.average
        if average is not None:
            begun = states["has_begun"] != 0.0
            drawn = wrapper_states["average"][begun, average].copy()
            wrapper_states["average"][begun, average] = states["w"][begun]
            states["w"][begun] = drawn
