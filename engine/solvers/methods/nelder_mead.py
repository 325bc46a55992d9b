"""Nelder and Mead's simplex: a triangle that flips, stretches and shrinks its way down, asking for no slope."""

from __future__ import annotations

from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import Point, Record, loss_or_infinity, losses_at, stand
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver

ROUNDING = 4.0 * 2.0**-52
CORNERS = 3
"""A triangle: one more than there are coordinates."""
BEST, MIDDLE, WORST = range(CORNERS)
"""The corners in their order."""


def begin(walk: Record, hyper: Record, context: Record) -> None:
    """Begin with the start and a corner beside it along each axis."""
    corners = walk.population
    for corner in range(CORNERS):
        for axis in range(2):
            corners[corner, axis] = walk.w[axis] + (hyper.size if corner == axis + 1 else 0.0)
    walk.members = float(CORNERS)
    walk.evaluations += 2.0


def nelder_mead(walk: Record, hyper: Record, context: Record) -> Reason:
    """Replace the worst corner, or draw all towards the best."""
    corners, losses = walk.population, walk.losses
    losses_at(context, corners, CORNERS)
    for corner in range(CORNERS):
        losses[corner] = context.first[corner]
    sort(corners, losses)
    if is_shrunk(corners):
        return Reason.SHRUNK
    found, point, loss = replacement(walk, hyper, context, corners, losses)
    if found:
        corners[WORST, 0], corners[WORST, 1] = point
        losses[WORST] = loss
    else:
        shrink(walk, hyper, context, corners, losses)
    sort(corners, losses)
    stand(walk, corner_at(corners, BEST))
    return Reason.NONE


def corner_at(corners: Record, number: int) -> Point:
    """Return a corner."""
    return float(corners[number, 0]), float(corners[number, 1])


def is_shrunk(corners: Record) -> bool:
    """Tell whether rounding hardly tells the corners apart."""
    spread, size = 0.0, 1.0
    for axis in range(2):
        low, high = corners[BEST, axis], corners[BEST, axis]
        for corner in range(1, CORNERS):
            low, high = min(low, corners[corner, axis]), max(high, corners[corner, axis])
        spread, size = max(spread, high - low), max(size, abs(low), abs(high))
    return spread <= ROUNDING * size


def sort(corners: Record, losses: Record) -> None:
    """Put the best corner first, in place; of equals the earlier one is better."""
    for corner in range(1, CORNERS):
        for place in range(corner, 0, -1):
            if not losses[place] < losses[place - 1]:
                break
            losses[place], losses[place - 1] = losses[place - 1], losses[place]
            for axis in range(2):
                corners[place, axis], corners[place - 1, axis] = corners[place - 1, axis], corners[place, axis]


def replacement(
    walk: Record, hyper: Record, context: Record, corners: Record, losses: Record
) -> tuple[bool, Point, float]:
    """Return a point in place of the worst corner, on its line through the middle of the others, and its loss.

    The first result tells whether there is such a point that is better.
    """
    mirrored, loss = opposite(walk, context, corners, hyper.reflection)
    if loss < losses[BEST]:
        beyond, loss_beyond = opposite(walk, context, corners, hyper.reflection * hyper.expansion)
        return (True, beyond, loss_beyond) if loss_beyond < loss else (True, mirrored, loss)
    if loss < losses[MIDDLE]:
        return True, mirrored, loss
    if loss < losses[WORST]:
        nearer, loss_nearer = opposite(walk, context, corners, hyper.reflection * hyper.contraction)
        return loss_nearer <= loss, nearer, loss_nearer
    inside, loss_inside = opposite(walk, context, corners, -hyper.contraction)
    return loss_inside < losses[WORST], inside, loss_inside


def opposite(walk: Record, context: Record, corners: Record, share: float) -> tuple[Point, float]:
    """Return the point so far beyond the middle of the better corners as `share` of the worst one's way to it."""
    x = (corners[BEST, 0] + corners[MIDDLE, 0]) / 2.0
    y = (corners[BEST, 1] + corners[MIDDLE, 1]) / 2.0
    point = x + share * (x - corners[WORST, 0]), y + share * (y - corners[WORST, 1])
    return point, loss_or_infinity(walk, context, point)


def shrink(walk: Record, hyper: Record, context: Record, corners: Record, losses: Record) -> None:
    """Draw all corners towards the best."""
    for corner in range(1, CORNERS):
        for axis in range(2):
            best = corners[BEST, axis]
            corners[corner, axis] = best + hyper.shrink * (corners[corner, axis] - best)
        losses[corner] = loss_or_infinity(walk, context, corner_at(corners, corner))


NELDER_MEAD = Solver(
    "NelderMead",
    """
    simplex begins as w and w + size along each axis
    m = mean of all corners but the worst
    r = m + reflection*(m - worst)
    if r is the best so far: worst = better of r and m + reflection*expansion*(m - worst)
    elif r is better than another corner: worst = r
    else: worst = m + reflection*contraction*(m - worst), or m - contraction*(m - worst) if r is worse yet
    if that is no better: every corner = best + shrink*(corner - best)
    w = best corner
    """,
    (
        positive("size", 0.5, 1e-3, 5.0, "how far the first corners are apart"),
        Hyperparameter("reflection", 1.0, 0.5, 2.0, help="how far the worst corner is mirrored"),
        Hyperparameter("expansion", 2.0, 1.1, 4.0, help="how much farther it goes where that leads down"),
        Hyperparameter("contraction", 0.5, 0.1, 0.9, help="how far it goes instead where it leads up"),
        Hyperparameter("shrink", 0.5, 0.1, 0.9, help="what is left of every edge where nothing else helps"),
    ),
    "Nelder and Mead, A simplex method for function minimization, 1965",
    "Crawls like an amoeba, whose best corner is what is drawn, and needs neither slope nor smoothness.",
    "ties are settled as in scipy.optimize",
    "https://doi.org/10.1093/comjnl/7.4.308",
    proof=AS_SCIPY,
    step=nelder_mead,
    anywhere=False,
    begin=begin,
    states=(("population", (CORNERS, 2)), ("members", ()), ("losses", (CORNERS,))),
)
