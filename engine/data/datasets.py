"""Generators of data sets: they make columns of numbers from a few settings, each of which can be a slider.

The random numbers of a row follow from the seed and the number of the row alone, so more points leave the others where
they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.language.codegen.noise import uniforms
from engine.language.errors import FormulaError, check_values
from engine.language.number_spec import NumberSpec
from engine.language.types import Array

MOST_POINTS = 10_000
APART = 2**48
"""The number of the step whose random numbers are drawn: no race gets so far and draws the same."""
TEACHER_STEPS = 6
"""The steps of the recurrent cell."""


class Draws:
    """The random numbers of each row.

    Parameters
    ----------
    points, seed : int
    """

    def __init__(self, points: int, seed: int) -> None:
        self._rows = np.arange(points, dtype=np.uint64)
        self._seed = seed

    def uniform(self, number: int) -> Array:
        """Return the uniform numbers with this number, from 0 up to 1, float64 (points,)."""
        return uniforms(self._seed, APART, number, self._rows)

    def normal(self, number: int) -> Array:
        """Return normal numbers, float64 (points,), each from two uniform ones."""
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(2 * number)))
        return np.asarray(radius * np.cos(2.0 * np.pi * self.uniform(2 * number + 1)))


@dataclass(frozen=True)
class Generator:
    """A way to make a data set.

    Attributes
    ----------
    name : str
    columns : tuple of str
    settings : tuple of NumberSpec
    summary : str
        One sentence on what it makes.
    make : callable
        Returns the columns from random numbers and the values of the settings.
    """

    name: str
    columns: tuple[str, ...]
    settings: tuple[NumberSpec, ...]
    summary: str
    make: Callable[[Draws, Mapping[str, float]], tuple[Array, ...]]

    @property
    def defaults(self) -> dict[str, float]:
        """The settings to begin with."""
        return {setting.name: setting.default for setting in self.settings}


POINTS = NumberSpec("points", 200, 2, MOST_POINTS, "log", help="how many rows there are", whole=True)
NOISE = NumberSpec("noise", 0.3, 0, 3, help="how far the points scatter around the truth")
SEED = NumberSpec("seed", 0, 0, 999, help="other points for every whole number", whole=True)
SLOPE = NumberSpec("slope", 0.5, -3, 3, help="the slope of the true line")
INTERCEPT = NumberSpec("intercept", 1, -3, 3, help="the height of the true line at 0")


def _line(draws: Draws, settings: Mapping[str, float]) -> tuple[Array, ...]:
    u = settings["offset"] + draws.normal(0)
    wild = draws.uniform(4) < settings["outliers"]
    error = settings["noise"] * draws.normal(1) + np.where(wild, OUTLIER_HEIGHT * (1 + draws.uniform(5)), 0.0)
    return u, settings["slope"] * u + settings["intercept"] + error


OUTLIER_HEIGHT = 4.0
"""The distance of the nearest outlier above the line; the farthest lies twice as far."""


def _two_columns(draws: Draws, settings: Mapping[str, float]) -> tuple[Array, ...]:
    share = settings["correlation"]
    u, own = draws.normal(0), draws.normal(1)
    present = draws.uniform(4) >= settings["sparsity"]
    s = np.where(present, share * u + np.sqrt(1.0 - share**2) * own, 0.0)
    return u, s, u - s + settings["noise"] * draws.normal(3)


def _two_classes(draws: Draws, settings: Mapping[str, float]) -> tuple[Array, ...]:
    c = (draws.uniform(0) < 0.5).astype(np.float64)
    u = settings["distance"] * (c - 0.5) + draws.normal(1)
    return u, np.where(draws.uniform(4) < settings["mislabelled"], 1.0 - c, c)


def _saturating(draws: Draws, settings: Mapping[str, float]) -> tuple[Array, ...]:
    u = SATURATING_WIDTH * (2.0 * draws.uniform(0) - 1.0)
    return u, settings["height"] * np.tanh(settings["steepness"] * u) + settings["noise"] * draws.normal(1)


SATURATING_WIDTH = 2.5
"""The largest absolute value of an input."""


def _recurrent(draws: Draws, settings: Mapping[str, float]) -> tuple[Array, ...]:
    u = state = 2.0 * draws.uniform(0) - 1.0
    for _ in range(TEACHER_STEPS):
        state = np.tanh(settings["feedback"] * state + settings["bias"])
    return u, state + settings["noise"] * draws.normal(1)


_ENTRIES = (
    Generator(
        "line",
        ("u", "v"),
        (
            POINTS, NOISE, SLOPE, INTERCEPT,
            NumberSpec("offset", 0, -10, 10, help="how far from 0 the column lies: far away, the valley grows long"),
            NumberSpec("outliers", 0, 0, 0.5, help="share of points that lie far above the line"),
            SEED,
        ),
        "Points around a straight line: v for a given u.",
        _line,
    ),
    Generator(
        "two columns",
        ("u", "s", "v"),
        (
            POINTS, NOISE,
            NumberSpec("correlation", 0, -0.99, 0.99, help="how alike the two columns are"),
            NumberSpec("sparsity", 0, 0, 0.99, help="share of rows in which s is 0"),
            SEED,
        ),
        "What depends on two columns alike: v is u less s, and s may be 0 nearly everywhere.",
        _two_columns,
    ),
    Generator(
        "two classes",
        ("u", "c"),
        (
            POINTS,
            NumberSpec("distance", 2, 0, 8, help="how far apart the classes lie"),
            NumberSpec("mislabelled", 0, 0, 0.5, help="share of points with the wrong class"),
            SEED,
        ),
        "Points of two classes, c = 0 and c = 1, side by side along u.",
        _two_classes,
    ),
    Generator(
        "saturating",
        ("u", "v"),
        (
            POINTS, NOISE,
            NumberSpec("steepness", 1.5, -4, 4, help="how steep the curve rises at 0"),
            NumberSpec("height", 1, -3, 3, help="where the curve levels off"),
            SEED,
        ),
        "Points around a curve that levels off at both ends.",
        _saturating,
    ),
    Generator(
        "recurrent",
        ("u", "v"),
        (
            POINTS, NOISE,
            NumberSpec("feedback", 2, -3, 5, help="how strongly the state comes back at each step"),
            NumberSpec("bias", -0.5, -3, 3, help="what is added at each step"),
            SEED,
        ),
        f"States u of a cell with one feedback weight, and its states v {TEACHER_STEPS} steps later.",
        _recurrent,
    ),
)  # fmt: skip

GENERATORS: Mapping[str, Generator] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""The generators by name."""


def generate(name: str, **settings: float) -> dict[str, Array]:
    """Return the columns of a data set, float64 (points,) each.

    Parameters
    ----------
    name
        The name of one of `GENERATORS`.
    **settings
        Values of its settings; the others are their defaults.

    Raises
    ------
    FormulaError
        Where there is no such generator, a setting has another name, or a value lies outside its slider.
    """
    if name not in GENERATORS:
        raise FormulaError(f'There is no data set "{name}".', hint=f"Known: {', '.join(GENERATORS)}.")
    generator = GENERATORS[name]
    check_values("setting", tuple(generator.defaults), settings)
    values = generator.defaults | settings
    for setting in generator.settings:
        if not setting.low <= values[setting.name] <= setting.high:
            bounds = f"between {setting.low:g} and {setting.high:g}"
            raise FormulaError(f'The setting "{setting.name}" lies {bounds}, not at {values[setting.name]:g}.')
    draws = Draws(round(values["points"]), round(values["seed"]))
    return dict(zip(generator.columns, generator.make(draws, values), strict=True))
