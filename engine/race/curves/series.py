"""The values of one quantity along one racer's steps, in bounded memory, made again beside the race piece by piece.

In a short race there is a value for every step, in a longer one for every second, fourth ... step.  Where the values
lie further apart than the race's checkpoints, they are those of the steps behind checkpoints, so that no step between
is made again: a long race costs no more than a short one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from engine.language.types import Array, Point
from engine.race.curves.quantities import measured, tells
from engine.race.racer import AnyRule
from engine.race.step_values.replay import ReplayedUpdate
from engine.race.step_values.updates import Updates
from engine.race.step_values.watch import Watch

MOST_ROWS = 512
"""Values of a curve, beside that of the newest step: as many as a plot can show."""
CHECKPOINTS_APART = 1024
"""Values further apart are those behind checkpoints; `engine.race.timeline` begins with checkpoints so far apart."""
PIECE = 64
"""Values that are computed together, before the time is looked at."""


@dataclass(frozen=True, eq=False)
class QuantityCurve:
    """A quantity along the steps of one racer.

    Attributes
    ----------
    steps : int64 (n,)
        Increasing; the step to which the update led.
    values : float64 (1 or 2, n)
        NaN where the quantity has no value.
    """

    steps: NDArray[np.int64]
    values: Array


@dataclass(frozen=True, eq=False)
class _Rows:
    """Values after some steps, and where the racer was then: so it is noticed that it went another way.

    Attributes
    ----------
    steps : int64 (n,)
    values : float64 (parts, n)
    places : float64 (2, n)
    """

    steps: NDArray[np.int64]
    values: Array
    places: Array

    def kept(self, which: NDArray[np.bool_]) -> _Rows:
        """Return some of the rows."""
        return _Rows(self.steps[which], self.values[:, which], self.places[:, which])

    def followed_by(self, others: _Rows) -> _Rows:
        """Return these rows and then others."""
        if not len(self.steps) or not len(others.steps):
            return others if len(others.steps) else self
        parts = max(len(self.values), len(others.values))
        # Where another rule has a number of the name of a vector, both coordinates have it.
        values = [np.broadcast_to(rows.values, (parts, len(rows.steps))) for rows in (self, others)]
        return _Rows(np.append(self.steps, others.steps), np.hstack(values), np.hstack([self.places, others.places]))


NO_ROWS = _Rows(np.empty(0, dtype=np.int64), np.empty((1, 0)), np.empty((2, 0)))


class Series:
    """Collects the values of one quantity of one racer.

    Parameters
    ----------
    watch : Watch
        On the racer.
    quantity : str
        As in `engine.race.curves.quantities`.
    """

    def __init__(self, watch: Watch, quantity: str) -> None:
        self.watch, self.quantity = watch, quantity
        self._rows = self._newest = NO_ROWS
        self._curve: QuantityCurve | None = None
        self._generation: object = None
        self._spacing, self._next, self._looked_at = 1, 1, -1
        self._minima: tuple[Point, ...] = ()

    def extend(self, step: int, minima: Sequence[Point], until: float) -> bool:
        """Add values up to `step`, where the racer is, until the time `until`; return whether all are there."""
        last = self.watch.last_update(step)
        self._follow(last, tuple(minima))
        while self._next <= last:
            if time.monotonic() >= until:
                return False
            wanted = list(range(self._next, last + 1, self._spacing)[:PIECE])
            self._rows, self._curve = self._rows.followed_by(self._measured(wanted)), None
            self._next = wanted[-1] + self._spacing
        if self._looked_at != last:
            if time.monotonic() >= until:
                return False
            is_new = last >= 1 and last != (self._rows.steps[-1] if len(self._rows.steps) else 0)
            self._newest, self._curve = self._measured([last]) if is_new else NO_ROWS, None
        self._looked_at = last
        return True

    @property
    def extended_to(self) -> int:
        """The step up to which all values are there."""
        return self._looked_at

    def is_complete(self, step: int, minima: Sequence[Point]) -> bool:
        """Return whether all values up to `step` are there, and nothing has changed since."""
        last = self.watch.last_update(step)
        same = self._generation is self.watch.racer.history.generation and self._minima == tuple(minima)
        return same and self._looked_at == last

    def curve(self) -> QuantityCurve | None:
        """Return the values so far; None where the racer has no such quantity."""
        if self._curve is None:
            rows = self._rows.followed_by(self._newest)
            self._curve = QuantityCurve(rows.steps, rows.values) if len(rows.steps) else None
        return self._curve

    def _follow(self, last: int, minima: tuple[Point, ...]) -> None:
        """Drop what no longer holds, and keep every second value where there would be too many."""
        generation, spacing = self.watch.racer.history.generation, _spacing(last)
        if generation is not self._generation or minima != self._minima:
            self._keep(self._rows.steps <= last)
            if minima != self._minima or not self._still_holds():
                self._keep(np.zeros(len(self._rows.steps), dtype=bool))
            self._generation, self._minima = generation, minima
        if spacing != self._spacing:
            self._spacing = spacing
            self._keep((self._rows.steps - 1) % spacing == 0)
        if len(self._newest.steps) and self._newest.steps[0] != last:
            self._newest, self._curve = NO_ROWS, None

    def _keep(self, which: NDArray[np.bool_]) -> None:
        """Keep some of the values, and go on behind the last."""
        self._rows, self._newest, self._curve = self._rows.kept(which), NO_ROWS, None
        self._next = int(self._rows.steps[-1]) + self._spacing if len(self._rows.steps) else 1
        self._looked_at = -1

    def _still_holds(self) -> bool:
        """Return whether the racer still went where it was after the first and the last of the values that are kept."""
        for row in (0, -1) if len(self._rows.steps) else ():
            number = int(self._rows.steps[row])
            if not self.watch.reaches(number):
                return False
            if not np.array_equal(self.watch.update(number).after[:2], self._rows.places[:, row]):
                return False
        return True

    def _measured(self, numbers: Sequence[int]) -> _Rows:
        """Return the values after some updates, of those that can be told."""
        rows = NO_ROWS
        for updates in self._updates(numbers):
            values = measured(self.quantity, updates, self._minima)
            if values is not None:
                steps = np.array([update.number for update in updates.made], dtype=np.int64)
                rows = rows.followed_by(_Rows(steps, values, updates.after[:2]))
        return rows

    def _tells(self, rule: AnyRule | None) -> bool:
        return rule is not None and tells(rule, self.quantity)

    def _updates(self, numbers: Sequence[int]) -> Iterator[Updates]:
        """Yield some updates, those of one rule together."""
        told = [number for number in numbers if self._tells(self.watch.rule_of(number))]
        made = [self.watch.update(number) for number in told]
        for _, together in groupby(made, key=_rule_of):
            yield self.watch.updates(*together)


def _rule_of(update: ReplayedUpdate) -> int:
    return id(update.rule)


def _spacing(last: int) -> int:
    """Return how far apart the values of a race of so many steps are: a power of two."""
    spacing = 1 << max((last // MOST_ROWS).bit_length(), 0) if last >= MOST_ROWS else 1
    return spacing if spacing < CHECKPOINTS_APART else 2 * spacing
