"""Everything that the user chooses, as plain data, with the choices of a first start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.data.rows import MadeData, TableData
from engine.language.types import Bounds, Point
from engine.live.finish import FinishRule
from engine.loss.heights import AUTOMATIC, HEIGHTS
from engine.loss.transform import Transform
from engine.optimizers import OPTIMIZERS
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.own_rule import OWN_RULE
from engine.optimizers.racer_modifiers import core_of, own_specs
from engine.optimizers.racer_text import optimizer_of
from engine.own.function_location import FunctionLocation
from engine.race.randomness import Randomness
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.optimizer import Optimizer
from gui.session.picture_choice import PictureChoice
from gui.session.study_choices import LeagueChoice, SettingsMapChoice, TuningChoice
from landscapes.landscape import Range

FIRST_LANDSCAPE = "Himmelblau"
FIRST_RACERS = ("SGD(lr=0.004)", "Momentum(lr=0.0015)", "RMSProp(lr=0.03)", "Adam(lr=0.12)")
"""With these settings the four trajectories differ clearly: the racers descend straight, oscillate, make steps of the
same size, and glide on."""
FIRST_SPEED = 40.0
SLOWEST, FASTEST = 1.0, 100_000.0
"""Steps per second."""
THEMES = ("system", "dark", "light")
LAYOUTS = ("overlay", "side by side")
VIEWS = ("both", "3-D", "contour")
HIDEABLE_PANES = ("formula", "chart", "racers")
"""The panes of the window that can be hidden; of the views see `VIEWS`."""
ARROWS = ("gradient", "momentum", "step", "rate")
"""What can be drawn at the head of each racer: three arrows, and the ellipse of its effective rates."""
HEIGHT_KINDS = (AUTOMATIC, *HEIGHTS)
FIRST_HEIGHT = AUTOMATIC
LOSS_AXES = ("logarithmic", "linear")
CURVE_AXES = ("step", "evaluations", "epoch")
FIRST_BASIN_STEPS, MOST_BASIN_STEPS = 500, 100_000
"""Steps of each racer of a basin map."""
NO_SWARM = 0
SWARMS = (1_000, 10_000, 100_000, 1_000_000)
"""Starts that a racer can be released from at once."""


@dataclass(frozen=True)
class CameraPose:
    """From where the 3-D view is seen.

    Attributes
    ----------
    standard : str
        The name of a standard view, which fits into a view of any shape; "" where a person has moved the camera, and
        only then angles, distance and centre count.
    parallel : bool
        Whether the projection is orthographic.
    elevation, azimuth : float
        In degrees.
    distance : float
        As a multiple of the distance of the home view, so that it suits a view of any size.
    centre : (x, y, z)
        What the camera looks at, in the scene.
    """

    standard: str = "home"
    parallel: bool = False
    elevation: float = 0.0
    azimuth: float = 0.0
    distance: float = 1.0
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class RacerChoice:
    """A racer as the user set it; its `key` stays the same while everything else may change.

    Attributes
    ----------
    optimizer : str
        A name of the catalogue, with its wrappers and schedules; "" where the racer runs a Python function.
    values : mapping
        Of the hyperparameters.
    ranges : mapping
        The ends of the sliders that the user moved.
    rule : str
        The text that the user put in the place of the optimizer's rule; "" for that of the catalogue.
    function : FunctionOptimizer, FunctionLocation or None
        The Python function that is its step; only its place where its file was not run since the program was started.
    mapped : bool
        Whether its basin map is shown where all racers share a panel; at most one racer's is.
    swarm : int
        Of `SWARMS`: how many starts of it race at once, beside the racer; or `NO_SWARM`.
    """

    key: int
    name: str
    optimizer: str
    colour: str
    values: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    visible: bool = True
    rule: str = ""
    function: FunctionOptimizer | FunctionLocation | None = None
    mapped: bool = False
    swarm: int = NO_SWARM

    @property
    def place(self) -> FunctionLocation | None:
        """The place of its function, if it runs one of a file."""
        return self.function.place if isinstance(self.function, FunctionOptimizer) else self.function

    @property
    def is_absent(self) -> bool:
        """Whether it cannot race, since only the place of its function is known."""
        return isinstance(self.function, FunctionLocation)

    def fitted(self) -> RacerChoice:
        """Return the racer with a value for each hyperparameter of its rule; it may have been saved with others.

        Raises
        ------
        FormulaError
            Where its rule can no longer be read.
        """
        suited = self.entry.playground
        values = {name: self.values.get(name, value) for name, value in suited.items()}
        return replace(self, values=values, ranges={name: self.ranges[name] for name in suited if name in self.ranges})

    @property
    def entry(self) -> Optimizer:
        """What it runs: an optimizer of the catalogue, as it is or with an edited rule, or a Python function."""
        if isinstance(self.function, FunctionOptimizer):
            return self.function
        return optimizer_of(self.optimizer, self.rule)

    @property
    def own_specs(self) -> tuple[Hyperparameter, ...]:
        """The hyperparameters of the rule itself, without those of its wrappers and schedules."""
        return own_specs(self.optimizer, self.entry.hyperparameters)

    @property
    def own_values(self) -> dict[str, float]:
        """The values of `own_specs`."""
        return {spec.name: self.values[spec.name] for spec in self.own_specs}

    @property
    def published(self) -> dict[str, float]:
        """The defaults of `own_specs`: those of its source, mostly made for many coordinates."""
        return {spec.name: self.entry.defaults[spec.name] for spec in self.own_specs}

    @property
    def suited(self) -> dict[str, float]:
        """The values of `own_specs` that suit landscapes of two coordinates."""
        return {spec.name: self.entry.playground[spec.name] for spec in self.own_specs}

    @property
    def original(self) -> Optimizer:
        """The optimizer of the catalogue without wrappers, schedules and edits; a Python function as it is."""
        if isinstance(self.function, FunctionOptimizer):
            return self.function
        return OPTIMIZERS[core_of(self.optimizer)]

    @property
    def is_own_rule(self) -> bool:
        """Whether its rule was typed from the beginning, and is not one of the catalogue with changes."""
        return core_of(self.optimizer) == OWN_RULE.name

    @property
    def rule_text(self) -> str:
        """The rule that it runs, without its wrappers and schedules."""
        return self.rule or self.original.rule


@dataclass(frozen=True)
class Choices:
    """Everything chosen in a session; `gui.session.session.Session` has an attribute for each field.

    Attributes
    ----------
    landscape : str
        The name of the landscape; "" where the formula is typed.
    formula, good_formula : str
        The text as it was typed, and the last text that could be drawn.
    bounds, domain : ((xmin, xmax), (ymin, ymax))
        The part that is shown, and the part that the landscape itself asks to be shown.
    minima : sequence of (x, y)
        Of the formula, whatever the transform.
    transform : Transform
        How the landscape lies; its pivot is the middle of the domain in which it was first turned.
    start : (x, y)
        Where the racers start, in the coordinates of the picture.
    data : MadeData, TableData or None
        The data set that the formula runs over.
    batch : int or None
        How many of its rows a step learns from; None for all.
    theme, layout, views : str
        Of `THEMES`, `LAYOUTS` and `VIEWS`: the colours, one panel or one for each racer, and which views are shown.
    height : str
        Of `HEIGHT_KINDS`: the scale of height and colour; the first leaves it to each landscape.
    favourites : sequence of str
        Names of landscapes.
    function : FunctionLocation or None
        The Python function that is raced on in the place of the formula, which is kept.
    dashes : bool
        Whether each racer is drawn in dashes of its own.
    arrows : sequence of str
        Of `ARROWS`: what is drawn at the head of each racer.
    loss_axis, curve_axis : str
        Of `LOSS_AXES` and `CURVE_AXES`: how the chart draws losses, and what its curves run along.
    quantity : str
        What is drawn beneath the losses, as in `engine.race.curves.quantities`; "" for nothing.
    camera : CameraPose
        From where the 3-D view is seen.
    finish : FinishRule
        When a racer has arrived, and whether the race is held once everyone is done.
    geometry : str
        Where the window stood, as Qt writes it, in base 64; "" before there was one.
    pane_sizes : mapping
        The sizes that a person chose, by the names of panes: pixels, or shares of the room; others are automatic.
    hidden_panes : sequence of str
        Of `HIDEABLE_PANES`: those that are not shown.
    picture : PictureChoice
        The picture that was last saved or copied.
    basin_steps : int
        Of every racer of a basin map.
    respawn : bool
        Whether members of swarms that have come to rest or left begin anew.
    tuning, settings_map, league : TuningChoice, SettingsMapChoice, LeagueChoice
        What was last chosen for studies of many races.
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
    function: FunctionLocation | None = None
    dashes: bool = False
    loss_axis: str = LOSS_AXES[0]
    curve_axis: str = CURVE_AXES[0]
    quantity: str = ""
    camera: CameraPose = CameraPose()
    pane_sizes: Mapping[str, float] = field(default_factory=dict)
    hidden_panes: Sequence[str] = field(default_factory=list)
    arrows: Sequence[str] = field(default_factory=list)
    finish: FinishRule = FinishRule()  # noqa: RUF009  # it is frozen
    picture: PictureChoice = PictureChoice()  # noqa: RUF009  # it is frozen
    basin_steps: int = FIRST_BASIN_STEPS
    respawn: bool = False
    tuning: TuningChoice = TuningChoice()  # noqa: RUF009  # it is frozen
    settings_map: SettingsMapChoice = SettingsMapChoice()  # noqa: RUF009  # it is frozen
    league: LeagueChoice = LeagueChoice()  # noqa: RUF009  # it is frozen
