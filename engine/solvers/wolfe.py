"""Moré and Thuente's line search: a length that descends enough and leaves little slope, the strong Wolfe conditions.

J. J. Moré and D. J. Thuente, Line search algorithms with guaranteed sufficient decrease, 1994.  It keeps an interval in
which such lengths lie, and tries where a cubic through the slopes at its ends is lowest.

Differs from MINPACK's in: a length at which the loss is not finite is halved; where the interval closes before both
conditions hold, the lowest length found is gone if it is lower at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.optimizer import Hyperparameter
from engine.solvers.walk import Reason, RestError, Walk

Array = NDArray[np.float64]

FARTHER, LEAST_FARTHER = 4.0, 1.1
"""While nothing bounds a length from above, it grows by so much at most, and at least, of the last change."""
INWARDS = 0.66
"""A new length goes at most this share of the way to the far end, and an interval must shrink so far in two trials."""
NO_LOSS_BEFORE = np.inf
MORE_THAN_BEFORE = 1.01
"""By how much more than the last descent a step hopes for, so that it is whole once whole steps are right."""

C1 = Hyperparameter("c1", 1e-4, 1e-8, 0.4, "log", help="share of the promised descent that a step must bring")


def share_left(default: float) -> Hyperparameter:
    """Return the row of c2, which tells how exact a search is."""
    return Hyperparameter("c2", default, 0.05, 0.99, help="share of the slope that a step may leave")


@dataclass(frozen=True)
class Wolfe:
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
    narrow: float = 1e-14
    trials: int = 100
    longest: float = 1e100


@dataclass(frozen=True)
class Trial:
    """A length along the direction: the loss there, its rate along the direction, and the gradient."""

    length: float
    loss: float
    rate: float
    gradient: Array

    def tilted(self, rate: float) -> Trial:
        """Return the trial on a loss from which a descent at `rate` is taken away."""
        return Trial(self.length, self.loss - self.length * rate, self.rate - rate, self.gradient)


@dataclass(frozen=True)
class Way:
    """A direction (d,) and the length to try first along it."""

    direction: Array
    first: float


def first_length(walk: Walk, loss: float, gradient: Array, direction: Array) -> float:
    """Return the length that would descend as far as the last step did, at most 1; `before` is the loss before it."""
    before = float(walk["before"][0])
    if before == NO_LOSS_BEFORE:
        return afresh(gradient).first
    length = min(1.0, MORE_THAN_BEFORE * 2.0 * (loss - before) / float(gradient @ direction))
    return length if length > 0.0 else 1.0


def afresh(gradient: Array) -> Way:
    """Return the way straight down, for about a unit of distance."""
    return Way(-gradient, min(1.0, MORE_THAN_BEFORE / math.hypot(*gradient)))


def descend(walk: Walk, loss: float, gradient: Array, ways: tuple[Way, ...], wolfe: Wolfe) -> tuple[Way, Array]:
    """Go along the first of `ways` on which something lower is found; return it and the gradient at its end.

    Raises
    ------
    RestError
        Where nothing lower is found on any.
    """
    for way in ways:
        start = Trial(0.0, loss, float(gradient @ way.direction), gradient)
        found = search(walk, way, start, wolfe) if start.rate < 0.0 else None
        if found is not None:
            walk.w[:] = walk.w + found.length * way.direction
            return way, found.gradient
    raise RestError(Reason.NOTHING_LOWER)


def search(walk: Walk, way: Way, start: Trial, wolfe: Wolfe) -> Trial | None:
    """Return a trial that meets both conditions, else the lowest one where it is lower than `start`, else None."""
    promised = wolfe.descent * start.rate
    interval = Interval(start, way.first, wolfe.longest)
    for trial in _trials(walk, way, interval, wolfe.trials):
        enough = trial.loss <= start.loss + trial.length * promised
        if enough and abs(trial.rate) <= -wolfe.slope * start.rate:
            return trial
        if interval.is_closed(wolfe.narrow) or (trial.length == wolfe.longest and enough and trial.rate <= promised):
            break
        interval.narrow_down(trial, promised, enough)
        if interval.is_closed(wolfe.narrow):
            interval.length = interval.low.length
    return interval.low if interval.low.loss < start.loss else None


def _trials(walk: Walk, way: Way, interval: Interval, most: int) -> Iterator[Trial]:
    """Ask at the length that the interval proposes, again and again; lengths that lead into holes are halved."""
    for _ in range(most):
        loss, gradient = walk.slope(walk.w + interval.length * way.direction)
        if math.isfinite(loss) and np.isfinite(gradient).all():
            yield Trial(interval.length, loss, float(gradient @ way.direction), gradient)
        else:
            interval.keep_below(interval.length)


class Interval:
    """Two ends between which good lengths lie, and the length to try next.

    Attributes
    ----------
    low, far : Trial
        The lowest trial so far and the other end.
    length : float
    """

    def __init__(self, start: Trial, first: float, longest: float) -> None:
        self.low = self.far = start
        self.length = first
        self._longest = longest
        self._bracketed = False
        self._tilts = True
        self._width, self._width_before = longest, 2.0 * longest
        self._least, self._most = 0.0, (1.0 + FARTHER) * first

    def is_closed(self, narrow: float) -> bool:
        """Tell whether rounding leaves no length to try."""
        outside = not self._least < self.length < self._most
        return self._bracketed and (outside or self._most - self._least <= narrow * self._most)

    def keep_below(self, hole: float) -> None:
        """Try half as far beyond the lowest trial, and never again as far as `hole`."""
        self._longest = min(self._longest, hole)
        self.length = (self.low.length + hole) / 2.0

    def narrow_down(self, trial: Trial, promised: float, enough: bool) -> None:
        """Make `trial` one of the ends, and choose the next length."""
        if self._tilts and enough and trial.rate >= 0.0:
            self._tilts = False
        # Until a descent has been enough, the promised part of it is taken away: both ends then aim at the condition.
        tilt = promised if self._tilts and trial.loss <= self.low.loss and not enough else 0.0
        low, far, now = (end.tilted(tilt) for end in (self.low, self.far, trial))
        length, brackets = propose(low, far, now, self._bracketed, (self._least, self._most))
        self._bracketed = self._bracketed or brackets
        if now.loss > low.loss:
            self.far = trial
        else:
            self.low, self.far = trial, self.low if now.rate * low.rate < 0.0 else self.far
        self.length = min(max(self._safe(length), 0.0), self._longest)

    def _safe(self, length: float) -> float:
        """Return `length`, or the middle where the interval does not shrink, and set the bounds of the next one."""
        low, far = self.low.length, self.far.length
        if not self._bracketed:
            self._least = length + LEAST_FARTHER * (length - low)
            self._most = length + FARTHER * (length - low)
            return length
        if abs(far - low) >= INWARDS * self._width_before:
            length = low + 0.5 * (far - low)
        self._width_before, self._width = self._width, abs(far - low)
        self._least, self._most = min(low, far), max(low, far)
        return length


def propose(low: Trial, far: Trial, now: Trial, bracketed: bool, bounds: tuple[float, float]) -> tuple[float, bool]:
    """Return the length to try after `now`, within `bounds`, and whether `low` and `now` enclose a lowest point."""
    if now.loss > low.loss:
        cubic = low.length + _cubic(low, now)[0] * (now.length - low.length)
        rise = (low.loss - now.loss) / (now.length - low.length) + low.rate
        parabola = low.length + low.rate / rise / 2.0 * (now.length - low.length)
        if abs(cubic - low.length) < abs(parabola - low.length):
            return cubic, True
        return cubic + (parabola - cubic) / 2.0, True
    if now.rate * low.rate < 0.0:
        return _farther(now, _cubic_from(now, low), _secant(now, low)), True
    if abs(now.rate) < abs(low.rate):
        return _when_flattening(low, far, now, bracketed, bounds), False
    if bracketed:
        return _cubic_from(now, far), False
    return bounds[1] if now.length > low.length else bounds[0], False


def _when_flattening(low: Trial, far: Trial, now: Trial, bracketed: bool, bounds: tuple[float, float]) -> float:
    """Return the next length where the loss falls on, less steeply."""
    share, bends = _cubic(now, low)
    outwards = bounds[1] if now.length > low.length else bounds[0]
    cubic = now.length + share * (low.length - now.length) if share < 0.0 and bends else outwards
    secant = _secant(now, low)
    if not bracketed:
        return min(max(_farther(now, cubic, secant), bounds[0]), bounds[1])
    nearer = cubic if abs(cubic - now.length) < abs(secant - now.length) else secant
    limit = now.length + INWARDS * (far.length - now.length)
    return min(limit, nearer) if now.length > low.length else max(limit, nearer)


def _farther(now: Trial, cubic: float, secant: float) -> float:
    return cubic if abs(cubic - now.length) > abs(secant - now.length) else secant


def _secant(now: Trial, other: Trial) -> float:
    """Return the length at which the rates of two trials, drawn out as a line, reach 0."""
    return now.length + now.rate / (now.rate - other.rate) * (other.length - now.length)


def _cubic_from(now: Trial, other: Trial) -> float:
    return now.length + _cubic(now, other)[0] * (other.length - now.length)


def _cubic(begin: Trial, end: Trial) -> tuple[float, bool]:
    """Return what share of the way from `begin` to `end` the lowest point of their cubic lies, and whether it has one.

    Everything is scaled by the largest rate, so that squares stay within the numbers.
    """
    theta = 3.0 * (begin.loss - end.loss) / (end.length - begin.length) + begin.rate + end.rate
    scale = max(abs(theta), abs(begin.rate), abs(end.rate))
    root = scale * math.sqrt(max(0.0, (theta / scale) ** 2 - (begin.rate / scale) * (end.rate / scale)))
    gamma = -root if end.length < begin.length else root
    return (gamma - begin.rate + theta) / (gamma - begin.rate + gamma + end.rate), root != 0.0
