"""A button with an icon; its tooltip and its accessible name say in words what it does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolButton

from gui.look.icons import icon_pixmap
from gui.look.offscreen import pixel_ratio, theme_palette

ICON_PX, BUTTON_PX = 14, 26


class IconButton(QToolButton):
    """A button with an icon, muted until it is pointed at or has the keyboard.

    Parameters
    ----------
    icon : str
        A file of `gui/look/icons`, without its ending.
    tip : str
        What it does, and the keys that do it too.
    act : callable
        Called with each click; what it returns is not used.
    kind : str
        The name by which the style sheet knows it.
    size : int
        Of the button, in pixels.
    """

    def __init__(
        self, icon: str, tip: str, act: Callable[[], object], kind: str = "flat", size: int = BUTTON_PX
    ) -> None:
        super().__init__()
        self._icon, self._size, self._magnification = icon, size, 1.0
        self.setObjectName(kind)
        self.setFixedSize(size, size)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.clicked.connect(lambda: act())

    @property
    def shown_icon(self) -> str:
        """The name of the icon."""
        return self._icon

    def magnify(self, magnification: float) -> None:
        """Make the button and its icon so many times as large as on a desk."""
        self._magnification = magnification
        side = round(magnification * self._size)
        self.setFixedSize(side, side)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and its icon on top."""
        super().paintEvent(event)
        palette, role = theme_palette(self), QPalette.ColorRole
        if self.objectName() == "primary":
            colour = palette.color(role.HighlightedText)
        else:
            active = self.isEnabled() and (self.underMouse() or self.hasFocus() or self.isChecked())
            colour = palette.color(role.WindowText if active else role.PlaceholderText)
        is_primary = self.objectName() == "primary"
        fits = is_primary or self._magnification > 1.0
        side = round(ICON_PX * self.width() / BUTTON_PX) if fits else ICON_PX
        picture = icon_pixmap(self._icon, side, colour, pixel_ratio(self))
        painter = QPainter(self)
        painter.drawPixmap(QPoint((self.width() - side) // 2, (self.height() - side) // 2), picture)
        painter.end()
