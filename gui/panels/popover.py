"""A small card that opens beneath a control and closes with Escape or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QWidget

GAP_PX, EDGE_PX = 2, 4
"""Between the card and its owner, and between it and the edge of the window."""


class Popover(QFrame):
    """A card for what is needed now and then; fill it, then `open`."""

    def __init__(self, owner: QWidget) -> None:
        # Not a child of its owner, whose own colours it would take on.
        super().__init__(owner.window(), Qt.WindowType.Popup)
        self.setObjectName("card")
        self._owner = owner
        owner.destroyed.connect(self.close)

    def open(self, first: QWidget) -> None:
        """Show the card beneath its owner, or above it, with the keyboard on `first`."""
        self.adjustSize()
        room, place = self._room(), self._owner.mapToGlobal(QPoint(0, self._owner.height() + GAP_PX))
        x = min(place.x(), room.right() - self.width())
        below = place.y() + self.height() <= room.bottom()
        y = place.y() if below else place.y() - self._owner.height() - self.height() - 2 * GAP_PX
        y = min(y, room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def belongs_to(self, widget: QWidget) -> bool:
        """Tell whether its control is part of `widget`."""
        return widget.isAncestorOf(self._owner)

    def _room(self) -> QRect:
        """Return where the card may lie: within the window, if it fits in there, else anywhere on the screen."""
        screen = self._owner.screen().availableGeometry()
        window = self._owner.window().geometry().adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX).intersected(screen)
        fits = self.width() <= window.width() and self.height() <= window.height()
        return window if fits else screen


def close_popovers(*widgets: QWidget) -> None:
    """Close what is open on widgets that are about to go: what it would change may be gone already."""
    for popover in widgets[0].window().findChildren(Popover) if widgets else ():
        if any(popover.belongs_to(widget) for widget in widgets):
            popover.close()
