"""A frame: an immutable snapshot of a race, which the runner hands to the views."""

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
        As the methods of `engine.race.race.Race` with these names return them.
    rank : int
        1 for the lowest loss.
    asks : mapping
        At how many points a step of its rule asks for losses and slopes, as in `engine.rules.rule.Rule.asks`; empty for
        a solver.
    band : Band, optional
        The spread of its losses over its seeds; None where it runs one seed.
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
    """The formula of a frame: the last good text, its parameters, and the error of the newest text, if it has one.

    Attributes
    ----------
    text : str
        "" for a loss that is a Python function.
    request : int
        The number of the newest command that set a formula or loss and was carried out.
    columns : tuple of str
        Names of the data set's columns that the text may read.
    hints : tuple of Hint
        What the text may be meant as, where a part of the landscape has no values.
    slopes, remark : str
        As the loss has them.
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
        The speed that is reached, which may be less than the one that was asked for.
    terrain, detail : Terrain
        Samples of the whole domain, and finer ones of the visible part where there are any.
    epoch : int, optional
        How often the racers have gone through all rows of the data set; None where there is none.
    columns : Columns, optional
        The data set that the formula runs over.
    minimum : float, optional
        The loss at the landscape's minimum, below that of every racer at every step but for rounding; None where none
        is known.
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
    minimum: float | None = None
