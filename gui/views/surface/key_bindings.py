"""The keys of the 3-D view's camera, as tables that the view, the menus and the help read."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.views.surface.camera import StandardView

TURN_DEGREES = 5.0
PAN_PX = 24.0
ZOOM_KEY = 0.9
TURNS = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: ZOOM_KEY, Qt.Key.Key_Equal: ZOOM_KEY, Qt.Key.Key_Minus: 1.0 / ZOOM_KEY}

HOME = StandardView("home", (38.0, 41.0, 44.0, 47.0, 50.0, 53.0, 56.0), -58.0)
"""From a view upon the walls for a wide picture to one from above for a tall one."""
TOP = StandardView("top", (90.0,), -90.0)
"""As in the contour view: x to the right, y upwards."""
FRONT = StandardView("front", (0.0,), -90.0)
SIDE = StandardView("side", (0.0,), 0.0)
STANDARD_VIEWS = {
    (Qt.Key.Key_Home,): HOME,
    (Qt.Key.Key_7, Qt.Key.Key_T): TOP,
    (Qt.Key.Key_1, Qt.Key.Key_F): FRONT,
    (Qt.Key.Key_3, Qt.Key.Key_S): SIDE,
}
"""By their keys: those of Blender's numeric keypad, and letters for keyboards without one."""
PARALLEL_KEYS = (Qt.Key.Key_5, Qt.Key.Key_O)
"""Perspective or not."""

NAME = "3-D view"
HELP = (
    "Drag to turn, wheel to zoom, Shift and drag to pan, double click or Home to reset; Ctrl and click to place the "
    "start; 7, 1 and 3 show it from the top, front and side, 5 with or without perspective"
)
