"""The contrast of two colours, as the Web Content Accessibility Guidelines (WCAG 2.1) count it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor

Rgb = Sequence[float]
"""Red, green and blue, 0..1."""

SHARES = (0.2126, 0.7152, 0.0722)
"""What linear red, green and blue add to the luminance (sRGB)."""
GLARE = 0.05
"""The light that every screen reflects; it is added to both luminances."""


def linear_rgb(colour: str) -> list[float]:
    """Return "#rrggbb" as the linear red, green and blue of sRGB, 0..1."""
    paint = QColor(colour)
    shares = (paint.redF(), paint.greenF(), paint.blueF())
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def luminance(linear: Rgb) -> float:
    """Return the relative luminance of a linear colour, 0..1."""
    return sum(share * value for share, value in zip(SHARES, linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours "#rrggbb": 1 where they are equally light, 21 between black and white."""
    dark, light = sorted(luminance(linear_rgb(colour)) + GLARE for colour in (one, other))
    return light / dark
