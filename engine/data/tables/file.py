"""Reads a file of values with any separator; a large file in bounded memory."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from engine.data.tables.account import Account
from engine.data.tables.builder import build_table, check_table
from engine.data.tables.cells import Kind
from engine.data.tables.columns import MOST_ROWS as MOST_ROWS  # the limit that a reader of tables asks for here
from engine.data.tables.columns import DecimalEvidence, Sample
from engine.data.tables.layout import Layout, find_layout
from engine.data.tables.lines import Source
from engine.data.tables.reading import AS_THE_FILE_TELLS, Reading
from engine.data.tables.rows import QUOTE, Assembler, Record
from engine.data.tables.table import Table, TableError

Notify = Callable[[float], bool]
"""Called with the share of a file that is read; reading ends where it returns False."""
HEAD_LINES, MOST_HEAD_LINES = 200, 12_800
"""Lines that decide the layout, remarks not counted; up to the second number of them while no column has numbers."""
MOST_HEAD_CHARACTERS = 4_000_000
BLOCKS_BETWEEN_NOTICES = 50
"""Blocks of lines between two calls of `notify`."""
BLANKS = " \t\r\n\ufeff\u00a0"
PAUSE_S = 5e-5
"""The pause after each block of lines, in which other threads, such as that of a window, get the GIL."""


class RowSink(Protocol):
    """An object that takes rows: it needs not the next `skip` rows, but the one after them."""

    skip: int

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take a row."""


def read_table(
    path: str | os.PathLike[str], notify: Notify | None = None, reading: Reading = AS_THE_FILE_TELLS
) -> Table:
    """Return the numbers of a file.

    Parameters
    ----------
    path
        Of a file whose lines are rows: separated by ``,`` ``;`` ``|``, tabs or spaces, with or without titles.
    notify : callable, optional
        Called now and then with the share that is read; reading ends where it returns False.
    reading : Reading, optional
        A person's choices where the file may be read in more than one way.

    Raises
    ------
    TableError
        Where the file cannot be read, is no text, or has no two columns and rows of numbers; or reading was ended.
    """
    with Source(path) as source:
        layout = find_layout(_head(source), reading)
        reader = _RowReader(source, layout, notify)
        sample = Sample(max(layout.shape.width, len(layout.titles or ())))
        account = reader.give_rows(sample)
        undecided = [column for column in sample.columns if column.counts[Kind.EITHER] and column.decided is None]
        if undecided and not sample.is_whole:
            reader.give_rows(
                DecimalEvidence((place, column) for place, column in enumerate(sample.columns) if not column.decided)
            )
        check_table(account, sample, layout)
        return build_table(account, sample, layout, reading, source.has_changed)


def _head(source: Source) -> list[str]:
    """Return the first lines, as many as it takes to find numbers."""
    lines: list[str] = []
    wanted, written, characters = HEAD_LINES, 0, 0
    for block in source.blocks():
        for line in block:
            lines.append(line)
            characters += len(line)
            written += bool(line.strip()) and line[0] not in "#%!"
        if characters > MOST_HEAD_CHARACTERS or written >= MOST_HEAD_LINES:
            break
        if written >= wanted:
            if find_layout(lines, AS_THE_FILE_TELLS).shape.numeric:
                break
            wanted *= 2
    if not any(map(str.strip, lines)):
        raise TableError("This file is empty.")
    return lines


class _RowReader:
    """Reads the rows of a file whose layout is known."""

    def __init__(self, source: Source, layout: Layout, notify: Notify | None) -> None:
        self._source, self._layout, self._notify = source, layout, notify
        shape = layout.shape
        marks = {mark[0] for mark in shape.marks}
        # Where spaces separate cells, a row may begin with spaces.
        blanks = BLANKS if shape.sign is not None else BLANKS.strip(" \t")
        self._odd_starts = frozenset({"", *blanks, *marks, shape.sign})
        self._assembler = Assembler(shape, Account())

    def give_rows(self, sink: RowSink) -> Account:
        """Give `sink` the rows that it needs; return what became of each line."""
        self._account, self._sink = Account(), sink
        self._assembler = Assembler(self._layout.shape, self._account)
        for number, block in enumerate(self._source.blocks()):
            self._take_block(block)
            self._pause(number)
        for record in self._assembler.end():
            self._take(record)
        return self._account

    def _pause(self, number: int) -> None:
        if self._notify is None:
            return
        # A caller with `notify` has other threads, which would wait up to 5 ms for the GIL if this one never slept.
        time.sleep(PAUSE_S)
        if number % BLOCKS_BETWEEN_NOTICES == 0 and not self._notify(self._source.share):
            raise TableError("Reading was ended.")

    def _take_block(self, block: Sequence[str]) -> None:
        """Take a block of lines, quickly if all of them are plain rows, as most blocks of a large file are."""
        begin = self._account.lines + 1
        self._account.lines += len(block)
        quoted = QUOTE in "".join(block)
        rows = self._assembler.splitter.parsed_block(block) if quoted else None
        is_plain = begin >= self._layout.first and not self._assembler.open and (rows is not None or not quoted)
        if is_plain and self._all_rows(block, rows):
            self._take_rows(begin, block, rows)
        else:
            self._take_lines(begin, block)

    def _all_rows(self, block: Sequence[str], rows: Sequence[Sequence[str]] | None) -> bool:
        """Return whether all lines of a block are plain rows; `rows` are their cells if there are quotation marks."""
        shape, odd_starts = self._layout.shape, self._odd_starts
        if rows is not None:
            widths, starts = {len(cells) for cells in rows}, {cells[0][:1] if cells else "" for cells in rows}
        elif shape.sign is None:
            widths, starts = {len(line.split()) for line in block}, {line[0] for line in block}
        else:
            sign = shape.sign
            widths, starts = {line.count(sign) + 1 for line in block}, {line[0] for line in block}
        return widths == {shape.width} and starts.isdisjoint(odd_starts) and self._layout.title_text not in block

    def _take_rows(self, begin: int, block: Sequence[str], rows: Sequence[list[str]] | None) -> None:
        """Take lines that are all plain rows, from number `begin` on."""
        sink, place = self._sink, self._sink.skip
        while place < len(block):
            sink.add(begin + place, block[place].split(self._layout.shape.sign) if rows is None else rows[place])
            place += 1 + sink.skip
        sink.skip = place - len(block)
        self._account.rows += len(block)

    def _take_lines(self, begin: int, block: Sequence[str]) -> None:
        """Take lines of which some are no plain rows."""
        shape, first, titles = self._layout.shape, self._layout.first, self._layout.title_text
        sign, separators, odd_starts = shape.sign, shape.width - 1, self._odd_starts
        sink, opened = self._sink, self._assembler.open
        for number, line in enumerate(block, begin):
            if (
                opened
                or number < first
                or QUOTE in line
                or line[0] in odd_starts
                or (line.count(sign) if sign else len(line.split()) - 1) != separators
                or line == titles
            ):
                self._take_odd(number, line)
            elif sink.skip:
                self._account.rows += 1
                sink.skip -= 1
            else:
                self._account.rows += 1
                sink.add(number, line.split(sign))

    def _take_odd(self, number: int, line: str) -> None:
        """Take a line that is not a plain row, or stands above the first."""
        account, layout = self._account, self._layout
        if number >= layout.first:
            for record in self._assembler.feed(number, line):
                self._take(record)
        elif number in layout.title_lines:
            account.titles += 1
        elif not line.strip(BLANKS + QUOTE + (layout.shape.sign or "")):
            account.blank += 1
        elif layout.shape.is_remark(line):
            account.remarks += 1
        else:
            account.above += 1

    def _take(self, record: Record) -> None:
        """Take the cells of one line, or of several."""
        account, width = self._account, self._layout.shape.width
        cells = record.cells
        if self._layout.are_titles(cells):
            account.titles += record.lines
            return
        if any(map(str.strip, cells[width:])):
            # Its cells may belong to other columns, since a decimal comma may have split one of them.
            account.leave_out(record.line, f"{len(cells)} cells instead of {width}", record.lines)
            return
        account.rows += 1
        account.continued += record.lines - 1
        if self._sink.skip:
            self._sink.skip -= 1
        else:
            self._sink.add(record.line, cells[:width])
