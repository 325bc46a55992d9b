"""The record of a solver under way: where it stands, the bookkeeping of its driver, and the states of its own.

All that a solver remembers lies there, so that whoever copies the record can go back to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.codegen.loss_kernel import DIMENSIONS

Shape = tuple[int, ...]
States = tuple[tuple[str, Shape], ...]
"""The names of states, and the shape of each; () for a number."""
BOOKKEEPING: States = (("w", (DIMENSIONS,)), ("evaluations", ()), ("begun", ()), ("reason", ()), ("rested", ()))


def walk_type(states: States) -> np.dtype[Any]:
    """Return the type of a solver's record: float64 throughout."""
    return np.dtype([(name, np.float64, shape) for name, shape in (*BOOKKEEPING, *states)], align=True)


def slots_of(states: States) -> int:
    """Return how many numbers a record has."""
    return sum(math.prod(shape) for _, shape in (*BOOKKEEPING, *states))


def numbers_type(names: Iterable[str]) -> np.dtype[Any]:
    """Return the type of a record with a number for each name; one without a name has a number that nobody reads."""
    return np.dtype([(name, np.float64) for name in names] or [("unused", np.float64)], align=True)


def records_of(block: NDArray[np.float64], kind: np.dtype[Any]) -> NDArray[Any]:
    """Return the instances of a block (slots, n) as records (n,), copied."""
    return np.ascontiguousarray(block.T).view(kind)[:, 0]


def write_records(records: NDArray[Any], block: NDArray[np.float64]) -> None:
    """Write records (n,) into a block (slots, n)."""
    block[:] = records.view(np.float64).reshape(len(records), -1).T


def part(column: Sequence[float] | NDArray[np.float64], kind: np.dtype[Any], name: str) -> NDArray[np.float64]:
    """Return one part of the record whose numbers are `column`, in its shape."""
    found: NDArray[np.float64] = np.ascontiguousarray(column, dtype=np.float64).view(kind)[name][0]
    return found
