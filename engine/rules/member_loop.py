"""Tables for the step loop where the members of a swarm differ: the numbers that each has of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compiled.address_calls import call_void
from engine.compiled.argument_types import INTEGER, MATRIX, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.types import Array

TABLES = ArgumentType(np.dtype(np.float64), 3)
INTEGERS = ArgumentType(np.dtype(np.int64), 1)


@driver(INTEGER, INTEGER, MATRIX, MATRIX, TABLES, title="the tables of hyperparameters")
def tabulate_steps(prepare: int, first: int, hyper: Array, room: Array, tables: Array) -> None:
    """Write the numbers that each member's updates read: for each step, a row for each number.

    Parameters
    ----------
    prepare : int
        The address of the rule's function that computes them for one member.
    first : int
        The number of the first update.
    hyper : float64 (n, hyperparameters)
    room : float64 (members, steps*numbers)
        For some members, whose numbers are written to the tables together: they are neighbours in memory there.
    tables : float64 (steps, numbers, n)
    """
    steps, numbers, n = tables.shape
    for begin in range(0, n, len(room)):
        count = min(len(room), n - begin)
        for i in range(count):
            own = hyper[begin + i]
            if begin + i == 0 or not are_equal(own, hyper[begin + i - 1]):
                call_void(prepare, (first, steps, own.ctypes.data, own.ctypes.data, room[i].ctypes.data))
            else:
                before = i - 1 if i > 0 else len(room) - 1
                for number in range(steps * numbers):
                    room[i, number] = room[before, number]
        for k in range(steps):
            for number in range(numbers):
                for i in range(count):
                    tables[k, number, begin + i] = room[i, k * numbers + number]


@driver(
    INTEGER, INTEGER, MATRIX, INTEGERS, INTEGERS, VECTOR, MATRIX, TABLES,
    title="the tables of hyperparameters of groups",
)  # fmt: skip
def tabulate_group(
    prepare: int, first: int, hyper: Array, groups: NDArray[np.int64], chosen: NDArray[np.int64], row: Array,
    room: Array, tables: Array,
) -> None:  # fmt: skip
    """Write those numbers that are the same for all members of a group, of which there are fewer than members.

    Parameters
    ----------
    prepare, first, tables
        Those of `tabulate_steps`.
    hyper : float64 (groups, hyperparameters)
        Of one member of each group.
    groups : int64 (n,)
        The group of each member.
    chosen : int64
        The numbers to write.
    row : float64 (steps*numbers,)
    room : float64 (steps*numbers, groups)
    """
    steps, numbers, n = tables.shape
    for group in range(len(hyper)):
        own = hyper[group].ctypes.data
        call_void(prepare, (first, steps, own, own, row.ctypes.data))
        for place in range(steps * numbers):
            room[place, group] = row[place]
    for k in range(steps):
        for which in range(len(chosen)):
            number = chosen[which]
            values, target = room[k * numbers + number], tables[k, number]
            for i in range(n):
                target[i] = values[groups[i]]


@driver(INTEGER, MATRIX, VECTOR, MATRIX, title="the tables of parameters")
def tabulate_parameters(prepare: int, parameters: Array, room: Array, table: Array) -> None:
    """Write what the loss reads for each member, float64 (numbers, n), from its `parameters` (n, parameters)."""
    numbers, n = table.shape
    for i in range(n):
        call_void(prepare, (parameters[i].ctypes.data, room.ctypes.data))
        for number in range(numbers):
            table[number, i] = room[number]


def are_equal(a: Array, b: Array) -> bool:
    """Return whether two rows are the same."""
    different = 0
    for i in range(len(a)):
        different += a[i] != b[i]
    return different == 0
