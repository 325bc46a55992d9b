"""The record of a landscape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]
Range = tuple[float, float]


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
        Every known global minimum within the domain.
    start : (x, y)
        Where a race shows the landscape's character.
    source : str
    parameters : mapping
        The values of the formula's parameters to begin with.
    ranges : mapping
        The lowest and the highest value that the slider of a parameter offers; one without a range may have any.
    note : str
        One sentence: what a race here teaches.
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
