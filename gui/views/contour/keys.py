"""What the keys do in a contour plot: arrows move the start, + and − zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt

from engine.language.types import Bounds, Point

NUDGE, FINE_NUDGE = 0.01, 0.001
"""Step of an arrow key that moves the start, as a share of the visible range; the finer one with Shift."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
"""By what the visible range is multiplied."""


def nudge(key: Qt.Key, modifiers: Qt.KeyboardModifier, visible: Bounds) -> Point | None:
    """Return by how much a key moves the start where this part of the plane is visible; None for other keys."""
    if key not in ARROWS:
        return None
    share = FINE_NUDGE if modifiers & Qt.KeyboardModifier.ShiftModifier else NUDGE
    (right, up), ((x0, x1), (y0, y1)) = ARROWS[key], visible
    return right * share * (x1 - x0), up * share * (y1 - y0)
