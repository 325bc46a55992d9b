"""The legend of a plot: the names of its racers and the meaning of its marks."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from engine.language.types import Bounds
from engine.live.frame import RacerFrame
from gui.look.theme import Theme
from gui.views.label_place import Places, free_place, places_of
from gui.views.racer_look import RacerLook
from gui.views.shading.pixels import rgb

OPACITY = 0.92
"""Opacity of the legend's ground: the plot is still visible through it, and lowers the contrast of the dots little."""


LETTER_PX, PADDING_PX = 12, 5
"""The height of its letters, and from the edge of the legend to its first line, with the border."""
MOST_SHARE, MOST_PRESENTED = 0.5, 0.66
"""Largest share of a plot's width and height; a larger legend is hidden, since the racers' cards name them too.  Before
an audience there are no cards: the legend may be wider, and leaves out the meaning of marks where that does not fit."""
FEWEST_PX = 60
"""Least width of a name before an audience, where longer names lose their middle: the settings stand at their ends."""
MOST_ROWS = 8
"""Most racers that are named, so that the legend leaves the landscape visible; of the others it gives the number."""


MARK, SPACES = "●", "   "
EDGES_PX, UNLIMITED_PX = 28, 1_000_000
"""What is before a name, in the legend and at both of its edges; and the room of a name that is written whole."""
MOST_POINTS = 500
"""Most points of a trail that are counted in a corner: where a trail lies is seen from a part of them."""


class Legend(QLabel):
    """A small label in a corner of a plot, which ignores the mouse.  Where it would cover a mark, it moves away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Legend")
        self._looks: tuple[RacerLook, ...] = ()
        self._numbers: list[int | None] = []
        self._minima = False
        self._note = ""
        self._magnified, self._name_px, self._brief = False, UNLIMITED_PX, False
        self._plot = QRect()
        self._bounds: Bounds = ((0.0, 1.0), (0.0, 1.0))
        self._marks: Places = np.empty((0, 2))
        self._racers: Sequence[RacerFrame] = ()
        self._number = 0

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._muted, self._magnified = theme.muted, theme.magnification > 1.0
        self._name_px, self._brief = UNLIMITED_PX, False
        self.setStyleSheet(
            f"background: {see_through(theme.panel)}; border: 1px solid {theme.border}; border-radius: 6px;"
            f"color: {theme.text}; padding: {PADDING_PX - 1}px 8px; font-size: {theme.px(LETTER_PX)}px;"
        )
        self._write()

    def show_looks(self, looks: Sequence[RacerLook]) -> None:
        """Show the names of the visible racers."""
        before, self._looks = self._looks, tuple(looks)
        if self._looks != before:
            # Racers that only fade or stand out leave the size of the legend as it is, which is slow to find.
            self._write(resize=[look.plain for look in looks] != [look.plain for look in before])

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

    def _write(self, resize: bool = True) -> None:
        shown = [(number, look) for number, look in enumerate(self._looks) if look.visible]
        rows = [
            f'<span style="color:{look.colour}">●</span>&nbsp; {self._named(look)}{_sample(look)}' for _, look in shown
        ]
        more = len(rows) - MOST_ROWS
        if more > 1:
            rows[MOST_ROWS:] = [f'<span style="color:{self._muted}">and {more} more</span>']
        marks = (
            []
            if self._brief
            else [
                "○&nbsp; start",
                *(["★&nbsp; minimum"] if self._minima else []),
                *([self._note] if self._note else []),
            ]
        )
        rows += [f'<span style="color:{self._muted}">{mark}</span>' for mark in marks]
        named = len(shown) if more <= 1 else MOST_ROWS
        self._numbers = [*(number for number, _ in shown[:named]), *[None] * (len(rows) - named)]
        self.setText("<br>".join(rows))
        if resize:
            self.adjustSize()
            self._fit()

    def _named(self, look: RacerLook) -> str:
        """Return a racer's name as HTML, muted while a person points at another one."""
        elided = self.fontMetrics().elidedText(look.name, Qt.TextElideMode.ElideMiddle, self._name_px)
        name = html.escape(elided if self._magnified else look.name)
        return f'<span style="color:{self._muted}">{name}</span>' if look.faded else name

    def racer_at(self, place: QPoint) -> int | None:
        """Return the number of the racer whose line is at a place of the legend, None where there is none."""
        inner = self.rect().adjusted(0, PADDING_PX, 0, -PADDING_PX)
        if self.isHidden() or not self._numbers or not inner.contains(place):
            return None
        return self._numbers[(place.y() - inner.top()) * len(self._numbers) // inner.height()]

    def place(self, plot: QRect, bounds: Bounds, marks: Places, racers: Sequence[RacerFrame]) -> None:
        """Place the legend over a plot, or hide it where there is no room for it; an empty rectangle hides it.

        Parameters
        ----------
        bounds : ((xmin, xmax), (ymin, ymax))
            The visible part of the plane.
        marks : float64 (n, 2)
            Points of the plane that the legend must not cover.
        racers : sequence of RacerFrame
            It moves to where their trails are fewest.
        """
        anew = self._brief and plot != self._plot
        self._plot, self._bounds, self._marks, self._racers = plot, bounds, marks, racers
        if anew:
            self._brief = False
            self._write()
        self._fit()

    @property
    def _most_px(self) -> float:
        """The most width that it may have."""
        return (MOST_PRESENTED if self._magnified else MOST_SHARE) * self._plot.width()

    def _room_for_names(self) -> int:
        """Return how wide names may be before an audience, for which the legend is not left out."""
        wide = max((self.fontMetrics().horizontalAdvance(look.name) for look in self._looks if look.visible), default=0)
        beside = self.fontMetrics().horizontalAdvance(f"{MARK}{SPACES}") + EDGES_PX
        room = int(self._most_px) - beside
        return room if FEWEST_PX <= room < wide else UNLIMITED_PX

    def _fit(self) -> None:
        room = self._room_for_names() if self._magnified else self._name_px
        if room != self._name_px:
            self._name_px = room
            self._write()
            return
        plot, place = self._plot, None
        if self.width() <= self._most_px and self.height() <= MOST_SHARE * plot.height():
            place = free_place(plot, self.size(), self._number, self._pixels(self._marks), self._crowd)
        if place is None and self._magnified and not self._brief:
            self._brief = True
            self._write()
            return
        if place is not None:
            self._number = place
            self.move(places_of(plot, self.size())[place])
        self.setVisible(place is not None)

    def _crowd(self) -> Places:
        """Return pixels of the trails."""
        trails = [racer.trail.positions for racer in self._racers]
        parts = [trail[:: max(len(trail) // MOST_POINTS, 1)] for trail in trails]
        return self._pixels(np.concatenate([np.empty((0, 2)), *parts]))

    def _pixels(self, places: Places) -> Places:
        """Return points of the plane as pixels of the parent."""
        (x0, x1), (y0, y1) = self._bounds
        with np.errstate(over="ignore", invalid="ignore"):
            across, up = (places[:, 0] - x0) / (x1 - x0), (y1 - places[:, 1]) / (y1 - y0)
            corner, size = self._plot.topLeft(), self._plot.size()
            return np.column_stack((corner.x() + across * size.width(), corner.y() + up * size.height()))


def _sample(look: RacerLook) -> str:
    """Return the dashes of a racer as HTML, "" where all lines are solid."""
    if look.dash is None:
        return ""
    return f'&nbsp; <span style="color:{look.colour}">{look.dash.sample.replace(" ", "&nbsp;")}</span>'


def see_through(colour: str) -> str:
    """Return "#rrggbb" as a translucent colour of a style sheet."""
    red, green, blue = rgb(colour)
    return f"rgba({red}, {green}, {blue}, {OPACITY:.0%})"
