"""The colour in which a racer is drawn: the theme's shade of the colour that the session keeps."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtGui import QColor

from gui.look.contrast import GLARE, contrast, linear_rgb, luminance
from gui.look.theme import NAMED_COLOURS, Theme

LEAST_CONTRAST = 3.0
"""Of lines and dots on what lies around them (WCAG 2.1, 1.4.11)."""
COLOURS_KEPT = 256

FORMER_COLOURS = {
    "red": "#ff5d5d", "amber": "#ffb648", "cyan": "#4fd8eb", "violet": "#b98bff", "green": "#7be07b",
    "pink": "#ff7fc8", "yellow": "#ffe45c", "blue": "#6b9cff",
}  # fmt: skip
"""Racer colours of sessions kept before the colours were chosen for colour-blind people too."""
NAMES = {colour: name for colours in (FORMER_COLOURS, NAMED_COLOURS) for name, colour in colours.items()}


def name_of(colour: str) -> str | None:
    """Return the name of a racer colour, present or former; None for a colour of a person's own."""
    return NAMES.get(colour.lower())


@lru_cache(COLOURS_KEPT)
def drawn_colour(colour: str, theme: Theme) -> str:
    """Return what a theme draws for the colour "#rrggbb" that a session keeps.

    A racer colour has a shade in each theme.  A person's own colour was chosen as it is, so it changes only where it
    could not be seen, and only as far as its contrast to the grounds of the theme asks.
    """
    name = name_of(colour)
    return theme.racers[name] if name is not None else _visible(colour, theme)


def grounds(theme: Theme) -> tuple[str, str, str]:
    """Return the backgrounds of a theme on which racers are drawn: of plots, of cards and of what lies on these."""
    return theme.window, theme.panel, theme.raised


def least_contrast(colour: str, theme: Theme) -> float:
    """Return the contrast of a colour to the nearest of the grounds of a theme."""
    return min(contrast(colour, ground) for ground in grounds(theme))


def _visible(colour: str, theme: Theme) -> str:
    """Return a colour, its luminance changed until it can be seen; its hue stays."""
    if least_contrast(colour, theme) >= LEAST_CONTRAST:
        return colour
    lights = [luminance(linear_rgb(ground)) + GLARE for ground in grounds(theme)]
    # A light ground asks for a darker colour, a dark one for a lighter colour.
    if luminance(linear_rgb(theme.text)) < min(lights):
        return _darkened(colour, min(lights) / LEAST_CONTRAST - GLARE)
    return _lightened(colour, max(lights) * LEAST_CONTRAST - GLARE)


def _darkened(colour: str, most: float) -> str:
    """Return a colour mixed with black until its luminance is `most`."""
    linear = linear_rgb(colour)
    share = most / luminance(linear)
    return _encoded([share * value for value in linear], rounded=math.floor)


def _lightened(colour: str, least: float) -> str:
    """Return a colour mixed with white until its luminance is `least`."""
    linear = linear_rgb(colour)
    share = (least - luminance(linear)) / (1.0 - luminance(linear))
    return _encoded([value + share * (1.0 - value) for value in linear], rounded=math.ceil)


def _encoded(linear: list[float], rounded: Callable[[float], int]) -> str:
    """Return a linear colour as "#rrggbb", its levels rounded away from the ground."""
    shares = [12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055 for value in linear]
    return QColor(*(rounded(255.0 * share) for share in shares)).name()
