"""Finds the layout of a file of numbers: its separator, its titles and its first row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.data.tables.account import Account
from engine.data.tables.cells import NUMBERS, Kind, read_cell
from engine.data.tables.reading import Reading
from engine.data.tables.rows import QUOTE, Assembler, Record, Shape, Splitter
from engine.data.tables.titles import are_titles_by_rows, are_units

SIGNS = (";", "\t", ",", "|", None)
"""The possible separators; any number of spaces, None, only where no other fits."""
SEPARATOR_LINE = re.compile(r'\s*"?sep=(\\t|[^\w\s"]|\t)"?\s*', re.IGNORECASE)
"""The line by which a spreadsheet names the separator."""
FEWEST_CELLS = 2
SHORT_ROW = 0.5
"""The penalty, in numbers, for each cell that a row lacks: a short row above a table mostly does not belong to it."""
CLEARLY_BETTER = 1.25
"""How many times as well the lines must fit if quoted cells go over several: then all such cells are taken whole."""
AFTER_A_GAP = 20
"""The weight, in numbers, of a row of words after a blank or a shorter line, where titles mostly are."""


@dataclass(frozen=True)
class Layout:
    """The layout of a file.

    Attributes
    ----------
    shape : Shape
        How the rows are written.
    first : int
        The line on which the first row begins, from 1.
    titles : tuple of str or None
        The titles of the columns; None where the file has none.
    title_lines : frozenset of int
        The lines of the titles, and of units under them.
    title_text : str
        The line of the titles, as it is written; "" unless it is a single one.
    evidence : str
        Why these are the titles: "words" where words are above numbers, "rows" where the other rows show it, "chosen",
        or "none".
    weight : float
        How many numbers are in the numeric columns, less the words among them.
    """

    shape: Shape
    first: int
    titles: tuple[str, ...] | None = None
    title_lines: frozenset[int] = frozenset()
    title_text: str = ""
    evidence: str = "none"
    weight: float = 0.0

    def are_titles(self, cells: Sequence[str]) -> bool:
        """Return whether these cells are the titles, which may come again."""
        return self.titles is not None and tidy_titles(cells) == self.titles


class _Kinds(dict[str, Kind]):
    """The kinds of cells by their texts, each read once."""

    def __missing__(self, text: str) -> Kind:
        self[text] = kind = read_cell(text).kind
        return kind


def find_layout(lines: Sequence[str], reading: Reading) -> Layout:
    """Return the layout of a file that begins with these lines, one of which is not blank.

    Parameters
    ----------
    lines
        With their ends.
    reading
        A person's choice of titles.
    """
    kinds = _Kinds()
    found = _layout(lines, True, reading, kinds)
    if any(found.shape.is_remark(line) for line in lines):
        # Where most rows begin with a mark, such as labels #1, #2, #3, it marks no remark.
        other = _layout(lines, False, reading, kinds)
        return other if other.weight > 2 * found.weight else found
    return found


def _layout(lines: Sequence[str], has_remarks: bool, reading: Reading, kinds: _Kinds) -> Layout:
    begins = next(place for place, line in enumerate(lines) if line.strip())
    named = SEPARATOR_LINE.fullmatch(lines[begins].strip("\r\n\ufeff"))
    signs = SIGNS if named is None else (named[1].replace("\\t", "\t"),)
    skipped = 0 if named is None else begins + 1
    shape = _best_shape([line for line in lines[skipped:] if line.strip()], signs, has_remarks, kinds)
    records = _records(lines, shape, skipped)
    if not records:
        return Layout(shape, len(lines) + 1)
    start, numeric, weight = _start(records, lines, shape, kinds)
    shape = replace(shape, numeric=numeric)
    found = _with_titles(records, start, shape, lines, reading, kinds)
    return replace(found, weight=weight)


def _best_shape(lines: Sequence[str], signs: Sequence[str | None], has_remarks: bool, kinds: _Kinds) -> Shape:
    """Return the shape that fits these lines, of which none is blank, by the separator that fits best."""

    def best(joined: bool) -> tuple[float, Shape]:
        shapes = [_shape(lines, Shape(sign, 1, has_remarks=has_remarks), joined, kinds) for sign in signs]
        return max(shapes, key=lambda found: (found[0], found[1].sign is not None, found[1].width))

    # By itself, a line with a stray quotation mark is one spoilt row; a cell over several lines leaves only short ones.
    (score, shape), (other_score, other) = best(joined=False), (0.0, None)
    if any(QUOTE in line for line in lines):
        other_score, other = best(joined=True)
    if other is None or other_score <= score:
        return shape
    return replace(other, joined=other_score > CLEARLY_BETTER * score)


def _shape(lines: Sequence[str], shape: Shape, joined: bool, kinds: _Kinds) -> tuple[float, Shape]:
    """Return a score of a separator, and the shape of rows with it, which may be `joined` of several lines.

    The score grows with the share of rows that have the same number of cells, two or more, and with that of numbers.
    """
    splitter = Splitter(shape.sign)
    data = [line for line in lines if not shape.is_remark(line)]
    records = splitter.joined(data) if joined else [Record(0, 1, splitter.alone(line)) for line in data]
    split = [(_trimmed(record.cells), record.lines) for record in records]
    rows = [
        ([kinds[cell] for cell in cells], lines_of_row)
        for cells, lines_of_row in split
        if len(cells) >= FEWEST_CELLS and any(kinds[cell] in NUMBERS for cell in cells)
    ]
    if not rows:
        return 0.0, shape
    counts: Counter[int] = Counter()
    for row, lines_of_row in rows:
        counts[len(row)] += lines_of_row
    width, alike = counts.most_common(1)[0]
    alike_rows = [row for row, _ in rows if len(row) == width]
    cells = [kind for row in alike_rows for kind in row if kind is not Kind.MISSING]
    share = sum(kind in NUMBERS for kind in cells) / len(cells)
    return alike / len(data) * (1 + share), replace(shape, width=width, numeric=_numeric(alike_rows))


def _numeric(rows: Sequence[Sequence[Kind]]) -> frozenset[int]:
    """Return the columns with more numbers than words."""
    balance: Counter[int] = Counter()
    for row in rows:
        balance.update({place: _worth(kind) for place, kind in enumerate(row)})
    return frozenset(place for place, worth in balance.items() if worth > 0)


def _worth(kind: Kind) -> int:
    return 1 if kind in NUMBERS else -(kind is Kind.WORD)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Return cells without the empty ones at the end of a line."""
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    return [*cells[: last + 1]]


def _records(lines: Sequence[str], shape: Shape, skipped: int) -> list[Record]:
    assembler = Assembler(shape, Account())
    found: list[Record] = []
    for number, line in enumerate(lines[skipped:], start=skipped + 1):
        found += assembler.feed(number, line)
    return found + assembler.end()


def _start(
    records: Sequence[Record], lines: Sequence[str], shape: Shape, kinds: _Kinds
) -> tuple[int, frozenset[int], float]:
    """Return the record at which a table begins, its numeric columns, and its weight.

    From there on, columns have the most numbers and the fewest words: lines above a table have other things in its
    columns, or fewer cells.
    """
    written = Counter(tuple(record.cells) for record in records)
    balance: Counter[int] = Counter()
    lost = 0.0
    best: tuple[float, int, int] = (0.0, 0, -len(records))
    numeric: frozenset[int] = frozenset()
    for place in range(len(records) - 1, -1, -1):
        record = records[place]
        row = [kinds[cell] for cell in record.cells[: shape.width]]
        if written[tuple(record.cells)] == 1 or Kind.WORD not in row or any(kind in NUMBERS for kind in row):
            # Repeated titles must not cut the table in two.
            balance.update({number: _worth(kind) for number, kind in enumerate(row)})
            shorter = place > 0 and len(records[place - 1].cells) < len(row)
            gap = shorter or (record.line > 1 and not lines[record.line - 2].strip())
            lost += SHORT_ROW * max(shape.width - len(row), 0)
            lost += AFTER_A_GAP if gap and all(kind is Kind.WORD for kind in row) else 0
        weight = sum(worth for worth in balance.values() if worth > 0) - lost
        columns = frozenset(number for number, worth in balance.items() if worth > 0)
        if (weight, len(columns), -place) >= best:
            best, numeric = (weight, len(columns), -place), columns
    weight, _, place = best
    return (-place if numeric else 0), numeric, weight


def _with_titles(
    records: Sequence[Record],
    start: int,
    shape: Shape,
    lines: Sequence[str],
    reading: Reading,
    kinds: _Kinds,
) -> Layout:
    """Return the layout of a table whose first row, or whose titles, are record `start`."""
    after_last = len(lines) + 1

    def titled(place: int, evidence: str, first: int) -> Layout:
        """Return the layout with the titles of a record and the first row after record `first` - 1."""
        used = records[place:first]
        numbers = frozenset(number for each in used for number in range(each.line, each.line + each.lines))
        text = lines[records[place].line - 1] if records[place].lines == 1 else ""
        begins = records[first].line if first < len(records) else after_last
        return Layout(shape, begins, tidy_titles(records[place].cells), numbers, text, evidence)

    bare = Layout(shape, records[start].line, evidence="none")
    words = _words(records, start, shape, lines, kinds)
    if words is not None and reading.titles is not False:
        return titled(*words)
    if words is not None:
        return replace(bare, first=records[words[0]].line, evidence="chosen")
    remark = _remark_with_titles(lines, records[start].line, shape, kinds)
    if remark is not None and reading.titles is not False:
        return replace(bare, titles=remark[1], title_lines=frozenset({remark[0]}), evidence="rows")
    is_shown = are_titles_by_rows(records[start].cells, [record.cells for record in records[start + 1 :]], shape)
    if reading.titles or (reading.titles is None and is_shown):
        return titled(start, "rows" if is_shown else "chosen", start + 1)
    return bare


def _words(
    records: Sequence[Record], start: int, shape: Shape, lines: Sequence[str], kinds: _Kinds
) -> tuple[int, str, int] | None:
    """Return the record of the titles by its words, the evidence, and the first row after it; None without titles.

    Titles are words in most numeric columns.  A row with fewer words, such as ``1990, 2000, sum``, has the titles only
    where no others are above it.
    """
    numeric = shape.numeric
    if not numeric:
        all_words = all(kinds[cell] is Kind.WORD for cell in records[start].cells)
        return (start, "words", start + 1) if all_words else None

    def words(place: int) -> list[str]:
        cells = records[place].cells
        return [cells[number] for number in numeric if number < len(cells) and kinds[cells[number]] is Kind.WORD]

    def may_be_titles(place: int) -> bool:
        return place >= 0 and 2 * len(words(place)) > len(numeric)

    above = start - 1
    if not may_be_titles(above):
        found = [word for word in words(start) if QUOTE not in word]
        return (start, "words" if may_be_titles(start) else "rows", start + 1) if found else None
    if may_be_titles(above - 1):
        if are_units(records[above].cells):
            return above - 1, "words", start
        if any(map(_has_digit, words(above))) and not any(map(_has_digit, words(above - 1))):
            # Numbers with a footnote, and the like: a row, whose titles stand above it.
            return above - 1, "words", above
    return above, "words", start


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _remark_with_titles(
    lines: Sequence[str], first: int, shape: Shape, kinds: _Kinds
) -> tuple[int, tuple[str, ...]] | None:
    """Return the nearest remark above the first row that has a word for each column, with its line."""
    for above in range(first - 1, 0, -1):
        if not shape.is_remark(lines[above - 1]):
            return None
        cells = _trimmed(Splitter(shape.sign).alone(lines[above - 1].strip().lstrip(' \t"#%!;/')))
        if len(cells) == shape.width and all(kinds[cell] is Kind.WORD for cell in cells):
            return above, tidy_titles(cells)
        if shape.sign is None:
            # Any sentence may have as many words as there are columns.
            return None
    return None


def tidy_titles(cells: Sequence[str]) -> tuple[str, ...]:
    """Return titles, each on one line, without empty ones at the end."""
    return tuple(" ".join(cell.split()).removeprefix(QUOTE) for cell in _trimmed(cells))
