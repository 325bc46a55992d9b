"""How sharp each optimum is: what is lost of the descent where one tuned value is off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.tuning.sharpness import LOST, Curve
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.session.choices import RacerChoice
from gui.views.studies.setting_axis import SettingAxis
from gui.views.studies.setting_curves import SettingCurve, SettingCurves
from gui.widgets.wheel import ChoiceBox
from gui.window.studies.tuning.search import Found

SHARES = SettingAxis("share of the descent that is lost", -0.05, 1.05, log=False)
LEVELS = ((LOST, "a tenth is lost"),)
NOTHING = "What is lost of the descent where a value is off is drawn here, once racers are tuned."


class SharpnessPlot(QWidget):
    """The curves of all racers over one hyperparameter, which is chosen above the plot."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._racers: Sequence[RacerChoice] = ()
        self._found: Found = {}
        self.names, self.plot = ChoiceBox(), SettingCurves(theme, NOTHING)
        self.names.setAccessibleName("The hyperparameter of the curves")
        self.names.activated.connect(lambda _: self._draw())
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(QLabel("How sharp is the optimum of"))
        head.addWidget(self.names)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self.plot, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.plot.set_theme(theme)
        self._draw()

    def show_found(self, racers: Sequence[RacerChoice], found: Found) -> None:
        """Show the curves of these racers, as far as they are tuned."""
        self._racers, self._found = racers, found
        curves = [curve for racer in racers if racer.key in found for curve in found[racer.key].curves]
        names, now = list(dict.fromkeys(curve.name for curve in curves)), self.names.currentText()
        self.names.clear()
        self.names.addItems(names)
        self.names.setCurrentText(now if now in names else (names or [""])[0])
        self._head.setVisible(bool(names))
        self._draw()

    def _draw(self) -> None:
        """Draw the curves over the chosen hyperparameter."""
        name = self.names.currentText()
        drawn = [
            (racer, curve)
            for racer in self._racers
            if racer.key in self._found
            for curve in self._found[racer.key].curves
            if curve.name == name and len(curve.values) > 1
        ]
        if not drawn:
            self.plot.show_curves((), (self.plot.x_axis, SHARES))
            return
        low, high = min(curve.values[0] for _, curve in drawn), max(curve.values[-1] for _, curve in drawn)
        axis = SettingAxis(name, float(low), float(high), log=all(_is_even_by_factors(curve) for _, curve in drawn))
        curves = [self._curve(racer, curve) for racer, curve in drawn]
        self.plot.show_curves(curves, (axis, SHARES), LEVELS)

    def _curve(self, racer: RacerChoice, curve: Curve) -> SettingCurve:
        best = self._found[racer.key].settings[curve.name]
        now = racer.values.get(curve.name, float("nan"))
        height = float(np.interp(now, curve.values, np.where(np.isfinite(curve.lost), curve.lost, 1.0)))
        ring = (now, height) if curve.values[0] <= now <= curve.values[-1] else None
        colour = drawn_colour(racer.colour, self._theme)
        return SettingCurve(racer.name, colour, curve.values, curve.lost, (best, 0.0), ring)


def _is_even_by_factors(curve: Curve) -> bool:
    """Return whether the values of a curve belong on a logarithmic scale: the steps between them grow."""
    steps = np.diff(curve.values)
    return bool(curve.values[0] > 0.0 and steps[-1] > 2.0 * steps[0])
