"""What an entry of a file must be: each check returns the entry as it is used, or raises a ValueError."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Mapping

from engine import FormulaError
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.tokens import LONGEST_TEXT
from engine.loss.terrain import Bounds
from gui.files.record_file import RecordError
from landscapes.landscape import Range

Check = Callable[[object], object]
MOST_ENTRIES = 200
MOST_WHOLE = 2**63


def fields(
    record: object,
    checks: Mapping[str, Check],
    younger: Mapping[str, object] | None = None,
    older_names: Mapping[str, str] | None = None,
) -> dict:
    """Return each field of `checks` as its check makes it; those `younger` than a file have a value there.

    `older_names` maps the names that fields had in older files to those of now.

    Raises
    ------
    RecordError
        Where a field is missing, or is not what it should be.
    """
    if not isinstance(record, dict):
        raise RecordError("The file is not what this program writes.")
    renamed = {(older_names or {}).get(name, name): entry for name, entry in record.items()}
    record, found = {**(younger or {}), **renamed}, {}
    for name, check in checks.items():
        try:
            found[name] = check(record[name])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise RecordError(f"Its entry `{name}` is not as it should be.") from error
    return found


def text(value: object) -> str:
    """Check a text."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError
    return value


def readable(value: object) -> str:
    """Check a text that reads as a formula; it is not compiled, which takes ten times as long."""
    try:
        parse_formula(text(value))
    except FormulaError as error:
        raise ValueError from error
    return str(value)


def one_of(known: Container[str]) -> Check:
    """Return the check of a text that is known."""

    def check(value: object) -> str:
        if text(value) not in known:
            raise ValueError
        return str(value)

    return check


def like(pattern: re.Pattern[str]) -> Check:
    """Return the check of a text that is of this pattern throughout."""

    def check(value: object) -> str:
        if not pattern.fullmatch(text(value)):
            raise ValueError
        return str(value)

    return check


def number(value: object) -> float:
    """Check a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    return float(value)


def whole(value: object) -> int:
    """Check a whole number that a machine word holds."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= MOST_WHOLE:
        raise ValueError
    return value


def point(value: object) -> tuple[float, float]:
    """Check a pair of numbers."""
    first, second = entries(value)
    return number(first), number(second)


def ends(value: object) -> Range:
    """Check a pair of numbers that rises."""
    low, high = point(value)
    if low >= high:
        raise ValueError
    return low, high


def bounds(value: object) -> Bounds:
    """Check a rectangle."""
    across, up = entries(value)
    return ends(across), ends(up)


def entries(value: object, most: int = MOST_ENTRIES) -> list[object]:
    """Check a list, of no more entries than a person makes."""
    if not isinstance(value, list) or len(value) > most:
        raise ValueError
    return value


def each(check: Check, most: int = MOST_ENTRIES) -> Check:
    """Return the check of a list whose every entry passes `check`."""
    return lambda value: [check(entry) for entry in entries(value, most)]


def mapping(check: Check) -> Check:
    """Return the check of a mapping whose every entry passes `check`."""

    def check_all(value: object) -> object:
        if not isinstance(value, dict) or len(value) > MOST_ENTRIES:
            raise ValueError
        return {text(name): check(entry) for name, entry in value.items()}

    return check_all


def switch(value: object) -> bool:
    """Check what is true or false."""
    if not isinstance(value, bool):
        raise ValueError
    return value
