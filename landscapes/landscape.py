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
"""Everything a landscape can be tagged with, and what the tag says."""


@dataclass(frozen=True)
class Landscape:
    """A named formula and what is known of it.

    Attributes
    ----------
    name : str
    formula : str
        In the language of the engine.
    domain : ((xmin, xmax), (ymin, ymax))
        The rectangle worth looking at.
    minima : tuple of (x, y)
        Every known global minimum within the domain; some of them where they are a continuum.
    start : (x, y)
        Where a race shows the landscape's character.
    source : str
    parameters : mapping
        The values of the formula's parameters to begin with.
    ranges : mapping
        The lowest and the highest value that the slider of a parameter offers; one without a range may have any.
    note : str
        One sentence: what a race here teaches.
    tags : tuple of str
        Of `TAGS`.
    lowest : float
        The loss at the minima; nan where nobody knows it.
    continuum : bool
        Whether the minima are a line or an area, of which `minima` has samples.
    local_minima, saddles : tuple of (x, y)
        Those worth marking.
    other_starts : tuple of (x, y)
        More starts worth trying.
    remark : str
        What else to know, such as where the literature differs.
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
    # A number that is not known equals nothing, not even itself.
    lowest: float = field(default=math.nan, compare=False)
    continuum: bool = False
    local_minima: tuple[Point, ...] = ()
    saddles: tuple[Point, ...] = ()
    other_starts: tuple[Point, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class DataLandscape(Landscape):
    """A model of two weights and the data set that it is fitted to; what is known of it holds for these settings.

    Attributes
    ----------
    data : str
        The name of the generator of the engine that makes the data set.
    settings : mapping
        Values of its settings; the others are its defaults.
    prediction : str
        What the model says of a row, where the formula does not subtract it from the last column.
    """

    data: str = field(kw_only=True)
    settings: Mapping[str, float] = field(kw_only=True, default_factory=dict)
    prediction: str = field(kw_only=True, default="")
