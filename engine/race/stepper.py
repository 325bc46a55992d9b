"""The stepper: makes the updates of racers with the settings that hold for each, and replays them bit for bit."""

from __future__ import annotations

import numpy as np

from engine.data.batches import Batches
from engine.language.codegen.assembly import LANES
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.arrivals import MinimumLog
from engine.race.change_log import ChangeLog
from engine.race.racer import AnyRule, Racer
from engine.solvers.solver import SolverRule

COLUMNS, SOLVER_COLUMNS = 3, 5
"""Of a record: x, y and loss; for a solver also the loss of its lowest point, which may be drawn elsewhere, and how
often it has evaluated the loss."""
LOSS, LOWEST, EVALUATIONS = 2, 3, 4
"""The numbers of these columns."""


class Stepper:
    """Makes the updates of all racers, and records the parameters and mini-batches of each step.

    Parameters
    ----------
    loss : MachineLoss
    seed : int
        Determines the mini-batches.
    seeds : int
        How many times each racer runs.

    Attributes
    ----------
    minima : MinimumLog
        The minimum that holds for each step, where one is known.
    """

    def __init__(self, loss: MachineLoss, seed: int, seeds: int) -> None:
        self._loss = loss
        self._seed = seed
        self._seeds = seeds
        self._parameters, self._batches = ChangeLog[Array](), ChangeLog[Batches | None]()
        self.minima = MinimumLog()

    def record(self, step: int, batch: int | None) -> None:
        """Record the parameters of now, and how many rows a step learns from, for the updates after `step`."""
        self._parameters.record(step, self._loss.parameter_array.copy())
        before = self._batches[-1][1] if self._batches else None
        now = None if self._loss.columns is None else Batches(self._loss.columns, batch, self._seed)
        unchanged = now is not None and before is not None and now.columns is before.columns and now.size == before.size
        # The mini-batches keep their columns, so that a replay reads the data of that time.
        self._batches.record(step, before if unchanged else now)

    def cut_after(self, step: int) -> None:
        """Remove what was recorded after `step`."""
        self._parameters.cut_after(step)
        self._batches.cut_after(step)
        self.minima.cut_after(step)

    def clear(self) -> None:
        """Remove all records."""
        self._parameters.clear()
        self._batches.clear()
        self.minima.clear()

    @property
    def landscape_since(self) -> int:
        """The step after which the parameters and rows of now hold."""
        since, newest = self._batches[-1]
        for step, batches in reversed(self._batches):
            # Another size of the batches leaves the landscape as it is.
            if batches is None or newest is None or batches.columns is not newest.columns:
                break
            since = step
        return max(self._parameters[-1][0], since)

    def batches_at(self, step: int) -> Batches | None:
        """Return the mini-batches of the update after `step`; None where there is no data set."""
        return self._batches.value_at(step)

    def parameters_at(self, step: int) -> Array:
        """Return the loss's parameters in the update after `step`, float64 (numbers,)."""
        return self._parameters.value_at(step)

    def drawn_at(self, rule: AnyRule, step: int) -> Batches | None:
        """Return the mini-batches that a rule learns from after `step`, or None where it learns from all rows."""
        batches = self._batches.value_at(step)
        return None if batches is None or batches.whole or isinstance(rule, SolverRule) else batches

    def make(self, racer: Racer, begin: int, end: int, room: int | None = None) -> None:
        """Make a racer's updates after `begin` up to `end`, as far as it stays finite.

        Its trail grows, within `room` rows; without `room` it is there already.
        """
        while begin < end and (racer.diverged_at is None or racer.diverged_at > begin):
            changes = [log.next_change(begin) for log in (racer.settings, self._parameters, self._batches)]
            stop = min([end, *(change for change in changes if change is not None)])
            drawn = self.drawn_at(racer.rule, begin)
            if drawn is not None:
                stop = min(stop, begin + drawn.reach(begin + 1))
            parameters = self._parameters.value_at(begin)
            table = racer.kernel.prepare(begin + 1, stop - begin, racer.settings.value_at(begin), parameters)
            columns = SOLVER_COLUMNS if isinstance(racer.rule, SolverRule) else COLUMNS
            # One row more than updates: the kernel writes those before each update, and the last comes behind them.
            record = None if room is None else np.empty((stop - begin + 1, columns))
            before = None if record is None else record[:-1]
            if drawn is None:
                racer.kernel.run(racer.block, racer.diverged, begin + 1, table, parameters, before)
            else:
                self._make_on_batches(racer, begin, table, drawn, before)
            if record is not None and room is not None:
                self._extend_trail(racer, begin, record, room)
            begin = stop

    def _make_on_batches(self, racer: Racer, begin: int, table: Array, batches: Batches, record: Array | None) -> None:
        """Make the updates of `table` run by run: each seed has batches of its own."""
        values = self._parameters.value_at(begin)
        for run in range(self._seeds):
            parameters = batches.of_run(run).parameters(values, begin + 1, len(table))
            lanes = np.repeat(racer.block[:, run : run + 1], LANES, axis=1)
            diverged = np.repeat(racer.diverged[run], LANES)
            racer.kernel.run(lanes, diverged, begin + 1, table, parameters, record if run == 0 else None, run)
            racer.block[:, run], racer.diverged[run] = lanes[:, 0], diverged[0]
        # Padding repeats the last run, as in a block at its start.
        racer.block[:, self._seeds :] = racer.block[:, self._seeds - 1, np.newaxis]
        racer.diverged[self._seeds :] = racer.diverged[self._seeds - 1]

    def _extend_trail(self, racer: Racer, begin: int, record: Array, room: int) -> None:
        """Add the steps after `begin` to the trail; `record` has a row before each of them, and room for the last."""
        record[-1] = self._row_of_now(racer)
        rows = record[1:]
        if self.drawn_at(racer.rule, begin) is not None:
            # A kernel knows the loss over its mini-batch; a trail has that over all rows.
            rows[:, LOSS] = self._loss.value(rows[:, 0], rows[:, 1])
        finite = int(min(max(racer.diverged[0] - begin - 1, 0), len(rows)))
        added = racer.history.append(begin + 1, rows[:finite], room)
        lowest = rows[:added, LOSS]
        if isinstance(racer.rule, SolverRule):
            lowest = rows[:added, LOWEST]
            racer.cost.record(begin + 1, rows[:added, EVALUATIONS])
        racer.arrivals.look(begin + 1, lowest, self.minima.value_at(begin))
        if added < len(rows):
            racer.diverged_at = begin + 1 + added

    def _row_of_now(self, racer: Racer) -> tuple[float, ...]:
        """Return the row of a record for where a racer is now."""
        x, y = racer.block[:2, 0].tolist()
        loss = float(self._loss.value(x, y))
        if not isinstance(racer.rule, SolverRule):
            return x, y, loss
        column = racer.block[:, 0]
        return x, y, loss, min(loss, racer.rule.lowest(column)), racer.rule.evaluations(column)
