"""The goal of a swarm: a loss for each member, and the step after which it has reached it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from engine.language.types import Array


class Goal(NamedTuple):
    """The loss that each member is to reach.

    Attributes
    ----------
    reached : float64 (n,) or (0,)
        The step after which the loss of each was low enough for the first time; infinity before.  Without room for it
        nothing is recorded.
    thresholds : float64 (n,) or (0,)
        The loss to be reached by each.
    """

    reached: Array
    thresholds: Array


NO_GOAL = Goal(np.empty(0), np.empty(0))


def record_reached(losses: Array, reached: Array, thresholds: Array, step: int) -> None:
    """Record which members have reached their thresholds; `losses` are those after `step`."""
    now = float(step)
    for i in range(len(reached)):
        # The first such step of a member is the smallest, and stays.
        here = now if -math.inf < losses[i] <= thresholds[i] else math.inf
        reached[i] = here if here < reached[i] else reached[i]
