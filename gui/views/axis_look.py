"""The look of a plot's axes, which is that of a theme."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication

from gui.look.theme import Theme


def dress(axis: pg.AxisItem, theme: Theme) -> None:
    """Give an axis the colours of a theme, and the size of its numbers."""
    axis.setPen(theme.border)
    axis.setTextPen(theme.muted)
    font = QFont(QGuiApplication.font())
    if theme.magnification != 1.0:
        font.setPixelSize(_letters_px(theme))
    axis.setStyle(maxTickLevel=0, tickFont=font)


def label_style(theme: Theme) -> dict[str, str]:
    """Return how the name of an axis looks, as pyqtgraph takes it."""
    return {"color": theme.muted, "font-size": f"{_letters_px(theme)}px"}


def _letters_px(theme: Theme) -> int:
    return theme.px(QFontInfo(QGuiApplication.font()).pixelSize())
