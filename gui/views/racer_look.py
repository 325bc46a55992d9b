"""The look of a racer, which is the same in every view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtGui import QColor

from engine.live.frame import RacerFrame
from gui.look.contrast import contrast
from gui.look.theme import Theme
from gui.views.dashes import Dash
from gui.views.shading.pixels import rgb

LEAST_CONTRAST = 4.5
"""Least contrast ratio of text to its ground (WCAG 2.1, success criterion 1.4.3)."""
MIXED = np.linspace(0.0, 1.0, 11)
"""Shares of the text colour that are mixed into a racer's colour, tried in turn until the contrast suffices."""


@dataclass(frozen=True)
class RacerLook:
    """How a racer is drawn.

    Attributes
    ----------
    colour : str
        "#rrggbb".
    visible : bool
        Whether it is drawn.
    dash : Dash or None
        None where all lines are solid.
    raised : bool
        Whether a person points at it, in any view.
    faded : bool
        Whether a person points at another racer.
    magnification : float
        How many times as thick its lines and as large its heads are drawn as on a desk.
    """

    name: str
    colour: str
    visible: bool = True
    dash: Dash | None = None
    raised: bool = False
    faded: bool = False
    magnification: float = 1.0

    @property
    def plain(self) -> RacerLook:
        """The look that it has while a person points at no racer."""
        return replace(self, raised=False, faded=False) if self.raised or self.faded else self


def raised_of(looks: Sequence[RacerLook]) -> int | None:
    """Return the number of the racer that is raised, None where there is none."""
    return next((number for number, look in enumerate(looks) if look.raised), None)


def with_raised(looks: Sequence[RacerLook], number: int | None) -> tuple[RacerLook, ...]:
    """Return the looks with that of one racer raised, and all others faded; all plain where `number` is None."""
    if number is None:
        return tuple(look.plain for look in looks)
    pairs = enumerate(looks)
    return tuple(replace(look, raised=place == number, faded=place != number) for place, look in pairs)


def legible(colour: str, theme: Theme) -> str:
    """Return a colour mixed with as little of the text colour as makes it legible on the window's ground."""
    paint, text = (np.array(rgb(each), float) for each in (colour, theme.text))
    for share in MIXED:
        mixed = QColor(*np.rint(paint + share * (text - paint)).astype(int).tolist()).name()
        if contrast(mixed, theme.window) >= LEAST_CONTRAST:
            break
    return mixed


def state_of(looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> object:
    """Return a value that is equal for two frames whose racers look the same in a picture of the landscape."""
    return tuple(looks), [(racer.position, racer.rank, racer.trail.mark) for racer in racers]
