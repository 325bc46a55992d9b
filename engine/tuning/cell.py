"""A cell of a league: one racer is tuned on one landscape, and its best setting is raced."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.language.errors import FormulaError
from engine.language.types import Array, Point
from engine.loss.machine_loss import MachineLoss
from engine.race.compile_racer import RacerLike
from engine.race.race import Race
from engine.race.racer import AnyRule
from engine.tuning.grounds import Ground, loss_of
from engine.tuning.row import FORMAT, LeagueRow, checkpoints
from engine.tuning.runs import run_job
from engine.tuning.score import middle
from engine.tuning.search_rules import SearchRules
from engine.tuning.space import tunable
from engine.tuning.tune import Conditions, TunedRacer


@dataclass(frozen=True, eq=False)
class Cell:
    """A racer and a landscape, as another process can read them; `starts` is the number of starts."""

    racer: RacerLike
    ground: Ground
    starts: int
    rules: SearchRules


@dataclass(frozen=True, eq=False)
class _Raced:
    """One run: where it ended, the loss there, and the lowest loss at each checkpoint."""

    end: Point
    loss: float
    steps: int
    curve: Array


def race_cell(cell: Cell) -> LeagueRow:
    """Tune the racer on the landscape, and race its best setting; what cannot be raced says so in its row."""
    try:
        return _raced(cell)
    except FormulaError as error:
        return failed(cell, str(error))


def failed(cell: Cell, remark: str) -> LeagueRow:
    """Return the row of a cell without a result."""
    subject, ground, rules = tunable(cell.racer), cell.ground, cell.rules
    return LeagueRow(
        FORMAT, subject.name, ground.name, rules.budget, rules.trials, rules.seed, rules.batch or 0, ground.formula,
        ground.parameters, subject.name, subject.rule.hyperparameters, (), tuple(rules.seeds), (), (), (),
        math.inf, math.inf, math.inf, 0, 0, (), remark,
    )  # fmt: skip


def _raced(cell: Cell) -> LeagueRow:
    ground, rules = cell.ground, cell.rules
    loss, subject = loss_of(ground), tunable(cell.racer)
    starts = ground.starts_for(cell.starts, rules.seed)
    batch = rules.batch if loss.columns is not None else None
    tuned = _tuned(cell, loss, starts)
    rule = subject.rule.copy()
    rule.set(**tuned.settings)
    (steps,) = tuned.steps
    runs = [
        _race(loss, rule, start, seed, int(steps[number, which]), rules.budget, batch)
        for number, start in enumerate(starts)
        for which, seed in enumerate(rules.seeds)
    ]
    losses = np.array([run.loss for run in runs])
    return LeagueRow(
        format=FORMAT,
        racer=subject.name,
        landscape=ground.name,
        budget=rules.budget,
        trials=rules.trials,
        seed=rules.seed,
        batch=batch or 0,
        formula=ground.formula,
        parameters=ground.parameters,
        text=tuned.text,
        settings=rule.hyperparameters,
        starts=tuple((x, y) for x, y in starts.tolist()),
        seeds=tuple(rules.seeds),
        steps=tuple(run.steps for run in runs),
        ends=tuple(run.end for run in runs),
        losses=tuple(losses.tolist()),
        loss=float(middle(losses)),
        loss_at_start=float(middle(loss.value(*starts.T))),
        left=tuned.score,
        evaluations=tuned.evaluations,
        spent=tuned.spent,
        curve=tuple(middle(np.array([run.curve for run in runs]).T).tolist()),
    )


def _tuned(cell: Cell, loss: MachineLoss, starts: Array) -> TunedRacer:
    """Return the best setting of the racer."""
    tuning = Conditions((loss,), (starts,), cell.rules).tuning(cell.racer)
    while not tuning.search.finished:
        settings = tuning.search.ask()
        tuning.tell(settings, [run_job(job) for job in tuning.jobs(settings)])
    return tuning.result()


def _race(
    loss: MachineLoss, rule: AnyRule, start: Array, seed: int, steps: int, budget: int, batch: int | None
) -> _Raced:
    """Race the best setting once more, step by step: so its row says what a race will do again."""
    race = Race(loss, [rule], start=start, seed=seed, batch=batch)
    race.advance(steps)
    x, y = race.positions[0].tolist()
    ended = float(loss.value(x, y))
    stays = math.isfinite(ended) and not race.status[0].startswith("diverged")
    counts = race.evaluations_by_step(0).at(race.trail_steps(0))
    lowest = np.fmin.accumulate(race.trail_losses(0))
    curve = lowest[np.searchsorted(counts, checkpoints(budget), side="right") - 1]
    return _Raced((x, y), ended if stays else math.inf, steps, curve)
