"""The goal of a swarm: a loss, and the step after which each member has reached it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from engine.language.types import Array


class Goal(NamedTuple):
    """A loss that members are to reach.

    Attributes
    ----------
    reached : float64 (n,) or (0,)
        The step after which the loss of each was low enough for the first time; infinity before.  Without room for it
        nothing is recorded.
    threshold : float
        The loss to be reached.
    """

    reached: Array
    threshold: float


NO_GOAL = Goal(np.empty(0), -math.inf)


def record_reached(losses: Array, reached: Array, threshold: float, step: int) -> None:
    """Record which members have reached the threshold; `losses` are those after `step`."""
    now = float(step)
    for i in range(len(reached)):
        # The first such step of a member is the smallest, and stays.
        here = now if -math.inf < losses[i] <= threshold else math.inf
        reached[i] = here if here < reached[i] else reached[i]
