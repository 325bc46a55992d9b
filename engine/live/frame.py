"""A frame: an immutable snapshot of a race, which the runner hands to the views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.data.columns import Columns
from engine.language.errors import FormulaError
from engine.language.types import Array, Point
from engine.live.loss_snapshot import LossSnapshot
from engine.live.race_log import RaceLog
from engine.loss.hints import Hint
from engine.loss.terrain import Terrain
from engine.race.arrivals import FIRST_TOLERANCE, Arrival
from engine.race.bands import Band
from engine.race.curves.momentum import Momentum
from engine.race.curves.series import QuantityCurve
from engine.race.evaluations import Evaluations
from engine.race.step_values.record import StepValues, as_point
from engine.race.trail import Trail


@dataclass(frozen=True, eq=False)
class WatchedStep:
    """The values of a watched racer by the names of its rule.

    Attributes
    ----------
    made : StepValues, optional
        Of the update that led to the step of the frame; None at the start, and where nothing is known of it.
    coming : StepValues, optional
        Of the update that leads on from there with the settings of now; None for a racer that has diverged.
    momentum : Momentum, optional
        Which of its values is the running sum or mean of the gradients; None where none is.
    rate : (x, y), optional
        The effective rate of each coordinate in the update that is shown; None where nobody has asked, or the rule
        names none.
    """

    made: StepValues | None
    coming: StepValues | None
    momentum: Momentum | None = None
    rate: Point | None = None

    @property
    def shown(self) -> StepValues | None:
        """That of the update that was made, or at the start that which comes."""
        return self.made or self.coming

    @cached_property
    def vectors(self) -> Mapping[str, Point]:
        """What can be drawn where the update began: "gradient" downhill, "momentum", "step" and "rate", where known.

        The momentum is that by which it pushes: against it where it follows the gradient.
        """
        if self.shown is None:
            return {}
        momentum = self.shown.value(self.momentum.name) if self.momentum is not None else None
        uphill = self.momentum is not None and self.momentum.uphill
        found = {
            "gradient": _times(-1.0, self.shown.gradient),
            "momentum": None if momentum is None else _times(-1.0 if uphill else 1.0, as_point(momentum)),
            "step": self.shown.move,
            "rate": self.rate,
        }
        return {kind: vector for kind, vector in found.items() if vector is not None}


@dataclass(frozen=True, eq=False)
class RacerFrame:
    """One racer in a frame.

    Attributes
    ----------
    status : str
        As `engine.race.race.Race.status` has it, or "stalled" for a racer that moves no more before a minimum.
    reason : str
        Why a solver stays where it is, or what has died of a racer that is stalled; "" for all others.
    rested, evaluations, evaluations_by_step, population
        As the methods of `engine.race.race.Race` with these names return them.
    rank : int
        1 for the first that arrived, or the lowest loss where nobody has, as `engine.race.arrivals.ranks` has it.
    arrived : Arrival, optional
        When it was near the minimum for the first time, within the tolerance of the frame; None where it was not.
    step_s : float, optional
        How long a step of it takes by itself, in seconds; None where nobody has asked for it.
    watched : WatchedStep, optional
        The values of its steps by name; None where nobody watches it.
    drawn : QuantityCurve, optional
        The quantity that is drawn along its steps; None where none is, or the racer has no such quantity.
    asks : mapping
        At how many points a step of its rule asks for losses and slopes, as in `engine.rules.rule.Rule.asks`; empty for
        a solver.
    band : Band, optional
        The spread of its losses over its seeds; None where it runs one seed.
    cloud : float64 (seeds, 2), optional
        Where its seeds are that have not diverged; None where it runs one seed.
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
    evaluations_by_step: Evaluations | None = None
    population: Array | None = None
    cloud: Array | None = None
    arrived: Arrival | None = None
    step_s: float | None = None
    watched: WatchedStep | None = None
    drawn: QuantityCurve | None = None


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
    steps_per_epoch : int, optional
        How many steps they take for that; None where there is no data set.
    columns : Columns, optional
        The data set that the formula runs over.
    minimum : float, optional
        The loss at the landscape's minimum, below that of every racer at every step but for rounding; None where none
        is known.
    height : str
        The kind of height of both terrains, of `engine.loss.heights.HEIGHTS`.
    log : RaceLog, optional
        How the race came to its step; None where no file can hold it, because a Python function is raced on.
    minimum_is_known : bool
        Whether it is that of the landscape's known minima; else it was found below the best racer.
    tolerance : float
        The share of the loss above the minimum at the start that may be left of a racer that has arrived.
    is_over : bool
        Whether every racer has arrived, has diverged, or moves no more.
    keys : tuple of int
        By which the racers are known, in their order.
    loss : LossSnapshot, optional
        What is raced on; the same object for as long as it does not change.
    quantity : str
        What `RacerFrame.drawn` tells; "" for nothing.
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
    steps_per_epoch: int | None = None
    columns: Columns | None = None
    minimum: float | None = None
    height: str = "log"
    log: RaceLog | None = None
    minimum_is_known: bool = False
    tolerance: float = FIRST_TOLERANCE
    is_over: bool = False
    keys: tuple[int, ...] = ()
    loss: LossSnapshot | None = None
    quantity: str = ""


def _times(factor: float, vector: Point) -> Point:
    return factor * vector[0], factor * vector[1]
