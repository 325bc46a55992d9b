"""Commands about the landscape: its loss, parameters, data and place, and how it is sampled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.data.rows import Data, columns_of
from engine.language.errors import FormulaError
from engine.language.types import Bounds, Point
from engine.live.commands.command import Command
from engine.live.live_race import LiveRace, check_start
from engine.loss.loss import Loss
from engine.loss.machine_loss import MachineLoss
from engine.loss.terrain import check_bounds
from engine.loss.transform import IDENTITY, Transform

FLAT = "0"
"""The formula of the landscape that is shown as long as no formula could be compiled."""


@dataclass(frozen=True)
class SetFormula(Command):
    """Race on another formula, from step 0; a wrong one is an error in the frame, and the race before it goes on.

    Attributes
    ----------
    parameters : mapping
        Values by name; names that the formula does not have are left out.
    start : (x, y), optional
        Where the racers start; None leaves them where they started before.
    data : Data, optional
        The rows that the formula runs over.
    minima : tuple of (x, y)
        The known global minima with these parameters and rows, in the coordinates of the formula.
    typed : bool
        Whether a person may be typing it, so that it may be only on the way to what is meant.
    fallback : str
        The text to race on where `text` is wrong, with everything else as it is given; "" to leave the race as it is.
    """

    text: str
    bounds: Bounds
    parameters: Mapping[str, float]
    start: Point | None = None
    transform: Transform = IDENTITY
    data: Data | None = None
    minima: tuple[Point, ...] = ()
    typed: bool = False
    fallback: str = ""

    failed: ClassVar[str] = "Racing on the new formula failed"
    newest_only: ClassVar[bool] = True
    sets_formula: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True  # A text with a mistake changes nothing.

    def apply(self, live: LiveRace) -> None:
        """Compile the formula; before the first good one, show a flat landscape with the error."""
        check_start(self.start or (0.0, 0.0))
        check_bounds(self.bounds)
        try:
            loss = Loss(self.text, {}, columns_of(self.data), self.transform)
        except FormulaError:
            if not self._fall_back(live) and live.race is None:
                live.data = None
                # An error can only be shown in a frame, and a frame needs a race.
                live.change_landscape(Loss(FLAT, {}), {}, self.bounds, self.start)
            live.note_mistake()
            raise
        live.data = self.data
        live.change_landscape(loss, self.parameters, self.bounds, self.start, self.minima, self.typed)

    def _fall_back(self, live: LiveRace) -> bool:
        """Race on the other text, and return whether there is one that can be raced on."""
        if self.fallback in ("", self.text):
            return False
        try:
            loss = Loss(self.fallback, {}, columns_of(self.data), self.transform)
        except FormulaError:
            return False
        live.data = self.data
        live.change_landscape(loss, self.parameters, self.bounds, self.start, self.minima)
        return True


@dataclass(frozen=True)
class ReturnToStood(Command):
    """Race on the landscape again that stood before the last formulas were typed quickly, one of which is wrong."""

    failed: ClassVar[str] = "Going back to the formula before failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Go back, unless the last correct formula has stood as well."""
        live.return_to_stood()


@dataclass(frozen=True)
class SetLoss(Command):
    """Race on a loss that is compiled already, such as that of a Python function, from step 0."""

    loss: MachineLoss
    bounds: Bounds
    parameters: Mapping[str, float]
    start: Point
    transform: Transform = IDENTITY

    failed: ClassVar[str] = "Racing on the new function failed"
    newest_only: ClassVar[bool] = True
    sets_formula: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Race on a copy: the runner's thread alone may change its parameters."""
        check_start(self.start)
        check_bounds(self.bounds)
        live.data = None
        live.change_landscape(self.loss.with_transform(self.transform), self.parameters, self.bounds, self.start)


@dataclass(frozen=True)
class SetParameter(Command):
    """Change a parameter of the loss under the running race; one that the loss does not have is ignored."""

    name: str
    value: float

    failed: ClassVar[str] = "Changing a parameter failed"
    newest_only: ClassVar[bool] = True

    @property
    def subject(self) -> tuple[object, ...]:
        """The parameter."""
        return (self.name,)

    def apply(self, live: LiveRace) -> None:
        """Set the parameter and sample the landscape."""
        if live.race is not None and self.name in live.race.loss.parameters:
            live.race.loss.set(**{self.name: self.value})
            live.log_change(self, joins=True)
            live.sample()


@dataclass(frozen=True)
class SetData(Command):
    """Run the formula over other rows of the same columns, under the running race."""

    data: Data | None

    failed: ClassVar[str] = "Changing the data failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Set the rows and sample the landscape."""
        if live.race is not None:
            live.race.loss.set_columns(columns_of(self.data) or {})
            live.data = self.data
            live.log_change(self, joins=True)
            live.sample()


@dataclass(frozen=True)
class SetTransform(Command):
    """Turn, stretch and shift the landscape; the race is run again on it, from a start that moved with it."""

    transform: Transform
    start: Point

    failed: ClassVar[str] = "Turning the landscape failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Transform the loss, and run the race again as far as it was."""
        check_start(self.start)
        live.start = self.start
        if live.race is None:
            return
        loss, step = live.race.loss, live.race.step
        # An upright loss is compiled without the numbers of a transform: it has none to change, and is faster.
        if self.transform.is_identity or loss.transform.is_identity:
            live.change_loss(loss.with_transform(self.transform))
        else:
            loss.set_transform(self.transform)
            live.restart()
        live.catch_up(step)
        live.sample()


@dataclass(frozen=True)
class SetBounds(Command):
    """Show another domain of the landscape; the race goes on."""

    bounds: Bounds

    failed: ClassVar[str] = "Changing the domain failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Sample the domain."""
        check_bounds(self.bounds)
        live.sampler.bounds = self.bounds
        live.sample(anew=True)


@dataclass(frozen=True)
class SetHeight(Command):
    """Draw the losses at another kind of height, of `engine.loss.heights.HEIGHTS`, or at the one that suits them."""

    kind: str

    failed: ClassVar[str] = "Changing the height failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Scale the samples."""
        live.sampler.set_height(self.kind)


@dataclass(frozen=True)
class SetViewport(Command):
    """Sample the visible rectangle finely too.

    Attributes
    ----------
    bounds : ((xmin, xmax), (ymin, ymax)) or None
        None where no view shows a part of the landscape.
    columns, rows : int
        Its size in pixels.
    """

    bounds: Bounds | None
    columns: int = 0
    rows: int = 0

    failed: ClassVar[str] = "Sampling the visible part failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Set the sampler's viewport; it samples between two slices of the race."""
        if self.bounds is None:
            live.sampler.clear_viewport()
        else:
            live.sampler.set_viewport(self.bounds, self.columns, self.rows)
