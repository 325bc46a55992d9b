"""What a person needs to know of a basin map to read it rightly: which of it is chance."""

from __future__ import annotations

from collections.abc import Sequence

from engine.race.maps.staged_map import draws_numbers
from engine.race.racer import AnyRule
from engine.solvers.solver import SolverRule

DRAWN = "Random numbers are drawn: the map is one draw of many, seed {}."
BATCHES = "Each step learns from {} of {:,} rows: the mini-batches are one draw of many, seed {}."


def remarks_of(rules: Sequence[AnyRule], seed: int, batch: int | None, rows: int) -> str:
    """Return sentences on maps of racers in a race of a seed; "" where nothing is chance.

    Parameters
    ----------
    batch : int or None
        How many rows a step learns from; None for all.
    rows : int
        Of the data set; 0 where there is none.
    """
    found = []
    if any(draws_numbers(rule) for rule in rules):
        found.append(DRAWN.format(seed))
    if batch is not None and batch < rows and not all(isinstance(rule, SolverRule) for rule in rules):
        found.append(BATCHES.format(batch, rows, seed))
    return " ".join(found)
