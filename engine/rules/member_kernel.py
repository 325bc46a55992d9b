"""Makes many steps of a rule for members of a swarm that differ: in hyperparameters, in parameters, in seeds."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.batches import Batches
from engine.language.codegen.noise import seed_bits
from engine.language.types import Array
from engine.loss.machine_loss import AddressedByMember, MachineLoss
from engine.machine.aligned import aligned_empty
from engine.rules.goal import Goal
from engine.rules.kernel import UpdateCode
from engine.rules.member_loop import advance_members, tabulate_groups, tabulate_members, tabulate_parameters
from engine.rules.members import Grouping, Members, groupings
from engine.rules.step_loop import ROOM_ROWS

MOST_VALUES = 2**18
"""Numbers that are computed ahead, for the steps made at once: they fit the second-level cache with a block."""
WORTHWHILE = 16
"""Members for each group, at least: then numbers are computed once for all blocks, though on one thread."""


@dataclass(frozen=True, eq=False)
class Changing:
    """The numbers of some steps that differ from step to step, for each group of members.

    Attributes
    ----------
    first : int
        The number of the first step.
    values : float64 (steps, changing, groups)
    groups : int64 (changing, n)
        The group of each member.
    """

    first: int
    values: Array
    groups: NDArray[np.int64]

    def part(self, first: int, count: int, padded: int) -> Changing:
        """Return the numbers of `count` members from `first` on, the last one repeated up to `padded`."""
        rows = first + np.minimum(np.arange(padded), count - 1)
        return Changing(self.first, self.values, np.ascontiguousarray(self.groups[:, rows]))

    def steps(self, first: int, count: int) -> Array:
        """Return the values of `count` steps from `first` on."""
        return self.values[first - self.first :][:count]


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
        self._seed = np.array([seed_bits(seed)], dtype=np.uint64).view(np.int64)

    def in_groups(self, members: Members) -> list[Grouping] | None:
        """Return the members in groups that have numbers of a step in common, or None where there are too many."""
        found = self._groupings(members)
        most = max([len(group.hyper) for group in found], default=1)
        return found if most * WORTHWHILE <= len(members.hyper) else None

    def _groupings(self, members: Members) -> list[Grouping]:
        return groupings(members.hyper, {number: self._code.read[number] for number in self._code.changing})

    def most_steps(self, grouped: Sequence[Grouping]) -> int:
        """Return for how many steps the numbers of all groups are computed at once."""
        numbers = sum(len(group.hyper) * len(group.numbers) for group in grouped)
        return max(MOST_VALUES // max(numbers, 1), 1)

    def changing(self, grouped: Sequence[Grouping], members: int, first_step: int, steps: int) -> Changing:
        """Return the numbers that are different in each of `steps` updates."""
        chosen = np.array(self._code.changing, dtype=np.int64)
        values = np.zeros((steps, len(chosen), max([len(group.hyper) for group in grouped], default=0)))
        groups, row = np.zeros((len(chosen), members), dtype=np.int64), np.empty(steps * self._code.shared)
        for group in grouped:
            places = np.searchsorted(chosen, group.numbers)
            groups[places] = group.groups
            prepare = self._code.address("prepare")
            tabulate_groups(prepare, first_step, group.hyper, group.numbers, places, row, values)
        return Changing(first_step, values, groups)

    def run(
        self, block: Array, diverged: Array, first_step: int, steps: int, members: Members, batches: list[Batches],
        instance: int, goal: Goal, changing: Changing | None = None,
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
        changing : Changing, optional
            The numbers of all these steps, of these members; without it they are computed here.
        """
        n, end = block.shape[1], first_step + steps
        room, rows = aligned_empty((ROOM_ROWS, n)), self._rows(members, first_step)
        chosen = np.array(self._code.changing, dtype=np.int64)
        seeds = np.repeat(self._seed, n) if members.seeds is None else members.seeds
        instances = np.arange(instance, instance + n) if members.seeds is None else np.zeros(n, dtype=np.int64)
        alike = None if batches else parameter_table(self._asked, members.parameters).reshape(1, -1)
        grouped = self._groupings(members) if changing is None else []
        while first_step < end:
            count = min([end - first_step, *(drawn.reach(first_step) for drawn in batches)])
            if changing is None:
                count = min(count, self.most_steps(grouped))
            now = changing or self.changing(grouped, n, first_step, count)
            parameters = members.parameter_rows(batches, first_step, count).reshape(count, -1) if batches else alike
            advance_members(self._code.address("update"), self._point, block, diverged, rows.reshape(1, -1),
                            now.steps(first_step, count), chosen, now.groups, parameters, first_step,
                            seeds.ctypes.data, instances.ctypes.data, room, *goal)  # fmt: skip
            first_step += count

    def _rows(self, members: Members, first_step: int) -> Array:
        """Return the numbers that each member's update reads, float64 (numbers, n), as they are at a step."""
        rows = aligned_empty((self._code.shared, len(members.hyper)))
        prepare = self._code.address("prepare")
        tabulate_members(prepare, first_step, members.hyper, np.empty(self._code.shared), rows)
        return rows


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
