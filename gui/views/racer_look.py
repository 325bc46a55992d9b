"""How a racer looks in every view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor

from engine.live.frame import RacerFrame
from gui.look.contrast import contrast
from gui.look.theme import Theme
from gui.views.dashes import Dash
from gui.views.shading.pixels import rgb

LEAST_CONTRAST = 4.5
"""Of words on their ground (WCAG 2.1, 1.4.3)."""
MIXED = np.linspace(0.0, 1.0, 11)
"""How much of a text's own colour is taken into a racer's, until it can be read."""


@dataclass(frozen=True)
class RacerLook:
    """A racer's name, colour ("#rrggbb"), whether it is drawn, and its dashes where the racers have different ones."""

    name: str
    colour: str
    visible: bool = True
    dash: Dash | None = None


def legible(colour: str, theme: Theme) -> str:
    """Return a colour, or what is left of it where words in it could be read on the ground of a window."""
    paint, text = (np.array(rgb(each), float) for each in (colour, theme.text))
    for share in MIXED:
        mixed = QColor(*np.rint(paint + share * (text - paint)).astype(int).tolist()).name()
        if contrast(mixed, theme.window) >= LEAST_CONTRAST:
            break
    return mixed


def state_of(looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> object:
    """Return what is equal for two moments in which racers look the same in a picture of the landscape."""
    return tuple(looks), [(racer.position, racer.rank, racer.trail.mark) for racer in racers]
