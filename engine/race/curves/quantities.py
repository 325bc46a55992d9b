"""What can be drawn of a racer beside its loss, and the values of it in some updates.

A quantity is known by its name: that of a state or of a line of the rule's text, or one of `DERIVED`, each of which has
a space, so that no text can define it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.syntax.parser import parse_rule
from engine.language.syntax.rule_text import RuleText
from engine.language.types import Array, Point
from engine.race.curves.rate import effective_rate
from engine.race.curves.sharpness import sharpness
from engine.race.racer import AnyRule
from engine.race.step_values.lines import evaluated, trace_of
from engine.race.step_values.updates import Updates
from engine.rules.function_rule import FunctionRule
from engine.rules.rule import Rule

RATE, DISTANCE, ANGLE, SHARPNESS = "effective rate", "distance to minimum", "angle of step", "largest curvature"
GRADIENT, STEP_LENGTH = "g", "length of step"


@dataclass(frozen=True)
class Quantity:
    """A quantity that no text names.

    Attributes
    ----------
    title : str
        Its name for a reader.
    help : str
        One sentence on what it is.
    parts : tuple of str
        What its curves are; one or two.
    decades : bool, optional
        Whether it is drawn in decades, though it be negative now and then; None where that depends on its values.
    """

    title: str
    help: str
    parts: tuple[str, ...] = ("",)
    decades: bool | None = None


COORDINATES = ("x", "y")
MOST_NAMED = 256
"""Rules whose names are cached."""
DERIVED: Mapping[str, Quantity] = MappingProxyType(
    {
        RATE: Quantity(
            "effective rate",
            "What each coordinate of the direction is multiplied by: lr/(sqrt(v) + eps), say. Of an average, what the "
            "steps that it averages are multiplied by",
            COORDINATES,
        ),
        STEP_LENGTH: Quantity("length of the step", "How far each step leads"),
        DISTANCE: Quantity("distance to the nearest minimum", "How far each step ends from the nearest known minimum"),
        ANGLE: Quantity(
            "angle between step and gradient", "In degrees: 0 is straight downhill, above 90 the step leads uphill",
            decades=False,
        ),
        SHARPNESS: Quantity(
            "sharpness",
            "The largest second derivative, as the rates of the rule stretch it; dashed the edge 2/lr, beyond which "
            "gradient descent is unstable. Of an average, at the places that it averages",
            ("sharpness", "2/lr"),
            decades=True,
        ),
    }
)  # fmt: skip
"""The quantities that no text names, by their names."""


@lru_cache(MOST_NAMED)
def names_in(text: RuleText) -> tuple[str, ...]:
    """Return the gradient, and what the lines of a rule assign but the position, each once, in their order.

    Raises
    ------
    FormulaError
        Where the text is no rule.
    """
    lines = (line.name for line in parse_rule(text).assignments if not line.initial)
    return tuple(name for name in dict.fromkeys((GRADIENT, *lines)) if name != "w")


def tells(rule: AnyRule, quantity: str) -> bool:
    """Return whether a rule has a quantity, as far as that is known without a step of it."""
    if quantity in DERIVED or quantity == GRADIENT:
        return True
    if isinstance(rule, Rule):
        return quantity in names_in(rule.written)
    return isinstance(rule, FunctionRule) and quantity in rule.states


def measured(quantity: str, updates: Updates, minima: Sequence[Point] = ()) -> Array | None:
    """Return the values of a quantity, float64 (1 or 2, n); None where the racer has no such quantity.

    Parameters
    ----------
    quantity : str
    updates : Updates
    minima : sequence of (x, y)
        The known minima of the landscape.
    """
    if quantity == SHARPNESS:
        return sharpness(updates)
    if quantity == STEP_LENGTH:
        return np.atleast_2d(np.hypot(*_moves(updates)))
    if quantity == ANGLE:
        return _angle(updates)
    if quantity == DISTANCE:
        return _distance(updates, minima) if minima else None
    if not tells(updates.rule, quantity):
        return None
    if isinstance(updates.rule, Rule):
        return _of_rule(quantity, updates, updates.rule)
    return _of_function(quantity, updates)


def _of_rule(quantity: str, updates: Updates, rule: Rule) -> Array | None:
    """Return the values of a name of the text at the end of each update, or the effective rate."""
    found = evaluated(updates, rule)
    if quantity == RATE:
        return effective_rate(updates, rule, found)
    place = rule.update.step.places.get(quantity)
    if place is not None:
        # The bits of the race.
        values: Array = updates.after[place]
        return values
    lines = trace_of(rule.written).lines
    last = max((number for number, traced in enumerate(lines) if traced.line.name == quantity), default=None)
    return np.atleast_2d(found.given[quantity] if last is None else found.lines[last])


def _of_function(quantity: str, updates: Updates) -> Array | None:
    """Return the gradient, or a state of a Python function; None for what a solver keeps to itself."""
    if quantity == GRADIENT:
        return _gradient(updates)
    if isinstance(updates.rule, FunctionRule) and quantity in updates.rule.states:
        begin = DIMENSIONS * (1 + updates.rule.states.index(quantity))
        return updates.after[begin : begin + DIMENSIONS]
    return None


def _moves(updates: Updates) -> Array:
    return updates.after[:DIMENSIONS] - updates.before[:DIMENSIONS]


def _gradient(updates: Updates) -> Array:
    place = list(updates.before[:DIMENSIONS])
    return np.array([updates.loss_at(1 + number, place) for number in range(DIMENSIONS)])


def _angle(updates: Updates) -> Array:
    """Return the angle between the steps and the way straight downhill, in degrees; NaN where either has no length."""
    (x, y), (gx, gy) = _moves(updates), -_gradient(updates)
    with np.errstate(all="ignore"):
        angle = np.degrees(np.abs(np.arctan2(x * gy - y * gx, x * gx + y * gy)))
        told: Array = np.where((np.hypot(x, y) > 0.0) & (np.hypot(gx, gy) > 0.0), angle, np.nan)
    return told[np.newaxis]


def _distance(updates: Updates, minima: Sequence[Point]) -> Array:
    places = np.asarray(minima, dtype=np.float64)
    x, y = updates.after[:DIMENSIONS]
    nearest: Array = np.hypot(x - places[:, :1], y - places[:, 1:]).min(axis=0)
    return nearest[np.newaxis]
