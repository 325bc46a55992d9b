"""What a person chooses for a tuning, a map of settings and a league, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_BUDGET, FIRST_TRIALS, LEAGUE_TRIALS = 200, 32, 5
"""Evaluations of a run, and the settings that are tried of a racer."""
MOST_BUDGET, MOST_TRIALS, MOST_STARTS, MOST_SEEDS = 1_000_000, 10_000, 64, 64
"""More of them would take days."""
MOST_STEPS, FIRST_STEPS = 100_000, 300
"""Steps of each cell of a map."""
SCORES = ("median", "worst")
"""Of all losses, starts and seeds: which one counts."""
SCALES = ("log", "linear")
MAP_KINDS = ("map", "curve")
"""A map of two settings of one racer, or the curve of one setting of every racer."""
MAP_RESULTS = ("loss", "steps", "escape")
"""The loss reached, the steps to a given loss, or the step at which a racer has left the finite numbers."""
LEAGUE_FIELDS = ("this race", "all")
"""The racers of a league: those of the session, or every optimizer of the catalogue."""


@dataclass(frozen=True)
class SpaceChoice:
    """What is searched of one hyperparameter, where that is not what the catalogue says.

    Attributes
    ----------
    racer, name : str
        The names of the racer and of its hyperparameter.
    low, high : float
    scale : str
        One of `SCALES`.
    tuned : bool
        Whether it is searched at all.
    """

    racer: str
    name: str
    low: float
    high: float
    scale: str
    tuned: bool


@dataclass(frozen=True)
class TuningChoice:
    """How racers are tuned.

    Attributes
    ----------
    budget, trials, starts, seeds : int
        Evaluations of a run, settings that are tried of each racer, places where runs begin, and seeds of each.
    score : str
        One of `SCORES`.
    also : tuple of str
        Names of landscapes that count beside the one of the race.
    spaces : tuple of SpaceChoice
    """

    budget: int = FIRST_BUDGET
    trials: int = FIRST_TRIALS
    starts: int = 1
    seeds: int = 1
    score: str = SCORES[0]
    also: tuple[str, ...] = ()
    spaces: tuple[SpaceChoice, ...] = ()


@dataclass(frozen=True)
class AxisChoice:
    """An axis of a map: the name of a number, as `engine.race.maps.axes` reads it, its ends and its scale."""

    name: str
    low: float
    high: float
    scale: str


@dataclass(frozen=True)
class SettingsMapChoice:
    """What a map of settings shows.

    Attributes
    ----------
    kind, result : str
        Of `MAP_KINDS` and `MAP_RESULTS`.
    racer : str
        The name of the racer; where there is none of that name, the first one.
    axes : tuple of AxisChoice
        The one along x, then the one along y; where one is missing or is no number of the racer, others are taken.
    steps : int
    goal : float or None
        The loss to which steps are counted; None for a hundredth of the one at the start.
    """

    kind: str = MAP_KINDS[0]
    result: str = MAP_RESULTS[0]
    racer: str = ""
    axes: tuple[AxisChoice, ...] = ()
    steps: int = FIRST_STEPS
    goal: float | None = None


@dataclass(frozen=True)
class LeagueChoice:
    """Who races where in a league.

    Attributes
    ----------
    field : str
        One of `LEAGUE_FIELDS`.
    tags : tuple of str
        Landscapes with one of these; without a tag all of them.
    budget, trials, starts : int
        As in `TuningChoice`; one trial is the racer as it is written.
    """

    field: str = LEAGUE_FIELDS[0]
    tags: tuple[str, ...] = ("ravine",)
    budget: int = FIRST_BUDGET
    trials: int = LEAGUE_TRIALS
    starts: int = 1
