"""The values of one update of a racer by the names of its rule's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.language.types import Array, Point

Value: TypeAlias = float | Point
"""A number, or a vector of the plane."""


@dataclass(frozen=True)
class LineValue:
    """What one line of a rule assigns.

    Attributes
    ----------
    name : str
    value : float or (x, y)
    start, end : int
        The place of the whole line in the rule's text.
    """

    name: str
    value: Value
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class StepValues:
    """One update of a racer.

    Position, states, loss and gradient have the bits that the race computed.  What stands between them has no bits of
    its own there: machine code joins a product and a sum into one operation, or keeps no such number at all.  It is
    computed from the same numbers by the rule's text, and agrees but for rounding.

    Attributes
    ----------
    update : int
        Its number ``t``, from 1: it led from step ``t - 1`` to step ``t``.
    text : str
        The rule as it ran, with its wrappers and schedules; pseudo-code for a solver, "" for a Python function.
    hyperparameters : mapping of str to float
        The values that held for it.
    given : mapping
        What the first line may read: position ``w`` and states before the update, gradient ``g``, loss ``f``, ``t``.
    lines : tuple of LineValue
        What each line assigns, in the order of the text, without ``init`` lines and functions; empty for what has no
        text that runs.
    after : mapping
        Position ``w`` and states after the update.
    reason : str
        Why there are no lines, or that the racer diverged in this update; else "".
    """

    update: int
    text: str
    hyperparameters: Mapping[str, float]
    given: Mapping[str, Value]
    lines: tuple[LineValue, ...]
    after: Mapping[str, Value]
    reason: str = ""

    @property
    def before_position(self) -> Point:
        """Where the update began."""
        return as_point(self.given["w"])

    @property
    def after_position(self) -> Point:
        """Where the update led."""
        return as_point(self.after["w"])

    @property
    def move(self) -> Point:
        """The way from where it began to where it led."""
        (x, y), (new_x, new_y) = self.before_position, self.after_position
        return new_x - x, new_y - y

    @property
    def gradient(self) -> Point:
        """The gradient where it began, of the rows that the update learned from."""
        return as_point(self.given["g"])

    def read_by(self, line: int) -> dict[str, Value]:
        """Return what each name is when the line with this number is computed, hyperparameters too."""
        assigned = {earlier.name: earlier.value for earlier in self.lines[:line]}
        return {**self.hyperparameters, **self.given, **assigned}

    def value(self, name: str) -> Value | None:
        """Return what a name is at the end of the update, or None where there is no such name."""
        if name in self.after:
            return self.after[name]
        assigned = (line.value for line in reversed(self.lines) if line.name == name)
        return next(assigned, self.given.get(name, self.hyperparameters.get(name)))


def as_point(value: Value) -> Point:
    """Return a value as a point: a number has it in both coordinates."""
    return value if isinstance(value, tuple) else (value, value)


def as_value(numbers: Array) -> Value:
    """Return an array () or (2,) as a value."""
    return float(numbers) if np.ndim(numbers) == 0 else (float(numbers[0]), float(numbers[1]))
