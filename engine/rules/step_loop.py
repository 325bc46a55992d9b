"""The step loop: many updates of many instances, with divergence noticed at every step, and the first one recorded.

An update is the machine code of a rule; the loop around it is here.
"""

from __future__ import annotations

import math

import numpy as np

from engine.compiled.address_calls import call_integer
from engine.compiled.argument_types import INTEGER, MATRIX, VECTOR
from engine.compiled.driver import driver
from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.types import Array
from engine.rules.goal import record_reached

ROOM_ROWS = 2 * DIMENSIONS + 1
"""Rows that the loop works with beside a block: positions twice, and losses."""
NOTHING_KEPT = np.empty((0, 3))
"""The record where none is wanted."""


@driver(
    INTEGER, INTEGER, MATRIX, VECTOR, MATRIX, MATRIX, INTEGER, INTEGER, INTEGER, MATRIX, MATRIX, VECTOR, VECTOR,
    title="the step loop",
)  # fmt: skip
def advance(
    update: int, point: int, block: Array, diverged: Array, table: Array, parameters: Array, first: int, seed: int,
    instance: int, record: Array, room: Array, reached: Array, thresholds: Array,
) -> None:  # fmt: skip
    """Make as many updates of the instances of `block` as `table` has rows, until all have diverged.

    Parameters
    ----------
    update, point : int
        The addresses of the rule's update and of what it asks: a loss, or given answers.
    block : float64 (slots, n)
        Positions, then states.
    diverged : float64 (n,)
        The step at which each instance left the finite numbers; infinity while it has not.
    table : float64 (steps, numbers)
        For each update what is the same for all instances.
    parameters : float64 (1 or steps, numbers)
        The loss's parameters: of all updates, or of each.
    first, seed, instance : int
        The number of the first update, and what decides on random numbers.
    record : float64 (steps, 3) or (0, 3)
        Row k becomes x, y and loss of the first instance before update k, if there is such a row.
    room : float64 (ROOM_ROWS, n)
        For the positions before and after an update, which change places at every step, and the losses before it.
    reached, thresholds
        A `Goal`.
    """
    copy(block, room)
    steps = make_updates(update, point, block[DIMENSIONS:], diverged, table, parameters, first, seed, instance,
                         record, room, reached, thresholds)  # fmt: skip
    last = DIMENSIONS * (steps % 2)
    copy(room[last : last + DIMENSIONS], block)


def make_updates(
    update: int, point: int, states: Array, diverged: Array, table: Array, parameters: Array, first: int, seed: int,
    instance: int, record: Array, room: Array, reached: Array, thresholds: Array,
) -> int:  # fmt: skip
    """Make the updates of `advance` on the positions in `room`, and return how many were made."""
    losses = room[2 * DIMENSIONS]
    frozen = count_frozen(diverged)
    for k in range(len(table)):
        if frozen == len(diverged):
            return k
        begin, end = DIMENSIONS * (k % 2), DIMENSIONS * ((k + 1) % 2)
        here, moved = room[begin : begin + DIMENSIONS], room[end : end + DIMENSIONS]
        own = k if len(parameters) > 1 else 0
        odd = call_integer(update, (len(diverged), first + k, seed, instance, here.ctypes.data, moved.ctypes.data,
                            states.ctypes.data, losses.ctypes.data, table[k].ctypes.data,
                            parameters[own].ctypes.data, point))  # fmt: skip
        if k < len(record):
            record[k, 0], record[k, 1], record[k, 2] = here[0, 0], here[1, 0], losses[0]
        if len(reached) > 0:
            record_reached(losses, reached, thresholds, first + k - 1)
        if odd or frozen:
            frozen = freeze(here, moved, losses, diverged, first + k)
    return len(table)


def copy(source: Array, target: Array) -> None:
    """Copy the positions of all instances."""
    for axis in range(DIMENSIONS):
        for i in range(source.shape[1]):
            target[axis, i] = source[axis, i]


def count_frozen(diverged: Array) -> int:
    """Return how many instances have diverged."""
    frozen = 0
    for i in range(len(diverged)):
        frozen += diverged[i] != math.inf
    return frozen


def freeze(here: Array, moved: Array, losses: Array, diverged: Array, step: int) -> int:
    """Hold each instance at its last finite position once its loss or its next position is not finite.

    Return how many such instances there are.  A loss that is not finite was reached by the step before.
    """
    # Without branches, and row by row, so that LLVM makes a loop of vectors: it runs at every step from then on.
    x, y, new_x, new_y = here[0], here[1], moved[0], moved[1]
    now, before = float(step), float(step - 1)
    frozen = 0
    for i in range(len(diverged)):
        seen = abs(losses[i]) < math.inf
        fine = seen & (abs(new_x[i]) < math.inf) & (abs(new_y[i]) < math.inf)
        left = math.inf if fine else (now if seen else before)
        left = diverged[i] if diverged[i] < left else left
        held = left < math.inf
        diverged[i] = left
        new_x[i] = x[i] if held else new_x[i]
        new_y[i] = y[i] if held else new_y[i]
        frozen += held
    return frozen
