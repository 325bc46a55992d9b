"""What the user has chosen, as plain data in one place, with a signal for each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from engine.frame import Point
from engine.optimizers import OPTIMIZERS
from engine.optimizers.racer_text import parse_racer
from engine.terrain import Bounds
from gui.theme import RACER_COLOURS
from landscapes import Landscape

FIRST_SPEED = 40.0


@dataclass(frozen=True)
class RacerChoice:
    """A racer as the user set it; `key` stays with it while everything else may change."""

    key: int
    name: str
    optimizer: str
    colour: str
    values: Mapping[str, float] = field(default_factory=dict)
    visible: bool = True


class Session(QObject):
    """The user's choices.  Setting one emits its signal."""

    formula_changed = Signal()
    parameter_changed = Signal(str, float)
    racers_changed = Signal()
    hyperparameter_changed = Signal(int, str, float)
    looks_changed = Signal()
    start_changed = Signal()
    speed_changed = Signal(float)

    def __init__(self, landscape: Landscape, racers: list[str]) -> None:
        super().__init__()
        self.speed = FIRST_SPEED
        self.racers: list[RacerChoice] = []
        self._next_key = 1
        self.choose(landscape)
        for text in racers:
            optimizer, values = parse_racer(text)
            self._append(optimizer.name, values)

    def choose(self, landscape: Landscape) -> None:
        """Take a landscape with everything known of it."""
        self.landscape = landscape.name
        self.formula = landscape.formula
        self.bounds: Bounds = landscape.domain
        self.minima = list(landscape.minima)
        self.parameters = dict(landscape.parameters)
        self.start: Point = landscape.start
        self.formula_changed.emit()
        self.start_changed.emit()

    def set_formula(self, text: str) -> None:
        """Take a typed formula; minima are no longer known."""
        self.landscape, self.formula, self.minima = "", text, []
        self.formula_changed.emit()

    def set_parameter(self, name: str, value: float) -> None:
        """Take a parameter of the formula; the known minima held for other values."""
        self.parameters[name] = value
        self.minima = []
        self.parameter_changed.emit(name, value)

    def set_start(self, x: float, y: float) -> None:
        """Take another start."""
        self.start = (x, y)
        self.start_changed.emit()

    def set_speed(self, steps_per_second: float) -> None:
        """Take another speed."""
        self.speed = steps_per_second
        self.speed_changed.emit(steps_per_second)

    def add_racer(self, optimizer: str) -> None:
        """Add a racer with default settings."""
        self._append(optimizer, {})
        self.racers_changed.emit()

    def duplicate_racer(self, key: int) -> None:
        """Add a racer with the settings of another."""
        original = self.racer(key)
        self._append(original.optimizer, original.values, original.name + " copy")
        self.racers_changed.emit()

    def remove_racer(self, key: int) -> None:
        """Take a racer out."""
        self.racers = [racer for racer in self.racers if racer.key != key]
        self.racers_changed.emit()

    def set_hyperparameter(self, key: int, name: str, value: float) -> None:
        """Take a hyperparameter of a racer."""
        self._replace(key, values={**self.racer(key).values, name: value})
        self.hyperparameter_changed.emit(key, name, value)

    def set_look(self, key: int, **changes: object) -> None:
        """Take a racer's `name`, `colour` or `visible`."""
        self._replace(key, **changes)
        self.looks_changed.emit()

    def racer(self, key: int) -> RacerChoice:
        """Return the racer with this key."""
        return next(racer for racer in self.racers if racer.key == key)

    def _append(self, optimizer: str, values: Mapping[str, float], name: str = "") -> None:
        used = {racer.colour for racer in self.racers}
        free = [colour for colour in RACER_COLOURS if colour not in used]
        colour = free[0] if free else RACER_COLOURS[self._next_key % len(RACER_COLOURS)]
        settings = {**OPTIMIZERS[optimizer].defaults, **values}
        self.racers = [*self.racers, RacerChoice(self._next_key, name or optimizer, optimizer, colour, settings)]
        self._next_key += 1

    def _replace(self, key: int, **changes: object) -> None:
        self.racers = [replace(racer, **changes) if racer.key == key else racer for racer in self.racers]  # type: ignore[arg-type]
