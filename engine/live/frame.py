"""What the runner hands to the views: a snapshot of a race that nobody changes afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Columns
from engine.language.errors import FormulaError
from engine.language.types import Point
from engine.loss.hints import Hint
from engine.loss.terrain import Terrain
from engine.race.bands import Band
from engine.race.trail import Trail


@dataclass(frozen=True, eq=False)
class RacerFrame:
    """One racer in a frame.

    Attributes
    ----------
    status, reason, rested, evaluations, population
        As `engine.race.race.Race` tells them.
    rank : int
        1 has the lowest loss.
    asks : mapping
        At how many points a step of its rule asks for what, as in `engine.rules.rule.Rule.asks`; empty for a solver.
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
