"""The basin map: every cell is a start, labelled by the minimum where a racer from there settles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.data.batches import check_batch
from engine.language.errors import FormulaError
from engine.language.types import Array, Bounds
from engine.loss.machine_loss import MachineLoss
from engine.race.arrivals import FIRST_TOLERANCE
from engine.race.compile_racer import RacerLike, compile_racer
from engine.race.maps.dataset import dataset
from engine.race.maps.grid import Cells, Grid
from engine.race.maps.labels import labels_of
from engine.race.maps.minima import Minima
from engine.race.maps.settling import DIVERGED, MOVING, Ends, Levels
from engine.race.maps.staged_map import Portion, StagedMap, draws_numbers
from engine.race.swarm import Swarm

if TYPE_CHECKING:
    import xarray

UNKNOWN = -1
"""The step of a cell that is yet to be counted."""


@dataclass(frozen=True)
class Basins:
    """Where racers from all starts settle.  Rows are y, upwards.

    Attributes
    ----------
    labels : int64 (size, size)
        The row of `minima` at which a racer has settled; -1 where it has diverged, -2 where it does neither: it still
        moves, or rests elsewhere.
    minima : float64 (k, 2)
        The minima that were known, then those that were found: coarse cells first, and of these the lowest.
    minimum_losses : float64 (k,)
    steps : int64 (size, size)
        The step after which a racer was first at the level of its minimum; where it diverged, that step; else all
        steps that it made.
    ends : float64 (size, size, 2)
        Where the racers are.
    resting : bool (size, size)
        Whether a solver makes no step any more, whatever its label.
    x, y : float64 (size,)
        The starts: the middle of each cell.
    stride : int
        Only every so many cells along each side are computed, and stand for those around them; 1 when all are.
    """

    labels: NDArray[np.int64]
    minima: Array
    minimum_losses: Array
    steps: NDArray[np.int64]
    ends: Array
    resting: NDArray[np.bool_]
    x: Array
    y: Array
    stride: int

    def to_xarray(self) -> xarray.Dataset:
        """Return the map as an xarray.Dataset: starts along the dimensions y and x, and a dimension of the minima.

        Raises
        ------
        ImportError
            Where xarray, which the program does not need otherwise, is not installed.
        """
        ends, minima = np.moveaxis(self.ends, -1, 0), self.minima.T
        of_starts = {"labels": self.labels, "steps": self.steps, "end_x": ends[0], "end_y": ends[1]}
        of_minima = {"minimum_x": minima[0], "minimum_y": minima[1], "minimum_loss": self.minimum_losses}
        return dataset({("y", "x"): of_starts, ("minimum",): of_minima}, {"x": self.x, "y": self.y})


@dataclass
class BasinPortion(Portion):
    """Some starts with their losses, and the levels that the swarm looks out for."""

    starts: Array
    start_losses: Array
    thresholds: Array
    finished_at: int = UNKNOWN


class BasinMap(StagedMap[BasinPortion, Basins]):
    """A basin map that is computed coarse to fine; the arguments are those of `basins`.

    The parameters of the loss are those of now: a map is not changed by what happens to the loss later.
    """

    def __init__(
        self, loss: MachineLoss, racer: RacerLike, domain: Bounds, size: int | tuple[int, int] = 256, steps: int = 500,
        minima: ArrayLike = (), seed: int = 0, batch: int | None = None, tolerance: float = FIRST_TOLERANCE,
    ) -> None:  # fmt: skip
        columns, rows = _sides(size)
        super().__init__(Grid(rows, columns), steps)
        check_batch(batch, loss.columns)
        if not 0.0 < tolerance < 1.0:
            raise FormulaError(f"The tolerance must lie between 0 and 1, not {tolerance}.")
        self._loss = loss.with_parameters(loss.parameter_array)
        self._rule = compile_racer(racer)
        self._seed, self._batch = seed, batch
        self._x, self._y = _middles(domain, columns, rows)
        height = self._median_height()
        self._levels, self._minima = Levels(tolerance, height), Minima(self._loss, height)
        self._minima.add_known(minima)
        count = self._grid.count
        self._labels = np.full(count, MOVING, dtype=np.int64)
        self._steps = np.full(count, UNKNOWN, dtype=np.int64)
        self._ends = np.zeros((count, 2))
        self._resting = np.zeros(count, dtype=bool)

    def _median_height(self) -> float:
        """Return the loss of the median start of the coarsest sample, 0 where none is finite."""
        losses = self._loss.value(*self._starts(self._grid.sample(self._grid.strides[0])).T)
        finite = losses[np.isfinite(losses)]
        return float(np.median(finite)) if len(finite) else 0.0

    def _starts(self, cells: Cells) -> Array:
        return np.column_stack([self._x[cells % self._grid.columns], self._y[cells // self._grid.columns]])

    def _begin(self, cells: Cells) -> BasinPortion:
        starts = self._starts(cells)
        losses = self._loss.value(*starts.T)
        lowest = self._minima.lowest
        # Nothing is as low as NaN.
        thresholds = self._levels.of(losses, np.nan if lowest is None else lowest)
        return BasinPortion(cells, self._swarm(starts, thresholds), starts, losses, thresholds)

    def _swarm(self, starts: Array, thresholds: Array) -> Swarm:
        seeds = self._seed if draws_numbers(self._rule) else None
        return Swarm(self._loss, self._rule, starts, self._seed, self._batch, seeds=seeds, threshold=thresholds)

    def _is_finished(self, portion: BasinPortion) -> bool:
        return portion.finished_at == self.steps

    def _finish(self, portion: BasinPortion) -> bool:
        swarm, cells = portion.swarm, portion.cells
        ends = Ends(swarm.positions, swarm.losses, portion.start_losses, swarm.diverged)
        labels = labels_of(ends, self._minima, self._levels, self._loss)
        steps = np.where(labels == self._labels[cells], self._steps[cells], UNKNOWN)
        steps[labels == MOVING] = swarm.step
        steps[labels == DIVERGED] = ends.diverged[labels == DIVERGED].astype(np.int64)
        settled = np.flatnonzero((labels >= 0) & (steps == UNKNOWN))
        levels = self._levels.of(portion.start_losses[settled], self._minima.losses[labels[settled]])
        expected = levels == portion.thresholds[settled]
        counted, others = settled[expected], settled[~expected]
        steps[counted] = swarm.steps_to_threshold[counted].astype(np.int64)
        counts = self._raced_again(portion.starts[others], levels[~expected])
        if counts is None:
            return False
        steps[others] = counts
        self._labels[cells], self._steps[cells], self._ends[cells] = labels, steps, ends.positions
        self._resting[cells] = swarm.resting
        portion.finished_at = self.steps
        return True

    def _raced_again(self, starts: Array, levels: Array) -> NDArray[np.int64] | None:
        """Return when racers reached levels that were not known before; None where the map was cancelled."""
        swarm = self._swarm(starts, levels)
        return swarm.steps_to_threshold.astype(np.int64) if self._advance(swarm) else None

    def _picture(self, stride: int) -> Basins:
        cells = self._labels, self._steps, self._ends, self._resting
        labels, steps, ends, resting = (self._grid.filled(each, stride) for each in cells)
        points, losses = self._minima.points, self._minima.losses
        return Basins(labels, points, losses, steps, ends, resting, self._x, self._y, stride)


def basins(
    loss: MachineLoss, racer: RacerLike, domain: Bounds, size: int | tuple[int, int] = 256, steps: int = 500,
    minima: ArrayLike = (), seed: int = 0, batch: int | None = None, tolerance: float = FIRST_TOLERANCE,
) -> Basins:  # fmt: skip
    """Race from the middle of every cell of a domain, and return at which minimum each racer has settled.

    Each racer does bit for bit what it does alone in a race of the same seed.  It has *settled* at a minimum when,
    after all steps, its loss above that of the minimum is at most `tolerance` of what it was at its start, as a racer
    arrives in a race; or of what it was at the median start of the domain, if that is higher.

    Parameters
    ----------
    loss : MachineLoss
    racer : str, Rule or Optimizer
    domain : ((xmin, xmax), (ymin, ymax))
    size : int or (int, int)
        Cells along each side, or along x and along y.
    steps : int
    minima : float64 (k, 2), optional
        Minima that are known: they get the first labels.  All others are found, where the loss is smooth there.
    seed, batch
        Those of a `Race`.
    tolerance : float

    Raises
    ------
    FormulaError
        Where the racer is none, or an argument does not fit.
    """
    return BasinMap(loss, racer, domain, size, steps, minima, seed, batch, tolerance).finished()


def _sides(size: int | tuple[int, int]) -> tuple[int, int]:
    """Return how many columns and rows there are."""
    sides = tuple(size) if isinstance(size, tuple | list) else (size, size)
    if len(sides) != 2 or not all(isinstance(side, int | np.integer) and not isinstance(side, bool) for side in sides):
        raise FormulaError(f"The size of a map is a whole number, or one for x and one for y, not {size!r:.40}.")
    return int(sides[0]), int(sides[1])


def _middles(domain: Bounds, columns: int, rows: int) -> tuple[Array, Array]:
    """Return the middles of the columns and of the rows of cells."""
    try:
        (xmin, xmax), (ymin, ymax) = np.asarray(domain, dtype=np.float64).tolist()
    except (TypeError, ValueError):
        raise FormulaError(f"A domain is ((xmin, xmax), (ymin, ymax)), not {domain!r:.60}.") from None
    return _middle("x", xmin, xmax, columns), _middle("y", ymin, ymax, rows)


def _middle(name: str, low: float, high: float, count: int) -> Array:
    with np.errstate(all="ignore"):
        middles = low + (high - low) * ((np.arange(count) + 0.5) / count)
    if not (low < high and np.isfinite(middles).all()):
        raise FormulaError(
            f"The domain must reach from a lower to a higher finite {name}, not from {low:g} to {high:g}."
        )
    if len(middles) > 1 and not (np.diff(middles) > 0.0).all():
        raise FormulaError(f"The cells are so narrow along {name} that float64 cannot tell their middles apart.")
    return middles
