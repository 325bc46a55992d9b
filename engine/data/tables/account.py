"""What became of each line of a file: every one is counted as one kind of line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_NAMED = 4
"""Lines that a sentence names; it counts the others."""


@dataclass
class Account:
    """How many lines of a file were what; the kinds add up to `lines`.

    Attributes
    ----------
    lines : int
        All of them.
    blank, remarks : int
        Lines with nothing on them but separators, and those that begin with a mark.
    above : int
        Other lines above the titles, or above the first row.
    titles : int
        Lines of titles, of units under them, and of titles that come again.
    rows : int
        Rows of the table, and so lines on which one begins.
    continued : int
        Further lines of rows whose cells have line breaks.
    left_out : int
        Lines with more cells than there are columns, which are no rows.
    named : list of (int, str)
        The numbers of the first of these, from 1, and why.
    """

    lines: int = 0
    blank: int = 0
    remarks: int = 0
    above: int = 0
    titles: int = 0
    rows: int = 0
    continued: int = 0
    left_out: int = 0
    named: list[tuple[int, str]] = field(default_factory=list)

    def leave_out(self, line: int, why: str, lines: int) -> None:
        """Count what stands on `lines` lines and is no row."""
        self.left_out += lines
        if len(self.named) < MOST_NAMED:
            self.named.append((line, why))

    def sentences(self) -> list[str]:
        """Return what somebody who looks at the rows should know, a sentence each."""
        told = []
        if self.left_out:
            told.append(f"{counted(self.left_out, 'line')} left out: {listed_lines(self.named, self.left_out)}.")
        if self.above:
            told.append(f"{counted(self.above, 'line')} above the table {'is' if self.above == 1 else 'are'} not read.")
        if self.remarks:
            told.append(f"{counted(self.remarks, 'line')} {'is a remark' if self.remarks == 1 else 'are remarks'}.")
        return told


def counted(count: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def listed_lines(named: Sequence[tuple[int, str]], count: int) -> str:
    """Return the numbers of lines, each with why, and how many there are besides."""
    parts = [f"{line:,} ({why})" for line, why in named[:MOST_NAMED]]
    if count > len(parts):
        parts.append(f"{count - len(parts):,} more")
    whole = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"line {whole}" if count == 1 else f"lines {whole}"
