"""Tunes racers fairly: the same budget of evaluations, the same search and the same score for every one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.machine.jobs import ExecutorLike, never, run_jobs
from engine.race.compile_racer import RacerLike
from engine.tuning.runs import RunJob, Runs, finite_starts, run_job
from engine.tuning.score import SCORES, middle
from engine.tuning.search import Search, Trial
from engine.tuning.search_rules import SearchOptions, SearchRules
from engine.tuning.sharpness import Curve, curve_of, values_aside
from engine.tuning.space import Dimension, check_space, search_space, tunable

Progress = Callable[[int, int], object]
"""Told how many jobs are done, and how many there are in all."""


@dataclass(frozen=True, eq=False)
class TunedRacer:
    """The best that the tuning of one racer has found.

    Attributes
    ----------
    racer : str
        As it was given, or the name of its rule.
    text : str
        The racer with its best settings, to be raced; the name of a rule, which has no text.
    settings : mapping
        The best values of the hyperparameters that were tuned.
    loss : float
        The loss where a run with them ends: the middle one of all losses, starts and seeds.
    score : float
        What is left of the descent, as `engine.tuning.score` describes it.
    evaluations : int
        How often one run with them has evaluated the loss at most; never more than the budget.
    spent : int
        The evaluations of all runs of all its trials.
    steps : tuple of int64 (starts, seeds)
        The steps that each run with the best settings has made, for each loss.
    trials : tuple of Trial
    space : tuple of Dimension
        What was searched.
    curves : tuple of Curve
        For each tuned hyperparameter, how sharp the optimum is; these runs are not in `spent`.
    """

    racer: str
    text: str
    settings: Mapping[str, float]
    loss: float
    score: float
    evaluations: int
    spent: int
    steps: tuple[NDArray[np.int64], ...]
    trials: tuple[Trial, ...]
    space: tuple[Dimension, ...]
    curves: tuple[Curve, ...] = ()


@dataclass(eq=False)
class Tuning:
    """The search of one racer on some losses, with what its runs have cost."""

    search: Search
    conditions: Conditions
    runs: list[tuple[Runs, ...]] = field(default_factory=list)

    def jobs(self, settings: Array) -> list[RunJob]:
        """Return the runs of some settings, a job for each loss."""
        rules, search = self.conditions.rules, self.search
        rule, names = search.subject.rule, search.names
        return [
            RunJob(loss, rule, names, settings, starts, tuple(rules.seeds), rules.budget, rules.batch)
            for loss, starts in zip(self.conditions.losses, self.conditions.starts, strict=True)
        ]

    def tell(self, settings: Array, runs: Sequence[Runs]) -> None:
        """Add what came of a round."""
        self.runs.append(tuple(runs))
        self.search.tell(settings, [some.losses for some in runs])

    def result(self, curves: tuple[Curve, ...] = ()) -> TunedRacer:
        """Return the best that was found so far."""
        trials, best = self.search.trials(), self.search.best
        round_, number = self._place(best)
        own = self.runs[round_]
        subject, chosen = self.search.subject, trials[best]
        return TunedRacer(
            racer=subject.name,
            text=subject.text(chosen.settings),
            settings=chosen.settings,
            loss=float(middle(np.concatenate([losses.ravel() for losses in chosen.losses]))),
            score=chosen.score,
            evaluations=max(int(runs.evaluations[number].max()) for runs in own),
            spent=sum(int(runs.evaluations.sum()) for some in self.runs for runs in some),
            steps=tuple(runs.steps[number] for runs in own),
            trials=trials,
            space=self.search.space,
            curves=curves,
        )

    def _place(self, trial: int) -> tuple[int, int]:
        """Return the round of a trial, and its number there."""
        for number, runs in enumerate(self.runs):
            if trial < len(runs[0].losses):
                return number, trial
            trial -= len(runs[0].losses)
        raise IndexError(trial)


@dataclass(frozen=True, eq=False)
class Conditions:
    """On what every racer is tuned, and by which rules.

    Attributes
    ----------
    losses : tuple of MachineLoss
    starts : tuple of float64 (starts, 2)
        For each loss.
    rules : SearchRules
    """

    losses: tuple[MachineLoss, ...]
    starts: tuple[Array, ...]
    rules: SearchRules

    def __post_init__(self) -> None:
        if not self.losses:
            raise FormulaError("There is no loss to tune on.")
        for loss, starts in zip(self.losses, self.starts, strict=True):
            for place in starts[~finite_starts(loss, starts)].tolist():
                raise FormulaError(f'At the start ({place[0]:g}, {place[1]:g}) "{loss.text}" has no finite slopes.')

    @property
    def at_start(self) -> list[Array]:
        """The values of each loss at its starts."""
        return [loss.value(*starts.T) for loss, starts in zip(self.losses, self.starts, strict=True)]

    def tuning(self, racer: RacerLike, space: Sequence[Dimension] | None = None) -> Tuning:
        """Return the search of one racer before its first trial."""
        subject, rules = tunable(racer), self.rules
        chosen = search_space(subject) if space is None else check_space(subject, space)
        return Tuning(Search(subject, chosen, rules.trials, SCORES[rules.score], self.at_start, rules.seed), self)


def tune(
    losses: Sequence[MachineLoss], racers: Sequence[RacerLike], budget: int = 200,
    executor: ExecutorLike | None = None, *, starts: ArrayLike = (0.0, 0.0),
    spaces: Sequence[Sequence[Dimension] | None] | None = None, progress: Progress | None = None,
    stopped: Callable[[], bool] = never, **rules: Unpack[SearchOptions],
) -> list[TunedRacer]:  # fmt: skip
    """Return the best settings of each racer that the same search finds with the same budget.

    Each racer tries as many settings: itself as it is written, points spread evenly over its search space, then points
    round the best.  Each runs on every loss, from every start, with every seed.  None knows a minimum.

    Parameters
    ----------
    losses, racers : sequence
        Racers are texts such as ``"Adam"``, rules or optimizers.
    budget, **rules
        As `engine.tuning.search_rules.SearchRules` describes them; `budget` is what one run may evaluate.
    executor : concurrent.futures.Executor or callable, optional
        Where the runs are made, or a function that makes one; without it, on the cores of this machine.
    starts : (2,), (starts, 2) or (losses, starts, 2)
        For all losses, or for each.
    spaces : sequence, optional
        For each racer what is searched; None stands for `engine.tuning.space.search_space`.  A racer with nothing to be
        searched, as a rule of one's own without `lr`, is tried once, as it is written.
    progress, stopped : callable, optional
        Told how many jobs are done of how many; and asked whether to stop, after which the best so far is returned.
    """
    conditions = Conditions(tuple(losses), _starts(starts, len(losses)), SearchRules(budget, **rules))
    chosen = list(spaces) if spaces is not None else [None] * len(racers)
    if len(chosen) != len(racers):
        raise FormulaError(f"There are {len(racers)} racers and {len(chosen)} search spaces.")
    tunings = [conditions.tuning(racer, space) for racer, space in zip(racers, chosen, strict=True)]
    return _Course(tunings, executor, progress, stopped).run()


class _Course:
    """The tunings of all racers, a round of all at a time."""

    def __init__(
        self, tunings: list[Tuning], executor: ExecutorLike | None, progress: Progress | None,
        stopped: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._tunings, self._executor, self._stopped = tunings, executor, stopped
        self._progress, self._done = progress, 0
        each = [(len(tuning.search.rounds) + len(tuning.search.space)) for tuning in tunings]
        self._total = sum(each) * (len(tunings[0].conditions.losses) if tunings else 0)

    def run(self) -> list[TunedRacer]:
        """Return what was found."""
        while any(not tuning.search.finished for tuning in self._tunings):
            unfinished = [tuning for tuning in self._tunings if not tuning.search.finished]
            asked = [tuning.search.ask() for tuning in unfinished]
            runs = self._runs(list(zip(unfinished, asked, strict=True)))
            if runs is None:
                break
            for tuning, settings, own in zip(unfinished, asked, runs, strict=True):
                tuning.tell(settings, own)
        begun = [tuning for tuning in self._tunings if tuning.runs]
        curves = self._curves(begun)
        return [tuning.result(own) for tuning, own in zip(begun, curves, strict=True)]

    def _curves(self, tunings: list[Tuning]) -> list[tuple[Curve, ...]]:
        """Return how sharp each optimum is; nothing where the work was stopped."""
        asked, values = [], []
        for tuning in tunings:
            best = tuning.search.trials()[tuning.search.best].settings
            for number, dimension in enumerate(tuning.search.space):
                aside = values_aside(dimension, best[dimension.name])
                rows = np.tile(list(best.values()), (len(aside), 1))
                rows[:, number] = aside
                asked.append((tuning, rows))
                values.append((tuning, dimension.name, aside, best[dimension.name]))
        runs = self._runs(asked)
        if runs is None:
            return [()] * len(tunings)
        curves: dict[int, list[Curve]] = {id(tuning): [] for tuning in tunings}
        for (tuning, name, aside, value), own in zip(values, runs, strict=True):
            losses, at_start = [some.losses for some in own], tuning.conditions.at_start
            curves[id(tuning)].append(curve_of(name, aside, value, losses, at_start))
        return [tuple(curves[id(tuning)]) for tuning in tunings]

    def _runs(self, asked: Sequence[tuple[Tuning, Array]]) -> list[list[Runs]] | None:
        """Return the runs of some settings of some racers, for each loss; None where the work was stopped."""
        jobs = [job for tuning, settings in asked for job in tuning.jobs(settings)]
        found: dict[int, Runs] = {}
        for number, runs in run_jobs(run_job, jobs, self._executor, self._stopped):
            if runs is None:
                raise FormulaError(f"The worker that ran {jobs[number].rule.name} has died twice.")
            found[number] = runs
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)
        if len(found) < len(jobs):
            return None
        each = len(jobs) // max(len(asked), 1)
        return [[found[number * each + loss] for loss in range(each)] for number in range(len(asked))]


def _starts(starts: ArrayLike, losses: int) -> tuple[Array, ...]:
    """Return the starts for each loss."""
    places = np.asarray(starts, dtype=np.float64)
    if places.shape == (2,):
        places = places[np.newaxis]
    if places.ndim == 2:
        places = np.broadcast_to(places, (losses, *places.shape))
    if places.ndim != 3 or places.shape[::2] != (losses, 2) or places.shape[1] == 0:
        raise FormulaError("Starts are points (x, y): one, or several, for all losses or for each.")
    return tuple(np.array(own) for own in places)
