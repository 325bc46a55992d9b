"""The state of a solver: a record of its position, of what its loop keeps, and of the states that its entry declares.

A solver keeps nothing anywhere else, so whoever copies the record can return to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.types import Array

Shape = tuple[int, ...]
States = tuple[tuple[str, Shape], ...]
"""The names of states, and the shape of each; () for a number."""
KEPT_BY_LOOP: States = (
    ("w", (DIMENSIONS,)),
    ("evaluations", ()),
    ("has_begun", ()),
    ("reason", ()),
    ("rested", ()),
    ("lowest", ()),
)
"""The position, the number of points evaluated, whether `begin` was called, the `Reason` for which no step is made,
the number of the last step before that, and the lowest loss of the points of the last step, where a step notes it:
infinity for those that are drawn at their lowest point anyway."""


def state_dtype(states: States) -> np.dtype[Any]:
    """Return the type of a solver's state: float64 throughout."""
    return np.dtype([(name, np.float64, shape) for name, shape in (*KEPT_BY_LOOP, *states)], align=True)


def slots_of(states: States) -> int:
    """Return how many float64 a state has."""
    return sum(math.prod(shape) for _, shape in (*KEPT_BY_LOOP, *states))


def hyperparameter_dtype(names: Iterable[str]) -> np.dtype[Any]:
    """Return the type of a record with a float64 for each name.

    Without a name it has one field that nobody reads: a record of NumPy needs one.
    """
    return np.dtype([(name, np.float64) for name in names] or [("unused", np.float64)], align=True)


def records_of(block: Array, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return the instances of a block (slots, n) as records (n,), copied."""
    return np.ascontiguousarray(block.T).view(dtype)[:, 0]


def write_records(records: NDArray[Any], block: Array) -> None:
    """Write records (n,) into a block (slots, n)."""
    block[:] = records.view(np.float64).reshape(len(records), -1).T


def field_of(column: Sequence[float] | Array, dtype: np.dtype[Any], name: str) -> Array:
    """Return one field, in its shape, of the record whose numbers are `column` (slots,)."""
    found: Array = np.ascontiguousarray(column, dtype=np.float64).view(dtype)[name][0]
    return found
