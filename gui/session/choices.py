"""Everything that a user chooses, as plain data; what a first start chooses for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.data.rows import MadeData, TableData
from engine.live.frame import Point
from engine.loss.heights import HEIGHTS
from engine.loss.terrain import Bounds
from engine.loss.transform import Transform
from engine.optimizers import OPTIMIZERS
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.racer_modifiers import core_of, own_rows
from engine.optimizers.racer_text import optimizer_of
from engine.own.place import Place
from engine.race.randomness import Randomness
from engine.rules.optimizer import Hyperparameter, Optimizer
from landscapes.landscape import Range

FIRST_LANDSCAPE = "Himmelblau"
FIRST_RACERS = ("SGD(lr=0.004)", "Momentum(lr=0.0015)", "RMSProp(lr=0.03)", "Adam(lr=0.12)")
"""Settings that show four characters: straight down, swinging, steady strides, a long glide."""
FIRST_SPEED = 40.0
SLOWEST, FASTEST = 1.0, 100_000.0
"""Steps per second."""
THEMES = ("system", "dark", "light")
LAYOUTS = ("overlay", "side by side")
VIEWS = ("both", "3-D", "contour")
HEIGHT_KINDS = tuple(HEIGHTS)
FIRST_HEIGHT = "log"


@dataclass(frozen=True)
class RacerChoice:
    """A racer as the user set it; `key` stays with it while everything else may change.

    Attributes
    ----------
    optimizer : str
        A name of the catalogue, with the wrappers and schedules that go round it; "" for a function of one's own.
    values : mapping
        The hyperparameters.
    ranges : mapping
        The ends of the sliders that the user moved.
    rule : str
        The text that the user put in the place of the optimizer's rule; "" for the catalogue's.
    function : FunctionOptimizer, Place or None
        The step of one's own that it runs; its place alone where it was not run since the program was started.
    """

    key: int
    name: str
    optimizer: str
    colour: str
    values: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    visible: bool = True
    rule: str = ""
    function: FunctionOptimizer | Place | None = None

    @property
    def place(self) -> Place | None:
        """Where its function is, if it runs one of a file."""
        return self.function.place if isinstance(self.function, FunctionOptimizer) else self.function

    @property
    def is_absent(self) -> bool:
        """Whether nothing but the place of its function is known, so that it cannot race."""
        return isinstance(self.function, Place)

    def fitted(self) -> RacerChoice:
        """Return it with settings for what its rule has by now: it may have been saved with others.

        Raises
        ------
        FormulaError
            Where its rule is none any more.
        """
        suited = self.entry.playground
        values = {name: self.values.get(name, value) for name, value in suited.items()}
        return replace(self, values=values, ranges={name: self.ranges[name] for name in suited if name in self.ranges})

    @property
    def entry(self) -> Optimizer:
        """What it runs: the optimizer of the catalogue, that with the edited rule, or a function of one's own."""
        if isinstance(self.function, FunctionOptimizer):
            return self.function
        return optimizer_of(self.optimizer, self.rule)

    @property
    def own_rows(self) -> tuple[Hyperparameter, ...]:
        """The hyperparameters of the rule itself, without those of what goes round it."""
        return own_rows(self.optimizer, self.entry.hyperparameters)

    @property
    def own_values(self) -> dict[str, float]:
        """What they are set to."""
        return {row.name: self.values[row.name] for row in self.own_rows}

    @property
    def published(self) -> dict[str, float]:
        """What its source sets them to, mostly for many coordinates."""
        return {row.name: self.entry.defaults[row.name] for row in self.own_rows}

    @property
    def suited(self) -> dict[str, float]:
        """What suits landscapes of two coordinates."""
        return {row.name: self.entry.playground[row.name] for row in self.own_rows}

    @property
    def original(self) -> Optimizer:
        """What the catalogue has, without what goes round it; a function of one's own as it is."""
        if isinstance(self.function, FunctionOptimizer):
            return self.function
        return OPTIMIZERS[core_of(self.optimizer)]

    @property
    def rule_text(self) -> str:
        """The rule that it runs, without what goes round it."""
        return self.rule or self.original.rule


@dataclass(frozen=True)
class Choices:
    """A session, whole; `gui.session.session.Session` has an attribute of each name.

    Attributes
    ----------
    landscape : str
        The name of the landscape; "" where the formula is typed.
    formula, good_formula : str
        The text as it stands, and the last text that could be drawn.
    bounds, domain : ((xmin, xmax), (ymin, ymax))
        What is shown, and what the landscape itself asks to be shown.
    minima : sequence of (x, y)
        Of the formula, whatever the transform.
    transform : Transform
        How the landscape lies; its pivot is the middle of the domain in which it was first turned.
    start : (x, y)
        In the picture, where the ring is.
    data : MadeData, TableData or None
        The data set that the formula runs over.
    batch : int or None
        How many of its rows a step learns from; None for all.
    theme, layout, views : str
        Of `THEMES`, `LAYOUTS` and `VIEWS`: the colours, one panel or a panel a racer, and which views there are.
    height : str
        Of `HEIGHT_KINDS`: what height and colour mean.
    favourites : sequence of str
        Names of landscapes.
    function : Place or None
        The function of one's own that is raced on; the formula stands behind it.
    geometry : str
        Where the window stood, as Qt writes it, in base 64; "" before there was one.
    """

    landscape: str
    formula: str
    good_formula: str
    bounds: Bounds
    domain: Bounds
    minima: Sequence[Point]
    transform: Transform
    parameters: Mapping[str, float]
    parameter_ranges: Mapping[str, Range]
    start: Point
    racers: Sequence[RacerChoice]
    data: MadeData | TableData | None
    batch: int | None
    randomness: Randomness
    speed: float
    theme: str
    layout: str
    views: str
    height: str
    favourites: Sequence[str]
    geometry: str
    function: Place | None = None
