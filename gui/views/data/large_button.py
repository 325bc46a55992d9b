"""The button in the corner of the data view that makes it large, and as it was again."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from gui.widgets.icon_button import IconButton

SIZE_PX = 20
LARGE, AS_BEFORE = "Fill the window with the data", "Show the other panes again"


class LargeButton(IconButton):
    """A button that is pressed while the data are large."""

    def __init__(self, view: QWidget) -> None:
        super().__init__("fill", LARGE, lambda: None, size=SIZE_PX)
        self.setParent(view)
        self.setCheckable(True)
        self.toggled.connect(self._tell)

    def _tell(self, large: bool) -> None:
        """Say what the next click does."""
        words = AS_BEFORE if large else LARGE
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.show_icon("unfill" if large else "fill")

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go when the loss has no data any more: the views have their room again."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.setChecked(False)
