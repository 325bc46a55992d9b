"""Armijo's search: halve a step until it goes down by a share of what the slope promises."""

from __future__ import annotations

from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Point, Record, new_loss, place, stand
from engine.solvers.plane import along
from engine.solvers.reasons import Reason

MOST_TRIALS = 60
"""After so many halvings a step of length 1 is within rounding of none."""

C1 = Hyperparameter("c1", 1e-4, 1e-8, 0.5, "log", help="share of the promised descent that a step must bring")
SHRINK = Hyperparameter("shrink", 0.5, 0.1, 0.9, help="what a step that is too long is multiplied by")


def backtrack(
    walk: Record, hyper: Record, context: Record, direction: Point, first: float, loss: float, promised: float
) -> Reason:
    """Go along `direction` by the first of the lengths first, first*shrink, ... that descends enough.

    `loss` and `promised` are the loss at the position, and its rate along the direction.
    """
    if not promised < 0.0:
        return Reason.NOTHING_LOWER
    begin, length = place(walk), first
    for _ in range(MOST_TRIALS):
        point = along(begin, length, direction)
        if point == begin:
            break
        if new_loss(walk, context, point) <= loss + hyper.c1 * length * promised:
            stand(walk, point)
            return Reason.NONE
        length *= hyper.shrink
    return Reason.NOTHING_LOWER
