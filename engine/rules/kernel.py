"""The kernel of a rule: its machine code and a loop of many steps, for one racer or a swarm."""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from engine.language.codegen.assembly import LANES
from engine.language.codegen.noise import seed_bits
from engine.language.types import Array
from engine.loss.machine_loss import Addressed, MachineLoss
from engine.machine.aligned import aligned_empty
from engine.machine.locked_cached_property import locked_cached_property
from engine.rules.goal import NO_GOAL, Goal
from engine.rules.step_loop import NOTHING_KEPT, ROOM_ROWS, advance

BRIEF_S = 2e-4
"""A call that is shorter keeps the GIL: releasing and re-acquiring it would take longer than the call."""


class UpdateCode(Addressed, Protocol):
    """The interface of a rule's machine code, see `engine.language.codegen.step_kernel.StepCode`."""

    shared: int
    read: tuple[frozenset[int], ...]
    changing: tuple[int, ...]
    curved: bool


class StepKernel:
    """The machine code of a rule, bound to a loss, or to the array of given values that `GivenAnswers` describes.

    With `many`, several threads may run it at once, and all release the GIL.
    """

    def __init__(self, code: UpdateCode, asked: MachineLoss | Array, seed: int = 0, many: bool = False) -> None:
        self._code, self._many = code, many
        self._asked = asked
        self._seed = seed_bits(seed)
        self._prepare = _PREPARE(code.address("prepare"))
        self._update = code.address("update")
        self._pace_s = math.inf

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return the numbers that are the same for all instances in each of `steps` updates, float64 (steps, numbers).

        Parameters
        ----------
        first_step : int
            The number of the first update, from 1.
        hyper, parameters : float64
            The values of the rule's hyperparameters and of the loss's parameters.
        """
        # The loss compiles its gradient here, before the first update, and on one thread.
        self._point  # noqa: B018
        table = np.empty((steps, self._code.shared))
        self._prepare(first_step, steps, hyper.ctypes.data, parameters.ctypes.data, table.ctypes.data)
        return table

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None, instance: int = 0, goal: Goal = NO_GOAL) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        Parameters
        ----------
        block : float64 (slots, n)
            Positions, then states; `n` is a multiple of `LANES`.
        diverged : float64 (n,)
            Infinity while an instance is finite; else the step at which it left the finite numbers.  From then on it
            stays at its last finite position.
        first_step, table, parameters
            As in `prepare`, and what it returned.  Parameters may be a row for each update, (steps, numbers).
        record : float64 (steps, 3), optional
            Row k becomes x, y and loss of the first instance before update k.
        instance : int
            The number of the first instance: each number has random numbers of its own.
        goal : Goal
            The array in which the steps are recorded at which instances reach a loss.
        """
        each = parameters if parameters.ndim > 1 else parameters[np.newaxis]
        room = aligned_empty((ROOM_ROWS, block.shape[1]))
        kept = NOTHING_KEPT if record is None else record
        arguments = (
            self._update, self._point, block, diverged, table, each, first_step, self._seed, instance, kept, room, *goal
        )  # fmt: skip
        if self._many:
            advance(*arguments)
        else:
            self._advance_alone(arguments, len(table) * block.shape[1] // LANES)

    def _advance_alone(self, arguments: Sequence[Any], updates: int) -> None:
        """Make so many updates of vectors, and keep the GIL where they will take less time than to release it."""
        run, began = advance.run_briefly if updates * self._pace_s < BRIEF_S else advance, time.thread_time()
        run(*arguments)
        self._pace_s = (time.thread_time() - began) / max(updates, 1)

    @locked_cached_property
    def _point(self) -> int:
        if isinstance(self._asked, MachineLoss):
            return self._asked.curved_point_address if self._code.curved else self._asked.point_address
        return int(self._asked.ctypes.data)


_PREPARE = ctypes.PYFUNCTYPE(None, *[ctypes.c_int64] * 2, *[ctypes.c_void_p] * 3)
