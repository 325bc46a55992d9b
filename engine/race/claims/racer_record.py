"""Where a racer has been, step by step, with what is known of its landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.language.errors import FormulaError
from engine.language.types import Array, Point
from engine.race.race import Race


@dataclass(frozen=True, eq=False)
class RacerRecord:
    """A racer after its race.

    Attributes
    ----------
    positions : float64 (steps + 1, 2)
    losses : float64 (steps + 1,)
        Those of a diverged racer end where it diverged.
    steps : int
        How many steps the race had.
    diverged : bool
    minima : sequence of (x, y)
        The known minima of its landscape.
    lowest : float
        The loss at the first of them, nan where none is known.
    """

    positions: Array
    losses: Array
    steps: int
    diverged: bool
    minima: Sequence[Point]
    lowest: float


def records_of(race: Race, minima: Sequence[Point] = ()) -> list[RacerRecord]:
    """Return the record of each racer of a race, of whose landscape these minima are known.

    Raises
    ------
    FormulaError
        Where the race was so long that its trails have been thinned.
    """
    lowest = float(race.loss.quick_value(*minima[0])) if minima else float("nan")
    records = []
    for number, racer in enumerate(race.racers):
        steps = race.trail_steps(number)
        if len(steps) != int(steps[-1]) + 1:
            raise FormulaError(f"A race of {race.step:,} steps is too long to be asked about.")
        positions, losses = race.trail(number), race.trail_losses(number)
        diverged = racer.diverged_at is not None
        records.append(RacerRecord(positions, losses, race.step, diverged, tuple(minima), lowest))
    return records
