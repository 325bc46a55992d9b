"""The initial state of instances of a rule: their positions, and the values that ``init`` lines give to states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.language.codegen.assembly import LANES
from engine.language.codegen.loss_kernel import DIMENSIONS, component_along
from engine.language.codegen.noise import uniforms
from engine.language.codegen.step_graph import StepGraph
from engine.language.graph.reference import LossAt
from engine.language.types import Array
from engine.machine.aligned import aligned_empty
from engine.rules.update import BEFORE_FIRST_STEP, Update


def start_block(
    update: Update, positions: Array, hyper: Mapping[str, ArrayLike], loss_at: LossAt,
    seed: int | NDArray[np.uint64], instance: int,
) -> Array:  # fmt: skip
    """Return the block (slots, n) of instances at `positions` (n, 2) before their first step.

    `n` is padded to whole vectors by repeating the last instance.  `loss_at` is called with points (2, n).  The
    instances have one seed and numbers from `instance` on; or a seed each, and all the number `instance`.
    Hyperparameters too are one for all or, of the padded length, one each.
    """
    block = placed(positions, len(update.step.rows))
    apart = 1 if isinstance(seed, int) else 0
    instances = np.arange(block.shape[1], dtype=np.uint64) * np.uint64(apart) + np.uint64(instance)
    whole = block[:DIMENSIONS].shape

    def noise_at(number: int) -> Array:
        numbers = uniforms(seed, BEFORE_FIRST_STEP, number, instances)
        return np.broadcast_to(numbers, whole) if update.per_coordinate else numbers

    values = {**rows_by_name(update.step, block), **{name: np.asarray(value) for name, value in hyper.items()}}
    update.begin(values, along_coordinates(loss_at, whole) if update.per_coordinate else loss_at, noise_at)
    return block


def placed(positions: Array, slots: int) -> Array:
    """Return a block (slots, n) of instances at `positions` (n, 2), in which all states are 0; see `start_block`."""
    padded = -(-len(positions) // LANES) * LANES
    block = aligned_empty((slots, padded))
    block[DIMENSIONS:] = 0.0
    columns = np.minimum(np.arange(padded), len(positions) - 1)
    block[:DIMENSIONS] = np.asarray(positions, dtype=np.float64).T[:, columns]
    return block


def along_coordinates(loss_at: LossAt, shape: tuple[int, ...]) -> LossAt:
    """Return what a graph of one coordinate reads: the loss, or a derivative by each coordinate, of `shape`."""

    def loss_along(component: int, point: Sequence[Array]) -> Array:
        place = [*np.broadcast_to(point[0], shape)]
        if component == 0:
            return np.asarray(loss_at(component, place))
        return np.array([loss_at(component_along(component, number), place) for number in range(DIMENSIONS)])

    return loss_along


def rows_by_name(step: StepGraph, block: Array) -> dict[str, Array]:
    """Return the rows of a block by their names in the graph; in a graph of one coordinate a name has several rows."""
    if not step.per_coordinate:
        return dict(zip(step.rows, block, strict=True))
    return {name: block[rows] for name, rows in step.places.items()}
