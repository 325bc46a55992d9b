"""The usual values of hyperparameters, and what happens when each is moved: every row has the race that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from landscapes.landscape import Point, Range
from landscapes.lessons.lesson import Heat, Lesson, Slider

SCENES_FILE = Path(__file__)


@dataclass(frozen=True)
class Ground:
    """What the race of a row is run on: a landscape of the catalogue by its name, or a formula of its own."""

    name: str = ""
    formula: str = ""
    domain: tuple[Range, Range] | None = None
    minima: tuple[Point, ...] = ()


@dataclass(frozen=True)
class UsualSetting:
    """One row of the table.

    Attributes
    ----------
    name, whose : str
        The hyperparameter, and what has it.
    usual : str
        The values that are mostly used.
    does : str
        What it is.
    lower, higher : str
        What happens where it is smaller than usual, and where it is larger.
    ground : Ground
    heats : tuple of Heat
        The race of a smaller, a usual and a larger value: three racers of one heat, or of three.
    steps, speed : int, float
        As in a lesson.
    claims : tuple of str
        What `lower` and `higher` say, about the racers 1, 2 and 3; tests hold them against the race.
    """

    name: str
    whose: str
    usual: str
    does: str
    lower: str
    higher: str
    ground: Ground
    heats: tuple[Heat, ...]
    steps: int
    speed: float
    claims: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the row is about, in a few words."""
        return f"{self.name} of {self.whose}"

    @property
    def scene(self) -> Lesson:
        """The race as a lesson that asks nothing."""
        ground = self.ground
        nothing = Slider("", None, (0.0, 1.0), "", 0.0, "")
        return Lesson(
            SCENES_FILE, self.title, self.does, {}, ground.name, ground.formula, ground.domain, ground.minima,
            self.heats, self.steps, 0, self.speed, "", (), nothing, (), self.claims, "", "", (),
        )  # fmt: skip


RAVINE = Ground(formula="(x^2 + 50*y^2)/2", domain=((-10.0, 10.0), (-3.0, 3.0)), minima=((0.0, 0.0),))
FLAT_BOWL = Ground(formula="x^4 + y^4", domain=((-2.0, 2.0), (-2.0, 2.0)), minima=((0.0, 0.0),))
STEEP_BOWL = Ground(formula="x^4 + y^4", domain=((-5.0, 5.0), (-5.0, 5.0)), minima=((0.0, 0.0),))
ASIDE = Ground(formula="(x - 2)^2 + (y - 1)^2", domain=((-3.0, 4.0), (-3.0, 3.0)), minima=((2.0, 1.0),))
LINE = Ground(name="LinearRegression")
ABOVE_RAVINE, IN_BOWL = (-9.0, 1.5), (1.5, -1.0)
LONGER = ("0.9", "0.99", "0.999")
"""Shares of the past in an average: of the last 10, 100 and 1,000 steps, about."""


def _heat(start: Point, *racers: str) -> tuple[Heat, ...]:
    return (Heat(racers, start),)


USUAL_SETTINGS = (
    UsualSetting(
        "lr", "SGD and Momentum", "0.1 to 0.01",
        "The learning rate: by it the slope is multiplied to give the step.",
        lower="The way down takes many more steps.",
        higher="Each step overshoots. Above 2 divided by the steepest curvature every swing is wider than the last.",
        ground=RAVINE, heats=_heat(ABOVE_RAVINE, "SGD(lr=0.002)", "SGD(lr=0.02)", "SGD(lr=0.041)"),
        steps=300, speed=30.0,
        claims=("steps_to(2, 1e-3) < 300 < steps_to(1, 1e-3)", "loss_at(3, 300) > 1000*loss_at(3, 0)"),
    ),
    UsualSetting(
        "lr", "Adam", "0.001",
        "About as long as a step is along each axis, whatever the slope. 0.001 is for networks, and slow here.",
        lower="It goes the same way in tiny steps.",
        higher="The first steps are as long as the rate, and shoot past the minimum.",
        ground=RAVINE, heats=_heat(ABOVE_RAVINE, "Adam(lr=0.001)", "Adam(lr=0.1)", "Adam(lr=20)"),
        steps=300, speed=30.0,
        claims=("0.0009 < x_at(1, 1) + 9 < 0.0011", "steps_to(2, 1e-3) < 300 < steps_to(1, 1e-3)", "x_at(3, 1) > 9"),
    ),
    UsualSetting(
        "batch", "all that learn from data", "32 to 256",
        "How many rows of the data a step learns from. The race begins with one; move the slider of the batch.",
        lower="A step is cheap, but trembles: near the goal the racer does not come to rest.",
        higher="A step is steadier, and costs as much more as it has rows.",
        ground=LINE,
        heats=tuple(Heat(("SGD(lr=0.05)",), (-1.5, -1.2), batch) for batch in (1, 32, 200)),
        steps=1000, speed=100.0,
        claims=(
            "mean_loss(1, 500, steps) - minimum(1) > 10*(mean_loss(2, 500, steps) - minimum(2))",
            "mean_loss(2, 500, steps) - minimum(2) > 10*(mean_loss(3, 500, steps) - minimum(3))",
        ),
    ),
    UsualSetting(
        "momentum", "Momentum and Nesterov", "0.9",
        "The share of the last step that is kept.",
        lower="The way along the ravine takes longer.",
        higher="It shoots past the minimum and swings for long.",
        ground=RAVINE,
        heats=_heat(ABOVE_RAVINE, *(f"Momentum(lr=0.02, momentum={share})" for share in ("0", "0.9", "0.99"))),
        steps=600, speed=30.0,
        claims=("steps_to(2, 1e-3) < steps_to(1, 1e-3)", "settled(3, 1e-3) > 600 > settled(2, 1e-3)"),
    ),
    UsualSetting(
        "gamma", "the schedule exponential", "0.95 to 0.999",
        "By it the learning rate is multiplied after each step.",
        lower="The rate is used up before the minimum is reached.",
        higher="At 1 the rate stays as it is, and noise is never quieted.",
        ground=RAVINE,
        heats=_heat(ABOVE_RAVINE, *(f"SGD(lr=0.02) | exponential(gamma={share})" for share in ("0.9", "0.999", "1"))),
        steps=600, speed=60.0,
        claims=("x_at(1, steps) < -7", "steps_to(2, 1e-3) < 600", "steps_to(3, 1e-3) < steps_to(2, 1e-3)"),
    ),
    UsualSetting(
        "alpha", "RMSProp", "0.99",
        "The share of the past in the mean of squared slopes, by whose root the step is divided.",
        lower="The mean forgets so fast that every step is as long as the rate: it hovers about the minimum.",
        higher="The mean grows slowly, and the first steps are long.",
        ground=RAVINE, heats=_heat(ABOVE_RAVINE, *(f"RMSProp(lr=0.1, alpha={share})" for share in LONGER)),
        steps=400, speed=30.0,
        claims=(
            "0.05 < loss_at(1, 200) and highest_from(1, 200) < 0.1", "loss_at(2, steps) < 1e-20",
            "step_length(3, 1) > 2*step_length(2, 1)",
        ),
    ),
    UsualSetting(
        "beta1", "Adam", "0.9",
        "The share of the past in the mean of slopes: Adam's momentum.",
        lower="At 0 it is RMSProp with a correction, and the way takes longer.",
        higher="It swings for long, as with too much momentum.",
        ground=RAVINE, heats=_heat(ABOVE_RAVINE, *(f"Adam(lr=0.1, beta1={share})" for share in ("0", "0.9", "0.99"))),
        steps=600, speed=30.0,
        claims=("steps_to(2, 1e-3) < steps_to(1, 1e-3)", "settled(3, 1e-3) > 600 > settled(2, 1e-3)"),
    ),
    UsualSetting(
        "beta2", "Adam", "0.999, often 0.99 or 0.95",
        "The share of the past in the mean of squared slopes.",
        lower="It follows slopes that shrink, and is faster in a flat bowl.",
        higher="It remembers the steep start for long, and its steps stay short.",
        ground=FLAT_BOWL, heats=_heat(IN_BOWL, *(f"Adam(lr=0.05, beta2={share})" for share in LONGER)),
        steps=3000, speed=150.0,
        claims=("steps_to(1, 1e-12) < steps_to(2, 1e-12) < 3000 < steps_to(3, 1e-12)",),
    ),
    UsualSetting(
        "eps", "Adam", "1e-8",
        "Is added to what the step is divided by, so that it is never 0.",
        lower="Nothing changes, down to where numbers are rounded.",
        higher="As large as the slopes, it makes them count again: the steps become short where it is flat.",
        ground=RAVINE, heats=_heat(ABOVE_RAVINE, *(f"Adam(lr=0.1, eps={eps})" for eps in ("1e-12", "1e-8", "10"))),
        steps=600, speed=30.0,
        claims=("steps_to(1, 1e-3) == steps_to(2, 1e-3)", "steps_to(2, 1e-3) < 600 < steps_to(3, 1e-3)"),
    ),
    UsualSetting(
        "weight_decay", "AdamW", "0.01",
        "Draws each coordinate towards 0, whatever the slope.",
        lower="At 0 it arrives at the minimum itself.",
        higher="It comes to rest between the minimum and 0.",
        ground=ASIDE,
        heats=_heat((-2.0, -1.0), *(f"AdamW(lr=0.05, weight_decay={decay})" for decay in ("0", "0.01", "1"))),
        steps=600, speed=60.0,
        claims=("distance(1, 1) < 1e-6", "1e-3 < distance(2, 1) < 0.1", "distance(3, 1) > 0.5"),
    ),
    UsualSetting(
        "max_norm", "the wrapper clip_norm", "1",
        "A slope that is longer is shortened to this length.",
        lower="Every slope is shortened, and the way takes many more steps.",
        higher="On a steep wall it hardly helps, and the racer is thrown from side to side.",
        ground=STEEP_BOWL,
        heats=_heat((3.0, -2.0), *(f"SGD(lr=0.1) | clip_norm(max_norm={norm})" for norm in ("0.01", "1", "1000"))),
        steps=300, speed=30.0,
        claims=("steps_to(2, 1e-3) < 300 < steps_to(1, 1e-3)", "highest_from(3, 200) > 1000*loss_at(3, 0)"),
    ),
    UsualSetting(
        "W", "the schedule warmup", "a few % of all steps",
        "For so many steps the learning rate grows from 0.",
        lower="At 1 the full rate meets the steep start, and the racer is thrown out.",
        higher="It arrives too, but later.",
        ground=FLAT_BOWL, heats=_heat(IN_BOWL, *(f"SGD(lr=0.3) | warmup(W={steps})" for steps in ("1", "50", "500"))),
        steps=300, speed=30.0,
        claims=("diverged(1)", "steps_to(2, 1e-3) < steps_to(3, 1e-3) < 300"),
    ),
)  # fmt: skip
"""The rows of the table."""
