"""The record of a landscape."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]
Range = tuple[float, float]

TAGS: Mapping[str, str] = {
    "convex": "every straight line between two of its points lies above it",
    "ravine": "a valley far longer than wide",
    "multimodal": "more than one hollow, or flat places that hold a racer like hollows",
    "plateau": "wide parts with hardly any slope",
    "saddle": "a level point that goes up one way and down another decides races",
    "non-smooth": "kinks, cusps or jumps",
    "noisy": "ripples too fine to follow, like a loss that is measured with noise",
    "ill-conditioned": "curved a hundred times more one way than another, or worse, at the place to reach",
}
"""The tags that a landscape can have, and their meanings."""


@dataclass(frozen=True)
class Landscape:
    """A named formula with the known facts about it.

    Attributes
    ----------
    name : str
    formula : str
        In the language of the engine.
    domain : ((xmin, xmax), (ymin, ymax))
        The rectangle that is shown.
    minima : tuple of (x, y)
        Every known global minimum within the domain; some of them if they form a continuum.
    start : (x, y)
        The default start, from which a race shows what is special about the landscape.
    source : str
    parameters : mapping
        The first values of the formula's parameters.
    ranges : mapping
        The least and the greatest value of each parameter's slider; a parameter without a range may have any value.
    note : str
        One sentence on what a race here teaches.
    tags : tuple of str
        Keys of `TAGS`.
    lowest : float
        The loss at the minima; nan if it is not known.
    continuum : bool
        Whether the minima form a line or an area, of which `minima` has samples.
    local_minima, saddles : tuple of (x, y)
        The notable local minima and saddle points.
    other_starts : tuple of (x, y)
        Other interesting starts.
    remark : str
        A further fact, such as a difference from the literature.
    """

    name: str
    formula: str
    domain: tuple[Range, Range]
    minima: tuple[Point, ...]
    start: Point
    source: str
    parameters: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    note: str = ""
    tags: tuple[str, ...] = ()
    # Not compared, because an unknown value is nan, which is not equal to itself.
    lowest: float = field(default=math.nan, compare=False)
    continuum: bool = False
    local_minima: tuple[Point, ...] = ()
    saddles: tuple[Point, ...] = ()
    other_starts: tuple[Point, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class DataLandscape(Landscape):
    """A model of two weights and the data set that it is fitted to; its known facts hold for these settings.

    Attributes
    ----------
    data : str
        The name of the engine's generator of the data set.
    settings : mapping
        The generator's settings that are not at their defaults.
    prediction : str
        The model's prediction for a row, if the formula does not subtract it from the last column.
    """

    data: str = field(kw_only=True)
    settings: Mapping[str, float] = field(kw_only=True, default_factory=dict)
    prediction: str = field(kw_only=True, default="")
