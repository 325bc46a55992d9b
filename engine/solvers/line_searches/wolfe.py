"""Moré and Thuente's line search: a length that descends enough and leaves little slope, the strong Wolfe conditions.

J. J. Moré and D. J. Thuente, Line search algorithms with guaranteed sufficient decrease, 1994.  It keeps an interval in
which such lengths lie, and tries where a cubic through the slopes at its ends is lowest.

Differs from MINPACK's in: a length at which the loss is not finite is halved; where the interval closes before both
conditions hold, the lowest length found is gone if it is lower at all.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Point, Record, new_slope, place, stand
from engine.solvers.plane import along, dot, is_finite, norm, scaled

FARTHER, LEAST_FARTHER = 4.0, 1.1
"""While nothing bounds a length from above, it grows by so much at most, and at least, of the last change."""
INWARDS = 0.66
"""A new length goes at most this share of the way to the far end, and an interval must shrink so far in two trials."""
NO_LOSS_BEFORE = math.inf
MORE_THAN_BEFORE = 1.01
"""By how much more than the last descent a step hopes for, so that it is whole once whole steps are right."""

C1 = Hyperparameter("c1", 1e-4, 1e-8, 0.4, "log", help="share of the promised descent that a step must bring")


def share_left(default: float) -> Hyperparameter:
    """Return the row of c2, which tells how exact a search is."""
    return Hyperparameter("c2", default, 0.05, 0.99, help="share of the slope that a step may leave")


class Wolfe(NamedTuple):
    """What a search asks for, and when it gives up.

    Attributes
    ----------
    descent, slope : float
        Shares of the promised descent to be reached, and of the first slope that may be left: c1 and c2.
    narrow : float
        The width of an interval, beside its upper end, that is not searched further.
    trials : int
    longest : float
    """

    descent: float
    slope: float
    narrow: float
    trials: int
    longest: float


NARROW, MOST_TRIALS, LONGEST = 1e-14, 100, 1e100
"""When a search gives up, unless its solver says otherwise."""


class Trial(NamedTuple):
    """A length along the direction: the loss there, its rate along the direction, and the gradient."""

    length: float
    loss: float
    rate: float
    gradient: Point


class Way(NamedTuple):
    """A direction and the length to try first along it."""

    direction: Point
    first: float


class Interval(NamedTuple):
    """Two ends between which good lengths lie, and the length to try next.

    Attributes
    ----------
    low, far : Trial
        The lowest trial so far and the other end.
    length : float
        To be tried next.
    longest : float
        No length beyond it is tried.
    bracketed : bool
        Whether a lowest point lies between the ends.
    tilts : bool
        Whether no trial yet has descended enough while the loss rose again.
    width, width_before : float
        How far the ends were apart, and before that.
    least, most : float
        The bounds of the next length.
    """

    low: Trial
    far: Trial
    length: float
    longest: float
    bracketed: bool
    tilts: bool
    width: float
    width_before: float
    least: float
    most: float


def first_length(before: float, loss: float, gradient: Point, direction: Point) -> float:
    """Return the length that would descend as far as the last step did, at most 1; `before` is the loss before it."""
    if before == NO_LOSS_BEFORE:
        return afresh(gradient).first
    length = min(1.0, MORE_THAN_BEFORE * 2.0 * (loss - before) / dot(gradient, direction))
    return length if length > 0.0 else 1.0


def afresh(gradient: Point) -> Way:
    """Return the way straight down, for about a unit of distance."""
    return Way(scaled(-1.0, gradient), min(1.0, MORE_THAN_BEFORE / norm(gradient)))


def descend(
    walk: Record, context: Record, loss: float, gradient: Point, learnt: Way, wolfe: Wolfe
) -> tuple[bool, bool, Point]:
    """Go along the learnt way, or straight down where nothing lower is found along that.

    Return whether anything lower was found, whether the learnt way was gone, and the gradient at its end.
    """
    found, end = search(walk, context, learnt, loss, gradient, wolfe)
    if found:
        stand(walk, along(place(walk), end.length, learnt.direction))
        return True, True, end.gradient
    down = afresh(gradient)
    found, end = search(walk, context, down, loss, gradient, wolfe)
    if found:
        stand(walk, along(place(walk), end.length, down.direction))
    return found, False, end.gradient


def search(walk: Record, context: Record, way: Way, loss: float, gradient: Point, wolfe: Wolfe) -> tuple[bool, Trial]:
    """Return a trial that meets both conditions, else the lowest one, and whether it is lower than the start."""
    begin = place(walk)
    start = Trial(0.0, loss, dot(gradient, way.direction), gradient)
    if not start.rate < 0.0:
        return False, start
    promised = wolfe.descent * start.rate
    interval = opened(start, way.first, wolfe.longest)
    for _ in range(wolfe.trials):
        there, slope = new_slope(walk, context, along(begin, interval.length, way.direction))
        if not (math.isfinite(there) and is_finite(slope)):
            interval = kept_below(interval, interval.length)
            continue
        trial = Trial(interval.length, there, dot(slope, way.direction), slope)
        enough = trial.loss <= start.loss + trial.length * promised
        if enough and abs(trial.rate) <= -wolfe.slope * start.rate:
            return True, trial
        at_longest = trial.length == wolfe.longest and enough and trial.rate <= promised
        if is_closed(interval, wolfe.narrow) or at_longest:
            break
        interval = narrowed(interval, trial, promised, enough)
        if is_closed(interval, wolfe.narrow):
            interval = aiming_at(interval, interval.low.length)
    return interval.low.loss < start.loss, interval.low


def opened(start: Trial, first: float, longest: float) -> Interval:
    """Return the interval before the first trial: open above."""
    return Interval(start, start, first, longest, False, True, longest, 2.0 * longest, 0.0, (1.0 + FARTHER) * first)


def is_closed(interval: Interval, narrow: float) -> bool:
    """Tell whether rounding leaves no length to try."""
    outside = not interval.least < interval.length < interval.most
    return interval.bracketed and (outside or interval.most - interval.least <= narrow * interval.most)


def aiming_at(interval: Interval, length: float) -> Interval:
    """Return the interval with another length to try next."""
    low, far, _, longest, bracketed, tilts, width, width_before, least, most = interval
    return Interval(low, far, length, longest, bracketed, tilts, width, width_before, least, most)


def kept_below(interval: Interval, hole: float) -> Interval:
    """Return the interval that tries half as far beyond the lowest trial, and never again as far as `hole`."""
    low, far, _, longest, bracketed, tilts, width, width_before, least, most = interval
    length = (low.length + hole) / 2.0
    return Interval(low, far, length, min(longest, hole), bracketed, tilts, width, width_before, least, most)


def narrowed(interval: Interval, trial: Trial, promised: float, enough: bool) -> Interval:
    """Return the interval of which `trial` is an end, with the next length to try."""
    tilts = interval.tilts and not (enough and trial.rate >= 0.0)
    # Until a descent has been enough, the promised part of it is taken away: both ends then aim at the condition.
    tilt = promised if tilts and trial.loss <= interval.low.loss and not enough else 0.0
    low, far, now = tilted(interval.low, tilt), tilted(interval.far, tilt), tilted(trial, tilt)
    length, brackets = propose(low, far, now, interval.bracketed, interval.least, interval.most)
    bracketed = interval.bracketed or brackets
    new_low, new_far = interval.low, trial
    if not now.loss > low.loss:
        new_low, new_far = trial, interval.low if now.rate * low.rate < 0.0 else interval.far
    return bounded(interval, new_low, new_far, length, bracketed, tilts)


def tilted(trial: Trial, rate: float) -> Trial:
    """Return a trial on a loss from which a descent at `rate` is taken away."""
    return Trial(trial.length, trial.loss - trial.length * rate, trial.rate - rate, trial.gradient)


def bounded(interval: Interval, low: Trial, far: Trial, length: float, bracketed: bool, tilts: bool) -> Interval:
    """Return the interval with new ends: the middle is tried where it does not shrink, and the next has bounds."""
    width, width_before = interval.width, interval.width_before
    if bracketed:
        apart = abs(far.length - low.length)
        if apart >= INWARDS * width_before:
            length = low.length + 0.5 * (far.length - low.length)
        width_before, width = width, apart
        least, most = min(low.length, far.length), max(low.length, far.length)
    else:
        least = length + LEAST_FARTHER * (length - low.length)
        most = length + FARTHER * (length - low.length)
    length = min(max(length, 0.0), interval.longest)
    return Interval(low, far, length, interval.longest, bracketed, tilts, width, width_before, least, most)


def propose(low: Trial, far: Trial, now: Trial, bracketed: bool, least: float, most: float) -> tuple[float, bool]:
    """Return the length to try after `now`, within bounds, and whether `low` and `now` enclose a lowest point."""
    if now.loss > low.loss:
        cubic = low.length + cubic_share(low, now)[0] * (now.length - low.length)
        rise = (low.loss - now.loss) / (now.length - low.length) + low.rate
        parabola = low.length + low.rate / rise / 2.0 * (now.length - low.length)
        if abs(cubic - low.length) < abs(parabola - low.length):
            return cubic, True
        return cubic + (parabola - cubic) / 2.0, True
    if now.rate * low.rate < 0.0:
        return farther(now, cubic_from(now, low), secant(now, low)), True
    if abs(now.rate) < abs(low.rate):
        return when_flattening(low, far, now, bracketed, least, most), False
    if bracketed:
        return cubic_from(now, far), False
    return most if now.length > low.length else least, False


def when_flattening(low: Trial, far: Trial, now: Trial, bracketed: bool, least: float, most: float) -> float:
    """Return the next length where the loss falls on, less steeply."""
    share, bends = cubic_share(now, low)
    outwards = most if now.length > low.length else least
    cubic = now.length + share * (low.length - now.length) if share < 0.0 and bends else outwards
    line = secant(now, low)
    if not bracketed:
        return min(max(farther(now, cubic, line), least), most)
    nearer = cubic if abs(cubic - now.length) < abs(line - now.length) else line
    limit = now.length + INWARDS * (far.length - now.length)
    return min(limit, nearer) if now.length > low.length else max(limit, nearer)


def farther(now: Trial, cubic: float, line: float) -> float:
    """Return which of two lengths is farther from that of a trial."""
    return cubic if abs(cubic - now.length) > abs(line - now.length) else line


def secant(now: Trial, other: Trial) -> float:
    """Return the length at which the rates of two trials, drawn out as a line, reach 0."""
    return now.length + now.rate / (now.rate - other.rate) * (other.length - now.length)


def cubic_from(now: Trial, other: Trial) -> float:
    """Return the length at which the cubic through two trials is lowest."""
    return now.length + cubic_share(now, other)[0] * (other.length - now.length)


def cubic_share(begin: Trial, end: Trial) -> tuple[float, bool]:
    """Return what share of the way from `begin` to `end` the lowest point of their cubic lies, and whether it has one.

    Everything is scaled by the largest rate, so that squares stay within the numbers.
    """
    theta = 3.0 * (begin.loss - end.loss) / (end.length - begin.length) + begin.rate + end.rate
    scale = max(abs(theta), abs(begin.rate), abs(end.rate))
    root = scale * math.sqrt(max(0.0, (theta / scale) ** 2 - (begin.rate / scale) * (end.rate / scale)))
    gamma = -root if end.length < begin.length else root
    return (gamma - begin.rate + theta) / (gamma - begin.rate + gamma + end.rate), root != 0.0
