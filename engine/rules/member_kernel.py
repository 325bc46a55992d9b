"""Makes many steps of a rule for members of a swarm that differ: in hyperparameters, in parameters, in seeds."""

from __future__ import annotations

import ctypes

import numpy as np

from engine.data.batches import Batches
from engine.language.codegen.assembly import LANES
from engine.language.codegen.noise import wrapped
from engine.language.types import Array
from engine.loss.machine_loss import AddressedByMember, MachineLoss
from engine.machine.aligned import aligned_empty
from engine.rules.goal import Goal
from engine.rules.kernel import UpdateCode
from engine.rules.member_loop import tabulate_group, tabulate_parameters, tabulate_steps
from engine.rules.members import Grouping, Members, groupings
from engine.rules.step_loop import NOTHING_KEPT, ROOM_ROWS, advance

STEPS_AT_ONCE = 16
"""Updates for which tables are made at once: those of a block then fit the second-level cache."""
TABLE_NUMBERS = 2**15
"""Numbers of a table that fit there too: few members have tables for more updates, and are sooner done."""


class MemberKernel:
    """The machine code of a rule for members that differ, bound to a loss.

    A member does bit for bit what a racer with its settings does: the numbers that a race computes once for each step
    are computed by the same code for each member here.

    Parameters
    ----------
    code : UpdateCode
        Compiled for members.
    loss : MachineLoss
    seed : int
        The seed of the swarm, for members without seeds of their own.
    """

    def __init__(self, code: UpdateCode, loss: MachineLoss, seed: int = 0) -> None:
        self._code, self._loss = code, loss
        self._asked = loss.curved_member_code if code.curved else loss.member_code
        self._point = self._asked.address("point")
        self._seed = np.array([wrapped(seed)], dtype=np.uint64).view(np.int64)

    def run(
        self, block: Array, diverged: Array, first_step: int, steps: int, members: Members, batches: list[Batches],
        instance: int, goal: Goal,
    ) -> None:  # fmt: skip
        """Make `steps` updates of the members of a block, in place.

        Parameters
        ----------
        block, diverged, first_step, instance, goal
            As in `engine.rules.kernel.StepKernel.run`.
        members : Members
            Of this block, padded as it is.
        batches : list of Batches
            The mini-batches that they learn from; none where they learn from all rows.
        """
        n = block.shape[1]
        room = aligned_empty((ROOM_ROWS, n))
        update = self._code.address("update")
        seeds = np.repeat(self._seed, n) if members.seeds is None else members.seeds
        instances = np.arange(instance, instance + n) if members.seeds is None else np.zeros(n, dtype=np.int64)
        alike = None if batches else parameter_table(self._asked, members.parameters).reshape(1, -1)
        grouped = groupings(members.hyper, self._code.read)
        end = first_step + steps
        at_once = max(STEPS_AT_ONCE, TABLE_NUMBERS // (n * max(self._code.shared, 1)))
        while first_step < end:
            count = min([at_once, end - first_step, *(drawn.reach(first_step) for drawn in batches)])
            tables = self._tables(members, grouped, first_step, count)
            parameters = members.parameter_rows(batches, first_step, count).reshape(count, -1) if batches else alike
            advance(update, self._point, block, diverged, tables.reshape(count, -1), parameters, first_step,
                    seeds.ctypes.data, instances.ctypes.data, NOTHING_KEPT, room, *goal)  # fmt: skip
            first_step += count

    def _tables(self, members: Members, grouped: list[Grouping] | None, first: int, steps: int) -> Array:
        """Return the numbers that the updates of each member read, float64 (steps, numbers, n)."""
        prepare, numbers = self._code.address("prepare"), steps * self._code.shared
        tables = aligned_empty((steps, self._code.shared, len(members.hyper)))
        if grouped is None:
            tabulate_steps(prepare, first, members.hyper, np.empty((LANES, numbers)), tables)
        for group in grouped or ():
            row, room = np.empty(numbers), np.empty((numbers, len(group.hyper)))
            tabulate_group(prepare, first, group.hyper, group.groups, group.numbers, row, room, tables)
        return tables


def parameter_table(code: AddressedByMember, parameters: Array) -> Array:
    """Return what a loss reads at each member's point, from the parameters (n, numbers) of each."""
    if code.by_instance:
        return parameters
    table = aligned_empty((code.numbers, len(parameters)))
    tabulate_parameters(code.address("prepare"), parameters, np.empty(code.numbers), table)
    return table


def member_losses(loss: MachineLoss, positions: Array, parameters: Array) -> Array:
    """Return the loss of each member over all rows, float64 (n,), at `positions` (2, n), in whole vectors."""
    (x, y), losses = np.ascontiguousarray(positions), aligned_empty(positions.shape[1:])
    table = parameter_table(loss.member_code, parameters)
    value = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 5)(loss.member_code.address("value"))
    value(len(losses), x.ctypes.data, y.ctypes.data, table.ctypes.data, losses.ctypes.data)
    return losses
