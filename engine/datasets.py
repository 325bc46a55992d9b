"""Data sets made to order: columns from a few settings, each of which can be a slider.

A row's random numbers follow from the seed and the number of the row alone: with more points, those that were there
stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.columns import Columns
from engine.language.errors import FormulaError
from engine.language.noise import uniforms
from engine.loss import check_values
from engine.table import FEWEST_ROWS, Table, TableError
from engine.table_file import read_table

Array = NDArray[np.float64]
MOST_POINTS = 10_000
APART = 2**48
"""The step whose random numbers these are: no race gets so far and draws the same."""
TEACHER_STEPS = 6
"""How often the recurrent cell is gone through."""


@dataclass(frozen=True)
class Setting:
    """A number that a data set is made from, with what a slider needs.

    Attributes
    ----------
    name : str
    default, low, high : float
        The value to begin with, and the ends of the slider.
    help : str
        What it does, in a few words.
    scale : str
        ``linear`` or ``log``.
    whole : bool
        Whether it counts something.
    """

    name: str
    default: float
    low: float
    high: float
    help: str
    scale: str = "linear"
    whole: bool = False

    def within(self, value: float) -> float:
        """Return the value that the slider can have nearest to `value`."""
        held = min(max(value, self.low), self.high)
        return float(round(held)) if self.whole else held


class Draws:
    """The random numbers of each row, looked up by their number.

    Parameters
    ----------
    points, seed : int
    """

    def __init__(self, points: int, seed: int) -> None:
        self._rows = np.arange(points, dtype=np.uint64)
        self._seed = seed

    def uniform(self, number: int) -> Array:
        """Return numbers from 0 up to 1, float64 (points,)."""
        return uniforms(self._seed, APART, number, self._rows)

    def normal(self, number: int) -> Array:
        """Return normal numbers, float64 (points,); each takes two uniform ones."""
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(2 * number)))
        return np.asarray(radius * np.cos(2.0 * np.pi * self.uniform(2 * number + 1)))


@dataclass(frozen=True)
class Generator:
    """One way to make a data set.

    Attributes
    ----------
    name : str
    columns : tuple of str
    settings : tuple of Setting
    summary : str
        What it makes, in a sentence.
    make : callable
        Returns the columns from random numbers and the values of the settings.
    """

    name: str
    columns: tuple[str, ...]
    settings: tuple[Setting, ...]
    summary: str
    make: Callable[[Draws, Mapping[str, float]], tuple[Array, ...]]

    @property
    def defaults(self) -> dict[str, float]:
        """The settings to begin with."""
        return {setting.name: setting.default for setting in self.settings}


POINTS = Setting("points", 200, 2, MOST_POINTS, "how many rows there are", "log", whole=True)
NOISE = Setting("noise", 0.3, 0, 3, "how far the points scatter around the truth")
SEED = Setting("seed", 0, 0, 999, "other points for every whole number", whole=True)
SLOPE = Setting("slope", 0.5, -3, 3, "the slope of the true line")
INTERCEPT = Setting("intercept", 1, -3, 3, "the height of the true line at 0")


def _line(draws: Draws, settings: Mapping[str, float]) -> tuple[Array, ...]:
    u = settings["offset"] + draws.normal(0)
    wild = draws.uniform(4) < settings["outliers"]
    error = settings["noise"] * draws.normal(1) + np.where(wild, OUTLIER_HEIGHT * (1 + draws.uniform(5)), 0.0)
    return u, settings["slope"] * u + settings["intercept"] + error


OUTLIER_HEIGHT = 4.0
"""How far above the line the nearest outlier lies; the farthest lies twice as far."""


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
"""The inputs lie between plus and minus this."""


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
            Setting("offset", 0, -10, 10, "how far from 0 the column lies: far away, the valley grows long"),
            Setting("outliers", 0, 0, 0.5, "share of points that lie far above the line"),
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
            Setting("correlation", 0, -0.99, 0.99, "how alike the two columns are"),
            Setting("sparsity", 0, 0, 0.99, "share of rows in which s is 0"),
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
            Setting("distance", 2, 0, 8, "how far apart the classes lie"),
            Setting("mislabelled", 0, 0, 0.5, "share of points with the wrong class"),
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
            Setting("steepness", 1.5, -4, 4, "how steep the curve rises at 0"),
            Setting("height", 1, -3, 3, "where the curve levels off"),
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
            Setting("feedback", 2, -3, 5, "how strongly the state comes back at each step"),
            Setting("bias", -0.5, -3, 3, "what is added at each step"),
            SEED,
        ),
        f"States u of a cell with one feedback weight, and its states v {TEACHER_STEPS} steps later.",
        _recurrent,
    ),
)  # fmt: skip

GENERATORS: Mapping[str, Generator] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""The generators by name."""


@dataclass(frozen=True)
class MadeData:
    """A data set made to order.

    Attributes
    ----------
    name : str
        Of its generator.
    settings : mapping
        Values of settings that are not the defaults.
    placed : tuple of (row, across, up)
        Rows that lie elsewhere than they were made, by hand, and from number `MOST_POINTS` on rows that were added:
        each with the values of the first and of the last column.
    removed : tuple of int
        Rows that are made and were taken away by hand.
    """

    name: str
    settings: Mapping[str, float] = field(default_factory=dict)
    placed: tuple[tuple[int, float, float], ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def points(self) -> int:
        """How many rows are made."""
        return round(self.settings.get("points", GENERATORS[self.name].defaults["points"]))

    @property
    def added(self) -> list[int]:
        """The numbers of the rows that were added by hand."""
        return [row for row, _, _ in self.placed if row >= MOST_POINTS]

    @property
    def rows(self) -> NDArray[np.int64]:
        """The numbers of its rows, in the order of its columns, int64 (rows,)."""
        made = np.arange(self.points)
        kept = np.setdiff1d(made, self.removed)
        # Where fewer points are made, those that were taken away come back rather than leave a model with nothing.
        enough = len(kept) + len(self.added) >= FEWEST_ROWS
        return np.concatenate([kept if enough else made, np.array(self.added, dtype=np.int64)])

    def with_point(self, place: int, across: float, up: float) -> MadeData:
        """Return the data set with a row placed by hand, counted as in its columns; a row beyond the last is added."""
        rows, new = self.rows, max((MOST_POINTS - 1, *self.added)) + 1
        number = int(rows[place]) if place < len(rows) else new
        return replace(self, placed=tuple(sorted((*self._placed_but(number), (number, across, up)))))

    def without_point(self, place: int) -> MadeData:
        """Return the data set without a row, counted as in its columns.

        Raises
        ------
        FormulaError
            Where too few would be left.
        """
        if len(self.rows) <= FEWEST_ROWS:
            raise FormulaError(f"{FEWEST_ROWS} points stay: there is nothing to fit to fewer.")
        number = int(self.rows[place])
        removed = self.removed if number >= MOST_POINTS else tuple(sorted((*self.removed, number)))
        return replace(self, placed=self._placed_but(number), removed=removed)

    def _placed_but(self, number: int) -> tuple[tuple[int, float, float], ...]:
        return tuple(entry for entry in self.placed if entry[0] != number)

    def columns(self) -> dict[str, Array]:
        """Return its columns, float64 (rows,) each.

        Raises
        ------
        FormulaError
            As `generate` does.
        """
        columns = generate(self.name, **self.settings)
        rows, added = self.rows, len(self.added)
        first, *_, last = columns
        made = rows[: len(rows) - added]
        grown = {name: np.append(values[made], np.zeros(added)) for name, values in columns.items()}
        places = {number: place for place, number in enumerate(rows.tolist())}
        for number, across, up in self.placed:
            # A row that was placed and is not made now waits for more points.
            if number in places:
                grown[first][places[number]], grown[last][places[number]] = across, up
        return grown


@dataclass(frozen=True)
class TableData:
    """Columns of a file, by the names that formulas have for them.

    `rows` is how many there were when they were chosen, and `checksum` that of `Table.checksum`, 0 where nobody knows.
    """

    path: str
    names: tuple[str, ...]
    rows: int
    checksum: int = 0


Data = MadeData | TableData | Mapping[str, Array]
"""A data set to be made or read, or its columns."""
TABLES_KEPT = 2
"""Files whose numbers are kept: a formula that is typed asks for them at every key."""


def columns_of(data: Data | None, tell: Callable[[float], bool] | None = None) -> Columns | None:
    """Return the columns of a data set, made or read if need be; `tell` is that of `read_table`.

    Raises
    ------
    FormulaError
        Where it cannot be made, or is no data set.
    """
    if data is None or isinstance(data, Columns):
        return data
    if isinstance(data, TableData):
        return _read(data, tell)
    return Columns(data.columns() if isinstance(data, MadeData) else data)


def _read(data: TableData, tell: Callable[[float], bool] | None) -> Columns:
    try:
        return Columns(table_at(data.path, tell).chosen(*data.names))
    except TableError as error:
        # Who is told of it did not open a file, but a landscape or a session.
        raise TableError(f"{Path(data.path).name}: {error.message}", hint=error.hint) from None


def table_at(path: str, tell: Callable[[float], bool] | None = None) -> Table:
    """Return the numbers of a file, read anew only where it has changed; `tell` is that of `read_table`.

    Raises
    ------
    TableError
        As `engine.table_file.read_table` does.
    """
    try:
        written = Path(path).stat().st_mtime_ns
    except OSError:
        written = 0
    return _table(_File(path, written, tell))


@dataclass(frozen=True)
class _File:
    """A file as it was written at some moment."""

    path: str
    written: int
    tell: Callable[[float], bool] | None = field(compare=False)


@lru_cache(TABLES_KEPT)
def _table(file: _File) -> Table:
    return read_table(file.path, file.tell)


def generate(name: str, **settings: float) -> dict[str, Array]:
    """Return the columns of a data set, float64 (points,) each.

    Parameters
    ----------
    name
        Of one of `GENERATORS`.
    **settings
        Values of its settings; the others are their defaults.

    Raises
    ------
    FormulaError
        Where there is no such generator, a setting has another name, or a value lies outside its slider.
    """
    if name not in GENERATORS:
        raise FormulaError(f"There is no data set `{name}`.", hint=f"Known: {', '.join(GENERATORS)}.")
    generator = GENERATORS[name]
    check_values("setting", tuple(generator.defaults), settings)
    values = generator.defaults | settings
    for setting in generator.settings:
        if not setting.low <= values[setting.name] <= setting.high:
            bounds = f"between {setting.low:g} and {setting.high:g}"
            raise FormulaError(f"The setting `{setting.name}` lies {bounds}, not at {values[setting.name]:g}.")
    draws = Draws(round(values["points"]), round(values["seed"]))
    return dict(zip(generator.columns, generator.make(draws, values), strict=True))
