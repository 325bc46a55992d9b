"""Armijo's search: halve a step until it goes down by a share of what the slope promises."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import Hyperparameter
from engine.solvers.walk import Reason, RestError, Walk

Array = NDArray[np.float64]
MOST_TRIALS = 60
"""After so many halvings a step of length 1 is within rounding of none."""

C1 = Hyperparameter("c1", 1e-4, 1e-8, 0.5, "log", help="share of the promised descent that a step must bring")
SHRINK = Hyperparameter("shrink", 0.5, 0.1, 0.9, help="what a step that is too long is multiplied by")


def backtrack(walk: Walk, direction: Array, first: float, loss: float, promised: float) -> float:
    """Go along `direction` (d,) by the first of the lengths first, first*shrink, ... that descends enough.

    Parameters
    ----------
    walk, direction, first
        Who goes, where, and the length to try first.
    loss, promised
        The loss at the position, and its rate along the direction.

    Returns
    -------
    float
        The length that was gone.

    Raises
    ------
    RestError
        Where no length descends enough, or the direction does not lead down.
    """
    if not promised < 0.0:
        raise RestError(Reason.NOTHING_LOWER)
    length = first
    for _ in range(MOST_TRIALS):
        point = walk.w + length * direction
        if np.array_equal(point, walk.w):
            break
        if walk.value(point) <= loss + walk.hyper["c1"] * length * promised:
            walk.w[:] = point
            return length
        length *= walk.hyper["shrink"]
    raise RestError(Reason.NOTHING_LOWER)
