"""Where each racer stands, as rows of plain data, and the columns of the table that shows them; no widgets."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.language.types import Point
from engine.live.frame import RacerFrame
from gui.session.choices import RacerChoice

MS_IN_S = 1000.0
UNKNOWN = "–"
"""Shown where a racer has no value in a column."""
Value = str | float | None


@dataclass(frozen=True)
class Standing:
    """A row of the table.

    Attributes
    ----------
    key : int
        Of the racer.
    colour : str
        As the session keeps it.
    distance : float, optional
        From the nearest known minimum; None where no minimum is known.
    arrived : int, optional
        The step of its arrival; None where it has not arrived.
    evaluations : int, optional
        At how many points it has asked for the loss or its slopes until now.
    time_ms : float, optional
        How long its steps until now take by themselves; None where that was not measured yet.
    """

    key: int
    name: str
    colour: str
    rank: int
    loss: float
    distance: float | None
    arrived: int | None
    evaluations: int | None
    time_ms: float | None
    status: str
    reason: str


class Column(NamedTuple):
    """A column: its title, what it means, its value in a row, how a number is written, and its widest likely text."""

    title: str
    tip: str
    value: Callable[[Standing], Value]
    written: str
    widest: str


COLUMNS = (
    Column("Rank", "The place: first who has arrived, by the step; then the others, by their losses",
           lambda row: row.rank, "d", "000"),
    Column("Racer", "A click on a row brings the racer's card into view and makes the racer stand out",
           lambda row: row.name, "", "Momentum with a name"),
    Column("Loss", "The height of the landscape where the racer is now",
           lambda row: row.loss, ".4g", "-0.0000e-000"),
    Column("Distance", "How far the racer is from the nearest known minimum, in the plane of x and y",
           lambda row: row.distance, ".4g", "0.0000e-000"),
    Column("Arrived", "The step after which it was near enough to the minimum for the first time",
           lambda row: row.arrived, ",d", "0,000,000"),
    Column("Evaluations", "At how many points it has asked for the loss or its slopes until now",
           lambda row: row.evaluations, ",d", "00,000,000"),
    Column("Time (ms)", "How long its steps until now take this computer by themselves, without trails and pictures; "
           "measured when the table opens",
           lambda row: row.time_ms, ".3g", "0.000e-000"),
    Column("State", "Whether it runs, and how it ended if it did",
           lambda row: row.status, "", "diverged at step 0,000,000"),
)  # fmt: skip
RANK, RACER, STATE = 0, 1, len(COLUMNS) - 1


def distance_to_nearest(position: Point, minima: Sequence[Point]) -> float | None:
    """Return how far a point is from the nearest of `minima`; None where there is none, or the point is not finite."""
    nearest = min((math.dist(position, minimum) for minimum in minima), default=math.inf)
    return nearest if math.isfinite(nearest) else None


def evaluations_until(racer: RacerFrame, step: int) -> int | None:
    """Return at how many points a racer has asked for the loss or its slopes; None where that is not counted."""
    if racer.evaluations is not None:
        return racer.evaluations
    if racer.evaluations_by_step is None:
        return None
    return round(float(racer.evaluations_by_step.at(steps_made(racer, step))))


def steps_made(racer: RacerFrame, step: int) -> int:
    """Return how many steps a racer has made at a step of the race: one that has diverged makes no more."""
    return min(step, racer.trail.last_step) if racer.trail.last_step >= 0 else step


def time_until(racer: RacerFrame, step: int) -> float | None:
    """Return how long a racer's steps until now take by themselves, in milliseconds; None where it is not known."""
    return None if racer.step_s is None else MS_IN_S * racer.step_s * steps_made(racer, step)


def standing_of(
    choice: RacerChoice, racer: RacerFrame, state: tuple[str, str], minima: Sequence[Point], step: int
) -> Standing:
    """Return the row of a racer at a step of the race; `state` is in what state it is, and what there is to say."""
    arrived = racer.arrived.step if racer.arrived is not None else None
    distance, evaluations = distance_to_nearest(racer.position, minima), evaluations_until(racer, step)
    time_ms = time_until(racer, step)
    return Standing(
        choice.key, choice.name, choice.colour, racer.rank, racer.loss, distance, arrived, evaluations, time_ms, *state
    )


def is_known(value: Value) -> bool:
    """Return whether a row has a value that can be compared."""
    return value is not None and (isinstance(value, str) or math.isfinite(value))


def ordered(rows: Sequence[Standing], column: int, descending: bool = False) -> list[Standing]:
    """Return rows in the order of a column; those without a value there come last, whichever way round."""
    value = COLUMNS[column].value
    known = [row for row in rows if is_known(value(row))]
    unknown = [row for row in rows if not is_known(value(row))]
    return [*sorted(known, key=lambda row: _comparable(value(row)), reverse=descending), *unknown]


def _comparable(value: Value) -> tuple[str, float]:
    return (value.casefold(), 0.0) if isinstance(value, str) else ("", value or 0.0)


def text_of(row: Standing, column: int) -> str:
    """Return what the table shows of a row in a column."""
    value = COLUMNS[column].value(row)
    if value is None or not is_known(value):
        return UNKNOWN
    return value if isinstance(value, str) else format(value, COLUMNS[column].written)


def tab_separated(rows: Sequence[Standing]) -> str:
    """Return the table as a spreadsheet reads it: the titles and the rows, with all digits, and blanks for unknowns."""
    titles = [column.title for column in COLUMNS]
    lines = [titles, *([_copied(column.value(row)) for column in COLUMNS] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def _copied(value: Value) -> str:
    return "" if value is None or not is_known(value) else " ".join(str(value).split())
