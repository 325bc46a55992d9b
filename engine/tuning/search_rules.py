"""What is the same for every racer of a comparison, and what may be chosen of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from engine.data.batches import check_size
from engine.language.errors import FormulaError
from engine.tuning.score import SCORES

TRIALS = 32
"""Settings that are tried of each racer."""


class SearchOptions(TypedDict, total=False):
    """What may be chosen of `SearchRules` beside the budget."""

    trials: int
    seeds: Sequence[int]
    batch: int | None
    seed: int
    score: str


@dataclass(frozen=True)
class SearchRules:
    """The rules of a fair search.

    Attributes
    ----------
    budget : int
        How often each run may evaluate the loss or its slopes: a gradient counts as one, and what the line search of a
        solver asks for counts too.
    trials : int
        Settings of each racer; 1 is the racer as it is written.
    seeds : sequence of int
        Of the random numbers that rules draw, and of mini-batches: each setting runs with all of them.
    batch : int or None
        How many rows of a data set a step learns from; None for all.  Losses without data and solvers ignore it.
    seed : int
        Of the search: the same one finds the same settings, bit for bit.
    score : str
        One of `engine.tuning.score.SCORES`.

    Raises
    ------
    FormulaError
        Where one of them cannot be.
    """

    budget: int
    trials: int = TRIALS
    seeds: Sequence[int] = (0,)
    batch: int | None = None
    seed: int = 0
    score: str = "median"

    def __post_init__(self) -> None:
        check_whole("The budget of evaluations", self.budget)
        check_whole("The number of trials", self.trials)
        check_size(self.batch)
        object.__setattr__(self, "seeds", tuple(self.seeds))
        if not self.seeds:
            raise FormulaError("There is no seed to run with.")
        if self.score not in SCORES:
            raise FormulaError(f'There is no score "{self.score}".', hint=f"There are: {', '.join(SCORES)}.")


def check_whole(what: str, number: int) -> None:
    """Raise a FormulaError where a number is no integer of at least 1."""
    if not isinstance(number, int | np.integer) or isinstance(number, bool) or number < 1:
        raise FormulaError(f"{what} must be a whole number from 1 up, not {number!r:.40}.")
