"""Builds a table from collected columns: which are numeric, with which decimal sign, and what of that is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from engine.data.tables.account import Account
from engine.data.tables.cells import NUMBERS, Kind, read_cell
from engine.data.tables.columns import MOST_AFFIXES, Column, Decision, Sample, decide
from engine.data.tables.layout import Layout
from engine.data.tables.reading import COMMA, POINT, Doubt, Reading
from engine.data.tables.table import FEWEST_ROWS, Preview, Table, TableError, formula_names
from engine.language.types import Array

FEWEST_COLUMNS = 2
OTHER = {POINT: COMMA, COMMA: POINT}
MOST_TITLES = 3


def check_table(account: Account, sample: Sample, layout: Layout) -> None:
    """Check that a model can be fitted to a table.

    Raises
    ------
    TableError
        Where there are fewer than two columns or rows of numbers.
    """
    numeric = [place for place, (_, decision) in _numeric(sample, layout).items()]
    titles = _titles(sample, layout)
    if account.rows == 0:
        kinds = {"titles": account.titles, "remarks": account.remarks, "words": account.above}
        found = [kind for kind, lines in kinds.items() if lines]
        raise TableError(f"This file has {found[0]} and no rows." if found else "This file is empty.")
    if not numeric:
        some = any(column.counts[kind] for column in sample.columns for kind in NUMBERS)
        which = " in half of its cells" if some else ""
        raise TableError(f"No column of this file has numbers{which}.", hint=_what_is_none(sample, range(len(titles))))
    if len(numeric) + len(_classes(sample)) < FEWEST_COLUMNS:
        texts = _texts(sample, layout, titles, numeric)
        others = f" No numbers: {', '.join(texts)}." if texts else ""
        words = [place for place in range(len(titles)) if place not in numeric]
        message = f'Only "{titles[numeric[0]]}" has numbers, and a model needs two columns.{others}'
        raise TableError(message, hint=_what_is_none(sample, words))
    if account.rows < FEWEST_ROWS:
        raise TableError("This file has a single row of numbers, and a model needs more.")


def _what_is_none(sample: Sample, places: Iterable[int]) -> str:
    """Return a sentence on the first cell of these columns that has digits and is no number; "" where there is none."""
    for place in places:
        for line, text in sample.columns[place].examples[Kind.WORD]:
            if any(map(str.isdigit, text)):
                return f'"{text}" on line {line:,} is no number.'
    return ""


def build_table(account: Account, sample: Sample, layout: Layout, reading: Reading, has_changed: bool) -> Table:
    """Return the table of the collected columns."""
    titles, numeric, classes = _titles(sample, layout), _numeric(sample, layout), _classes(sample)
    # Columns of numbers come first: a model that nobody has chosen is a line through the first two.
    places = [*numeric, *classes]
    names = dict(zip(formula_names(titles[place] for place in places), places, strict=True))
    doubts, notes = list[Doubt](), list(_notes(layout, sample, has_changed))
    values: dict[str, Array] = {}
    strange: dict[str, Mapping[int, str]] = {}
    for name, place in list(names.items())[: len(numeric)]:
        column, decision = numeric[place]
        chosen = reading.decimal_of(name)
        decimal = chosen if chosen in OTHER and decision.doubtful else decision.decimal
        if decision.doubtful:
            doubts.append(_decimal_doubt(name, titles[place], column, decimal, reading))
        elif column.decided and reading.names(name) and chosen != decimal:
            notes.append(f'The numbers of "{titles[place]}" have a decimal {decimal}, and can have no other.')
        values[name] = column.values(decimal)
        strange[name] = _strange(column, decimal)
        notes += _affix_notes(titles[place], column)
    doubts += _title_doubts(layout, reading)
    values |= {name: sample.columns[place].labels.values() for name, place in names.items() if place in classes}
    return Table(
        values,
        {name: titles[place] for name, place in names.items()},
        account.rows,
        tuple(_texts(sample, layout, titles, places)),
        sample.line_numbers(),
        strange,
        account,
        tuple(doubts),
        tuple(notes),
        reading,
        {name: classes[place] for name, place in names.items() if place in classes},
        Preview(tuple(titles), tuple(sample.first_rows)),
    )


def _titles(sample: Sample, layout: Layout) -> list[str]:
    """Return a title for each column; one without a title gets a number."""
    given = [*(layout.titles or ()), *[""] * len(sample.columns)]
    return [given[place] or f"column {place + 1}" for place in range(len(sample.columns))]


def _numeric(sample: Sample, layout: Layout) -> dict[int, tuple[Column, Decision]]:
    """Return the numeric columns by their places, each with its decimal sign."""
    likely = {place: column for place, column in enumerate(sample.columns) if any(map(column.has_numbers, OTHER))}
    decided = {
        place: (column, decide(column, [other for other in likely.values() if other is not column], layout.shape.sign))
        for place, column in likely.items()
    }
    return {place: found for place, found in decided.items() if found[0].has_numbers(found[1].decimal)}


def _classes(sample: Sample) -> dict[int, tuple[str, str]]:
    """Return the two words of each column that has two different ones, by its place."""
    found = {place: column.labels.words for place, column in enumerate(sample.columns) if column.has_classes}
    return {place: words for place, words in found.items() if words is not None}


def _texts(sample: Sample, layout: Layout, titles: Sequence[str], numeric: Sequence[int]) -> list[str]:
    """Return the titles of the columns without numbers; a separator at the end of each line makes no column."""
    words = [place for place, column in enumerate(sample.columns) if column.filled]
    titled = [place for place, title in enumerate(layout.titles or ()) if title]
    return [titles[place] for place in sorted({*words, *titled}) if place not in numeric]


def _strange(column: Column, decimal: str) -> dict[int, str]:
    """Return some cells that are no numbers, by their lines."""
    kinds = (Kind.WORD, Kind.MISSING, Kind.COMMA if decimal == POINT else Kind.POINT)
    return {line: text for kind in kinds for line, text in column.examples[kind]}


def _decimal_doubt(name: str, title: str, column: Column, decimal: str, reading: Reading) -> Doubt:
    """Return the doubt about a column whose decimal sign is not decided."""
    other = reading.with_decimal(name, OTHER[decimal])
    if column.counts[Kind.EITHER]:
        text = column.examples[Kind.EITHER][0][1]
        cell = read_cell(text)
        now, then = (cell.point, cell.comma) if decimal == POINT else (cell.comma, cell.point)
        message = f'"{text}" in "{title}" is read as {now:.15g}; it may mean {then:.15g}.'
        return Doubt(message, f"Read it as {then:.15g}", other, name)
    point, comma = (column.examples[kind][0][1] for kind in (Kind.POINT, Kind.COMMA))
    message = f'"{title}" has both "{point}" and "{comma}"; it is read with a decimal {decimal}.'
    return Doubt(message, f"Read it with a decimal {OTHER[decimal]}", other, name)


def _title_doubts(layout: Layout, reading: Reading) -> list[Doubt]:
    """Return the doubt about titles that are not words above numbers."""
    # With other titles, columns have other names, for which there are no choices yet.
    if layout.evidence == "words":
        return []
    if layout.titles is None:
        message, offer = "The columns have no titles.", f"Take line {layout.first} for titles"
        return [Doubt(message, offer, replace(reading, decimals=(), titles=True))]
    line = min(layout.title_lines)
    shown = _some([title for title in layout.titles if title])
    message, offer = f"Line {line} is taken for titles: {shown}.", "Read the columns without titles"
    return [Doubt(message, offer, replace(reading, decimals=(), titles=False))]


def _notes(layout: Layout, sample: Sample, has_changed: bool) -> Iterator[str]:
    """Yield more sentences about a file."""
    if layout.titles is not None and len(layout.titles) < len(sample.columns):
        extra = [column for column in sample.columns[len(layout.titles) :] if column.filled]
        if extra:
            yield f"Rows have {len(sample.columns)} cells, and there are {len(layout.titles)} titles: they may not fit."
    if has_changed:
        yield "Somebody wrote to the file while it was read."


def _affix_notes(title: str, column: Column) -> list[str]:
    """Return a sentence on the currencies and percent signs that are ignored in a column."""
    affixes = [f'"{affix}"' for affix, _ in column.affixes.most_common(MOST_AFFIXES) if affix]
    if not affixes:
        return []
    numbers = sum(column.counts[kind] for kind in NUMBERS)
    whose = "some" if column.affixes.total() < numbers else "all"
    verb = "is" if len(affixes) == 1 else "are"
    return [f'{" and ".join(affixes)} of {whose} numbers in "{title}" {verb} left out.']


def _some(titles: Sequence[str]) -> str:
    """Return the first titles, and the count of the others."""
    more = len(titles) - MOST_TITLES
    return ", ".join(titles[:MOST_TITLES]) + (f" and {more} more" if more > 0 else "")
