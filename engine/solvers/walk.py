"""What a step of a solver sees and may change: one racer's numbers, its hyperparameters, and the loss to ask.

All that a solver remembers lies in one column of numbers, so that whoever copies the column can go back to it.  Random
numbers follow from the seed and the number of the step alone, for the same reason.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.language.loss_kernel import DIMENSIONS
from engine.solvers.oracle import Oracle

Array = NDArray[np.float64]
Shape = tuple[int, ...]
MOST_SEEDS = 2**32
"""Keys of random numbers are not negative and bounded."""


class Reason(IntEnum):
    """Why a solver stays where it is; its number is kept in the solver's column."""

    NONE = 0
    LEVEL = 1
    NOTHING_LOWER = 2
    NO_CURVATURE = 3
    SHRUNK = 4
    BEYOND_NUMBERS = 5
    NO_SLOPE = 6
    LEVEL_POINTS = 7
    SPREAD_OUT = 8
    TOO_THIN = 9


SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.NONE: "",
        Reason.LEVEL: "The ground is level here: there is no slope to follow.",
        Reason.NOTHING_LOWER: "The search found no lower point.",
        Reason.NO_CURVATURE: "The ground does not bend here as a step needs it.",
        Reason.SHRUNK: "All its points have come together.",
        Reason.BEYOND_NUMBERS: "A step from here would need numbers that are too large.",
        Reason.NO_SLOPE: "The slope is no number here.",
        Reason.LEVEL_POINTS: "All its points are equally high, but for rounding.",
        Reason.SPREAD_OUT: "Its points are ten thousand times as far apart as at first, and found no lowest place.",
        Reason.TOO_THIN: "Its points lie in a line: they are ten million times as far apart along it as across it.",
    }
)


class RestError(Exception):
    """A step that finds nowhere to go.

    It follows from the racer's numbers and the landscape alone, never from the number of the step or a random draw:
    asked again, it is the same, and so need not be asked.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason = reason


class Layout:
    """Where in a column the position, the bookkeeping and each state of a solver lie."""

    def __init__(self, states: Mapping[str, Shape]) -> None:
        rows = {"w": (DIMENSIONS,), "evaluations": (1,), "begun": (1,), "reason": (1,), **states, "rested": (1,)}
        self._places: dict[str, tuple[slice, Shape]] = {}
        self.slots = 0
        for name, shape in rows.items():
            size = math.prod(shape)
            self._places[name] = slice(self.slots, self.slots + size), shape
            self.slots += size

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def views(self, column: Array) -> dict[str, Array]:
        """Return every part of `column`, in its shape; to write to it writes to the column."""
        return {name: column[place].reshape(shape) for name, (place, shape) in self._places.items()}


class Walk:
    """One solver under way.

    Attributes
    ----------
    w : float64 (d,)
        The position; a step changes it in place.
    hyper : mapping
        The values of the hyperparameters.
    number : int
        The number of the step, from 1; 0 while the states are filled before the first.
    """

    def __init__(
        self, layout: Layout, column: Array, hyper: Mapping[str, float], oracle: Oracle, seed: int = 0,
        instance: int = 0,
    ) -> None:  # fmt: skip
        self._views = layout.views(column)
        self._oracle = oracle
        self._seed, self._instance = seed, instance
        self.w = self._views["w"]
        self.hyper = hyper
        self.number = 0

    def __getitem__(self, state: str) -> Array:
        return self._views[state]

    def __setitem__(self, state: str, value: Array | float) -> None:
        self._views[state][...] = value

    def here(self) -> tuple[float, Array]:
        """Return loss and gradient at the position, which count no more: the step that came here has asked.

        They are asked anew in every step, since a slider may have moved the landscape in between.

        Raises
        ------
        RestError
            Where there is no slope to follow.
        """
        loss, gradient = self._oracle.slope(self.w)
        if not np.isfinite(gradient).all():
            raise RestError(Reason.NO_SLOPE)
        if not gradient.any():
            raise RestError(Reason.LEVEL)
        return loss, gradient

    def height(self) -> float:
        """Return the loss at the position, which counts no more."""
        return self._oracle.value(self.w)

    def known(self, points: Array) -> Array:
        """Return the losses of `points` (n, d) that an earlier step has asked, infinity in holes."""
        return self._oracle.values(points)

    def bend(self) -> Array:
        """Return the Hessian at the position, float64 (d, d); it belongs to the evaluation there.

        Raises
        ------
        RestError
            Where it is not finite.
        """
        curvature = self._oracle.curvature(self.w)
        if not np.isfinite(curvature).all():
            raise RestError(Reason.NO_CURVATURE)
        return curvature

    def value(self, point: Array) -> float:
        """Return the loss at a new point."""
        self["evaluations"] += 1.0
        return self._oracle.value(point)

    def values(self, points: Array) -> Array:
        """Return the losses of new points (n, d), infinity in holes."""
        self["evaluations"] += float(len(points))
        return self._oracle.values(points)

    def slope(self, point: Array) -> tuple[float, Array]:
        """Return loss and gradient at a new point."""
        self["evaluations"] += 1.0
        return self._oracle.slope(point)

    def leap(self, point: Array) -> None:
        """Go to a point unseen: whether it is lower is found out when standing there."""
        self["evaluations"] += 1.0
        self.w[:] = point

    def random(self) -> np.random.Generator:
        """Return the random numbers of this step: the same ones however often it is made.

        They follow from the seeds of race and solver, the number of the instance and that of the step alone.
        """
        seeds = self._seed % MOST_SEEDS * MOST_SEEDS + self.whole("seed") % MOST_SEEDS
        return np.random.Generator(np.random.Philox(key=[seeds, self.number], counter=[0, 0, 0, self._instance]))

    def whole(self, name: str) -> int:
        """Return the hyperparameter `name` as a whole number."""
        return round(self.hyper[name])
