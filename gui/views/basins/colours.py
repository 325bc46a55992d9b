"""Which colour each minimum has: one that moves as a slider is dragged keeps its own."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from engine.language.types import Array
from gui.look.theme import Theme

Colour = tuple[int, int, int]

DARK_COLOURS = ("#2f7fd6", "#d9812b", "#3fa66b", "#b458a8", "#c9b53a", "#3aa9b3", "#c4545c", "#7d6fd0")
LIGHT_COLOURS = ("#5b9be6", "#eda25a", "#6cc08f", "#d084c6", "#d8c65a", "#63c3cc", "#df7f86", "#a196e6")
"""Of the first minima: racers are seen on them by their rims."""
GOLDEN = 0.618033988749895
"""Of the circle of hues: further minima lie so far from each other that few look alike."""
FURTHER = 0.5, 0.72
"""Saturation and value of the colours of further minima."""
STILL_NEAR = 0.08
"""Of the diagonal of what is visible: a minimum of another loss that is no farther from one of before is the same."""
DIVERGED, MOVING = {"dark": "#3a0f1d", "light": "#5c2436"}, {"dark": "#4a505c", "light": "#9aa2b0"}
"""The colours of starts that reach no minimum: those that diverge, and those that still move or rest elsewhere."""


def minimum_colour(number: int, theme: Theme) -> str:
    """Return the colour with a number, "#rrggbb"."""
    first = DARK_COLOURS if theme.name == "dark" else LIGHT_COLOURS
    if number < len(first):
        return first[number]
    return str(QColor.fromHsvF((number * GOLDEN) % 1.0, *FURTHER).name())


class MinimumColours:
    """The numbers of the colours of minima."""

    def __init__(self) -> None:
        self._before: list[tuple[Array, int]] = []
        self._now: list[tuple[Array, int]] = []

    def begin(self) -> None:
        """Begin with the minima of another loss."""
        if self._now:
            self._before, self._now = self._now, []

    def numbers(self, minima: Array, diagonal: float) -> list[int]:
        """Return the number of the colour of each minimum, (k, 2); those of one loss only become more."""
        for point in minima[len(self._now) :]:
            self._now.append((point, self._choose(point, STILL_NEAR * diagonal)))
        return [number for _, number in self._now[: len(minima)]]

    def _choose(self, point: Array, near: float) -> int:
        taken = {number for _, number in self._now}
        free = [(float(np.hypot(*(place - point))), number) for place, number in self._before if number not in taken]
        distance, number = min(free, default=(np.inf, 0))
        if distance <= near:
            return number
        reserved = taken | {number for _, number in self._before}
        # Those of before may still be found: a colour of theirs is the last choice.
        return next(number for number in range(len(reserved) + 1) if number not in reserved)
