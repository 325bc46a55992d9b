"""Runs within a budget: how far settings of one racer come while they evaluate the loss so many times, and no more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.racer import AnyRule
from engine.race.stepper import EVALUATIONS, LOSS, SOLVER_COLUMNS
from engine.race.swarm import Swarm
from engine.solvers.kernel import SolverKernel
from engine.solvers.solver import SolverRule

AT_ONCE = 128
"""Steps of a solver between two looks at its evaluations."""


@dataclass(frozen=True, eq=False)
class Runs:
    """What came of runs, each array (settings, starts, seeds).

    Attributes
    ----------
    losses : float64
        The loss where each run ended, over all rows of a data set; infinity where it has diverged.
    steps, evaluations : int64
        The steps that each made, and how often it evaluated the loss or its slopes for them.
    """

    losses: Array
    steps: NDArray[np.int64]
    evaluations: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RunJob:
    """Settings of one racer that are to run on one loss: all that another process needs.

    Attributes
    ----------
    loss : MachineLoss
    rule : Rule, SolverRule or FunctionRule
    names : tuple of str
        The hyperparameters that differ.
    settings : float64 (settings, names)
    starts : float64 (starts, 2)
    seeds : tuple of int
    budget : int
    batch : int or None
        How many rows of a data set a step learns from; a loss without one ignores it, and so does a solver.
    """

    loss: MachineLoss
    rule: AnyRule
    names: tuple[str, ...]
    settings: Array
    starts: Array
    seeds: tuple[int, ...]
    budget: int
    batch: int | None = None


def run_job(job: RunJob) -> Runs:
    """Run all settings from all starts with all seeds."""
    return _solver_runs(job, job.rule) if isinstance(job.rule, SolverRule) else _rule_runs(job)


def steps_within(rule: AnyRule, budget: int) -> int:
    """Return how many steps of a rule evaluate the loss at most `budget` times; a step that does not counts as one."""
    return budget // max(rule.evaluations_per_step, 1)


def _rule_runs(job: RunJob) -> Runs:
    """Run a rule as a swarm: each of its steps evaluates the loss as often as any other."""
    shape = len(job.settings), len(job.starts), len(job.seeds)
    setting, start, seed = (places.ravel() for places in np.indices(shape))
    values = {name: job.settings[setting, number] for number, name in enumerate(job.names)}
    batch = job.batch if job.loss.columns is not None else None
    seeds = np.array(job.seeds)[seed]
    swarm = Swarm(job.loss, job.rule, job.starts[start], batch=batch, hyperparameters=values, seeds=seeds)
    steps = steps_within(job.rule, job.budget)
    swarm.advance(steps)
    finite = np.isinf(swarm.diverged) & np.isfinite(swarm.losses)
    made = np.full(shape, steps, dtype=np.int64)
    losses = np.where(finite, swarm.losses, math.inf).reshape(shape)
    return Runs(losses, made, made * job.rule.evaluations_per_step)


def _solver_runs(job: RunJob, rule: SolverRule) -> Runs:
    """Run a solver one by one: how often a step evaluates the loss is known only after it."""
    shape = len(job.settings), len(job.starts), len(job.seeds)
    rows = np.empty((*shape, 3))
    for setting, start, seed in np.ndindex(shape):
        own = rule.copy()
        own.set(**dict(zip(job.names, job.settings[setting].tolist(), strict=True)))
        rows[setting, start, seed] = _solver_run(own, job.loss, job.starts[start], job.seeds[seed], job.budget)
    steps, evaluations = (rows[..., column].astype(np.int64) for column in (1, 2))
    return Runs(rows[..., 0], steps, evaluations)


def _solver_run(rule: SolverRule, loss: MachineLoss, start: Array, seed: int, budget: int) -> tuple[float, int, float]:
    """Return the loss of the last step within the budget, its number, and the evaluations up to it."""
    hyper = np.array(list(rule.hyperparameters.values()))
    kernel, block = rule.kernel(loss, seed), rule.start_block(start[np.newaxis], hyper, loss)
    diverged, step = np.full(1, math.inf), 0
    last = float(loss.value(*start.tolist())), 0, 0.0
    # The record has a row before each step, so that one step more than the budget's shows where the last one led.
    while step <= budget:
        record = _recorded(kernel, block, diverged, hyper, loss, step, min(AT_ONCE, budget + 1 - step))
        within = int(np.count_nonzero(record[:, EVALUATIONS] <= budget))
        if within:
            row = record[within - 1]
            last = float(row[LOSS]), step + within - 1, float(row[EVALUATIONS])
        if within < len(record):
            return last
        if math.isfinite(diverged[0]):
            return math.inf, int(diverged[0]), last[2]
        step += len(record)
    return last


def _recorded(
    kernel: SolverKernel, block: Array, diverged: Array, hyper: Array, loss: MachineLoss, step: int, count: int
) -> NDArray[Any]:
    """Make steps after `step`; return the rows before each of them."""
    record = np.empty((count, SOLVER_COLUMNS))
    table = kernel.prepare(step + 1, count, hyper, loss.parameter_array)
    kernel.run(block, diverged, step + 1, table, loss.parameter_array, record)
    return record


def finite_starts(loss: MachineLoss, starts: Sequence[Sequence[float]] | Array) -> NDArray[np.bool_]:
    """Return which of `starts` (n, 2) have a finite loss and finite slopes, bool (n,)."""
    places = np.asarray(starts, dtype=np.float64).reshape(-1, 2)
    answers: Array = np.array(loss.value_and_gradient(places[:, 0], places[:, 1]))
    finite: NDArray[np.bool_] = np.all(np.isfinite(answers), axis=0)
    return finite
