"""A session as it stands in a file: everything that the user chose, but for the code of a Python function."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from engine.live.finish import FinishRule
from engine.own.function_location import FunctionLocation
from engine.race.randomness import Randomness
from gui.files.records import types
from gui.files.records.landscapes import AT_MOST, DataRecord, TransformRecord
from gui.files.records.studies import (
    FIRST_LEAGUE,
    FIRST_SETTINGS_MAP,
    FIRST_TUNING,
    LeagueRecord,
    SettingsMapRecord,
    TuningRecord,
)
from gui.session.choices import (
    ARROWS,
    CURVE_AXES,
    FASTEST,
    FIRST_BASIN_STEPS,
    FIRST_HEIGHT,
    HEIGHT_KINDS,
    HIDEABLE_PANES,
    LAYOUTS,
    LOSS_AXES,
    MOST_BASIN_STEPS,
    NO_SWARM,
    SLOWEST,
    SWARMS,
    THEMES,
    VIEWS,
    CameraPose,
    Choices,
    RacerChoice,
)
from gui.session.picture_choice import LARGEST_PX, PICTURE_THEMES, PICTURE_VIEWS, SCALES, SMALLEST_PX, PictureChoice

PictureSide = Annotated[int, Meta(ge=SMALLEST_PX, le=LARGEST_PX)]
"""Pixels of one side of a picture."""
Swarm = Annotated[int, Meta(ge=NO_SWARM, le=max(SWARMS))]
"""How many starts of a racer race at once."""
FARTHEST = 1e3
"""The most times as far as the home view that a camera is believed to be."""


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


class CameraRecord(types.Record, frozen=True):
    """From where the 3-D view is seen."""

    standard: types.Text
    parallel: bool
    elevation: types.Number
    azimuth: types.Number
    distance: Annotated[float, Meta(gt=0.0, le=FARTHEST)]
    centre: tuple[types.Number, types.Number, types.Number]

    def build(self) -> CameraPose:
        """Return the pose."""
        return CameraPose(**self.entries())


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


class FinishRecord(types.Record, frozen=True):
    """When a racer has arrived, and whether the race is held once everyone is done."""

    tolerance: types.Number
    holds: bool

    def __post_init__(self) -> None:
        # It checks itself when it is made.
        self.build()

    def build(self) -> FinishRule:
        """Return the rule of the finish."""
        return FinishRule(**self.entries())


class PictureRecord(types.Record, frozen=True):
    """The picture that was last saved or copied."""

    view: Annotated[str, types.one_of(PICTURE_VIEWS)]
    size: tuple[PictureSide, PictureSide] | None
    scale: Annotated[int, Meta(ge=min(SCALES), le=max(SCALES))]
    theme: Annotated[str, types.one_of(PICTURE_THEMES)]

    def build(self) -> PictureChoice:
        """Return what was chosen for it."""
        return PictureChoice(**self.entries())


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
    mapped: bool = False
    swarm: Swarm = NO_SWARM

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
    loss_axis: Annotated[str, types.one_of(LOSS_AXES)] = LOSS_AXES[0]
    curve_axis: Annotated[str, types.one_of(CURVE_AXES)] = CURVE_AXES[0]
    quantity: types.Text = ""
    camera: CameraRecord = CameraRecord(**vars(CameraPose()))
    pane_sizes: types.Numbers = field(default_factory=dict)
    hidden_panes: Annotated[list[Annotated[str, types.one_of(HIDEABLE_PANES)]], AT_MOST] = field(default_factory=list)
    arrows: Annotated[list[Annotated[str, types.one_of(ARROWS)]], AT_MOST] = field(default_factory=list)
    finish: FinishRecord = FinishRecord(**vars(FinishRule()))
    picture: PictureRecord = PictureRecord(**vars(PictureChoice()))
    basin_steps: Annotated[int, Meta(ge=1, le=MOST_BASIN_STEPS)] = FIRST_BASIN_STEPS
    respawn: bool = False
    tuning: TuningRecord = FIRST_TUNING
    settings_map: SettingsMapRecord = FIRST_SETTINGS_MAP
    league: LeagueRecord = FIRST_LEAGUE

    def build(self) -> Choices:
        """Return the choices, with racers whose rules are still to be read."""
        domain = self.bounds if self.domain is UNSET else self.domain
        batch = max(self.batch, 1) if self.batch is not None else None
        speed = min(max(self.speed, SLOWEST), FASTEST)
        return Choices(**{**self.entries(), "domain": domain, "batch": batch, "speed": speed})
