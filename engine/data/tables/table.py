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
from engine.data.tables.labels import TwoClasses, class_remark, classes_of
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

OF_A_NAME = re.compile("[A-Za-zα-ωΓΔΘΛΞΠΣΦΨΩ0-9]")


class TableError(FormulaError):
    """A file is no table of numbers; the message says why."""


@dataclass(frozen=True)
class Preview:
    """The first rows of a file as they are written: a title for each column, and the cells of each row."""

    titles: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


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
    labels : mapping of str to (str, str)
        Of each column of two words that which is -1 in `values`, and that which is 1.
    preview : Preview
        The first rows.
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
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    preview: Preview = Preview()

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
        raise TableError(f'{trouble} "{word}".', hint=f"Known: {', '.join(found or self.values)}.")

    def chosen(self, *names: str) -> dict[str, Array]:
        """Return columns without the rows in which one of them has no value, float64 (rows,) each.

        Raises
        ------
        TableError
            Where fewer than two rows are left.
        """
        known = self._known(names)
        unknown = [name for name in known if name not in self.values]
        if unknown:
            raise TableError(f'There is no column "{unknown[0]}" of numbers.', hint=f"Known: {', '.join(self.values)}.")
        complete = self._complete(known)
        if complete.sum() < FEWEST_ROWS:
            columns = " and ".join(f'"{self.titles[name]}"' for name in known)
            raise TableError(f"Fewer than two rows have a number in {columns}.", hint="Choose other columns.")
        return {asked: self.values[name][complete] for asked, name in zip(names, known, strict=True)}

    def classes(self, name: str) -> TwoClasses | None:
        """Return the two classes of a column, numbers or words, or None where it has not two values."""
        return classes_of(self.values[name], self.labels.get(name)) if name in self.values else None

    def words_of(self, *names: str) -> dict[str, tuple[str, str]]:
        """Return what the two numbers of a column stand for, for those of these columns that stand for words."""
        known = {name: self.name_of(name) for name in names}
        return {asked: self.labels[name] for asked, name in known.items() if name in self.labels}

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
        return [doubt for doubt in self.doubts if doubt.column in ("", *self._known(names))]

    def remarks(self, *names: str) -> list[str]:
        """Return sentences for a person who looks at these columns."""
        sentences = self.losses(*names)
        complete = self._complete(self._known(names))
        for name in self._known(names):
            if self.titles[name] != name:
                sentences.append(f'"{self.titles[name]}" is called "{name}" in formulas.')
            if name in self.labels and (classes := self.classes(name)) is not None:
                sentences.append(class_remark(name, classes))
            values = self.values[name][complete]
            if len(values) and np.ptp(values) == 0.0:
                sentences.append(f'Every value of "{name}" is {values[0]:g}.')
        if self.texts:
            sentences.append(f"No numbers: {', '.join(self.texts)}.")
        return [*sentences, *self.notes]

    def losses(self, *names: str) -> list[str]:
        """Return sentences on the lines that are not among the rows of these columns, one for each reason."""
        sentences, names = [], self._known(names)
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
        return "no number" if found is None else f'"{found}"' if found else "empty"

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

    def _known(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names that columns have now; older sessions have them all in small letters."""
        older = dict(zip(formula_names(title.casefold() for title in self.titles.values()), self.titles, strict=True))
        return tuple(name if name in self.values else older.get(name, name) for name in names)

    def _complete(self, names: Iterable[str]) -> NDArray[np.bool_]:
        """Return which rows have a number in all of these columns, bool (rows,)."""
        complete: NDArray[np.bool_] = np.isfinite(np.array([self.values[name] for name in names])).all(axis=0)
        return complete


def formula_names(titles: Iterable[str]) -> list[str]:
    """Return a name for each title that a formula can read: `Body Mass (kg)` is ``Body_Mass_kg``.

    No two are alike, even in small letters: a person could not tell them apart.
    """
    names: list[str] = []
    for number, title in enumerate(titles, start=1):
        names.append(next(name for name in _candidates(title, number) if _is_free(name, names)))
    return names


def _candidates(title: str, number: int) -> Iterator[str]:
    apart = (letter for letter in unicodedata.normalize("NFKD", title) if not unicodedata.combining(letter))
    # Capitals that no formula can read, as most Greek ones, become small letters, which it may be able to read.
    plain = "".join(letter if OF_A_NAME.fullmatch(letter) else letter.casefold() for letter in apart)
    words = re.sub(f"(?:(?!{OF_A_NAME.pattern}).)+", "_", plain, flags=re.DOTALL).strip("_")
    words = words[: LONGEST_NAME - ROOM_FOR_NUMBER]
    name = words if words and not words[0].isdigit() else f"column_{words or number}"
    yield name
    yield f"{name}_column"
    yield from (f"{name}_{again}" for again in count(2))


def _is_free(name: str, taken: Iterable[str]) -> bool:
    try:
        check_column(name)
    except FormulaError:
        return False
    return name.casefold() not in {other.casefold() for other in taken}
