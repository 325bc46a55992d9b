"""Reads a file of comma-separated values, however it separates them; a large one in bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
import math
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np

from engine.table import FEWEST_ROWS, Table, TableError, formula_names
from engine.table_cells import number_in, numbers_among, uses_decimal_comma

MOST_ROWS = 10_000
"""Rows that are used: a picture of more would not follow a slider."""
HEAD_BYTES = 65_536
HEAD_ROWS = 50
"""What is looked at to find out how the file is written."""
DELIMITERS = ";\t,|"
FEWEST_COLUMNS = 2
MOST_CONTROLS = 0.01
"""Share of characters that steer devices, above which a file is no text."""
TELLING_ROWS = 20_000
"""Rows between two words on how far it is."""
ROWS_AT_ONCE, PAUSE_S = 400, 5e-5
"""Rows between two pauses, and their length: less than a millisecond of work, so that a window goes on smoothly."""
HALF = 0.5
"""A column is one of numbers where more of its values than this share are."""
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_table(path: str | os.PathLike[str], tell: Callable[[float], bool] | None = None) -> Table:
    """Return the numbers of a file.

    Parameters
    ----------
    path
        Of a file whose lines are rows: separated by ``,`` ``;`` ``|`` or tabs, with or without a line of titles.
    tell : callable, optional
        Is told now and then which share is read; reading ends where it returns False.

    Raises
    ------
    TableError
        Where the file cannot be read, is no text, or has no two columns and rows of numbers; or reading was ended.
    """
    try:
        with Path(path).open("rb") as file:
            return _read(file, tell)
    except OSError as error:
        raise TableError(f"This file cannot be read: {error.strerror or 'it is not there'}.") from None
    except csv.Error:
        raise TableError("This file is no table: a cell never ends.", hint="Look for a lone quotation mark.") from None


def _read(file: io.BufferedReader, tell: Callable[[float], bool] | None) -> Table:
    size = os.fstat(file.fileno()).st_size
    head = file.read(HEAD_BYTES)
    encoding = _encoding(head)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    lines = [line for line in islice(text, HEAD_ROWS + 1) if line.strip()]
    delimiter = max(DELIMITERS, key=lambda sign: _fitness(_split(lines, sign)))
    rows = _split(lines, delimiter)
    if not rows:
        raise TableError("This file is empty.")
    has_titles = _has_titles(rows)
    sample = _Sample(uses_decimal_comma(rows[has_titles:]))
    reader = csv.reader(chain(lines, text), delimiter=delimiter, skipinitialspace=True)
    for number, row in enumerate(_written(reader)):
        if number or not has_titles:
            sample.add(row)
        if tell is None or number % ROWS_AT_ONCE:
            continue
        # Whoever is told has other threads to go on: asked for Python's lock, this one would keep it far longer.
        time.sleep(PAUSE_S)
        if number % TELLING_ROWS == 0 and not tell(min(file.tell() / max(size, 1), 1.0)):
            raise TableError("Reading was ended.")
    return sample.table(rows[0] if has_titles else None)


class _Sample:
    """Gathers rows: every one until there are too many, then every second, fourth, eighth ..."""

    def __init__(self, decimal_comma: bool) -> None:
        self._decimal_comma = decimal_comma
        self._rows: list[list[float | None]] = []
        self._stride = 1
        self._seen = 0

    def add(self, row: Sequence[str]) -> None:
        """Take a row, if it is the turn of one."""
        if self._seen % self._stride == 0:
            if len(self._rows) == MOST_ROWS:
                self._rows, self._stride = self._rows[::2], 2 * self._stride
            if self._seen % self._stride == 0:
                self._rows.append([number_in(cell, self._decimal_comma) for cell in row])
        self._seen += 1

    def table(self, titles: Sequence[str] | None) -> Table:
        """Return all that was gathered; without `titles` the columns are numbered."""
        width = Counter(len(row) for row in self._rows).most_common(1)[0][0] if self._rows else 0
        if titles is not None:
            width = max(width, len(titles))
        titles = [*(titles or ()), *(f"column {number}" for number in range(len(titles or ()) + 1, width + 1))]
        columns = [[row[place] if place < len(row) else math.nan for row in self._rows] for place in range(width)]
        numeric = [place for place, column in enumerate(columns) if _is_numbers(column)]
        texts = [titles[place].strip() for place in range(width) if place not in numeric]
        self._check(numeric, titles, texts)
        named = dict(zip(formula_names(titles[place] for place in numeric), numeric, strict=True))
        values = {
            name: np.array([math.nan if value is None else value for value in columns[place]])
            for name, place in named.items()
        }
        return Table(values, {name: titles[place].strip() for name, place in named.items()}, self._seen, tuple(texts))

    def _check(self, numeric: Sequence[int], titles: Sequence[str], texts: Sequence[str]) -> None:
        """Refuse what no model can be fitted to."""
        if self._seen == 0:
            raise TableError("This file has titles and no rows.")
        if not numeric:
            raise TableError("No column of this file has numbers.")
        if len(numeric) < FEWEST_COLUMNS:
            others = f" No numbers: {', '.join(texts)}." if texts else ""
            raise TableError(f"Only `{titles[numeric[0]].strip()}` has numbers, and a model needs two columns.{others}")
        if self._seen < FEWEST_ROWS:
            raise TableError("This file has a single row of numbers, and a model needs more.")


def _encoding(head: bytes) -> str:
    """Return how the text is encoded, by its mark, its zeros, or what it could be."""
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    zeros = [place % 2 for place, byte in enumerate(head) if byte == 0]
    if len(zeros) > len(head) / 4 and len(set(zeros)) == 1:
        return "utf-16-le" if zeros[0] else "utf-16-be"
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    if zeros or controls > MOST_CONTROLS * len(head):
        raise TableError("This file is no text.", hint="Save the table as CSV first.")
    try:
        # In parts, since the last character may be cut off.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _split(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    return list(_written(csv.reader(lines, delimiter=delimiter, skipinitialspace=True)))


def _written(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the rows in which anything stands."""
    # Nearly always the first cell tells, and a large file has millions.
    return (row for row in rows if row and (row[0] or any(map(str.strip, row))))


def _fitness(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Return how well a way to separate cells fits: rows of one width, two cells or more, most of them numbers."""
    if not rows:
        return 0.0, 0
    width, alike = Counter(len(row) for row in rows).most_common(1)[0]
    if width < FEWEST_COLUMNS:
        return 0.0, 0
    cells = sum(len(row) for row in rows)
    return alike / len(rows) * (1 + numbers_among(rows) / cells), width


def _has_titles(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row has words where the others have numbers, or words alone."""
    first, others = rows[0], rows[1:]
    comma = uses_decimal_comma(others)
    words = [place for place, cell in enumerate(first) if number_in(cell, comma) is None]
    if not words:
        return False
    below = [row[place] for row in others for place in words if place < len(row)]
    return len(words) == len(first) or numbers_among([below]) > HALF * len(below)


def _is_numbers(column: Sequence[float | None]) -> bool:
    values = [value for value in column if value is None or not math.isnan(value)]
    return sum(value is not None for value in values) > HALF * len(values) if values else False
