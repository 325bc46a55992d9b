"""What can be asked of a racer after its race: one entry a function, from which help and tests follow."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.race.claims.interval import ANYTHING, NEVER, Interval, exactly, truth
from engine.race.claims.racer_record import RacerRecord

FIRST, SECOND = 0, 1
"""The columns of a position."""


@dataclass(frozen=True)
class Quantity:
    """A function of claims.

    Attributes
    ----------
    name : str
    parameters : tuple of str
        The first is always the number of a racer, counted from 1.
    summary : str
    measure : callable
        From the racer's record and the further arguments to the answer.
    """

    name: str
    parameters: tuple[str, ...]
    summary: str
    measure: Callable[..., Interval]

    @property
    def signature(self) -> str:
        """A call of it as a text, such as ``loss_at(racer, step)``."""
        return f"{self.name}({', '.join(self.parameters)})"


def _steps_to(record: RacerRecord, loss: float) -> Interval:
    below = record.losses < loss
    return exactly(float(below.argmax())) if below.any() else _later(record)


def _settled(record: RacerRecord, loss: float) -> Interval:
    above = np.flatnonzero(~(record.losses < loss))
    first = int(above[-1]) + 1 if len(above) else 0
    return exactly(float(first)) if first < len(record.losses) and not record.diverged else _later(record)


def _later(record: RacerRecord) -> Interval:
    """Return the step of something that has not happened: it never will where the racer has diverged."""
    return NEVER if record.diverged else Interval(record.steps + 1.0, math.inf)


def _loss_at(record: RacerRecord, step: float) -> Interval:
    row = _row(record, step)
    if row is None:
        return ANYTHING
    return exactly(float(record.losses[row])) if row < len(record.losses) else NEVER


def _coordinate(column: int) -> Callable[[RacerRecord, float], Interval]:
    def measure(record: RacerRecord, step: float) -> Interval:
        row = _row(record, step)
        if row is None or row >= len(record.positions):
            return ANYTHING
        return exactly(float(record.positions[row, column]))

    return measure


def _row(record: RacerRecord, step: float) -> int | None:
    """Return the row of a step, None for one beyond the race."""
    if step < 0 or step != int(step):
        raise FormulaError(f"A step is a whole number from 0 up, not {step:g}.")
    return int(step) if step <= record.steps else None


def _highest_from(record: RacerRecord, step: float) -> Interval:
    row = _row(record, step)
    if row is None:
        return ANYTHING
    return NEVER if record.diverged else exactly(float(record.losses[row:].max()))


def _mean_loss(record: RacerRecord, first: float, last: float) -> Interval:
    begin, end = _row(record, first), _row(record, last)
    if begin is None or end is None or end < begin:
        return ANYTHING
    return NEVER if record.diverged else exactly(float(record.losses[begin : end + 1].mean()))


def _distance(record: RacerRecord, minimum: float) -> Interval:
    if not (minimum == int(minimum) and 1 <= minimum <= len(record.minima)):
        raise FormulaError(f"There is no minimum {minimum:g}: {len(record.minima)} are known.")
    return exactly(math.dist(record.positions[-1], record.minima[int(minimum) - 1]))


def _nearest(record: RacerRecord) -> Interval:
    if not record.minima or record.diverged:
        return ANYTHING
    distances = [math.dist(record.positions[-1], minimum) for minimum in record.minima]
    return exactly(distances.index(min(distances)) + 1.0)


def _crossings(record: RacerRecord, step: float) -> Interval:
    row = _row(record, step)
    if not record.minima or row is None:
        return ANYTHING
    sides = np.sign(record.positions[: row + 1, SECOND] - record.minima[0][SECOND])
    sides = sides[sides != 0.0]
    return exactly(float(np.count_nonzero(np.diff(sides))))


def _lengths(record: RacerRecord) -> Array:
    lengths: Array = np.hypot(*np.diff(record.positions, axis=0).T)
    return lengths


def _step_length(record: RacerRecord, step: float) -> Interval:
    row = _row(record, step)
    return ANYTHING if row is None or not 0 < row < len(record.positions) else exactly(float(_lengths(record)[row - 1]))


ENTRIES = (
    Quantity("steps_to", ("racer", "loss"), "the first step with a loss below this one", _steps_to),
    Quantity("settled", ("racer", "loss"), "the step from which on the loss stays below this one", _settled),
    Quantity("loss_at", ("racer", "step"), "the loss after a step", _loss_at),
    Quantity("lowest", ("racer",), "the lowest loss of the race", lambda record: exactly(float(record.losses.min()))),
    Quantity("highest_from", ("racer", "step"), "the highest loss from a step on", _highest_from),
    Quantity("mean_loss", ("racer", "first", "last"), "the mean of the losses from one step to another", _mean_loss),
    Quantity("minimum", ("racer",), "the loss at the minimum of its landscape", lambda record: exactly(record.lowest)),
    Quantity("x_at", ("racer", "step"), "where it is along x after a step", _coordinate(FIRST)),
    Quantity("y_at", ("racer", "step"), "where it is along y after a step", _coordinate(SECOND)),
    Quantity("distance", ("racer", "minimum"), "how far it is from a minimum, by its number, in the end", _distance),
    Quantity("nearest", ("racer",), "the number of the minimum that is nearest in the end", _nearest),
    Quantity("crossings", ("racer", "step"), "how often its y has passed that of the first minimum", _crossings),
    Quantity("step_length", ("racer", "step"), "the length of a step", _step_length),
    Quantity(
        "longest_step", ("racer",), "the length of its longest step", lambda record: exactly(_lengths(record).max())
    ),
    Quantity("diverged", ("racer",), "1 if it has left the finite numbers", lambda record: truth(record.diverged)),
)
QUANTITIES: Mapping[str, Quantity] = MappingProxyType({entry.name: entry for entry in ENTRIES})
"""All of them, by name."""
