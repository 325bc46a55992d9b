"""Whether a row of numbers is one of titles, and whether a row of words is one of units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from engine.table_cells import Cell, Kind, is_number, read_cell
from engine.table_rows import Shape

FIRST_YEAR, LAST_YEAR = 1000, 2999
FEWEST_TITLES = 2
"""Columns of numbers: a single year above one of them may be anything."""
FEWEST_WITNESSES = 3
"""Rows that must be unlike the first one, where it does not show years."""
HALF = 0.5
_SCALED = "m|s|g|K|A|V|W|Pa|Hz|J|N|C|F|T|L|l|mol|eV|bar|Ohm|Ω"
_POWER = r"(?:(?:\^|\*\*)?[-−]?[\d²³⁻¹]+)?"
_UNIT = rf"(?:[fpnµμumcdhkMGT]?(?:{_SCALED})|%|‰|°[CF]?|deg[CF]?|min|h|d|yr|kg|t|ha|ppm|ppb|rad){_POWER}"
_UNITS = re.compile(rf"[\[(].*[\])]|{_UNIT}(?:[ ·*/.]{_UNIT})*")


def are_units(cells: Sequence[str]) -> bool:
    """Tell whether every cell is a unit, such as m/s and (kg), or nothing."""
    written = [cell.strip() for cell in cells if read_cell(cell).kind is not Kind.MISSING and cell.strip() != "1"]
    return bool(written) and all(_UNITS.fullmatch(cell) for cell in written)


def titles_told_by(first: Sequence[str], others: Sequence[Sequence[str]], shape: Shape) -> bool:
    """Tell whether a first row of numbers must be one of titles, since the other rows have other things there.

    Its numbers are whole, and rise or fall from column to column.  They are years and those below are not; or those
    below have fractions; or there is no word where the other rows have one.
    """
    places = sorted(shape.numeric)
    if len(places) < FEWEST_TITLES or len(first) <= places[-1]:
        return False
    titles = [read_cell(first[place]) for place in places]
    below = [[read_cell(cells[place]) for place in places if place < len(cells)] for cells in others]
    rows = [row for row in below if any(map(is_number, row))]
    if not rows or not all(map(_is_whole, titles)) or not _goes_one_way([cell.point for cell in titles]):
        return False
    cells = [cell for row in rows for cell in row if is_number(cell)]
    if all(map(_is_year, titles)):
        return sum(map(_is_year, cells)) <= HALF * len(cells)
    fractions = len(rows) >= FEWEST_WITNESSES and not any(map(_is_whole, cells))
    return fractions or _lacks_words(first, others, shape)


def _lacks_words(first: Sequence[str], others: Sequence[Sequence[str]], shape: Shape) -> bool:
    """Tell whether the first row has nothing where each other has a word."""
    places = [place for place in range(shape.width) if place not in shape.numeric]
    empty = [place for place in places if place < len(first) and not first[place].strip()]
    return any(all(place < len(cells) and cells[place].strip() for cells in others) for place in empty)


def _is_whole(cell: Cell) -> bool:
    return cell.kind is Kind.SAME and cell.point % 1 == 0


def _is_year(cell: Cell) -> bool:
    return _is_whole(cell) and FIRST_YEAR <= cell.point <= LAST_YEAR


def _goes_one_way(values: Sequence[float]) -> bool:
    return all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values))
