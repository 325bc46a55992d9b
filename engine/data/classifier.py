"""Logistic regression: the best weights by Newton's method, and the part of the plane of weights that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array, Bounds, Point

MOST_STEPS = 50
ENOUGH = 1e-13
"""Newton's method ends where a step is this share of the weights."""
FARTHEST = 40.0
"""Weights of standardised columns beyond which nobody looks: the odds change by e^40 within a spread."""
REACH, LEAST_REACH = 1.6, 3.0
"""How far the view reaches from the best weights: a multiple of the greater one, in weights of standardised columns."""
SEPARATED_REACH = 12.0
"""The same where the classes can be separated and there are no best weights."""
START = (-0.72, 0.6)
"""The distance of the start from the best weights, as shares of the reach."""


@dataclass(frozen=True)
class ClassifierView:
    """What a landscape of two weights begins with.

    Attributes
    ----------
    bounds, start : as those of a landscape
    bias : float
        The best value of the third weight, for two columns; 0 for one, whose second weight is a landscape's y.
    separated : bool
        Whether some line separates the classes without an error, so that the loss has no minimum.
    """

    bounds: Bounds
    start: Point
    bias: float
    separated: bool


def logistic_weights(features: Sequence[Array], sides: Array) -> tuple[Array, bool]:
    """Return the weights at which mean(log(1 + exp(-side*margin))) is least, and whether the classes are separated.

    Parameters
    ----------
    features : sequence of float64 (rows,)
        Columns; the margin is their weighted sum and a constant.
    sides : float64 (rows,)
        -1 or 1 for each row.

    Returns
    -------
    weights : float64 (columns + 1,)
        Of the columns, and the constant; where the classes are separated, some weights that separate them.
    separated : bool
    """
    design = np.array([*features, np.ones(len(sides))])
    weights = np.zeros(len(design))
    for _ in range(MOST_STEPS):
        margins = sides * (weights @ design)
        if margins.min() > 0.0:
            return weights, True
        wrong = 1.0 / (1.0 + np.exp(np.clip(margins, -700.0, 700.0)))
        slope = -(design @ (sides * wrong))
        curvature = (design * (wrong * (1.0 - wrong))) @ design.T
        step = -np.linalg.lstsq(curvature, slope, rcond=None)[0]
        weights = weights + _damped(step, weights, design, sides)
        if np.abs(step).max() <= ENOUGH * (1.0 + np.abs(weights).max()) or np.abs(weights).max() > FARTHEST:
            break
    return weights, bool((sides * (weights @ design)).min() > 0.0)


def _damped(step: Array, weights: Array, design: Array, sides: Array) -> Array:
    """Return a step of Newton's method, halved until the loss does not rise."""
    before = _loss(weights, design, sides)
    for _ in range(MOST_STEPS):
        if _loss(weights + step, design, sides) <= before:
            return step
        step = step / 2.0
    return step


def _loss(weights: Array, design: Array, sides: Array) -> float:
    return float(np.logaddexp(0.0, -sides * (weights @ design)).mean())


def classifier_view(features: Sequence[Array], sides: Array, standardised: bool) -> ClassifierView:
    """Return where the landscape of a classifier is seen from: the best weights in the middle of it.

    Parameters
    ----------
    features : one or two columns, float64 (rows,)
    sides : float64 (rows,)
        -1 or 1 for each row.
    standardised : bool
        Whether the formula brings the columns to mean 0 and deviation 1.
    """
    means = np.array([column.mean() for column in features])
    spreads = np.array([column.std() or 1.0 for column in features])
    scaled = [(column - mean) / spread for column, mean, spread in zip(features, means, spreads, strict=True)]
    weights, separated = logistic_weights(scaled, sides)
    lost = separated or np.abs(weights).max() > FARTHEST
    middle = np.zeros(len(weights)) if lost else weights
    reach = np.full(2, SEPARATED_REACH if lost else max(LEAST_REACH, REACH * float(np.abs(weights).max())))
    if not standardised:
        # The weights of columns as they are: a deviation and a mean move into them.
        middle = np.append(middle[:-1] / spreads, middle[-1] - (middle[:-1] * means / spreads).sum())
        in_columns = reach[0] / spreads
        reach = in_columns if len(features) > 1 else np.array([in_columns[0], reach[0] + abs(means[0]) * in_columns[0]])
    (x, y), (x_reach, y_reach) = middle[:2].tolist(), reach.tolist()
    bounds = (x - x_reach, x + x_reach), (y - y_reach, y + y_reach)
    bias = float(middle[2]) if len(features) > 1 else 0.0
    return ClassifierView(bounds, (x + START[0] * x_reach, y + START[1] * y_reach), bias, separated)
