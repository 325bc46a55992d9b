"""The sliders of a formula's parameters."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal

from engine.optimizers import Hyperparameter
from gui.background.incremental_task import IncrementalTask
from gui.session.session import Session
from gui.widgets.numbers.slider_grid import SliderGrid
from gui.widgets.numbers.value_slider import ValueSlider
from landscapes import CATALOGUE

SLIDER_REACH = 5.0
"""A parameter's slider reaches from minus to plus this many times its value."""
MOST_COLUMNS = 3
SETTLE_MS = 120
"""The time for which the names must stay the same before sliders are made: while a name is typed, each of its
beginnings is a parameter too, and each new row of sliders would move everything beneath it."""
REST_MS = 900
"""The time for which nobody must have typed before sliders go or change places."""


class FormulaSliders(SliderGrid):
    """A slider for each parameter.  `refused` is emitted with a sentence about a text that is no number."""

    refused = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(MOST_COLUMNS)
        self._session = session
        session.landscape_chosen.connect(self._forget)
        session.parameter_changed.connect(self._follow)
        session.ranges_changed.connect(self._follow_ranges)
        self._made_for: list[str] | None = None
        self._wanted: Mapping[str, float] = {}
        self._to_make: Mapping[str, float] = {}
        self._making = IncrementalTask(self, self._make_next)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._add)
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._make)
        self.hide()

    @property
    def up_to_date(self) -> bool:
        """Whether there is a slider for each parameter, and none besides."""
        return not (self._settling.isActive() or self._resting.isActive() or self._making.under_way)

    def wait_for_formula(self) -> None:
        """Let the sliders stay where they are until the formula is correct: there is a mistake in it."""
        self._resting.stop()

    def wait_for_typing(self) -> None:
        """Let the sliders stay where they are for a while longer: somebody types."""
        if self._resting.isActive():
            self._resting.start()

    def show_parameters(self, parameters: Mapping[str, float]) -> None:
        """Show a slider for each of `parameters`, at the chosen value or else at the given one."""
        before, self._wanted = list(self._wanted), parameters
        if list(parameters) == self._made_for:
            self._settling.stop()
            if not self.up_to_date or list(self.sliders) == self._made_for:
                return
            self._resting.start()
        elif self._made_for is None:
            self._make()
        elif list(parameters) != before or not self._settling.isActive():
            # Started once for the new names, not again with each of the sixty frames a second of a race.
            self._settling.start()

    def _add(self) -> None:
        """Make the sliders that are missing, behind those that there are, of which none goes yet.

        One that has nothing to set is greyed: while a person types, its name may come back.
        """
        shown = {name: slider.value for name, slider in self.sliders.items()}
        self._made_for, self._to_make = list(self._wanted), {**shown, **self._wanted}
        for name, slider in self.sliders.items():
            slider.setEnabled(name in self._wanted)
        if list(self._to_make) != self._made_for:
            self._resting.start()
        else:
            self._resting.stop()
        self.setVisible(bool(self._to_make))
        self._making.go_on()

    def _make(self) -> None:
        """Make the wanted sliders, in their order; keep those whose names stay."""
        kept = {name: slider for name, slider in self.sliders.items() if name in self._wanted and self._made_for}
        self._settling.stop()
        self._resting.stop()
        self._made_for = list(self._wanted)
        for name in self.sliders.keys() - kept.keys():
            self.sliders[name].deleteLater()
        self._to_make = dict(self._wanted)
        self.sliders = {name: kept[name] for name in self._to_make if name in kept}
        self.arrange()
        self.setVisible(bool(self._to_make))
        self._making.go_on()

    def _make_next(self) -> bool:
        """Make one missing slider, since a formula may have hundreds; return whether one was missing."""
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
        spec = Hyperparameter(name, value, low, high, help=f"parameter {name}")
        slider = ValueSlider(spec, value, session.parameter_ranges.get(name))
        slider.range_changed.connect(lambda *ends: session.set_parameter_range(name, *ends))
        slider.changed.connect(lambda new: session.set_parameter(name, new))
        slider.refused.connect(self.refused)
        return slider

    def _follow(self, name: str, value: float) -> None:
        """Show a value that was set elsewhere in the window."""
        if name in self.sliders:
            self.sliders[name].show_value(value)

    def _follow_ranges(self) -> None:
        for name, slider in self.sliders.items():
            slider.show_ends(self._session.parameter_ranges.get(name))

    def _forget(self) -> None:
        """Make new sliders for the next formula, even where its parameters have the same names."""
        self._made_for = None
