"""The parameters of a formula as sliders, as many in a row as there is room for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal

from engine.language.number_spec import NumberSpec
from gui.background.gradually import Gradually
from gui.session.session import Session
from gui.widgets.numbers.slider_grid import SliderGrid
from gui.widgets.numbers.value_slider import ValueSlider
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
        self._to_make: Mapping[str, float] = {}
        self._making = Gradually(self, self._make_next)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._make)
        self.hide()

    @property
    def up_to_date(self) -> bool:
        """Tell whether there is a slider for each parameter."""
        return not (self._settling.isActive() or self._making.under_way)

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
        self._to_make = dict(self._wanted)
        self.sliders = {name: kept[name] for name in self._to_make if name in kept}
        self.arrange()
        self.setVisible(bool(self._to_make))
        self._making.go_on()

    def _make_next(self) -> bool:
        """Make the first slider that is missing, as a formula may have hundreds; tell whether there was one."""
        name = next((name for name in self._to_make if name not in self.sliders), None)
        if name is None:
            self.arrange()
            return False
        made = {**self.sliders, name: self._made(name, self._to_make[name])}
        self.sliders = {known: made[known] for known in self._to_make if known in made}
        self.put(made[name], list(self._to_make).index(name))
        return True

    def _made(self, name: str, known: float) -> ValueSlider:
        session = self._session
        value = session.parameters.get(name, known)
        landscape = CATALOGUE.get(session.landscape)
        reach = SLIDER_REACH * (abs(value) or 1.0)
        low, high = (landscape.ranges if landscape is not None else {}).get(name, (-reach, reach))
        row = NumberSpec(name, value, low, high, help=f"parameter {name}")
        slider = ValueSlider(row, value, session.parameter_ranges.get(name))
        slider.range_changed.connect(lambda *ends: session.set_parameter_range(name, *ends))
        slider.changed.connect(lambda new: session.set_parameter(name, new))
        slider.refused.connect(self.refused)
        return slider

    def _forget(self) -> None:
        """Make the sliders of the next formula anew, even where its parameters have the same names."""
        self._made_for = None
