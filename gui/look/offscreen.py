"""How many pixels a unit of a widget has, and its colours: those of the screen, or of a picture that it is drawn for.

A window that is drawn for a picture is never shown: it may have more pixels in a unit than any screen, and another
theme than the application.  It bears both as properties.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget

RATIO, PALETTE = "pixels in a unit", "palette of the picture"


def dress(window: QWidget, palette: QPalette, sheet: str) -> None:
    """Let a window have colours of its own; its widgets that are painted by hand look for them by `theme_palette`."""
    window.setProperty(PALETTE, palette)
    # A menu bar has the application's colours for menu bars, and not those of its window.
    for widget in (window, *window.findChildren(QMenuBar)):
        widget.setPalette(palette)
    window.setStyleSheet(sheet)


def set_pixel_ratio(window: QWidget, ratio: float) -> None:
    """Let a window be drawn with so many pixels in a unit."""
    window.setProperty(RATIO, ratio)


def pixel_ratio(widget: QWidget) -> float:
    """Return how many pixels a unit of a widget has."""
    chosen = widget.window().property(RATIO)
    return widget.devicePixelRatioF() if chosen is None else float(chosen)


def theme_palette(widget: QWidget) -> QPalette:
    """Return the colours of the theme that a widget's window wears, without what the style sheet adds to them."""
    chosen = widget.window().property(PALETTE)
    return chosen if isinstance(chosen, QPalette) else QApplication.palette()
