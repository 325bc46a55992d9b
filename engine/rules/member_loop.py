"""The step loop where the members of a swarm differ: each reads numbers of its own, some of them new at every step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compiled.address_calls import call_void
from engine.compiled.argument_types import INTEGER, MATRIX, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.types import Array
from engine.rules.step_loop import copy, make_updates

TABLES = ArgumentType(np.dtype(np.float64), 3)
INTEGERS, INTEGER_ROWS = ArgumentType(np.dtype(np.int64), 1), ArgumentType(np.dtype(np.int64), 2)


@driver(
    INTEGER, INTEGER, MATRIX, VECTOR, MATRIX, TABLES, INTEGERS, INTEGER_ROWS, MATRIX, INTEGER, INTEGER, INTEGER, MATRIX,
    VECTOR, VECTOR, title="the step loop of settings",
)  # fmt: skip
def advance_members(
    update: int, point: int, block: Array, diverged: Array, rows: Array, values: Array, chosen: NDArray[np.int64],
    groups: NDArray[np.int64], parameters: Array, first: int, seeds: int, instances: int, room: Array, reached: Array,
    thresholds: Array,
) -> None:  # fmt: skip
    """Make as many updates of the members of `block` as `values` has steps, until all have diverged.

    Parameters
    ----------
    update, point, block, diverged, parameters, first, room, reached, thresholds
        Those of `engine.rules.step_loop.advance`.
    rows : float64 (1, numbers*n)
        A row of each number that an update reads; those that change are written here before each step.
    values : float64 (steps, changing, groups)
        The numbers that change, for each group of members.
    chosen : int64 (changing,)
        Which numbers these are.
    groups : int64 (changing, n)
        The group of each member.
    seeds, instances : int
        The addresses of an integer for each member.
    """
    copy(block, room)
    here, moved, none = room[:DIMENSIONS], room[DIMENSIONS : 2 * DIMENSIONS], room[:0]
    for k in range(len(values)):
        for which in range(len(chosen)):
            hand_out(values[k, which], groups[which], rows[0, chosen[which] * len(diverged) :])
        own = k if len(parameters) > 1 else 0
        if not make_updates(update, point, block[DIMENSIONS:], diverged, rows, parameters[own : own + 1], first + k,
                            seeds, instances, none, room, reached, thresholds):  # fmt: skip
            break
        copy(moved, here)
    copy(here, block)


def hand_out(values: Array, groups: NDArray[np.int64], target: Array) -> None:
    """Write for each member the value of its group."""
    for i in range(len(groups)):
        target[i] = values[groups[i]]


@driver(INTEGER, INTEGER, MATRIX, INTEGERS, INTEGERS, VECTOR, TABLES, title="the tables of hyperparameters")
def tabulate_groups(
    prepare: int, first: int, hyper: Array, numbers: NDArray[np.int64], places: NDArray[np.int64], row: Array,
    values: Array,
) -> None:  # fmt: skip
    """Write some of the numbers that change for every group of members and every step.

    Parameters
    ----------
    prepare : int
        The address of the rule's function that computes the numbers of all steps for one member.
    first : int
        The number of the first update.
    hyper : float64 (groups, hyperparameters)
        Of one member of each group.
    numbers, places : int64
        The numbers to write, and where they stand among those that change.
    row : float64 (steps*numbers,)
        Room for what `prepare` writes.
    values : float64 (steps, changing, groups or more)
    """
    steps = len(values)
    each = len(row) // steps
    for group in range(len(hyper)):
        own = hyper[group].ctypes.data
        call_void(prepare, (first, steps, own, own, row.ctypes.data))
        for k in range(steps):
            for which in range(len(numbers)):
                values[k, places[which], group] = row[k * each + numbers[which]]


@driver(INTEGER, INTEGER, MATRIX, VECTOR, MATRIX, title="the numbers of settings")
def tabulate_members(prepare: int, first: int, hyper: Array, room: Array, rows: Array) -> None:
    """Write the numbers that each member's update `first` reads, float64 (numbers, n), from `hyper` (n, ...)."""
    for i in range(len(hyper)):
        own = hyper[i].ctypes.data
        call_void(prepare, (first, 1, own, own, room.ctypes.data))
        for number in range(len(room)):
            rows[number, i] = room[number]


@driver(INTEGER, MATRIX, VECTOR, MATRIX, title="the tables of parameters")
def tabulate_parameters(prepare: int, parameters: Array, room: Array, table: Array) -> None:
    """Write what the loss reads for each member, float64 (numbers, n), from its `parameters` (n, parameters)."""
    numbers, n = table.shape
    for i in range(n):
        call_void(prepare, (parameters[i].ctypes.data, room.ctypes.data))
        for number in range(numbers):
            table[number, i] = room[number]
