"""What a person chooses for a picture of the race: which view, how large, and in which theme."""

from __future__ import annotations

from dataclasses import dataclass

PICTURE_VIEWS = ("map", "3-D", "both", "chart", "window")
"""What a picture shows; `both` are the map and the 3-D view side by side."""
AS_SHOWN = "as shown"
PICTURE_THEMES = (AS_SHOWN, "dark", "light")
SCALES = (1, 2, 3)
"""Pixels of a picture in each unit of its layout: texts and lines are so many times as large."""
SMALLEST_PX, LARGEST_PX = 100, 10_000
"""Sizes of a picture that show something and that a painter can hold."""
MOST_PIXELS = 40_000_000
"""Of a picture, whatever its shape: more than this takes gigabytes in OpenGL, which smooths edges by more samples."""


@dataclass(frozen=True)
class PictureChoice:
    """A picture that a person wants.

    Attributes
    ----------
    view : str
        One of `PICTURE_VIEWS`.
    size : (width, height), optional
        In pixels; None for the size that the view has in the window, times the scale.
    scale : int
        One of `SCALES`.
    theme : str
        One of `PICTURE_THEMES`.
    """

    view: str = "window"
    size: tuple[int, int] | None = None
    scale: int = SCALES[0]
    theme: str = AS_SHOWN
