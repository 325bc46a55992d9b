"""The legend of a plot: the names of its racers and the meaning of its marks."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.theme import Theme
from gui.views.racer_look import RacerLook
from gui.views.shading.pixels import rgb

OPACITY = 0.92
"""Opacity of the legend's ground: the plot is still visible through it, and lowers the contrast of the dots little."""


MOST_SHARE = 0.5
"""Largest share of a plot's width and height; a larger legend is hidden, since the racers' cards name them too."""
MOST_ROWS = 8
"""Most racers that are named, so that the legend leaves the landscape visible; of the others it gives the number."""


class Legend(QLabel):
    """A small label over a plot, which ignores the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Legend")
        self._looks: tuple[RacerLook, ...] = ()
        self._minima = False
        self._note = ""
        self._room = QSize()

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._muted = theme.muted
        self.setStyleSheet(
            f"background: {see_through(theme.panel)}; border: 1px solid {theme.border}; border-radius: 6px;"
            f"color: {theme.text}; padding: 4px 8px; font-size: 12px;"
        )
        self._write()

    def show_looks(self, looks: Sequence[RacerLook]) -> None:
        """Show the names of the visible racers."""
        if tuple(looks) != self._looks:
            self._looks = tuple(looks)
            self._write()

    def show_minima(self, known: bool) -> None:
        """Explain the star if any minimum is known, and so marked."""
        if known != self._minima:
            self._minima = known
            self._write()

    def show_note(self, note: str) -> None:
        """Show a note on how the racers are drawn; "" removes it."""
        if note != self._note:
            self._note = note
            self._write()

    def _write(self) -> None:
        rows = [
            f'<span style="color:{look.colour}">●</span>&nbsp; {html.escape(look.name)}{_sample(look)}'
            for look in self._looks
            if look.visible
        ]
        more = len(rows) - MOST_ROWS
        if more > 1:
            rows[MOST_ROWS:] = [f'<span style="color:{self._muted}">and {more} more</span>']
        marks = ["○&nbsp; start", *(["★&nbsp; minimum"] if self._minima else []), *([self._note] if self._note else [])]
        rows += [f'<span style="color:{self._muted}">{mark}</span>' for mark in marks]
        self.setText("<br>".join(rows))
        self.adjustSize()
        self._fit()

    def fit(self, room: QSize) -> None:
        """Show the legend if a plot of this size has room for it; an empty size hides it."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        wide, high = MOST_SHARE * self._room.width(), MOST_SHARE * self._room.height()
        self.setVisible(self.width() <= wide and self.height() <= high)


def _sample(look: RacerLook) -> str:
    """Return the dashes of a racer as HTML, "" where all lines are solid."""
    if look.dash is None:
        return ""
    return f'&nbsp; <span style="color:{look.colour}">{look.dash.sample.replace(" ", "&nbsp;")}</span>'


def see_through(colour: str) -> str:
    """Return "#rrggbb" as a translucent colour of a style sheet."""
    red, green, blue = rgb(colour)
    return f"rgba({red}, {green}, {blue}, {OPACITY:.0%})"
