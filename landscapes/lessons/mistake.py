"""A mistake in the file of a lesson: one sentence with the file, the line and what to try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mistake:
    """A mistake in a lesson's file.

    Attributes
    ----------
    file : Path
    line : int
        From 1.
    message, hint : str
        What is wrong, and what to try.
    """

    file: Path
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file.name}, line {self.line}: {self.message} {self.hint}".strip()


def lines_of(text: str) -> dict[str, int]:
    """Return the line of each table and key of a TOML text: of ``answers.2`` and of ``answers.2.reply``, say."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, within = "", False
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.strip()
        if not within and written.startswith("["):
            table = written.partition("]")[0].strip("[ ")
            if written.startswith("[["):
                counts[table] = counts.get(table, 0) + 1
                table = f"{table}.{counts[table]}"
            lines.setdefault(table, number)
        elif not within and "=" in written and not written.startswith("#"):
            key = written.partition("=")[0].strip()
            lines.setdefault(f"{table}.{key}".lstrip("."), number)
        within ^= written.count('"""') % 2 == 1
    return lines


def line_of(lines: Mapping[str, int], place: str) -> int:
    """Return the line of a place, or of the nearest table around it."""
    while place and place not in lines:
        place = place.rpartition(".")[0]
    return lines.get(place, 1)
