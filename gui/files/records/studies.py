"""What was chosen for studies of many races, as it stands in the file of a session."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from gui.files.records import types
from gui.files.records.landscapes import AT_MOST
from gui.session import study_choices as choices

Budget = Annotated[int, Meta(ge=1, le=choices.MOST_BUDGET)]
Trials = Annotated[int, Meta(ge=1, le=choices.MOST_TRIALS)]
Starts = Annotated[int, Meta(ge=1, le=choices.MOST_STARTS)]
Seeds = Annotated[int, Meta(ge=1, le=choices.MOST_SEEDS)]
Scale = Annotated[str, types.one_of(choices.SCALES)]


def checked_ends(low: float, high: float, scale: str) -> None:
    """Raise a ValueError where a scale has no such ends."""
    if low >= high or (scale == "log" and low <= 0.0):
        raise ValueError("The ends of a scale must rise, and a log scale begins above 0.")


class SpaceRecord(types.Record, frozen=True):
    """What is searched of one hyperparameter."""

    racer: types.Text
    name: types.Text
    low: types.Number
    high: types.Number
    scale: Scale
    tuned: bool

    def __post_init__(self) -> None:
        checked_ends(self.low, self.high, self.scale)

    def build(self) -> choices.SpaceChoice:
        """Return the choice."""
        return choices.SpaceChoice(**self.entries())


class TuningRecord(types.Record, frozen=True):
    """How racers are tuned."""

    budget: Budget
    trials: Trials
    starts: Starts
    seeds: Seeds
    score: Annotated[str, types.one_of(choices.SCORES)]
    also: Annotated[list[types.Text], AT_MOST]
    spaces: Annotated[list[SpaceRecord], AT_MOST]

    def build(self) -> choices.TuningChoice:
        """Return the choice."""
        return choices.TuningChoice(**_with_tuples(self.entries(), "also", "spaces"))


class AxisRecord(types.Record, frozen=True):
    """An axis of a map."""

    name: types.Text
    low: types.Number
    high: types.Number
    scale: Scale

    def __post_init__(self) -> None:
        checked_ends(self.low, self.high, self.scale)

    def build(self) -> choices.AxisChoice:
        """Return the choice."""
        return choices.AxisChoice(**self.entries())


class SettingsMapRecord(types.Record, frozen=True):
    """What a map of settings shows."""

    kind: Annotated[str, types.one_of(choices.MAP_KINDS)]
    result: Annotated[str, types.one_of(choices.MAP_RESULTS)]
    racer: types.Text
    axes: Annotated[list[AxisRecord], Meta(max_length=2)]
    steps: Annotated[int, Meta(ge=1, le=choices.MOST_STEPS)]
    goal: types.Number | None

    def build(self) -> choices.SettingsMapChoice:
        """Return the choice."""
        return choices.SettingsMapChoice(**_with_tuples(self.entries(), "axes"))


class LeagueRecord(types.Record, frozen=True):
    """Who races where in a league."""

    field: Annotated[str, types.one_of(choices.LEAGUE_FIELDS)]
    tags: Annotated[list[types.Text], AT_MOST]
    budget: Budget
    trials: Trials
    starts: Starts

    def build(self) -> choices.LeagueChoice:
        """Return the choice."""
        return choices.LeagueChoice(**_with_tuples(self.entries(), "tags"))


FIRST_TUNING = TuningRecord(**{**vars(choices.TuningChoice()), "also": [], "spaces": []})
FIRST_SETTINGS_MAP = SettingsMapRecord(**{**vars(choices.SettingsMapChoice()), "axes": []})
FIRST_LEAGUE = LeagueRecord(**{**vars(choices.LeagueChoice()), "tags": list(choices.LeagueChoice().tags)})
"""Those of files that were written before there were studies."""


def _with_tuples(entries: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return entries with tuples in the place of lists, so that what they make can be compared and never changes."""
    return {**entries, **{name: tuple(entries[name]) for name in names}}
