"""Nelder and Mead's simplex: a triangle whose worst corner is reflected, expanded or contracted, without gradients."""

from __future__ import annotations

from engine.language.types import Point
from engine.rules.hyperparameters import Hyperparameter, positive
from engine.solvers.context import (
    Buffer,
    Hyperparameters,
    SolverContext,
    SolverState,
    evaluate_loss_or_infinity,
    losses_at,
    move_to,
)
from engine.solvers.reasons import Reason
from engine.solvers.solver import AS_SCIPY, Solver

ROUNDING = 4.0 * 2.0**-52
CORNERS = 3
"""A triangle: one more than there are coordinates."""
BEST, MIDDLE, WORST = range(CORNERS)
"""The corners in their order."""


def begin(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin with a corner at the start and one beside it along each axis."""
    corners = state.population
    for corner in range(CORNERS):
        for axis in range(2):
            corners[corner, axis] = state.w[axis] + (hyper.size if corner == axis + 1 else 0.0)
    state.members = float(CORNERS)
    state.evaluations += 2.0


def nelder_mead(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Replace the worst corner, or shrink the simplex towards the best."""
    corners, losses = state.population, state.losses
    losses_at(context, corners, CORNERS)
    for corner in range(CORNERS):
        losses[corner] = context.first[corner]
    sort_corners(corners, losses)
    if corners_coincide(corners):
        return Reason.POINTS_COINCIDE
    found, point, loss = replacement(state, hyper, context, corners, losses)
    if found:
        corners[WORST, 0], corners[WORST, 1] = point
        losses[WORST] = loss
    else:
        shrink(state, hyper, context, corners, losses)
    sort_corners(corners, losses)
    move_to(state, corner_at(corners, BEST))
    return Reason.NONE


def corner_at(corners: Buffer, number: int) -> Point:
    """Return the point of a corner."""
    return float(corners[number, 0]), float(corners[number, 1])


def corners_coincide(corners: Buffer) -> bool:
    """Return whether the corners differ by no more than rounding."""
    spread, size = 0.0, 1.0
    for axis in range(2):
        low, high = corners[BEST, axis], corners[BEST, axis]
        for corner in range(1, CORNERS):
            low, high = min(low, corners[corner, axis]), max(high, corners[corner, axis])
        spread, size = max(spread, high - low), max(size, abs(low), abs(high))
    return spread <= ROUNDING * size


def sort_corners(corners: Buffer, losses: Buffer) -> None:
    """Sort the corners by their losses, in place; equal ones stay in their order."""
    for corner in range(1, CORNERS):
        for rank in range(corner, 0, -1):
            if not losses[rank] < losses[rank - 1]:
                break
            losses[rank], losses[rank - 1] = losses[rank - 1], losses[rank]
            for axis in range(2):
                corners[rank, axis], corners[rank - 1, axis] = corners[rank - 1, axis], corners[rank, axis]


def replacement(
    state: SolverState, hyper: Hyperparameters, context: SolverContext, corners: Buffer, losses: Buffer
) -> tuple[bool, Point, float]:
    """Return whether a better point than the worst corner is found, that point and its loss.

    It lies on the line from the worst corner through the middle of the others.
    """
    reflected, loss = opposite(state, context, corners, hyper.reflection)
    if loss < losses[BEST]:
        expanded, loss_expanded = opposite(state, context, corners, hyper.reflection * hyper.expansion)
        return (True, expanded, loss_expanded) if loss_expanded < loss else (True, reflected, loss)
    if loss < losses[MIDDLE]:
        return True, reflected, loss
    if loss < losses[WORST]:
        outside, loss_outside = opposite(state, context, corners, hyper.reflection * hyper.contraction)
        return loss_outside <= loss, outside, loss_outside
    inside, loss_inside = opposite(state, context, corners, -hyper.contraction)
    return loss_inside < losses[WORST], inside, loss_inside


def opposite(state: SolverState, context: SolverContext, corners: Buffer, share: float) -> tuple[Point, float]:
    """Return the middle of the better corners plus `share` of the way from the worst one to it, and the loss there."""
    x = (corners[BEST, 0] + corners[MIDDLE, 0]) / 2.0
    y = (corners[BEST, 1] + corners[MIDDLE, 1]) / 2.0
    point = x + share * (x - corners[WORST, 0]), y + share * (y - corners[WORST, 1])
    return point, evaluate_loss_or_infinity(state, context, point)


def shrink(state: SolverState, hyper: Hyperparameters, context: SolverContext, corners: Buffer, losses: Buffer) -> None:
    """Move all corners towards the best."""
    for corner in range(1, CORNERS):
        for axis in range(2):
            best = corners[BEST, axis]
            corners[corner, axis] = best + hyper.shrink * (corners[corner, axis] - best)
        losses[corner] = evaluate_loss_or_infinity(state, context, corner_at(corners, corner))


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
    movable=False,
    begin=begin,
    states=(("population", (CORNERS, 2)), ("members", ()), ("losses", (CORNERS,))),
)
