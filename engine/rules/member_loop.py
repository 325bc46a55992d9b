"""Tables for the step loop where the members of a swarm differ: the numbers that each has of its own."""

from __future__ import annotations

import numpy as np

from engine.compiled.address_calls import call_void
from engine.compiled.argument_types import INTEGER, MATRIX, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.types import Array

TABLES = ArgumentType(np.dtype(np.float64), 3)


@driver(INTEGER, INTEGER, MATRIX, VECTOR, TABLES, title="the tables of hyperparameters")
def tabulate_steps(prepare: int, first: int, hyper: Array, room: Array, tables: Array) -> None:
    """Write the numbers that each member's updates read: for each step, a row for each number.

    Parameters
    ----------
    prepare : int
        The address of the rule's function that computes them for one member.
    first : int
        The number of the first update.
    hyper : float64 (n, hyperparameters)
    room : float64 (steps*numbers,)
    tables : float64 (steps, numbers, n)
    """
    steps, numbers, n = tables.shape
    for i in range(n):
        if i == 0 or not are_equal(hyper[i], hyper[i - 1]):
            own = hyper[i].ctypes.data
            call_void(prepare, (first, steps, own, own, room.ctypes.data))
        for k in range(steps):
            for number in range(numbers):
                tables[k, number, i] = room[k * numbers + number]


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
