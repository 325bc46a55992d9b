"""What wrappers do round a solver's step: tilt what it sees, put it elsewhere, and draw the racer at an average.

They are compiled with the loop of every solver, and do what the lines of `engine.rules.modifiers.wrappers` do round
a rule.  Nothing is compiled when one is put round.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from engine.solvers.context import Record, place, slope_at, stand
from engine.solvers.plane import along, difference, scaled
from engine.solvers.random import normal_pair, uniform_pair
from engine.types import Point


class Around(IntEnum):
    """What a solver's loop can do, by the names of the wrappers in capitals."""

    EMA = 0
    POLYAK = 1
    LOOKAHEAD = 2
    WEIGHT_DECAY = 3
    NOISE = 4
    ANISOTROPIC_NOISE = 5
    HEAVY_TAILED_NOISE = 6


AVERAGING = Around.EMA, Around.POLYAK
"""They draw the racer at a place of their own, and the solver goes on from its own."""
PART = np.dtype([("kind", np.int64), ("first", np.float64), ("second", np.float64)], align=True)
"""A wrapper and its hyperparameters, in the order of its entry."""
RING = np.dtype([("place", np.float64, (2,)), ("anchor", np.float64, (2,))], align=True)
"""What a wrapper remembers: the place at which it draws the racer, if it does, and the slow place of lookahead."""
RING_NUMBERS = RING.itemsize // np.dtype(np.float64).itemsize
NOISE_DRAWS = 2**30
"""The number of the first random draw of noise in a step: no solver draws so often."""


def settle_around(walk: Record, rings: Record) -> None:
    """Begin with everything where the solver begins."""
    for ring in range(len(rings)):
        for axis in range(2):
            rings[ring].place[axis] = rings[ring].anchor[axis] = walk.w[axis]


def shown(walk: Record, rings: Record, parts: Record) -> Point:
    """Return where the racer is drawn: at the outermost average, or where the solver stands."""
    for number in range(len(parts) - 1, -1, -1):
        if averages(parts[number].kind):
            return float(rings[number].place[0]), float(rings[number].place[1])
    return place(walk)


def averages(kind: int) -> bool:
    """Tell whether a wrapper draws the racer at a place of its own."""
    return kind == Around.EMA.value or kind == Around.POLYAK.value  # Numba would make a tuple


def tilt(walk: Record, parts: Record, context: Record) -> None:
    """Tilt what the step sees by the noise round it: about where the solver stands, so that its loss there is as it is.

    Each noise shakes the slope that those farther out have shaken before, as round a rule.
    """
    x = y = 0.0
    here, shaken = place(walk), False
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        if part.kind < Around.NOISE.value:
            continue
        shaken = True
        draw = NOISE_DRAWS + 2 * number
        if part.kind == Around.HEAVY_TAILED_NOISE.value:
            turned, waited = uniform_pair(context, 0.0, draw), uniform_pair(context, 0.0, draw + 1)
            first, second = leap(part.second, turned[0], waited[0]), leap(part.second, turned[1], waited[1])
        else:
            first, second = normal_pair(context, 0.0, draw)
        if part.kind == Around.ANISOTROPIC_NOISE.value:
            slope = slope_at(context, here)[1]
            first, second = first * abs(slope[0] + x), second * abs(slope[1] + y)
        x, y = x + part.first * first, y + part.first * second
    if shaken:
        context.tilt[0], context.tilt[1] = x, y
        context.pivot[0], context.pivot[1] = here
        context.tilted = 1


def leap(alpha: float, turned: float, waited: float) -> float:
    """Return a stable number from two uniform ones, by the formula of Chambers, Mallows and Stuck, 1976."""
    angle, wait = math.pi * (turned - 0.5), -math.log1p(-waited)
    swing = math.sin(alpha * angle) / math.cos(angle) ** (1.0 / alpha)
    return float(swing * (math.cos((1.0 - alpha) * angle) / wait) ** ((1.0 - alpha) / alpha))


def surround(walk: Record, rings: Record, parts: Record, before: Point, step: float) -> None:
    """Do what all wrappers do after a step, the innermost first; `before` is where the solver stood before it."""
    here, holder = place(walk), -1
    for number in range(len(parts)):
        part, ring = parts[number], rings[number]
        if averages(part.kind):
            before = float(ring.place[0]), float(ring.place[1])
            here, holder = averaged(part, before, here, step), number
        elif part.kind == Around.LOOKAHEAD.value:
            if step % part.first != 0.0:
                continue
            anchor = float(ring.anchor[0]), float(ring.anchor[1])
            here = along(anchor, part.second, difference(here, anchor))
            ring.anchor[0], ring.anchor[1] = here
        elif part.kind == Around.WEIGHT_DECAY.value:
            here = along(here, -part.first, before)
        if holder < 0:
            stand(walk, here)
        else:
            rings[holder].place[0], rings[holder].place[1] = here


def averaged(part: Record, average: Point, here: Point, step: float) -> Point:
    """Return the average after a step that led to `here`."""
    if part.kind == Around.POLYAK.value:
        return along(average, 1.0 / max(1.0, step - part.first), difference(here, average))
    if step <= 1.0:
        return here
    return along(scaled(part.first, average), 1.0 - part.first, here)
