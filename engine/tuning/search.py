"""The search for the best settings of one racer: first evenly over the space, then in rounds round the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array
from engine.tuning.score import Score, lowest_of, middle, shares_left
from engine.tuning.sobol import sobol
from engine.tuning.space import Dimension, TunableRacer, settings_at

REFINEMENTS = 3
"""Rounds that look round the best setting, where there are enough trials for them."""
SHRINKING = 0.25
"""How much of each range a round looks at beside the round before."""


@dataclass(frozen=True, eq=False)
class Trial:
    """One setting and what came of it.

    Attributes
    ----------
    settings : mapping
        The values of the tuned hyperparameters.
    score : float
        As `engine.tuning.score` describes it, with the lowest loss that any trial has reached.
    losses : tuple of float64 (starts, seeds)
        Where its runs ended, for each loss of the tuning.
    """

    settings: Mapping[str, float]
    score: float
    losses: tuple[Array, ...]


def rounds_of(trials: int) -> tuple[int, ...]:
    """Return how many settings each round tries: the racer as it is written and half of the others, then the rest.

    That is the same for every racer with the same number of trials.
    """
    refined = (trials - 1) // 2
    counts = [refined // REFINEMENTS + (number < refined % REFINEMENTS) for number in range(REFINEMENTS)]
    return (trials - refined, *(count for count in counts if count))


class Search:
    """The trials of one racer, round by round: `ask` for settings, run them on all losses, `tell` what came of it.

    Parameters
    ----------
    subject : TunableRacer
    space : tuple of Dimension
        Without a dimension the racer is tried once, as it is written.
    trials : int
    score : Score
    at_start : sequence of float64 (starts,)
        For each loss, its values at the starts.
    seed : int
    """

    def __init__(
        self, subject: TunableRacer, space: Sequence[Dimension], trials: int, score: Score, at_start: Sequence[Array],
        seed: int,
    ) -> None:  # fmt: skip
        self.subject, self.space = subject, tuple(space)
        self.rounds = rounds_of(trials if self.space else 1)
        self._score, self._at_start, self._seed = score, at_start, seed
        self._round = self._drawn = 0
        self._settings = np.empty((0, len(self.space)))
        self._losses: list[Array] = [np.empty(0)] * len(at_start)

    @property
    def names(self) -> tuple[str, ...]:
        """The hyperparameters that are tuned."""
        return tuple(dimension.name for dimension in self.space)

    @property
    def finished(self) -> bool:
        """Whether all trials were made."""
        return self._round == len(self.rounds)

    def ask(self) -> Array:
        """Return the settings of the next round, float64 (settings, names); none where all trials were made."""
        if self.finished:
            return self._settings[:0]
        count = self.rounds[self._round]
        if self._round == 0:
            values = self.subject.rule.hyperparameters
            written = np.array([[values[name] for name in self.names]])
            return np.vstack([written, settings_at(self._points(count - 1), self.space)])
        width = SHRINKING**self._round
        best = [dim.share(value) for dim, value in zip(self.space, self._settings[self.best], strict=True)]
        # A best setting at an end of the range is looked at from the inner side.
        low = np.clip(np.array(best) - width / 2.0, 0.0, 1.0 - width)
        return settings_at(low + width * self._points(count), self.space)

    def tell(self, settings: Array, losses: Sequence[Array]) -> None:
        """Add what came of a round: for each loss, float64 (settings, starts, seeds)."""
        before = self._losses if len(self._settings) else [some[:0] for some in losses]
        self._losses = [np.concatenate(pair) for pair in zip(before, losses, strict=True)]
        self._settings = np.vstack([self._settings, settings])
        self._round += 1

    @property
    def scores(self) -> Array:
        """The score of each trial, float64 (trials,)."""
        shares = [
            shares_left(losses, at_start, lowest_of([losses], at_start)).reshape(len(losses), -1)
            for losses, at_start in zip(self._losses, self._at_start, strict=True)
        ]
        return middle(np.concatenate(shares, axis=1), self._score.quantile)

    @property
    def best(self) -> int:
        """The number of the best trial; the first of several that are as good."""
        return int(np.argmin(self.scores))

    def trials(self) -> tuple[Trial, ...]:
        """Return all trials in the order in which they were made."""
        rows = zip(self._settings.tolist(), self.scores.tolist(), strict=True)
        return tuple(
            Trial(dict(zip(self.names, values, strict=True)), score, tuple(some[number] for some in self._losses))
            for number, (values, score) in enumerate(rows)
        )

    def _points(self, count: int) -> Array:
        """Return the next points of the sequence."""
        points = sobol(self._drawn, count, len(self.space), self._seed)
        self._drawn += count
        return points
