"""The parameters of a formula as sliders, as many in a row as there is room for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal

from engine.optimizers import Hyperparameter
from gui.panels.slider_grid import SliderGrid
from gui.panels.value_slider import ValueSlider
from gui.session import Session
from landscapes import CATALOGUE

SLIDER_REACH = 5.0
"""A parameter's slider reaches from minus this many times its value to plus as many."""
MOST_A_ROW = 3
SETTLE_MS = 120
"""For so long names must stay before they get sliders: while a name is typed, each of its beginnings is one too, and
a row that comes moves everything beneath it."""


class FormulaSliders(SliderGrid):
    """A slider a parameter.  `refused` tells, in a sentence, a number that is none."""

    refused = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(MOST_A_ROW)
        self._session = session
        session.landscape_chosen.connect(self._forget)
        self._made_for: list[str] | None = None
        self._wanted: Mapping[str, float] = {}
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._make)
        self.hide()

    @property
    def up_to_date(self) -> bool:
        """Tell whether there is a slider for each parameter."""
        return not self._settling.isActive()

    def show_parameters(self, parameters: Mapping[str, float]) -> None:
        """Have a slider for each of `parameters`, at the value that was chosen for it, if one was."""
        before, self._wanted = list(self._wanted), parameters
        if list(parameters) == self._made_for:
            self._settling.stop()
        elif self._made_for is None:
            self._make()
        elif list(parameters) != before or not self._settling.isActive():
            # Not at every frame: a race that runs has sixty a second.
            self._settling.start()

    def _make(self) -> None:
        """Make the sliders that are wanted; those of names that stay are kept."""
        kept = {name: slider for name, slider in self.sliders.items() if name in self._wanted and self._made_for}
        self._settling.stop()
        self._made_for = list(self._wanted)
        for name in self.sliders.keys() - kept.keys():
            self.sliders[name].deleteLater()
        self.sliders = {name: kept.get(name) or self._made(name, value) for name, value in self._wanted.items()}
        self.arrange()
        self.setVisible(bool(self.sliders))

    def _made(self, name: str, known: float) -> ValueSlider:
        session = self._session
        value = session.parameters.get(name, known)
        landscape = CATALOGUE.get(session.landscape)
        reach = SLIDER_REACH * (abs(value) or 1.0)
        low, high = (landscape.ranges if landscape is not None else {}).get(name, (-reach, reach))
        row = Hyperparameter(name, value, low, high, help=f"parameter {name}")
        slider = ValueSlider(row, value, session.parameter_ranges.get(name))
        slider.range_changed.connect(lambda *ends: session.set_parameter_range(name, *ends))
        slider.changed.connect(lambda new: session.set_parameter(name, new))
        slider.refused.connect(self.refused)
        return slider

    def _forget(self) -> None:
        """Make the sliders of the next formula anew, even where its parameters have the same names."""
        self._made_for = None
