"""Counts the lines of a file by their kind: each line is of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_NAMED = 4
"""Lines whose numbers a sentence lists; the others are counted."""


@dataclass
class Account:
    """The number of lines of each kind; they add up to `lines`.

    Attributes
    ----------
    lines : int
        All lines.
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
        The numbers of the first of these lines, from 1, each with the reason.
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
        """Count `lines` lines that are no row."""
        self.left_out += lines
        if len(self.named) < MOST_NAMED:
            self.named.append((line, why))

    def sentences(self) -> list[str]:
        """Return sentences for a person who looks at the rows."""
        sentences = []
        if self.left_out:
            sentences.append(f"{counted(self.left_out, 'line')} left out: {listed_lines(self.named, self.left_out)}.")
        if self.above:
            sentences.append(
                f"{counted(self.above, 'line')} above the table {'is' if self.above == 1 else 'are'} not read."
            )
        if self.remarks:
            sentences.append(
                f"{counted(self.remarks, 'line')} {'is a remark' if self.remarks == 1 else 'are remarks'}."
            )
        return sentences


def counted(count: int, what: str) -> str:
    """Return a count with its noun, in the singular or plural."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def listed_lines(named: Sequence[tuple[int, str]], count: int) -> str:
    """Return the numbers of lines, each with its reason, and the count of the others."""
    parts = [f"{line:,} ({why})" for line, why in named[:MOST_NAMED]]
    if count > len(parts):
        parts.append(f"{count - len(parts):,} more")
    whole = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"line {whole}" if count == 1 else f"lines {whole}"
