"""Every colour, size and interval of the window, named."""

from __future__ import annotations

from dataclasses import dataclass

ISO_LINES = 20
"""Iso-lines of a landscape, equally spaced in height."""

FRAME_INTERVAL_MS = 15
"""The least time between two frames: the rhythm of a 60 Hz screen."""
LOOK_INTERVAL_MS = 4
"""Between two looks for a new frame: one that comes late is not late by a whole frame."""

SPACING_PX = 8
TICK_ROOM_PX = 8
"""Beside a plot, for the halves of its last numbers."""
PANEL_WIDTH_PX = 320

RACER_COLOURS = (
    "#ff5d5d", "#ffb648", "#4fd8eb", "#b98bff", "#7be07b", "#ff7fc8",
    "#ffe45c", "#6b9cff", "#ff8f5c", "#5ce0b0", "#d9d9e8", "#c9a27a",
)  # fmt: skip
"""Told apart on blue ground, by lightness as well as by hue."""


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance, "#rrggbb" unless said otherwise.

    Attributes
    ----------
    terrain : tuple of (height 0..1, colour)
        The colour map of the landscape: one hue, its lightness capped so that trails stand out.
    iso_line : (red, green, blue, opacity), 0..1
    halo : str
        The dark rim of trails.
    hole : str
        Where the loss is undefined.
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
    warning: str
    terrain: tuple[tuple[float, str], ...]
    iso_line: tuple[float, float, float, float]
    halo: str
    hole: str


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
    warning="#ffb648",
    terrain=((0.0, "#0a1130"), (0.18, "#12285c"), (0.45, "#1f558c"), (0.72, "#3d86a6"), (1.0, "#86b6bd")),
    iso_line=(0.75, 0.9, 1.0, 0.42),
    halo="#070a12",
    hole="#171b26",
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
    warning="#b06a00",
    terrain=((0.0, "#16325f"), (0.2, "#22508a"), (0.48, "#3f7cae"), (0.75, "#6fa6c2"), (1.0, "#a9cdd3")),
    iso_line=(0.95, 0.98, 1.0, 0.5),
    halo="#0d1626",
    hole="#d5dae4",
)
