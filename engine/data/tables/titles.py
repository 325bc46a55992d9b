"""Decides whether a row of numbers has titles, and whether a row of words has units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from engine.data.tables.cells import Cell, Kind, is_number, read_cell
from engine.data.tables.rows import Shape

FIRST_YEAR, LAST_YEAR = 1500, 2200
FEWEST_TITLES = 2
"""The fewest numeric columns with titles that are numbers: a single year may be anything."""
HALF = 0.5
_SCALED = "m|s|g|K|A|V|W|Pa|Hz|J|N|C|F|T|L|l|mol|eV|bar|Ohm|Ω"
_POWER = r"(?:(?:\^|\*\*)?[-−]?[\d²³⁻¹]+)?"
_UNIT = rf"(?:[fpnµμumcdhkMGT]?(?:{_SCALED})|%|‰|°[CF]?|deg[CF]?|min|h|d|yr|kg|t|ha|ppm|ppb|rad){_POWER}"
_UNITS = re.compile(rf"[\[(].*[\])]|{_UNIT}(?:[ ·*/.]{_UNIT})*")


def are_units(cells: Sequence[str]) -> bool:
    """Return whether every cell is a unit, such as m/s and (kg), or empty."""
    written = [cell.strip() for cell in cells if read_cell(cell).kind is not Kind.MISSING and cell.strip() != "1"]
    return bool(written) and all(_UNITS.fullmatch(cell) for cell in written)


def are_titles_by_rows(first: Sequence[str], others: Sequence[Sequence[str]], shape: Shape) -> bool:
    """Return whether a first row of numbers must be titles, since the other rows are of another kind.

    Its numbers are integers, ascending or descending.  They are years, and the numbers below mostly are not; or they
    are equally spaced, and all numbers below have fractions; or the row has no word where each other row has one.
    """
    places = sorted(shape.numeric)
    if len(places) < FEWEST_TITLES or len(first) <= places[-1]:
        return False
    titles = [read_cell(first[place]) for place in places]
    below = [[read_cell(cells[place]) for place in places if place < len(cells)] for cells in others]
    cells = [cell for row in below for cell in row if is_number(cell)]
    steps = {b.point - a.point for a, b in pairwise(titles)}
    if not cells or not all(map(_is_whole, titles)) or not (min(steps) > 0 or max(steps) < 0):
        return False
    # The first row of a simulation may well be 0, 1 and those below 0.1, 0.95: without words, three columns must agree.
    has_words, many = len(places) < shape.width, len(places) > FEWEST_TITLES
    have_fractions = not any(map(_is_whole, cells))
    if all(map(_is_year, titles)):
        return sum(map(_is_year, cells)) <= HALF * len(cells) and (has_words or many or have_fractions)
    return (has_words and many and len(steps) == 1 and have_fractions) or _lacks_words(first, others, shape)


def _lacks_words(first: Sequence[str], others: Sequence[Sequence[str]], shape: Shape) -> bool:
    """Return whether the first row has an empty cell where each other row has a word."""
    places = [place for place in range(shape.width) if place not in shape.numeric]
    empty = [place for place in places if place < len(first) and not first[place].strip()]
    return any(all(place < len(cells) and cells[place].strip() for cells in others) for place in empty)


def _is_whole(cell: Cell) -> bool:
    return cell.kind is Kind.SAME and cell.point % 1 == 0


def _is_year(cell: Cell) -> bool:
    return _is_whole(cell) and FIRST_YEAR <= cell.point <= LAST_YEAR
