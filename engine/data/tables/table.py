"""The table of a file: its columns of numbers, under names that formulas can use."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from numpy.typing import NDArray

from engine.data.tables.account import MOST_NAMED, Account, counted, listed_lines
from engine.data.tables.reading import AS_THE_FILE_TELLS, Doubt, Reading
from engine.language.errors import FormulaError
from engine.language.syntax.names import check_column
from engine.language.syntax.tokens import LONGEST_NAME
from engine.language.types import Array, Bounds, Point

FEWEST_ROWS = 2
START_SHARE, START_LIFT = 0.75, 0.4
"""The distance of the start from the best line: shares of the steepest slope, and of the height of all points."""
ROOM_FOR_NUMBER = 10
"""Characters of the longest name that are kept free for a number that makes it unique."""


class TableError(FormulaError):
    """A file is no table of numbers; the message says why."""


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of numbers.

    Attributes
    ----------
    values : mapping of str to float64 (rows,)
        The columns by the names that formulas have for them; NaN where a value is missing.
    titles : mapping of str to str
        Their titles in the file.
    rows_in_file : int
        The number of rows; if they are too many, those of `values` are an evenly spread sample.
    texts : tuple of str
        The titles of the columns without numbers.
    lines : int64 (rows,)
        The numbers of the lines on which the rows begin, from 1.
    strange : mapping of str to mapping of int to str
        Some cells of each column that are no numbers, by their lines.
    account : Account
        The numbers of lines of each kind.
    doubts : tuple of Doubt
        What may be read in two ways.
    notes : tuple of str
        More sentences about the file.
    reading : Reading
        A person's choices where there is a doubt.
    """

    values: Mapping[str, Array]
    titles: Mapping[str, str]
    rows_in_file: int
    texts: tuple[str, ...] = ()
    lines: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    strange: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    reading: Reading = AS_THE_FILE_TELLS

    @property
    def rows(self) -> int:
        """The number of rows that are used, those with missing values too."""
        return len(next(iter(self.values.values())))

    def name_of(self, word: str) -> str:
        """Return the name of the column that `word` means: its name or title in any case, or the beginning of one.

        Raises
        ------
        TableError
            Where there is none, or more than one begins so.
        """
        called = {name: (name.lower(), title.lower()) for name, title in self.titles.items()}
        exact = [name for name, words in called.items() if word.lower() in words]
        begun = [name for name, words in called.items() if any(each.startswith(word.lower()) for each in words)]
        found = exact[:1] or begun
        if len(found) == 1:
            return found[0]
        trouble = "More than one column begins with" if found else "No column of numbers is called"
        raise TableError(f"{trouble} `{word}`.", hint=f"Known: {', '.join(found or self.values)}.")

    def chosen(self, *names: str) -> dict[str, Array]:
        """Return columns without the rows in which one of them has no value, float64 (rows,) each.

        Raises
        ------
        TableError
            Where fewer than two rows are left.
        """
        unknown = [name for name in names if name not in self.values]
        if unknown:
            raise TableError(f"There is no column `{unknown[0]}` of numbers.", hint=f"Known: {', '.join(self.values)}.")
        complete = self._complete(names)
        if complete.sum() < FEWEST_ROWS:
            columns = " and ".join(f"`{self.titles[name]}`" for name in names)
            raise TableError(f"Fewer than two rows have a number in {columns}.", hint="Choose other columns.")
        return {name: self.values[name][complete] for name in names}

    def row_count(self, *names: str) -> int:
        """Return how many rows `chosen` returns.

        Raises
        ------
        TableError
            As `chosen` does.
        """
        return len(self.chosen(*names)[names[0]])

    def checksum(self, *names: str) -> int:
        """Return a checksum of columns, never 0.

        Raises
        ------
        TableError
            As `chosen` does.
        """
        return zlib.crc32(np.array([*self.chosen(*names).values()]).tobytes()) or 1

    def doubts_of(self, *names: str) -> list[Doubt]:
        """Return the doubts about these columns, and about the whole file."""
        return [doubt for doubt in self.doubts if doubt.column in ("", *names)]

    def remarks(self, *names: str) -> list[str]:
        """Return sentences for a person who looks at these columns."""
        sentences = self.losses(*names)
        complete = self._complete(names)
        for name in names:
            if self.titles[name] != name:
                sentences.append(f"`{self.titles[name]}` is called `{name}` in formulas.")
            values = self.values[name][complete]
            if len(values) and np.ptp(values) == 0.0:
                sentences.append(f"Every value of `{name}` is {values[0]:g}.")
        if self.texts:
            sentences.append(f"No numbers: {', '.join(self.texts)}.")
        return [*sentences, *self.notes]

    def losses(self, *names: str) -> list[str]:
        """Return sentences on the lines that are not among the rows of these columns, one for each reason."""
        sentences = []
        if self.rows < self.rows_in_file:
            sentences.append(f"{self.rows:,} of {self.rows_in_file:,} rows are used, spread evenly over the file.")
        missing = np.flatnonzero(~self._complete(names))
        if len(missing):
            named = [(int(self.lines[row]), self._lack(int(self.lines[row]), names)) for row in missing[:MOST_NAMED]]
            sentences.append(
                f"{counted(len(missing), 'row')} without a number left out: {listed_lines(named, len(missing))}."
            )
        return [*sentences, *self.account.sentences()]

    def _lack(self, line: int, names: Iterable[str]) -> str:
        """Return what a line has in place of a number."""
        row = int(np.searchsorted(self.lines, line))
        texts = [self.strange.get(name, {}).get(line) for name in names if not np.isfinite(self.values[name][row])]
        found = next((text for text in texts if text is not None), None)
        return "no number" if found is None else f"`{found}`" if found else "empty"

    def line_view(self, across: str, up: str, standardised: bool) -> tuple[Bounds, Point]:
        """Return a domain for the slope and height of a fitted line, and a start whose line passes among the points.

        The best line is in the middle of the domain.  At its edges, lines are as steep, and as far off, as the points
        are spread.
        `standardised` is whether the column `across` is brought to mean 0 and spread 1.
        """
        columns = self.chosen(across, up)
        u, v = columns[across], columns[up]
        if standardised:
            u = (u - u.mean()) / (u.std() or 1.0)
        tall, wide = float(np.ptp(v)) or 1.0, float(np.ptp(u)) or 1.0
        middle, steepest = float(u.mean()), tall / wide
        slope = float(np.mean((u - middle) * (v - v.mean())) / (u.var() or 1.0))
        height, reach = float(v.mean()) - slope * middle, tall + abs(middle) * steepest
        bounds = (slope - steepest, slope + steepest), (height - reach, height + reach)
        turned = START_SHARE * steepest
        return bounds, (slope - turned, height + turned * middle + START_LIFT * tall)

    def _complete(self, names: Iterable[str]) -> NDArray[np.bool_]:
        """Return which rows have a number in all of these columns, bool (rows,)."""
        complete: NDArray[np.bool_] = np.isfinite(np.array([self.values[name] for name in names])).all(axis=0)
        return complete


def formula_names(titles: Iterable[str]) -> list[str]:
    """Return a name for each title that a formula can read, no two alike: `Body Mass (kg)` is ``body_mass_kg``."""
    names: list[str] = []
    for number, title in enumerate(titles, start=1):
        names.append(next(name for name in _candidates(title, number) if _is_free(name, names)))
    return names


def _candidates(title: str, number: int) -> Iterator[str]:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(letter)
    )
    words = re.sub(r"[^A-Za-zα-ωΓΔΘΛΞΠΣΦΨΩ0-9]+", "_", plain).strip("_")[: LONGEST_NAME - ROOM_FOR_NUMBER]
    name = words if words and not words[0].isdigit() else f"column_{words or number}"
    yield name
    yield f"{name}_column"
    yield from (f"{name}_{again}" for again in count(2))


def _is_free(name: str, taken: Iterable[str]) -> bool:
    try:
        check_column(name)
    except FormulaError:
        return False
    return name not in taken
