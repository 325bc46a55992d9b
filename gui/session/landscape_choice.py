"""What the user has chosen to race on: the formula, its parameters, its data, and how it lies and is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.data.rows import MadeData
from engine.live.frame import Point
from engine.loss.terrain import Bounds
from engine.loss.transform import Transform
from engine.own.place import Place
from gui.session.choices import FIRST_HEIGHT, Choices
from gui.session.landscape_data import SomeData, data_of, height_of, transform_of
from landscapes import CATALOGUE, Landscape
from landscapes.landscape import Range

OWN_DOMAIN: Bounds = ((-5.0, 5.0), (-5.0, 5.0))
OWN_START: Point = (-3.0, 2.5)
"""Where a function of one's own is shown first, of which no domain is known."""


class LandscapeChoice(QObject):
    """The half of a session that is about the landscape.  Setting a field emits its signal."""

    landscape_chosen = Signal()
    landscape_named = Signal()
    formula_changed = Signal()
    parameter_changed = Signal(str, float)
    ranges_changed = Signal()
    data_changed = Signal()
    start_changed = Signal()
    transform_changed = Signal()
    bounds_changed = Signal()
    height_changed = Signal(str)

    def __init__(self, landscape: Landscape) -> None:
        super().__init__()
        self.height = FIRST_HEIGHT
        self.function: Place | None = None
        self.choose(landscape)

    def choose(self, landscape: Landscape) -> None:
        """Take a landscape with everything known of it."""
        self.landscape, self.function = landscape.name, None
        self.formula = self.good_formula = landscape.formula
        self.bounds: Bounds = landscape.domain
        self.domain: Bounds = landscape.domain
        self.transform = transform_of(landscape)
        self.minima = list(landscape.minima)
        self.data: SomeData | None = data_of(landscape)
        self.parameters = dict(landscape.parameters)
        # A landscape of the catalogue knows the first ends of its sliders; one's own has those that were chosen.
        self.parameter_ranges: dict[str, Range] = {} if landscape.name in CATALOGUE else dict(landscape.ranges)
        self._own_start = landscape.start
        self.start: Point = self.transform.shown(self._own_start)
        if height_of(landscape):
            self.set_height(height_of(landscape))
        self._tell_landscape()

    def return_to(self, choices: Choices) -> None:
        """Take the formula of `choices`, with the domain, parameters and start that it had."""
        self.landscape, self.formula, self.minima = choices.landscape, choices.formula, list(choices.minima)
        self.bounds, self.domain, self.transform = choices.bounds, choices.domain, choices.transform
        self.start, self._own_start = choices.start, choices.transform.own(choices.start)
        self.good_formula, self.data, self.function = choices.good_formula, choices.data, choices.function
        self.parameters, self.parameter_ranges = dict(choices.parameters), dict(choices.parameter_ranges)
        self._tell_landscape()

    def set_formula(self, text: str) -> None:
        """Take a typed formula; minima are no longer known."""
        self.landscape, self.formula, self.minima, self.function = "", text, [], None
        self.formula_changed.emit()

    def choose_function(self, place: Place, parameters: Mapping[str, float]) -> None:
        """Take a function of one's own; the formula stays behind it, to go back to."""
        self.landscape, self.minima, self.function, self.data = "", [], place, None
        self.bounds = self.domain = OWN_DOMAIN
        self.start = self._own_start = OWN_START
        self.transform = Transform()
        self.parameters, self.parameter_ranges = dict(parameters), {}
        self._tell_landscape()

    def leave_function(self) -> None:
        """Take the formula that stands behind a function of one's own."""
        self.function = None
        self._tell_landscape()

    def set_parameter(self, name: str, value: float) -> None:
        """Take a parameter of the formula; the known minima held for other values."""
        self.parameters = {**self.parameters, name: value}
        self.minima = []
        self.parameter_changed.emit(name, value)

    def set_data_setting(self, name: str, value: float) -> None:
        """Take a setting of the data set."""
        if isinstance(self.data, MadeData):
            self.set_data(replace(self.data, settings={**self.data.settings, name: value}))

    def set_data(self, data: SomeData) -> None:
        """Take other rows with the same columns; the known minima held for those before."""
        self.data = data
        self.minima = []
        self.data_changed.emit()

    def set_parameter_range(self, name: str, low: float, high: float) -> None:
        """Take the ends of a parameter's slider."""
        self.parameter_ranges = {**self.parameter_ranges, name: (low, high)}
        self.ranges_changed.emit()

    def set_start(self, x: float, y: float) -> None:
        """Take another start."""
        self.start = (x, y)
        self._own_start = self.transform.own(self.start)
        self.start_changed.emit()

    def set_transform(self, angle: float, stretch: float, shift: Point) -> None:
        """Turn, stretch and shift the landscape, and the start with it.

        Raises
        ------
        FormulaError
            Where that is no transform; then nothing has changed.
        """
        self.transform = replace(self.transform, angle=angle, stretch=stretch, shift=shift)
        # From the formula's own start, so that a way there and back ends where it began.
        self.start = self.transform.shown(self._own_start)
        self.transform_changed.emit()

    @property
    def shown_minima(self) -> list[Point]:
        """Where the known minima lie in the picture."""
        return [self.transform.shown(minimum) for minimum in self.minima]

    @property
    def own_start(self) -> Point:
        """Where the start lies in the formula, whatever the transform."""
        return self._own_start

    def name_landscape(self, name: str) -> None:
        """Call the landscape of now by the name that it is saved under."""
        self.landscape = name
        self.landscape_named.emit()

    def set_bounds(self, bounds: Bounds) -> None:
        """Show another part of the landscape as its domain."""
        self.bounds = bounds
        self.bounds_changed.emit()

    def set_height(self, kind: str) -> None:
        """Take a kind of height."""
        self.height = kind
        self.height_changed.emit(kind)

    def _tell_landscape(self) -> None:
        for signal in (self.landscape_chosen, self.formula_changed, self.start_changed):
            signal.emit()
