"""A session as it stands in a file: everything that the user chose, but for the code of a Python function."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import UNSET, UnsetType, field

from engine.own.function_location import FunctionLocation
from engine.race.randomness import Randomness
from gui.files import record_types as types
from gui.files.landscape_records import AT_MOST, DataRecord, TransformRecord
from gui.session.choices import (
    FASTEST,
    FIRST_HEIGHT,
    HEIGHT_KINDS,
    LAYOUTS,
    SLOWEST,
    THEMES,
    VIEWS,
    Choices,
    RacerChoice,
)


class PlaceRecord(types.Record, frozen=True):
    """The place of a Python function; whether a function is there is seen when its file is run."""

    name: types.Text
    module: types.Text
    path: types.Text

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.module or not Path(self.path).is_absolute():
            raise ValueError("Only a function of a file can be run again.")

    def build(self) -> FunctionLocation:
        """Return the place."""
        return FunctionLocation(**self.entries())


class RandomnessRecord(types.Record, frozen=True):
    """What a race leaves to chance."""

    noise: types.Text
    sigma: types.Number
    seed: types.Whole
    seeds: types.Whole

    def __post_init__(self) -> None:
        # It checks itself when it is made.
        self.build()

    def build(self) -> Randomness:
        """Return the noise and the seeds."""
        return Randomness(**self.entries())


class RacerRecord(types.Record, frozen=True):
    """A racer; defaults stand for what older files lack."""

    name: types.Text
    optimizer: types.Text
    colour: Annotated[str, types.matching("#[0-9a-f]{6}")]
    values: types.Numbers
    ranges: types.Ranges
    visible: bool
    rule: types.Text = ""
    function: PlaceRecord | None = None

    def __post_init__(self) -> None:
        if self.function is not None and (self.optimizer or self.rule):
            raise ValueError("A racer runs either a function or a rule.")

    def build(self) -> RacerChoice:
        """Return the racer; `gui.files.session_file.checked_racer` reads its rule, which may take long."""
        return RacerChoice(key=0, **self.entries())


class SessionRecord(types.Record, frozen=True):
    """The fields of `Choices`; defaults stand for what older files lack."""

    landscape: types.Text
    formula: types.Text
    good_formula: types.Text
    bounds: types.Rectangle
    minima: Annotated[list[types.Pair], AT_MOST]
    parameters: types.Numbers
    parameter_ranges: types.Ranges
    start: types.Pair
    racers: Annotated[list[RacerRecord], AT_MOST]
    speed: types.Number
    theme: Annotated[str, types.one_of(THEMES)]
    layout: Annotated[str, types.one_of(LAYOUTS)]
    geometry: Annotated[str, types.matching("[A-Za-z0-9+/=]*")]
    domain: types.Rectangle | UnsetType = UNSET
    transform: TransformRecord = TransformRecord(0.0, 1.0, (0.0, 0.0), (0.0, 0.0))
    data: DataRecord | None = None
    batch: types.Whole | None = None
    randomness: RandomnessRecord = RandomnessRecord(**vars(Randomness()))
    views: Annotated[str, types.one_of(VIEWS)] = VIEWS[0]
    height: Annotated[str, types.one_of(HEIGHT_KINDS)] = FIRST_HEIGHT
    favourites: Annotated[list[types.Text], AT_MOST] = field(default_factory=list)
    function: PlaceRecord | None = None
    dashes: bool = False

    def build(self) -> Choices:
        """Return the choices, with racers whose rules are still to be read."""
        domain = self.bounds if self.domain is UNSET else self.domain
        batch = max(self.batch, 1) if self.batch is not None else None
        speed = min(max(self.speed, SLOWEST), FASTEST)
        return Choices(**{**self.entries(), "domain": domain, "batch": batch, "speed": speed})
