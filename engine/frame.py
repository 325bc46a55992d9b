"""What the runner hands to the views: a snapshot of a race that nobody changes afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.bands import Band
from engine.columns import Columns
from engine.hints import Hint
from engine.language.errors import FormulaError
from engine.terrain import Terrain

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Trail:
    """Where a racer has been.

    Attributes
    ----------
    generation : object
        Another one for every racer, and after a restart or a rewind; while it stays, steps are only added, though
        earlier ones may be thinned.
    steps : int64 (rows,)
        The step of each row, increasing; thinned trails skip steps.
    positions : float64 (rows, 2)
    losses : float64 (rows,)
    """

    generation: object
    steps: NDArray[np.int64]
    positions: NDArray[np.float64]
    losses: NDArray[np.float64]

    @property
    def mark(self) -> tuple[object, int]:
        """What differs between two trails that are not drawn the same."""
        return self.generation, self.last_step

    @property
    def last_step(self) -> int:
        """The newest step, -1 where there is none."""
        return int(self.steps[-1]) if len(self.steps) else -1

    def rows_after(self, step: int) -> int:
        """Return the number of the first row after `step`."""
        return int(np.searchsorted(self.steps, step, side="right"))


@dataclass(frozen=True, eq=False)
class RacerFrame:
    """One racer in a frame.

    Attributes
    ----------
    status, reason, rested, evaluations, population
        As `engine.race.Race` tells them.
    rank : int
        1 has the lowest loss.
    asks : mapping
        At how many points a step of its rule asks for what, as in `engine.rule.Rule.asks`; empty for a solver.
    band : Band, optional
        The spread of its losses over its seeds, None where it has but one.
    """

    position: Point
    loss: float
    status: str
    rank: int
    trail: Trail
    band: Band | None = None
    reason: str = ""
    rested: int | None = None
    evaluations: int | None = None
    asks: Mapping[str, int] = field(default_factory=dict)
    population: NDArray[np.float64] | None = None


@dataclass(frozen=True, eq=False)
class FormulaState:
    """The formula of a frame: the last good text, its parameters, and what is wrong with the newest text, if anything.

    `request` is the number of the newest text that was looked at; `columns` are the names of those that it may read.
    `hints` tell what the good text may be meant as, where a part of the picture stays empty.
    For a function of one's own the text is "".  `slopes` and `remark` are those of the loss.
    """

    text: str
    parameters: Mapping[str, float]
    error: FormulaError | None
    request: int
    columns: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    slopes: str = "exact"
    remark: str = ""


@dataclass(frozen=True, eq=False)
class Frame:
    """A race at one moment.

    Attributes
    ----------
    number : int
        Grows with every frame.
    answered : int
        The number of the newest command that was carried out before.
    steps_per_second : float
        What was reached, not what was asked for.
    epoch : int, optional
        How often the racers have gone through all rows of a data set; None where there is none.
    columns : Columns, optional
        The data set that the formula runs over.
    """

    number: int
    answered: int
    step: int
    playing: bool
    steps_per_second: float
    start: Point
    racers: tuple[RacerFrame, ...]
    terrain: Terrain
    detail: Terrain | None
    formula: FormulaState
    epoch: int | None = None
    columns: Columns | None = None
