"""The row of a league: a racer on a landscape, with every number that it takes to race it again to the same bits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from engine.language.types import Point

FORMAT = 1
"""The version of the rows: it changes with the fields, or with what they mean."""


@dataclass(frozen=True)
class LeagueRow:
    """What came of one racer on one landscape.

    A run is ``Race(loss, [text], start=start, seed=seed, batch=batch)``, advanced by its steps; the tuples of runs are
    those of the first start with each seed, then of the second.

    Attributes
    ----------
    format : int
    racer, landscape : str
    budget, trials, seed : int
        Evaluations of a run, settings that were tried, and the seed of the search.
    batch : int
        Rows of a data set that a step learned from; 0 for all.
    formula : str
    parameters : mapping
        Of the formula.
    text : str
        The racer with its best settings.
    settings : mapping
        The values of all its hyperparameters.
    starts : tuple of (x, y)
    seeds : tuple of int
    steps : tuple of int
        Of each run.
    ends : tuple of (x, y)
        Where each run ended.
    losses : tuple of float
        The loss there; infinity for a run that has diverged.
    loss : float
        The middle one.
    loss_at_start : float
        The middle one of those at the starts.
    left : float
        What was left of the descent, as `engine.tuning.score` describes it.
    evaluations, spent : int
        Of the longest run with the best settings, and of all runs of the tuning.
    curve : tuple of float
        The lowest loss within 1, 2, 4 ... evaluations, and within the budget: the middle one of all runs.
    remark : str
        Why there is no result; "" where there is one.
    """

    format: int
    racer: str
    landscape: str
    budget: int
    trials: int
    seed: int
    batch: int
    formula: str
    parameters: Mapping[str, float]
    text: str
    settings: Mapping[str, float]
    starts: tuple[Point, ...]
    seeds: tuple[int, ...]
    steps: tuple[int, ...]
    ends: tuple[Point, ...]
    losses: tuple[float, ...]
    loss: float
    loss_at_start: float
    left: float
    evaluations: int
    spent: int
    curve: tuple[float, ...]
    remark: str = ""


COLUMNS = tuple(column.name for column in fields(LeagueRow))


def checkpoints(budget: int) -> tuple[int, ...]:
    """Return the numbers of evaluations of a row's `curve`: 1, 2, 4 ... and the budget."""
    return (*(2**power for power in range((budget - 1).bit_length())), budget)
