"""A button that bears an icon; its tooltip and its accessible name say in words what it does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton

from gui.look.icons import icon_pixmap

ICON_PX, BUTTON_PX = 14, 26


class IconButton(QToolButton):
    """A button with an icon, muted until it is pointed at or has the keyboard.

    Parameters
    ----------
    icon : str
        A file of `gui/look/icons`, without its ending.
    tip : str
        What it does, and its keys.
    act : callable
    kind : str
        How the style sheet calls it.
    size : int
        Of the button, in pixels.
    """

    def __init__(
        self, icon: str, tip: str, act: Callable[[], object], kind: str = "flat", size: int = BUTTON_PX
    ) -> None:
        super().__init__()
        self._icon = icon
        self._drawn: tuple[object, QPixmap] = (None, QPixmap())
        self.setObjectName(kind)
        self.setFixedSize(size, size)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.clicked.connect(lambda: act())

    @property
    def shown_icon(self) -> str:
        """The name of the icon."""
        return self._icon

    def show_icon(self, icon: str) -> None:
        """Bear another icon."""
        if icon != self._icon:
            self._icon = icon
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and its icon on top."""
        super().paintEvent(event)
        palette, role = QApplication.palette(), QPalette.ColorRole
        if self.objectName() == "primary":
            colour = palette.color(role.HighlightedText)
        else:
            lively = self.isEnabled() and (self.underMouse() or self.hasFocus() or self.isChecked())
            colour = palette.color(role.WindowText if lively else role.PlaceholderText)
        side = round(ICON_PX * self.width() / BUTTON_PX) if self.objectName() == "primary" else ICON_PX
        painter = QPainter(self)
        painter.drawPixmap(QPoint((self.width() - side) // 2, (self.height() - side) // 2), self._pixmap(side, colour))
        painter.end()

    def _pixmap(self, side: int, colour: QColor) -> QPixmap:
        """Return the icon, drawn once: a button that lies over a moving picture is painted with each."""
        key = (self._icon, side, colour.rgba(), self.devicePixelRatioF())
        if self._drawn[0] != key:
            self._drawn = (key, icon_pixmap(self._icon, side, colour, self.devicePixelRatioF()))
        return self._drawn[1]
