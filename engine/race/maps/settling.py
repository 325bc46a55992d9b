"""Whether a racer has settled, and at which minimum: by the loss that is left where it is, as a race tells arrivals.

It has settled at the nearest minimum if its loss, less that of the minimum, is no larger than a tolerance allows, and
its parabola is no higher where the racer is; otherwise Newton's method says at which minimum that lies, if at any.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.compiled.argument_types import MATRIX, REAL, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.types import Array
from engine.race.arrivals import ROUNDING, arrival_level

DIVERGED, MOVING = -1, -2
"""Labels of cells that are at no minimum."""
EXPLAINED = 10.0
"""A point near a minimum may lie as many times higher on its parabola than its tolerance allows."""
LABELS = ArgumentType(np.dtype(np.int64), 1)


@dataclass(frozen=True)
class Ends:
    """Where n racers are after some steps.

    Attributes
    ----------
    positions : float64 (n, 2)
    losses : float64 (n,)
    start_losses : float64 (n,)
    diverged : float64 (n,)
        The step of divergence; infinity where there was none.
    """

    positions: Array
    losses: Array
    start_losses: Array
    diverged: Array


@dataclass(frozen=True)
class Levels:
    """The loss below which a racer has arrived.

    Attributes
    ----------
    tolerance : float
        The share of the height of its start above the minimum that may be left.
    height : float
        The loss of the median start: from a start that is lower, a racer has arrived as if it began there.
    """

    tolerance: float
    height: float

    def of(self, start_losses: Array, minima: Array | float) -> Array:
        """Return the level above minima of these losses, float64 (n,)."""
        begun = np.where(np.abs(start_losses - minima) >= self.height - minima, start_losses, self.height)
        return arrival_level(begun, minima, self.tolerance)


@driver(MATRIX, VECTOR, VECTOR, VECTOR, MATRIX, REAL, REAL, LABELS, title="the labels of a map")
def label_near(
    positions: Array, losses: Array, starts: Array, diverged: Array, minima: Array, tolerance: float, height: float,
    labels: NDArray[np.int64],
) -> None:  # fmt: skip
    """Write the number of the nearest minimum where a racer has settled there; else `DIVERGED` or `MOVING`.

    Parameters
    ----------
    positions, losses, starts, diverged
        The fields of `Ends`.
    minima : float64 (k, 7)
        The table of `engine.race.maps.minima.Minima`.
    tolerance, height
        Those of `Levels`.
    """
    for i in range(len(labels)):
        if diverged[i] < math.inf:
            labels[i] = DIVERGED
            continue
        j = nearest(positions[i, 0], positions[i, 1], minima)
        settled = j >= 0 and is_settled(positions[i], losses[i], starts[i], minima[j], tolerance, height)
        labels[i] = j if settled else MOVING


def nearest(x: float, y: float, minima: Array) -> int:
    """Return the number of the minimum nearest to a point; -1 where there is none."""
    found, least = -1, math.inf
    for j in range(len(minima)):
        across, up = x - minima[j, 0], y - minima[j, 1]
        apart = across * across + up * up
        if apart < least:
            found, least = j, apart
    return found


def is_settled(position: Array, loss: float, start: float, minimum: Array, tolerance: float, height: float) -> bool:
    """Return whether a racer has settled at its nearest minimum."""
    lowest = minimum[2]
    begun = start if abs(start - lowest) >= height - lowest else height
    left = max(tolerance * abs(begun - lowest), ROUNDING * max(abs(lowest), abs(begun)))
    across, up = position[0] - minimum[0], position[1] - minimum[1]
    risen = (minimum[3] * across * across + minimum[5] * up * up) / 2.0 + minimum[4] * across * up
    return bool(abs(loss - lowest) <= left and risen <= EXPLAINED * left)
