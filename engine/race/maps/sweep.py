"""The sweep: every cell is a racer with settings of its own, from the same start on the same formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.data.batches import check_batch
from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.machine.jobs import ExecutorLike, run_jobs
from engine.race.compile_racer import RacerLike, compile_racer
from engine.race.maps.axes import read_axes
from engine.race.maps.dataset import dataset
from engine.race.maps.grid import Cells, Grid
from engine.race.maps.staged_map import Portion, StagedMap, draws_numbers
from engine.race.racer import AnyRule
from engine.race.swarm import Swarm

if TYPE_CHECKING:
    import xarray

PARTS = 64
"""Jobs that a sweep is made of on an executor, at most: enough for the workers of a cluster."""


@dataclass(frozen=True)
class Sweep:
    """What racers with different settings reach; (a, b) are the lengths of the axes, or (a,) of one axis.

    Attributes
    ----------
    axes : mapping of str to float64 (a,) or (b,)
    losses : float64 (a, b)
        The loss that was reached; infinity where a racer diverged.
    start_losses : float64 (a, b)
    steps : float64 (a, b)
        The step after which the goal was reached first; infinity where it was not.
    escape : float64 (a, b)
        The step at which a racer left the finite numbers; infinity where it did not.
    stride : int
        Only every so many cells along each axis are computed, and stand for those around them; 1 when all are.
    """

    axes: Mapping[str, Array]
    losses: Array
    start_losses: Array
    steps: Array
    escape: Array
    stride: int

    @property
    def diverges(self) -> NDArray[np.bool_]:
        """Where racers left the finite numbers, or are higher than they began, (a, b)."""
        return np.isfinite(self.escape) | ~(self.losses <= self.start_losses)

    def to_xarray(self) -> xarray.Dataset:
        """Return the results as an xarray.Dataset, with the axes as dimensions that have their values.

        Raises
        ------
        ImportError
            Where xarray, which the program does not need otherwise, is not installed.
        """
        names = ("losses", "start_losses", "steps", "escape", "diverges")
        return dataset({tuple(self.axes): {name: getattr(self, name) for name in names}}, self.axes)


class SweepMap(StagedMap[Portion, Sweep]):
    """A sweep that is computed coarse to fine; the arguments are those of `sweep`.

    The parameters of the loss are those of now: a map is not changed by what happens to the loss later.
    """

    def __init__(
        self, loss: MachineLoss, racer: RacerLike, axes: Mapping[str, ArrayLike], start: ArrayLike = (0.0, 0.0),
        steps: int = 300, goal: float | None = None, seed: int = 0, batch: int | None = None,
    ) -> None:  # fmt: skip
        check_batch(batch, loss.columns)
        self._loss = loss.with_parameters(loss.parameter_array)
        self._rule = compile_racer(racer)
        self._axes = read_axes(axes, [*self._rule.hyperparameters], [*loss.parameters])
        self._start, self._goal = _start(start), _goal(goal)
        self._seed, self._batch = seed, batch
        first, *second = self._axes
        super().__init__(Grid(len(first.values), len(second[0].values) if second else 1), steps)
        self._shape = tuple(len(axis.values) for axis in self._axes)
        count = self._grid.count
        self._losses, self._start_losses, self._steps, self._escape = np.full((4, count), np.inf)
        self._computed_to = np.full(count, -1, dtype=np.int64)

    def _begin(self, cells: Cells) -> Portion:
        places = (cells // self._grid.columns, cells % self._grid.columns)
        own: tuple[dict[str, Array], dict[str, Array]] = ({}, {})
        for axis, place in zip(self._axes, places, strict=False):
            own[axis.is_parameter][axis.name] = axis.values[place]
        swarm = Swarm(
            self._loss, self._rule, np.tile(self._start, (len(cells), 1)), self._seed, self._batch,
            hyperparameters=own[False], parameters=own[True],
            seeds=self._seed if draws_numbers(self._rule) else None, threshold=self._goal,
        )  # fmt: skip
        self._start_losses[cells] = swarm.losses
        return Portion(cells, swarm)

    def _is_finished(self, portion: Portion) -> bool:
        return bool(self._computed_to[portion.cells[0]] == self.steps)

    def _finish(self, portion: Portion) -> bool:
        swarm, cells = portion.swarm, portion.cells
        self._escape[cells], self._steps[cells] = swarm.diverged, swarm.steps_to_threshold
        self._losses[cells] = np.where(np.isfinite(swarm.diverged), np.inf, swarm.losses)
        self._computed_to[cells] = swarm.step
        return True

    def _picture(self, stride: int) -> Sweep:
        results = (self._losses, self._start_losses, self._steps, self._escape)
        losses, starts, steps, escape = (self._grid.filled(each, stride).reshape(self._shape) for each in results)
        return Sweep({axis.written: axis.values for axis in self._axes}, losses, starts, steps, escape, stride)


def sweep(
    loss: MachineLoss, racer: RacerLike, axes: Mapping[str, ArrayLike], start: ArrayLike = (0.0, 0.0),
    steps: int = 300, goal: float | None = None, seed: int = 0, batch: int | None = None,
    executor: ExecutorLike | None = None,
) -> Sweep:  # fmt: skip
    """Race with every value of one number, or every pair of values of two, and return what is reached.

    Each racer does bit for bit what it does alone in a race of the same seed.

    Parameters
    ----------
    loss : MachineLoss
    racer : str, Rule or Optimizer
    axes : mapping of str to float64 (n,)
        One or two: hyperparameters of the racer, of its wrappers and schedules, or parameters of the formula.  A name
        that both have is written ``racer.name`` or ``formula.name``.  Values may lie beyond the ends of a slider.
    start : (2,)
    steps : int
    goal : float, optional
        A loss: the result holds the step at which each racer has reached it.
    seed, batch
        Those of a `Race`.
    executor : concurrent.futures.Executor or callable, optional
        Where parts of the first axis are raced, or a function that makes one; without it, on the cores of this machine.

    Raises
    ------
    FormulaError
        Where the racer is none, an argument does not fit, or workers have died of the same part twice.
    """
    rule = compile_racer(racer)
    whole = SweepMap(loss, rule, axes, start, steps, goal, seed, batch)
    if executor is None:
        return whole.finished()
    first, *second = read_axes(axes, [*rule.hyperparameters], [*loss.parameters])
    parts = np.array_split(first.values, min(PARTS, len(first.values)))
    others = {axis.written: axis.values for axis in second}
    jobs = [_Part(loss, rule, {first.written: part, **others}, (start, steps, goal, seed, batch)) for part in parts]
    return _joined({first.written: first.values, **others}, dict(run_jobs(_sweep_part, jobs, executor)))


@dataclass(frozen=True, eq=False)
class _Part:
    """A part of a sweep, as another process can read it: `options` are the arguments of a `SweepMap` after the axes."""

    loss: MachineLoss
    rule: AnyRule
    axes: Mapping[str, Array]
    options: tuple[ArrayLike, int, float | None, int, int | None]


def _sweep_part(part: _Part) -> Sweep:
    return SweepMap(part.loss, part.rule, part.axes, *part.options).finished()


def _joined(axes: Mapping[str, Array], parts: Mapping[int, Sweep | None]) -> Sweep:
    """Return the sweep of all parts, by their numbers."""
    done = [part for _, part in sorted(parts.items()) if part is not None]
    if len(done) < len(parts):
        raise FormulaError("A worker that raced a part of the sweep has died twice.")
    losses, starts, steps, escape = (
        np.concatenate([getattr(part, name) for part in done]) for name in ("losses", "start_losses", "steps", "escape")
    )
    return Sweep(axes, losses, starts, steps, escape, 1)


def _start(start: ArrayLike) -> Array:
    try:
        point = np.asarray(start, dtype=np.float64)
    except (TypeError, ValueError):
        point = np.empty(0)
    if point.shape != (2,) or not np.isfinite(point).all():
        raise FormulaError(f"A start is two finite numbers, x and y, not {start!r:.60}.")
    return point


def _goal(goal: float | None) -> float | None:
    if goal is not None and not np.isfinite(goal):
        raise FormulaError(f"The goal must be a finite loss, not {goal}.")
    return goal
