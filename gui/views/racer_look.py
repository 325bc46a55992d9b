"""How a racer looks in every view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.live.frame import RacerFrame
from gui.look.theme import Theme
from gui.views.shading.pixels import rgb

LEAST_CONTRAST, GLARE = 4.5, 0.05
"""Of words on their ground, as the Web Content Accessibility Guidelines (WCAG 2.1) ask and count it."""
LIGHTS = np.array([0.2126, 0.7152, 0.0722])
"""What red, green and blue add to how light a colour is (sRGB)."""
MIXED = np.linspace(0.0, 1.0, 11)
"""How much of a text's own colour is taken into a racer's, until it can be read."""


@dataclass(frozen=True)
class RacerLook:
    """A racer's name, colour ("#rrggbb") and whether it is drawn."""

    name: str
    colour: str
    visible: bool = True


def legible(colour: str, theme: Theme) -> str:
    """Return a colour, or what is left of it where words in it could be read on the ground of a window."""
    paint, text, ground = (np.array(rgb(each), float) for each in (colour, theme.text, theme.window))
    for share in MIXED:
        mixed = paint + share * (text - paint)
        lights = sorted((_light(mixed), _light(ground)))
        if lights[1] + GLARE >= LEAST_CONTRAST * (lights[0] + GLARE):
            break
    return QColor(*np.rint(mixed).astype(int).tolist()).name()


def _light(colour: NDArray[np.float64]) -> float:
    """Return how light a colour is, 0..1."""
    share = colour / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ LIGHTS)


def state_of(looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> object:
    """Return what is equal for two moments in which racers look the same in a picture of the landscape."""
    return tuple(looks), [(racer.position, racer.rank, racer.trail.mark) for racer in racers]
