"""The reasons for which a solver makes no step."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class Reason(IntEnum):
    """Why no step was made; its number is kept in the solver's state.

    It follows from the solver's state and the landscape alone, never from the number of the step or a random draw.  So
    the same state always gives the same reason, and the loop need not call the step again.
    """

    NONE = 0
    ZERO_GRADIENT = 1
    NO_LOWER_POINT = 2
    NO_CURVATURE = 3
    POINTS_COINCIDE = 4
    NO_GRADIENT = 5
    EQUAL_LOSSES = 6
    SPREAD_OUT = 7
    ILL_CONDITIONED = 8


SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.NONE: "",
        Reason.ZERO_GRADIENT: "The ground is level here: there is no slope to follow.",
        Reason.NO_LOWER_POINT: "The search found no lower point.",
        Reason.NO_CURVATURE: "The curvature here allows no step.",
        Reason.POINTS_COINCIDE: "All its points have come together.",
        Reason.NO_GRADIENT: "The slope is not a finite number here.",
        Reason.EQUAL_LOSSES: "All its points have the same loss, but for rounding.",
        Reason.SPREAD_OUT: "Its points are ten thousand times as far apart as at first, and found no lowest place.",
        Reason.ILL_CONDITIONED: "Its points lie in a line: they are ten million times as far apart along it as across "
        "it.",
    }
)
