"""The landscape of a session: its formula, parameters and data, how it lies, and which part of it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal, SignalInstance

from engine.data.rows import MadeData
from engine.language.types import Bounds, Point
from engine.loss.transform import Transform
from engine.own.function_location import FunctionLocation
from gui.session.choices import Choices
from gui.session.saved_landscape import DataSet, data_of, height_of, transform_of
from gui.session.window_choices import WindowChoices
from landscapes import CATALOGUE, Landscape
from landscapes.landscape import Range

FUNCTION_DOMAIN: Bounds = ((-5.0, 5.0), (-5.0, 5.0))
FUNCTION_START: Point = (-3.0, 2.5)
"""Where a Python function is shown first, of which no domain is known."""


class LandscapeChoices(WindowChoices):
    """The fields of a session that belong to the landscape.  Each method that changes a field emits its signal."""

    landscape_chosen = Signal()
    landscape_named = Signal()
    formula_changed = Signal()
    parameter_changed = Signal(str, float)
    ranges_changed = Signal()
    data_changed = Signal()
    batch_changed = Signal()
    start_changed = Signal()
    transform_changed = Signal()
    bounds_changed = Signal()

    def __init__(self, landscape: Landscape) -> None:
        super().__init__()
        self.function: FunctionLocation | None = None
        self.batch: int | None = None
        self.choose(landscape)

    @property
    def landscape_signals(self) -> tuple[SignalInstance, ...]:
        """The signals of all these fields but `landscape_chosen`, which others follow."""
        return (
            self.landscape_named, self.formula_changed, self.parameter_changed, self.ranges_changed, self.data_changed,
            self.batch_changed, self.start_changed, self.transform_changed, self.bounds_changed,
        )  # fmt: skip

    def set_batch(self, batch: int | None) -> None:
        """Set how many rows of the data a step learns from, None for all."""
        self.batch = batch
        self.batch_changed.emit()

    def choose(self, landscape: Landscape) -> None:
        """Choose a landscape, with all that is known of it."""
        self.landscape, self.function = landscape.name, None
        self.formula = self.good_formula = landscape.formula
        self.bounds: Bounds = landscape.domain
        self.domain: Bounds = landscape.domain
        self.transform = transform_of(landscape)
        self.minima = list(landscape.minima)
        self.data: DataSet | None = data_of(landscape)
        self.parameters = dict(landscape.parameters)
        # For a landscape of the catalogue the sliders know their ends; a saved one has those that the user chose.
        self.parameter_ranges: dict[str, Range] = {} if landscape.name in CATALOGUE else dict(landscape.ranges)
        self._formula_start = landscape.start
        self.start: Point = self.transform.shown(self._formula_start)
        if height_of(landscape):
            self.set_height(height_of(landscape))
        self._emit_landscape()

    def return_to(self, choices: Choices) -> None:
        """Choose the landscape of `choices` again, with its domain, parameters and start."""
        self.landscape, self.formula, self.minima = choices.landscape, choices.formula, list(choices.minima)
        self.bounds, self.domain, self.transform = choices.bounds, choices.domain, choices.transform
        self.start, self._formula_start = choices.start, choices.transform.own(choices.start)
        self.good_formula, self.data, self.function = choices.good_formula, choices.data, choices.function
        self.parameters, self.parameter_ranges = dict(choices.parameters), dict(choices.parameter_ranges)
        self._emit_landscape()

    def set_formula(self, text: str) -> None:
        """Set a typed formula; its minima are not known."""
        self.landscape, self.formula, self.minima, self.function = "", text, [], None
        self.formula_changed.emit()

    def choose_function(self, place: FunctionLocation, parameters: Mapping[str, float]) -> None:
        """Race on a Python function; the formula is kept, to go back to."""
        self.landscape, self.minima, self.function, self.data = "", [], place, None
        self.bounds = self.domain = FUNCTION_DOMAIN
        self.start = self._formula_start = FUNCTION_START
        self.transform = Transform()
        self.parameters, self.parameter_ranges = dict(parameters), {}
        self._emit_landscape()

    def leave_function(self) -> None:
        """Race on the formula again that was kept while a Python function was raced on."""
        self.function = None
        self._emit_landscape()

    def set_parameter(self, name: str, value: float) -> None:
        """Set a parameter of the formula; the minima were known for its former value only, and are dropped."""
        self.parameters = {**self.parameters, name: value}
        self.minima = []
        self.parameter_changed.emit(name, value)

    def set_data_setting(self, name: str, value: float) -> None:
        """Set a setting of the data set."""
        if isinstance(self.data, MadeData):
            self.set_data(replace(self.data, settings={**self.data.settings, name: value}))

    def set_data(self, data: DataSet) -> None:
        """Set other rows with the same columns; the minima were known for the former rows only, and are dropped."""
        self.data = data
        self.minima = []
        self.data_changed.emit()

    def set_parameter_range(self, name: str, low: float, high: float) -> None:
        """Set the ends of a parameter's slider."""
        self.parameter_ranges = {**self.parameter_ranges, name: (low, high)}
        self.ranges_changed.emit()

    def set_start(self, x: float, y: float) -> None:
        """Set the point where all racers start, in the coordinates of the picture."""
        self.start = (x, y)
        self._formula_start = self.transform.own(self.start)
        self.start_changed.emit()

    def set_transform(self, angle: float, stretch: float, shift: Point) -> None:
        """Turn, stretch and shift the landscape, and the start with it.

        Raises
        ------
        FormulaError
            Where there is no such transform; nothing has changed then.
        """
        self.transform = replace(self.transform, angle=angle, stretch=stretch, shift=shift)
        # From the start in the formula, so that no rounding error stays after a turn there and back.
        self.start = self.transform.shown(self._formula_start)
        self.transform_changed.emit()

    @property
    def shown_minima(self) -> list[Point]:
        """The known minima, in the coordinates of the picture."""
        return [self.transform.shown(minimum) for minimum in self.minima]

    @property
    def formula_start(self) -> Point:
        """The start in the coordinates of the formula, which no transform changes."""
        return self._formula_start

    def name_landscape(self, name: str) -> None:
        """Set the name of the present landscape, under which it was saved."""
        self.landscape = name
        self.landscape_named.emit()

    def set_bounds(self, bounds: Bounds) -> None:
        """Set the part of the landscape that is shown."""
        self.bounds = bounds
        self.bounds_changed.emit()

    def put_fields(self, fields: Mapping[str, object]) -> None:
        """Put values in the place of fields, without a signal."""
        for name, value in fields.items():
            setattr(self, name, value)
        self._formula_start = self.transform.own(self.start)

    def _emit_landscape(self) -> None:
        for signal in (self.landscape_chosen, self.formula_changed, self.start_changed):
            signal.emit()
