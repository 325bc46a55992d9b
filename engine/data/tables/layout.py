"""What stands where in a file of numbers: what separates its cells, where its titles are, and its first row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.data.tables.account import Account
from engine.data.tables.cells import NUMBERS, Kind, read_cell
from engine.data.tables.reading import Reading
from engine.data.tables.rows import QUOTE, Assembler, Record, Shape, Splitter
from engine.data.tables.titles import are_units, titles_told_by

SIGNS = (";", "\t", ",", "|", None)
"""What may separate cells; any number of spaces, None, only where nothing else does."""
SEPARATOR_LINE = re.compile(r'\s*"?sep=(\\t|[^\w\s"]|\t)"?\s*', re.IGNORECASE)
"""The line with which a spreadsheet tells what separates cells."""
FEWEST_CELLS = 2
SHORT_ROW = 0.5
"""What a row loses for each cell that it lacks, in numbers: in front of a table it is rather something else."""
AFTER_A_GAP = 20
"""What a row of words weighs, in numbers, after a blank line or a shorter one: titles mostly stand there."""


@dataclass(frozen=True)
class Layout:
    """What stands where.

    Attributes
    ----------
    shape : Shape
        How the rows are written.
    first : int
        The line on which the first row begins, from 1.
    titles : tuple of str or None
        What the file calls its columns; None where it does not.
    title_lines : frozenset of int
        The lines on which titles stand, and units under them.
    title_text : str
        The line on which they stand, as it is written; "" where it is not one alone.
    told : str
        How certain the titles are: "words" where words stand above numbers, "rows" where the other rows tell,
        "chosen", or "none".
    weight : float
        How many numbers stand in columns of numbers, less the words among them.
    """

    shape: Shape
    first: int
    titles: tuple[str, ...] | None = None
    title_lines: frozenset[int] = frozenset()
    title_text: str = ""
    told: str = "none"
    weight: float = 0.0

    def are_titles(self, cells: Sequence[str]) -> bool:
        """Tell whether these cells are the titles, which may come again."""
        return self.titles is not None and tidy_titles(cells) == self.titles


class _Kinds(dict[str, Kind]):
    """The kinds of cells, each found out once."""

    def __missing__(self, text: str) -> Kind:
        self[text] = kind = read_cell(text).kind
        return kind


def find_layout(lines: Sequence[str], reading: Reading) -> Layout:
    """Return what stands where in a file that begins with these lines, one of which is not blank.

    Parameters
    ----------
    lines
        With their ends.
    reading
        What was chosen of titles.
    """
    kinds = _Kinds()
    found = _layout(lines, True, reading, kinds)
    if any(found.shape.is_remark(line) for line in lines):
        # Where most rows begin with a mark, such as labels #1, #2, #3, it is none.
        other = _layout(lines, False, reading, kinds)
        return other if other.weight > 2 * found.weight else found
    return found


def _layout(lines: Sequence[str], has_remarks: bool, reading: Reading, kinds: _Kinds) -> Layout:
    begins = next(place for place, line in enumerate(lines) if line.strip())
    told = SEPARATOR_LINE.fullmatch(lines[begins].strip("\r\n\ufeff"))
    signs = SIGNS if told is None else (told[1].replace("\\t", "\t"),)
    skipped = 0 if told is None else begins + 1
    shapes = [_shape(lines[skipped:], Shape(sign, 1, has_remarks=has_remarks), kinds) for sign in signs]
    _, shape = max(shapes, key=lambda found: (found[0], found[1].sign is not None, found[1].width))
    records = _records(lines, shape, skipped)
    if not records:
        return Layout(shape, len(lines) + 1)
    start, numeric, weight = _start(records, lines, shape, kinds)
    shape = replace(shape, numeric=numeric)
    found = _with_titles(records, start, shape, lines, reading, kinds)
    return replace(found, weight=weight)


def _shape(lines: Sequence[str], shape: Shape, kinds: _Kinds) -> tuple[float, Shape]:
    """Return how well a separator fits, and the shape that rows have with it.

    It fits as far as rows have the same number of cells, two or more, and as far as these are numbers.
    """
    splitter = Splitter(shape.sign)
    split = [_trimmed(splitter.alone(line)) for line in lines if line.strip() and not shape.is_remark(line)]
    found = [[kinds[cell] for cell in cells] for cells in split]
    rows = [row for row in found if len(row) >= FEWEST_CELLS and any(kind in NUMBERS for kind in row)]
    if not rows:
        return 0.0, shape
    width, alike = Counter(map(len, rows)).most_common(1)[0]
    cells = [kind for row in rows if len(row) == width for kind in row if kind is not Kind.MISSING]
    numbers = sum(kind in NUMBERS for kind in cells)
    numeric = _numeric([row for row in rows if len(row) == width])
    return alike / len(found) * (1 + numbers / len(cells)), replace(shape, width=width, numeric=numeric)


def _numeric(rows: Sequence[Sequence[Kind]]) -> frozenset[int]:
    """Return the columns that hold more numbers than words."""
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
    """Return the record from which on columns have the most numbers and fewest words, these columns, and how many.

    What stands above a table has other things in its columns, or fewer cells.
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
            # Titles that come again must not cut the table in two.
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

    def taken(place: int, told: str, first: int) -> Layout:
        """Have a record for titles, and the one after those up to `first` for the first row."""
        used = records[place:first]
        numbers = frozenset(number for each in used for number in range(each.line, each.line + each.lines))
        text = lines[records[place].line - 1] if records[place].lines == 1 else ""
        begins = records[first].line if first < len(records) else after_last
        return Layout(shape, begins, tidy_titles(records[place].cells), numbers, text, told)

    bare = Layout(shape, records[start].line, told="none")
    words = _words(records, start, shape, lines, kinds)
    if words is not None and reading.titles is not False:
        return taken(*words)
    if words is not None:
        return replace(bare, first=records[words[0]].line, told="chosen")
    remark = _remark_with_titles(lines, records[start].line, shape, kinds)
    if remark is not None and reading.titles is not False:
        return replace(bare, titles=remark[1], title_lines=frozenset({remark[0]}), told="rows")
    tells = titles_told_by(records[start].cells, [record.cells for record in records[start + 1 :]], shape)
    if reading.titles or (reading.titles is None and tells):
        return taken(start, "rows" if tells else "chosen", start + 1)
    return bare


def _words(
    records: Sequence[Record], start: int, shape: Shape, lines: Sequence[str], kinds: _Kinds
) -> tuple[int, str, int] | None:
    """Return which record is one of titles by its words, that, and which is the first row after it; None for none.

    Titles are words in most columns of numbers.  A row with a word here and there is one of titles, such as ``1990,
    2000, sum``, only where no others stand above it.
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
