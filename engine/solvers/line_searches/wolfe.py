"""Moré and Thuente's line search: a step size that meets the strong Wolfe conditions.

J. J. Moré and D. J. Thuente, Line search algorithms with guaranteed sufficient decrease, 1994.  The search keeps an
interval that holds such step sizes, and tries the minimum of a cubic through the losses and slopes at its ends.

Differs from MINPACK's in: a step size at which the loss is not finite is halved; where the interval closes before both
conditions hold, the trial with the lowest loss is taken if that is lower than the first.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from engine.language.types import Point
from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import SolverContext, SolverState, evaluate_loss_and_gradient, move_to, position
from engine.solvers.plane import along, dot, is_finite, norm, scaled

MOST_GROWTH, LEAST_GROWTH = 4.0, 1.1
"""Until a minimum is bracketed, a step size grows by so many times its last change at most, and at least."""
MOST_SHARE = 0.66
"""How far a step size may go towards the other end, and to what share an interval must shrink within two trials."""
NO_LOSS_BEFORE = math.inf
MORE_THAN_BEFORE = 1.01
"""The factor on the last descent that a first step size aims at: so it becomes 1 once full steps are right."""

C1 = Hyperparameter("c1", 1e-4, 1e-8, 0.4, "log", help="share of the promised descent that a step must bring")


def c2(default: float) -> Hyperparameter:
    """Return the spec of c2, which decides how exact a search is."""
    return Hyperparameter("c2", default, 0.05, 0.99, help="share of the slope that a step may leave")


class WolfeSearch(NamedTuple):
    """What a search requires, and when it gives up.

    Attributes
    ----------
    c1, c2 : float
        The share of the promised descent that a step must bring, and the share of the first slope that it may leave.
    tolerance : float
        The width of an interval, relative to its upper end, that is not searched further.
    trials : int
        How many step sizes are tried at most.
    largest : float
        The largest step size.
    """

    c1: float
    c2: float
    tolerance: float
    trials: int
    largest: float


TOLERANCE, MOST_TRIALS, LARGEST = 1e-14, 100, 1e100
"""When a search gives up, unless its solver says otherwise."""


class Trial(NamedTuple):
    """A step size that was tried: the loss there, its slope along the search direction, and its gradient."""

    step_size: float
    loss: float
    slope: float
    gradient: Point


class SearchDirection(NamedTuple):
    """A direction and the step size to try first along it."""

    direction: Point
    first: float


class Interval(NamedTuple):
    """The interval of a search, and the step size to try next.

    Attributes
    ----------
    low, other : Trial
        The ends: the trial with the lowest loss, and the other one.
    step_size : float
        To be tried next.
    largest : float
        The largest step size.
    bracketed : bool
        Whether a minimum lies between the ends.
    uses_auxiliary : bool
        Whether the search is in its first stage: no trial yet had a sufficient decrease and a slope upwards.
    width, width_before : float
        The width of the interval after the last two trials.
    least, most : float
        The bounds of the next step size.
    """

    low: Trial
    other: Trial
    step_size: float
    largest: float
    bracketed: bool
    uses_auxiliary: bool
    width: float
    width_before: float
    least: float
    most: float


def first_step_size(before: float, loss: float, gradient: Point, direction: Point) -> float:
    """Return the step size for as much descent as the last step brought, at most 1; `before` is the loss before it."""
    if before == NO_LOSS_BEFORE:
        return steepest_descent(gradient).first
    step_size = min(1.0, MORE_THAN_BEFORE * 2.0 * (loss - before) / dot(gradient, direction))
    return step_size if step_size > 0.0 else 1.0


def steepest_descent(gradient: Point) -> SearchDirection:
    """Return the direction of steepest descent, with a first step of about a unit of distance."""
    return SearchDirection(scaled(-1.0, gradient), min(1.0, MORE_THAN_BEFORE / norm(gradient)))


def search_or_restart(
    state: SolverState,
    context: SolverContext,
    loss: float,
    gradient: Point,
    direction: SearchDirection,
    conditions: WolfeSearch,
) -> tuple[bool, bool, Point]:
    """Search along `direction`, then along steepest descent where nothing lower is found, and move.

    Return whether anything lower was found, whether it was along `direction`, and the gradient there.
    """
    found, end = search(state, context, direction, loss, gradient, conditions)
    if found:
        move_to(state, along(position(state), end.step_size, direction.direction))
        return True, True, end.gradient
    down = steepest_descent(gradient)
    found, end = search(state, context, down, loss, gradient, conditions)
    if found:
        move_to(state, along(position(state), end.step_size, down.direction))
    return found, False, end.gradient


def search(
    state: SolverState,
    context: SolverContext,
    direction: SearchDirection,
    loss: float,
    gradient: Point,
    conditions: WolfeSearch,
) -> tuple[bool, Trial]:
    """Return a trial that meets both conditions, else the lowest one, and whether it is lower than the start."""
    begin = position(state)
    start = Trial(0.0, loss, dot(gradient, direction.direction), gradient)
    if not start.slope < 0.0:
        return False, start
    sufficient = conditions.c1 * start.slope
    interval = first_interval(start, direction.first, conditions.largest)
    for _ in range(conditions.trials):
        point = along(begin, interval.step_size, direction.direction)
        loss_there, gradient_there = evaluate_loss_and_gradient(state, context, point)
        if not (math.isfinite(loss_there) and is_finite(gradient_there)):
            interval = cut_below(interval, interval.step_size)
            continue
        trial = Trial(interval.step_size, loss_there, dot(gradient_there, direction.direction), gradient_there)
        decreased = trial.loss <= start.loss + trial.step_size * sufficient
        if decreased and abs(trial.slope) <= -conditions.c2 * start.slope:
            return True, trial
        at_largest = trial.step_size == conditions.largest and decreased and trial.slope <= sufficient
        if is_closed(interval, conditions.tolerance) or at_largest:
            break
        interval = updated(interval, trial, sufficient, decreased)
        if is_closed(interval, conditions.tolerance):
            interval = with_step_size(interval, interval.low.step_size)
    return interval.low.loss < start.loss, interval.low


def first_interval(start: Trial, first: float, largest: float) -> Interval:
    """Return the interval before the first trial, which nothing bounds from above."""
    return Interval(start, start, first, largest, False, True, largest, 2.0 * largest, 0.0, (1.0 + MOST_GROWTH) * first)


def is_closed(interval: Interval, tolerance: float) -> bool:
    """Return whether rounding leaves no step size to try."""
    outside = not interval.least < interval.step_size < interval.most
    return interval.bracketed and (outside or interval.most - interval.least <= tolerance * interval.most)


def with_step_size(interval: Interval, step_size: float) -> Interval:
    """Return the interval with another step size to try next."""
    low, other, _, largest, bracketed, uses_auxiliary, width, width_before, least, most = interval
    return Interval(low, other, step_size, largest, bracketed, uses_auxiliary, width, width_before, least, most)


def cut_below(interval: Interval, hole: float) -> Interval:
    """Return the interval below a step size at which the loss is not finite; next is half the way to it from `low`."""
    low, other, _, largest, bracketed, uses_auxiliary, width, width_before, least, most = interval
    step_size, largest = (low.step_size + hole) / 2.0, min(largest, hole)
    return Interval(low, other, step_size, largest, bracketed, uses_auxiliary, width, width_before, least, most)


def updated(interval: Interval, trial: Trial, sufficient: float, decreased: bool) -> Interval:
    """Return the interval of which `trial` is an end, with the next step size to try.

    `sufficient` is the slope of a sufficient decrease, and `decreased` whether the trial has one.
    """
    uses_auxiliary = interval.uses_auxiliary and not (decreased and trial.slope >= 0.0)
    # In the first stage both ends approach the minimum of the auxiliary function, where the decrease is sufficient.
    slope = sufficient if uses_auxiliary and trial.loss <= interval.low.loss and not decreased else 0.0
    low, other, now = auxiliary(interval.low, slope), auxiliary(interval.other, slope), auxiliary(trial, slope)
    step_size, brackets = next_step_size(low, other, now, interval.bracketed, interval.least, interval.most)
    bracketed = interval.bracketed or brackets
    new_low, new_other = interval.low, trial
    if not now.loss > low.loss:
        new_low, new_other = trial, interval.low if now.slope * low.slope < 0.0 else interval.other
    return bounded(interval, new_low, new_other, step_size, bracketed, uses_auxiliary)


def auxiliary(trial: Trial, slope: float) -> Trial:
    """Return the trial on the auxiliary function, the loss less a line of this slope."""
    return Trial(trial.step_size, trial.loss - trial.step_size * slope, trial.slope - slope, trial.gradient)


def bounded(
    interval: Interval, low: Trial, other: Trial, step_size: float, bracketed: bool, uses_auxiliary: bool
) -> Interval:
    """Return the interval with new ends and new bounds; where it hardly shrinks, its middle is tried next."""
    width, width_before = interval.width, interval.width_before
    if bracketed:
        apart = abs(other.step_size - low.step_size)
        if apart >= MOST_SHARE * width_before:
            step_size = low.step_size + 0.5 * (other.step_size - low.step_size)
        width_before, width = width, apart
        least, most = min(low.step_size, other.step_size), max(low.step_size, other.step_size)
    else:
        least = step_size + LEAST_GROWTH * (step_size - low.step_size)
        most = step_size + MOST_GROWTH * (step_size - low.step_size)
    step_size = min(max(step_size, 0.0), interval.largest)
    return Interval(
        low, other, step_size, interval.largest, bracketed, uses_auxiliary, width, width_before, least, most
    )


def next_step_size(
    low: Trial, other: Trial, now: Trial, bracketed: bool, least: float, most: float
) -> tuple[float, bool]:
    """Return the step size to try after `now`, by the paper's four cases, and whether the two bracket a minimum."""
    if now.loss > low.loss:
        cubic = low.step_size + cubic_share(low, now)[0] * (now.step_size - low.step_size)
        rise = (low.loss - now.loss) / (now.step_size - low.step_size) + low.slope
        parabola = low.step_size + low.slope / rise / 2.0 * (now.step_size - low.step_size)
        if abs(cubic - low.step_size) < abs(parabola - low.step_size):
            return cubic, True
        return cubic + (parabola - cubic) / 2.0, True
    if now.slope * low.slope < 0.0:
        return farther(now, cubic_minimum(now, low), secant(now, low)), True
    if abs(now.slope) < abs(low.slope):
        return next_where_flatter(low, other, now, bracketed, least, most), False
    if bracketed:
        return cubic_minimum(now, other), False
    return most if now.step_size > low.step_size else least, False


def next_where_flatter(low: Trial, other: Trial, now: Trial, bracketed: bool, least: float, most: float) -> float:
    """Return the step size to try next where the loss goes on falling, less steeply."""
    share, has_minimum = cubic_share(now, low)
    outwards = most if now.step_size > low.step_size else least
    cubic = now.step_size + share * (low.step_size - now.step_size) if share < 0.0 and has_minimum else outwards
    line = secant(now, low)
    if not bracketed:
        return min(max(farther(now, cubic, line), least), most)
    nearer = cubic if abs(cubic - now.step_size) < abs(line - now.step_size) else line
    limit = now.step_size + MOST_SHARE * (other.step_size - now.step_size)
    return min(limit, nearer) if now.step_size > low.step_size else max(limit, nearer)


def farther(now: Trial, cubic: float, line: float) -> float:
    """Return which of two step sizes is farther from that of a trial."""
    return cubic if abs(cubic - now.step_size) > abs(line - now.step_size) else line


def secant(now: Trial, other: Trial) -> float:
    """Return the step size at which a line through the slopes of two trials reaches 0."""
    return now.step_size + now.slope / (now.slope - other.slope) * (other.step_size - now.step_size)


def cubic_minimum(now: Trial, other: Trial) -> float:
    """Return the step size at the minimum of the cubic through two trials."""
    return now.step_size + cubic_share(now, other)[0] * (other.step_size - now.step_size)


def cubic_share(begin: Trial, end: Trial) -> tuple[float, bool]:
    """Return how far from `begin` to `end` the minimum of their cubic lies, as a share, and whether it has one.

    Everything is divided by the largest slope, so that no square overflows.
    """
    theta = 3.0 * (begin.loss - end.loss) / (end.step_size - begin.step_size) + begin.slope + end.slope
    scale = max(abs(theta), abs(begin.slope), abs(end.slope))
    root = scale * math.sqrt(max(0.0, (theta / scale) ** 2 - (begin.slope / scale) * (end.slope / scale)))
    gamma = -root if end.step_size < begin.step_size else root
    return (gamma - begin.slope + theta) / (gamma - begin.slope + gamma + end.slope), root != 0.0
