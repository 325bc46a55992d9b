"""Why a solver stays where it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class Reason(IntEnum):
    """Why a step was not made; its number is kept in the solver's record.

    It follows from the racer's numbers and the landscape alone, never from the number of the step or a random draw:
    asked again, it is the same, and so need not be asked.
    """

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
