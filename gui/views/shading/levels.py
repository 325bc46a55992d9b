"""Where the iso-lines lie: the same heights in every view."""

from __future__ import annotations

from gui.look.theme import ISO_LINES

LINES_PER_HEIGHT = ISO_LINES + 1
"""Heights times this are whole numbers exactly on the lines; 0 and `LINES_PER_HEIGHT` itself bear none."""


def iso_levels() -> tuple[float, ...]:
    """Return the heights (0..1, rising) of the `ISO_LINES` iso-lines; the ends 0 and 1 bear none."""
    return tuple(k / LINES_PER_HEIGHT for k in range(1, LINES_PER_HEIGHT))
