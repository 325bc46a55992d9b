"""What the colours and marks of a plot mean."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.theme import Theme
from gui.views.racer_look import RacerLook
from gui.views.shading.pixels import rgb

OPACITY = 0.92
"""What lies beneath the legend can be guessed, and takes little of the contrast of the dots on it."""


MOST_SHARE = 0.5
"""Of the width and of the height of a plot; what would cover more of it is left to the cards of the racers."""
MOST_ROWS = 8
"""More racers than these are counted: their cards name them, and the landscape must be seen."""


class Legend(QLabel):
    """A small panel over a plot; the mouse goes through it."""

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
        """Name the visible racers."""
        if tuple(looks) != self._looks:
            self._looks = tuple(looks)
            self._write()

    def show_minima(self, known: bool) -> None:
        """Say what a star means, where there are any."""
        if known != self._minima:
            self._minima = known
            self._write()

    def show_note(self, note: str) -> None:
        """Say something about how the racers are drawn."""
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
        """Lie over a plot of this size, which must be seen; an empty one has no room for a legend at all."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        wide, high = MOST_SHARE * self._room.width(), MOST_SHARE * self._room.height()
        self.setVisible(self.width() <= wide and self.height() <= high)


def _sample(look: RacerLook) -> str:
    """Return the dashes of a racer as a text, "" where all lines are solid."""
    if look.dash is None:
        return ""
    return f'&nbsp; <span style="color:{look.colour}">{look.dash.sample.replace(" ", "&nbsp;")}</span>'


def see_through(colour: str) -> str:
    """Return "#rrggbb" as a colour of a style sheet through which something can be seen."""
    red, green, blue = rgb(colour)
    return f"rgba({red}, {green}, {blue}, {OPACITY:.0%})"
