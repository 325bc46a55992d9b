"""The outline of a view that has the keyboard, in the colour of the outlines of all other controls."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from gui.look.offscreen import theme_palette

OUTLINE_PX, CORNER_PX = 1.5, 4.0
MARGIN_PX = 2
"""Width of the margin that holds an outline around a view that cannot be painted over."""


def draw_focus_outline(surface: QWidget, around: QRect) -> None:
    """Draw the outline just within a rectangle of a widget that is being painted."""
    painter = QPainter(surface)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme_palette(surface).color(QPalette.ColorRole.Highlight), OUTLINE_PX))
    inset = OUTLINE_PX / 2.0
    painter.drawRoundedRect(QRectF(around).adjusted(inset, inset, -inset, -inset), CORNER_PX, CORNER_PX)
    painter.end()
