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
"""Low elevations, which show the walls, fill a wide picture best; high ones fill a tall picture best."""
TOP = StandardView("top", (90.0,), -90.0)
"""The view from above, with x to the right and y upwards as in the contour view."""
FRONT = StandardView("front", (0.0,), -90.0)
SIDE = StandardView("side", (0.0,), 0.0)
STANDARD_VIEWS = {
    (Qt.Key.Key_Home,): HOME,
    (Qt.Key.Key_7, Qt.Key.Key_T): TOP,
    (Qt.Key.Key_1,): FRONT,
    (Qt.Key.Key_3, Qt.Key.Key_S): SIDE,
}
"""The standard views by their keys: those of Blender's numeric keypad, and letters for keyboards without one."""
PARALLEL_KEYS = (Qt.Key.Key_5, Qt.Key.Key_O)
"""Keys that switch between the orthographic and the perspective projection."""

NAME = "3-D view"
HELP = (
    "Ctrl and click to place the start; drag or the arrow keys turn, Shift and drag pans, wheel, + and − zoom, double "
    "click or Home resets; 7, 1 and 3 show it from the top, front and side, 5 with or without perspective; F, or a "
    "double click beside the block, fills the window; a right click opens a menu"
)
