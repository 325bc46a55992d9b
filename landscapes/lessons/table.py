"""Reads one table of a lesson's file: each method takes a key and records what is wrong with its value."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from landscapes.landscape import Point
from landscapes.lessons.mistake import Mistake, line_of

T = TypeVar("T")


class Table:
    """One table of a file, the values of which are asked for by their keys.

    A key that is missing or wrong is a mistake, and its value is the default; `finish` records those that nobody has
    asked for.
    """

    def __init__(
        self, file: Path, lines: Mapping[str, int], mistakes: list[Mistake], values: Mapping[str, Any], place: str = ""
    ) -> None:
        self.values = values
        self._file, self._lines, self._mistakes, self._place = file, lines, mistakes, place
        self._asked: list[str] = []

    def wrong(self, key: str, message: str, hint: str = "") -> None:
        """Record a mistake at a key."""
        self._mistakes.append(Mistake(self._file, line_of(self._lines, self._at(key)), message, hint))

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a `default` it is needed."""
        return self._value(key, "a text in quotes", _text, default, "")

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return texts."""
        return self._value(key, 'texts, such as ["Adam", "SGD"]', _texts, default, ())

    def number(self, key: str, default: float | None = None) -> float:
        """Return a finite number."""
        return self._value(key, "a number", _number, default, 0.0)

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number from 0 up."""
        return self._value(key, "a whole number from 0 up", _whole, default, 0)

    def maybe_whole(self, key: str) -> int | None:
        """Return a whole number, None where the key is missing."""
        self._asked.append(key)
        return self.whole(key) if key in self.values else None

    def pair(self, key: str, default: Point | None = None) -> Point:
        """Return two numbers."""
        return self._value(key, "two numbers, such as [-1.2, 1]", _pair, default, (0.0, 1.0))

    def pairs(self, key: str) -> tuple[Point, ...]:
        """Return pairs of numbers, none where the key is missing."""
        return self._value(key, "pairs of numbers, such as [[0, 0], [1, 1]]", _pairs, (), ())

    def maybe_pair(self, key: str) -> Point | None:
        """Return two numbers, None where the key is missing."""
        self._asked.append(key)
        return self.pair(key) if key in self.values else None

    def numbers(self, key: str) -> dict[str, float]:
        """Return numbers by name, none where the key is missing."""
        return self._value(key, "numbers by name, such as { c = 50 }", _numbers, {}, {})

    def table(self, key: str) -> Table:
        """Return a table within this one; an empty one where it is missing, which is a mistake."""
        values: Mapping[str, Any] = self._value(key, f"a table: begin it with a line [{key}]", _table, None, {})
        return Table(self._file, self._lines, self._mistakes, values, self._at(key))

    def tables(self, key: str) -> list[Table]:
        """Return the tables that lines ``[[key]]`` begin."""
        found: list[Mapping[str, Any]] = self._value(key, f"tables: begin each with a line [[{key}]]", _tables, [], [])
        places = (f"{self._at(key)}.{number}" for number in range(1, len(found) + 1))
        return [
            Table(self._file, self._lines, self._mistakes, values, place)
            for values, place in zip(found, places, strict=True)
        ]

    def finish(self) -> None:
        """Record each key that nobody has asked for."""
        for key in self.values:
            if key not in self._asked:
                close = difflib.get_close_matches(key, self._asked, n=1)
                hint = f'Did you mean "{close[0]}"?' if close else f"Known here: {', '.join(self._asked)}."
                self.wrong(key, f'"{key}" is not known.', hint)

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}".lstrip(".")

    def _value(self, key: str, wanted: str, read: Callable[[Any], T | None], default: T | None, otherwise: T) -> T:
        """Return the value of a key as `read` takes it; `otherwise` where that is a mistake."""
        self._asked.append(key)
        if key not in self.values:
            if default is None:
                self.wrong(key, f'"{key}" is missing.', f"It is {wanted}.")
            return otherwise if default is None else default
        found = read(self.values[key])
        if found is None:
            self.wrong(key, f'"{key}" must be {wanted}.')
        return otherwise if found is None else found


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _texts(value: Any) -> tuple[str, ...] | None:
    return _all(value, _text)


def _pairs(value: Any) -> tuple[Point, ...] | None:
    return _all(value, _pair)


def _pair(value: Any) -> Point | None:
    found = _all(value, _number)
    return (found[0], found[1]) if found is not None and len(found) == 2 else None


def _numbers(value: Any) -> dict[str, float] | None:
    found = _all(list(value.values()), _number) if isinstance(value, dict) else None
    return None if found is None else dict(zip(value, found, strict=True))


def _table(value: Any) -> Mapping[str, Any] | None:
    return value if isinstance(value, dict) else None


def _tables(value: Any) -> list[Mapping[str, Any]] | None:
    return value if isinstance(value, list) and all(isinstance(entry, dict) for entry in value) else None


def _all(value: Any, read: Callable[[Any], T | None]) -> tuple[T, ...] | None:
    """Return each entry of a list as `read` takes it; None where one is wrong."""
    found = [read(entry) for entry in value] if isinstance(value, list) else [None]
    return tuple(entry for entry in found if entry is not None) if None not in found else None
