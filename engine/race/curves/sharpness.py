"""Sharpness: the largest second derivative of the loss where a racer is, as the steps of its rule meet it.

On a quadratic loss gradient descent with the rate lr is stable while no eigenvalue of the Hessian exceeds 2/lr: that is
the edge of stability.  A rule that multiplies each coordinate by a rate of its own sees the landscape stretched by
these rates: what counts for it is the largest eigenvalue of R^(1/2) H R^(1/2)/lr, where R is the diagonal matrix of the
rates.  For plain gradient descent that is the largest eigenvalue of H itself.

Source: Cohen, Kaur, Li, Kolter and Talwalkar, Gradient descent on neural networks typically occurs at the edge of
stability, 2021; Cohen et al., Adaptive gradient methods at the edge of stability, 2022.
Differs from the papers in: the edge is drawn at 2/lr for every rule; momentum moves it.
"""

from __future__ import annotations

import numpy as np

from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER, SECOND_ORDER
from engine.language.types import Array
from engine.race.curves.rate import effective_rate, rate_terms
from engine.race.step_values.lines import evaluated, trace_of
from engine.race.step_values.updates import Updates
from engine.rules.modifiers.schedule import RATE
from engine.rules.rule import Rule

EDGE = 2.0
"""The product of rate and second derivative beyond which gradient descent leaves a minimum."""
SCHEDULED_RATE = f"{RATE}_t"
"""The line in which a schedule says what the learning rate is."""


def largest_eigenvalue(hxx: Array, hxy: Array, hyy: Array) -> Array:
    """Return the larger eigenvalue of symmetric matrices, float64 of their shape; NaN where one is not finite."""
    with np.errstate(all="ignore"):
        larger: Array = (hxx + hyy) / 2.0 + np.hypot((hxx - hyy) / 2.0, hxy)
    return larger


def sharpness(updates: Updates) -> Array:
    """Return the sharpness where each update began, and the edge of stability, float64 (2, n).

    A racer that shows an average of the places it steps to, as with the wrappers `ema` and `polyak`, is measured at
    these places: it is there that its steps are stable or not.

    The edge is NaN where the rule has no rate: solvers, Python functions, signs; then H is taken as it is.  The
    sharpness is NaN where a rate is negative.
    """
    place = _stepped_from(updates)
    hxx, hxy, hyy = (updates.loss_at(component, place) for component in range(FIRST_ORDER, SECOND_ORDER))
    rate, scale = _rates(updates)
    if rate is None:
        return np.array([largest_eigenvalue(hxx, hxy, hyy), np.full(len(updates), np.nan)])
    with np.errstate(all="ignore"):
        # Where all coordinates have one rate nothing is stretched, and nothing rounded.
        x, y = np.where(rate[0] == scale, 1.0, rate[0] / scale), np.where(rate[1] == scale, 1.0, rate[1] / scale)
        stretched = largest_eigenvalue(x * hxx, np.sqrt(x) * np.sqrt(y) * hxy, y * hyy)
        return np.array([stretched, EDGE / scale])


def _stepped_from(updates: Updates) -> list[Array]:
    """Return x and y of the place from which the rule made each step."""
    rule = updates.rule
    terms = rate_terms(rule.written) if isinstance(rule, Rule) else None
    if isinstance(rule, Rule) and terms is not None and terms.stepped != "w":
        return list(evaluated(updates, rule).given[terms.stepped])
    return list(updates.before[:DIMENSIONS])


def _rates(updates: Updates) -> tuple[Array | None, Array]:
    """Return the rate of each coordinate, (2, n), and the learning rate, (n,): 1 for a rule that has none."""
    alone = np.ones(len(updates))
    if not isinstance(updates.rule, Rule):
        return None, alone
    found = evaluated(updates, updates.rule)
    rate = effective_rate(updates, updates.rule, found)
    for traced, numbers in zip(trace_of(updates.rule.written).lines, found.lines, strict=True):
        if traced.line.name == SCHEDULED_RATE and numbers.ndim == 1:
            return rate, numbers
    return rate, updates.hyperparameters.get(RATE, alone)
