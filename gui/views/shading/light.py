"""What decides on the look of a shaded landscape beside its colours: light, relief, and how iso-lines are drawn."""

from __future__ import annotations

import math

HEIGHT_STEPS = 512
LIGHT_STEPS = 128
"""Their product is 2**16: colour and light of a pixel are one 16-bit index."""

RELIEF = 0.85
"""How tall the landscape is beside its own width, for the light alone."""

TOWARDS_LIGHT = (-0.55, 0.62, 0.56)
LIGHT = tuple(part / math.hypot(*TOWARDS_LIGHT) for part in TOWARDS_LIGHT)
"""Where the light comes from: upper left, a little more than halfway down to the horizon."""

AMBIENT = 0.55
"""Added to the cosine of the light, which runs from -1 to 1: half of it is enough to tell a valley's sides apart."""

DARKEST, BRIGHTEST = 0.55, 1.22
"""Brightness of a wall that faces away from the light, and of one that faces it; flat ground lies between."""

VALLEY_SHADE = 0.30
"""How much darker the lowest ground is than the highest, on top of the colour map."""

LINE_HALF_WIDTH = 0.55
"""Half an iso-line's width in widget units, before its soft edge."""

DENSEST_LINES = 0.30
"""Iso-lines a widget unit at which they begin to fade, so that a cliff does not turn into a solid patch."""

FLATTEST = 1e-4
"""Iso-lines a pixel below which ground counts as flat and bears no line, even exactly on one."""

FAINTEST_LINE = 0.004
"""Share of a pixel below which a line cannot be seen."""


def line_numbers(ratio: float) -> tuple[float, float]:
    """Return how far from its middle an iso-line reaches, and how many a pixel fade, with `ratio` pixels in a unit."""
    return LINE_HALF_WIDTH * ratio + 0.5, DENSEST_LINES / ratio
