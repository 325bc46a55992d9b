"""Every colour, size and interval of the window, named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ISO_LINES = 20
"""Iso-lines of a landscape, equally spaced in height."""

FRAME_INTERVAL_MS = 15
"""The least time between two frames: a little less than the 16.7 ms of a 60 Hz screen."""
LOOK_INTERVAL_MS = 2
"""The time between two polls for a new frame; a frame that comes late is shown within it, not one frame later."""

FRAME_PX = (8, 36)
"""Width and height that the system's frame adds to a window; Qt does not know them before the window is shown."""
SPACING_PX = 8
TICK_ROOM_PX = 8
"""Room beside a plot for the outer halves of its last tick labels."""
PANEL_WIDTH_PX = 320
SCROLL_BAR_PX = 10
"""The width of a vertical scroll bar, as `style.qss` sets it."""

NAMED_COLOURS = {
    "red": "#fe4952", "amber": "#edaa19", "cyan": "#43ddf2", "violet": "#8669e8", "green": "#9fd988",
    "pink": "#fe6db5", "yellow": "#fff65d", "blue": "#78a5ff", "orange": "#ff8f5c", "mint": "#5ce0b0",
    "silver": "#d9d9e8", "sand": "#c9a27a",
}  # fmt: skip
"""Racer colours, as a session keeps them and the dark theme draws them.

The first eight lie 12 or more apart (CIEDE2000), for colour-blind people too: on the blue landscape they differ in
lightness as well as in hue.
"""
RACER_COLOURS = tuple(NAMED_COLOURS.values())
LIGHT_SHADES = {
    "red": "#d6005b", "amber": "#965300", "cyan": "#018083", "violet": "#2f33a5", "green": "#016040",
    "pink": "#e940aa", "yellow": "#ac7e00", "blue": "#5c7cfd", "orange": "#b8480a", "mint": "#179772",
    "silver": "#676767", "sand": "#8a6a4a",
}  # fmt: skip
"""What the light theme draws for the racer colours: darker shades, of which the first eight lie as far apart."""


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance, "#rrggbb" unless said otherwise.

    Attributes
    ----------
    terrain : tuple of (height 0..1, colour)
        The colour map of the landscape: one hue, its lightness capped so that trails stand out.
    iso_line : (red, green, blue, opacity), 0..1
    halo : str
        The rim of trails and of heads: dark around bright colours, white around dark ones.
    mark_rim : str
        The dark rim of white marks.
    racers : mapping
        The shade of each racer colour, by its name.
    hole : str
        Where the loss is undefined.
    syntax : mapping
        The colours of a text, by the kinds of `engine.language.display.highlight`.
    magnification : float
        How many times as large texts, trails and marks are drawn as on a desk: more than 1 before an audience.
    """

    name: str
    window: str
    panel: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    error: str
    good: str
    warning: str
    terrain: tuple[tuple[float, str], ...]
    iso_line: tuple[float, float, float, float]
    halo: str
    mark_rim: str
    hole: str
    racers: Mapping[str, str] = field(hash=False)
    syntax: Mapping[str, str] = field(hash=False)
    magnification: float = 1.0

    def px(self, length: float) -> int:
        """Return the length in pixels that is drawn for one on a desk."""
        return round(length * self.magnification)


DARK_SYNTAX = {
    "number": "#f2b880", "function": "#7fb4ff", "variable": "#e6eaf2", "parameter": "#5ce0b0", "definition": "#cba6ff",
    "constant": "#ffd479", "operator": "#a9b4c8", "word": "#ff9ecb", "comment": "#8b95a9", "bracket": "#a9b4c8",
    "unknown": "#ff6b6b",
}  # fmt: skip
LIGHT_SYNTAX = {
    "number": "#9a4a00", "function": "#1f52c4", "variable": "#1a2130", "parameter": "#0b6e4f", "definition": "#7a35b8",
    "constant": "#86610a", "operator": "#4d586c", "word": "#b3246f", "comment": "#5c677b", "bracket": "#4d586c",
    "unknown": "#c92a2a",
}  # fmt: skip

DARK = Theme(
    name="dark",
    window="#0c0f16",
    panel="#131823",
    raised="#1d2433",
    border="#2a3345",
    text="#e6eaf2",
    muted="#8b95a9",
    accent="#5b8cff",
    error="#ff6b6b",
    good="#7be07b",
    warning="#ffb648",
    terrain=((0.0, "#0a1130"), (0.18, "#12285c"), (0.45, "#1f558c"), (0.72, "#3d86a6"), (1.0, "#86b6bd")),
    iso_line=(0.75, 0.9, 1.0, 0.42),
    halo="#070a12",
    mark_rim="#070a12",
    hole="#171b26",
    racers=NAMED_COLOURS,
    syntax=DARK_SYNTAX,
)

LIGHT = Theme(
    name="light",
    window="#f2f4f8",
    panel="#ffffff",
    raised="#e8ecf3",
    border="#cdd4e0",
    text="#1a2130",
    muted="#5c677b",
    accent="#2f62d9",
    error="#c92a2a",
    good="#23803a",
    warning="#b06a00",
    terrain=((0.0, "#16325f"), (0.2, "#22508a"), (0.48, "#3f7cae"), (0.75, "#6fa6c2"), (1.0, "#a9cdd3")),
    iso_line=(0.95, 0.98, 1.0, 0.5),
    halo="#ffffff",
    mark_rim="#0d1626",
    hole="#d5dae4",
    racers=LIGHT_SHADES,
    syntax=LIGHT_SYNTAX,
)
