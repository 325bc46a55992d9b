"""Respawning: members of a swarm that have come to rest or left a rectangle begin anew, at starts drawn at random."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.compiled.argument_types import INTEGER, MATRIX, REAL, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.codegen.noise import uniforms
from engine.language.types import Array, Bounds
from engine.machine.threads import parallel_for
from engine.race.swarm import Swarm

LOOK_EVERY = 16
"""Steps between two looks at a swarm: only at its multiples do members begin anew, whatever way led there."""
AT_REST = 1e-5
"""Of the sides of the rectangle: a member that has moved no farther since the last look has come to rest."""
NEVER = -1
X_NUMBER, Y_NUMBER = 2**20, 2**20 + 2
"""The numbers of the draws for a new start, beyond those that a rule draws in a step; and none of one place."""
NUMBERS = ArgumentType(np.dtype(np.int64), 1)
CHUNK = 2**16
"""Starts that are drawn at once: the memory for a million would be a few hundred MB."""


@dataclass(frozen=True)
class RespawnState:
    """How many members began anew until a step, and the step of the last look, `NEVER` before the first."""

    count: int
    looked: int


class Respawning:
    """Looks at a swarm every `LOOK_EVERY` steps, and lets those begin anew that have arrived or left.

    A member has *come to rest* when it moved less than `AT_REST` of each side between two looks, or has diverged; it
    has *left* when it lay outside the rectangle at two looks.  Its new start and its memory are those of a member that
    begins; schedules and the number of the step are those of the race.  The start depends on the seed, the step and the
    member alone, so that a swarm which has gone back meets the same starts again.

    Parameters
    ----------
    swarm : Swarm
        Whose members have the same settings.
    bounds : ((xmin, xmax), (ymin, ymax))
        The rectangle of the new starts.
    seed : int

    Attributes
    ----------
    count : int
        How many members have begun anew so far; one that did so twice counts twice.
    """

    def __init__(self, swarm: Swarm, bounds: Bounds, seed: int) -> None:
        self._swarm, self._bounds, self._seed = swarm, bounds, seed
        self.count, self._looked = 0, NEVER
        self._before: list[Array] = []

    def state(self) -> RespawnState:
        """Return what steps change, beside the swarm."""
        return RespawnState(self.count, self._looked)

    def return_to(self, state: RespawnState) -> None:
        """Go back to a state, after the swarm has: where that was a look, the positions of now are those seen then."""
        self.count, self._looked = state.count, NEVER
        if state.looked == self._swarm.step:
            self._remember()

    def next_look(self) -> int:
        """Return the step of the next look; remember the positions of now if this is the step of one."""
        step = self._swarm.step
        if step % LOOK_EVERY == 0 and self._looked != step:
            self._remember()
        return step - step % LOOK_EVERY + LOOK_EVERY

    def look(self) -> None:
        """Let members begin anew if this is the step of a look, and there was one before to compare with."""
        step = self._swarm.step
        if step % LOOK_EVERY:
            return
        if self._looked == step - LOOK_EVERY:
            done = self._done()
            for first in range(0, len(done), CHUNK):
                some = done[first : first + CHUNK]
                self._swarm.restart(some, random_starts(self._bounds, self._seed, step, some), self._seed + step)
            self.count += len(done)
        self._remember()

    def _remember(self) -> None:
        """Keep the positions of now, to compare those of the next look with."""
        parts = self._swarm.parts()
        self._before = self._before or [np.empty((2, block.shape[1])) for block, _, _ in parts]
        for before, (block, _, _) in zip(self._before, parts, strict=True):
            before[...] = block[:2]
        self._looked = self._swarm.step

    def _done(self) -> NDArray[np.int64]:
        """Return the numbers of the members that have come to rest, diverged or left."""
        parts, (x, y) = self._swarm.parts(), self._bounds
        found: list[NDArray[np.int64]] = [np.empty(0, np.int64)] * len(parts)
        firsts = np.cumsum([0, *(members for _, _, members in parts)])

        def find(number: int) -> None:
            block, diverged, members = parts[number]
            numbers = np.empty(members, np.int64)
            count = find_done(block, diverged, self._before[number], members, *x, *y, AT_REST, numbers)
            found[number] = numbers[:count] + firsts[number]

        parallel_for(find, range(len(parts)))
        return np.concatenate(found) if found else np.empty(0, np.int64)


def random_starts(bounds: Bounds, seed: int, step: int, members: NDArray[np.int64]) -> Array:
    """Return a start in a rectangle for each member that begins anew after a step, float64 (n, 2)."""
    (left, right), (bottom, top) = bounds
    instances = members.astype(np.uint64)
    across, up = (uniforms(seed, step, number, instances) for number in (X_NUMBER, Y_NUMBER))
    return np.column_stack([left + (right - left) * across, bottom + (top - bottom) * up])


@driver(
    MATRIX, VECTOR, MATRIX, INTEGER, REAL, REAL, REAL, REAL, REAL, NUMBERS, title="the respawning of swarms"
)  # fmt: skip
def find_done(
    block: Array, diverged: Array, before: Array, members: int, left: float, right: float, bottom: float, top: float,
    share: float, done: NDArray[np.int64],
) -> int:  # fmt: skip
    """Write the numbers of the members of a part that are done, and return how many are.

    Parameters
    ----------
    block, diverged, members
        A part, as `engine.race.swarm.Swarm.parts` has it.
    before : float64 (2, padded)
        Where its members were at the look before.
    left, right, bottom, top : float
        The rectangle.
    share : float
        Of its sides: one that has moved no farther is at rest.
    done : int64 (members,)
    """
    across, up = share * (right - left), share * (top - bottom)
    count = 0
    for i in range(members):
        x, y = block[0, i], block[1, i]
        was_x, was_y = before[0, i], before[1, i]
        rests = abs(x - was_x) <= across and abs(y - was_y) <= up
        inside = left <= x <= right and bottom <= y <= top
        was_inside = left <= was_x <= right and bottom <= was_y <= top
        if rests or diverged[i] < math.inf or not (inside or was_inside):
            done[count] = i
            count += 1
    return count
