"""A small card that opens beneath a control and closes with Escape or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget


class Popover(QFrame):
    """A card for what is needed now and then; fill it, then `open`."""

    def __init__(self, owner: QWidget) -> None:
        # Not a child of its owner, whose own colours it would take on.
        super().__init__(owner.window(), Qt.WindowType.Popup)
        self.setObjectName("card")
        self._owner = owner

    def open(self, first: QWidget) -> None:
        """Show the card beneath its owner, within the screen, with the keyboard on `first`."""
        self.adjustSize()
        place = self._owner.mapToGlobal(QPoint(0, self._owner.height() + 2))
        screen = self._owner.screen().availableGeometry()
        x = min(place.x(), screen.right() - self.width())
        below = place.y() + self.height() <= screen.bottom()
        y = place.y() if below else place.y() - self._owner.height() - self.height() - 4
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.show()
        first.setFocus(Qt.FocusReason.PopupFocusReason)
