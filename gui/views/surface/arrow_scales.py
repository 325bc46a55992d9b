"""What the 3-D views show of the racers' steps: which kinds of arrows, their common factors, and the key of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from engine.language.types import Bounds
from engine.live.frame import RacerFrame
from gui.look.theme import Theme
from gui.views.contour.arrows.key import ArrowKey
from gui.views.contour.arrows.marks import lengths_of, marks_of
from gui.views.contour.arrows.scales import Scales
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Viewport

SIDE_PX = 300.0
"""Length of a side of the domain in the pixels of arrows; they are fixed to the ground, and so grow with zoom."""
NO_MARKS = np.empty((0, 2))


class ArrowScales:
    """One for all views, so that arrows of racers side by side can be compared.

    Attributes
    ----------
    kinds : tuple of str
        Of `gui.session.choices.ARROWS`.
    factors : mapping of str to float
        By how much each kind that is drawn is longer than what it shows.
    key : ArrowKey
        Says what they mean.
    """

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        self.kinds: tuple[str, ...] = ()
        self.factors: Mapping[str, float] = {}
        self.key = ArrowKey(parent, theme)
        self._scales = Scales()
        self._explained: object = None

    def fit(
        self, looks: Sequence[RacerLook], racers: Sequence[RacerFrame], bounds: Bounds, settled: bool = True
    ) -> None:
        """Fit the factors to all racers, whichever views they are in; while they are not `settled`, others follow."""
        marks = marks_of(looks, racers) if self.kinds else ()
        viewport = Viewport(bounds, (SIDE_PX, SIDE_PX), 1.0)
        self.factors = self._scales.fitted(lengths_of(viewport, marks, self.kinds), settled)

    def explain(self, view: QRect) -> None:
        """Show the key in a corner of a view."""
        if (explained := (self.kinds, self.factors, view, self.key.size())) == self._explained:
            return
        self._explained = explained
        known = self.key.texts
        self.key.show_scales(self.kinds, self.factors)
        if self.key.isVisible() and (self.key.texts != known or self.key.is_misplaced(view, (), ())):
            self.key.place(view, NO_MARKS)
            self.key.raise_()
