"""Choices as a JSON file, written whole or not at all, and believed only where every field is what it should be."""

from __future__ import annotations

import json
import math
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from engine import FormulaError, compile_loss
from engine.optimizers import OPTIMIZERS
from gui.choices import FASTEST, LAYOUTS, SLOWEST, THEMES, Choices, RacerChoice, Range
from landscapes import LANDSCAPES

PROGRAM, FORMAT = "Descent Derby", 1
"""What the file says of itself; the format grows when an old program could no longer read it."""
MOST_BYTES = 2**20
MOST_ENTRIES = 200
MOST_CHARACTERS = 20_000
COLOUR = re.compile("#[0-9a-f]{6}")
BASE_64 = re.compile("[A-Za-z0-9+/=]*")


class SessionFileError(Exception):
    """Why a file is no session, in one sentence."""


def write_choices(path: Path, choices: Choices) -> None:
    """Put `choices` in the place of the file at `path`.

    Raises
    ------
    OSError
        Where that cannot be; then the file is what it was.
    """
    text = json.dumps({"program": PROGRAM, "format": FORMAT, "session": asdict(choices)}, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    # The name is of this process alone: two windows must not write into one another's draft.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def read_choices(path: Path) -> Choices | None:
    """Return what the file holds, or None where there is none.

    Raises
    ------
    SessionFileError
        Where it cannot be read, or is not a session of this program.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SessionFileError("The file is larger than any session.")
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SessionFileError(f"The file cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise SessionFileError("The file is not what this program writes.") from error
    if not isinstance(record, dict) or record.get("program") != PROGRAM:
        raise SessionFileError("The file is not one of this program.")
    if record.get("format") != FORMAT:
        raise SessionFileError("The file is one of another version.")
    return _checked(record.get("session"))


def set_aside(path: Path) -> Path:
    """Rename a broken file, so that nothing is written over it; return its new place.

    Raises
    ------
    OSError
        Where it cannot be renamed.
    """
    return path.replace(path.with_name(f"{path.stem}.broken-{time.strftime('%Y%m%d-%H%M%S')}{path.suffix}"))


def _checked(session: object) -> Choices:
    fields = _fields(session, CHECKS)
    landscape = LANDSCAPES.get(fields["landscape"])
    if landscape is None or landscape.formula != fields["formula"]:
        fields["landscape"] = ""
    return Choices(**fields)


def _fields(
    record: object, checks: Mapping[str, Callable[[object], object]], younger: Mapping[str, object] | None = None
) -> dict:
    """Return each field of `checks` as its check makes it; those `younger` than a file have a value there."""
    if not isinstance(record, dict):
        raise SessionFileError("The file is not what this program writes.")
    record, fields = {**(younger or {}), **record}, {}
    for name, check in checks.items():
        try:
            fields[name] = check(record[name])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise SessionFileError(f"Its entry `{name}` is not as it should be.") from error
    return fields


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
        raise ValueError
    return value


def _formula(value: object) -> str:
    text = _text(value)
    try:
        compile_loss(text)
    except FormulaError as error:
        raise ValueError from error
    return text


def _one_of(known: object) -> Callable[[object], str]:
    def check(value: object) -> str:
        if _text(value) not in known:  # type: ignore[operator]
            raise ValueError
        return str(value)

    return check


def _like(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not pattern.fullmatch(_text(value)):
            raise ValueError
        return str(value)

    return check


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    return float(value)


def _point(value: object) -> tuple[float, float]:
    first, second = _list(value)
    return _number(first), _number(second)


def _range(value: object) -> Range:
    low, high = _point(value)
    if low >= high:
        raise ValueError
    return low, high


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        raise ValueError
    return value


def _each(check: Callable[[object], object]) -> Callable[[object], object]:
    return lambda value: [check(entry) for entry in _list(value)]


def _mapping(check: Callable[[object], object]) -> Callable[[object], object]:
    def check_all(value: object) -> object:
        if not isinstance(value, dict) or len(value) > MOST_ENTRIES:
            raise ValueError
        return {_text(name): check(entry) for name, entry in value.items()}

    return check_all


def _bounds(value: object) -> tuple[Range, Range]:
    across, up = _list(value)
    return _range(across), _range(up)


def _speed(value: object) -> float:
    return min(max(_number(value), SLOWEST), FASTEST)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _racer(value: object) -> RacerChoice:
    try:
        racer = RacerChoice(key=0, **_fields(value, RACER_CHECKS, {"rule": ""}))
        known = racer.entry.defaults
    except (SessionFileError, FormulaError) as error:
        raise ValueError from error
    if not set(racer.values) | set(racer.ranges) <= set(known):
        raise ValueError
    return racer


RACER_CHECKS: Mapping[str, Callable[[object], object]] = {
    "name": _text,
    "optimizer": _one_of(OPTIMIZERS),
    "colour": _like(COLOUR),
    "values": _mapping(_number),
    "ranges": _mapping(_range),
    "visible": _switch,
    "rule": _text,
}
CHECKS: Mapping[str, Callable[[object], object]] = {
    "landscape": _text,
    "formula": _text,
    "good_formula": _formula,
    "bounds": _bounds,
    "minima": _each(_point),
    "parameters": _mapping(_number),
    "parameter_ranges": _mapping(_range),
    "start": _point,
    "racers": _each(_racer),
    "speed": _speed,
    "theme": _one_of(THEMES),
    "layout": _one_of(LAYOUTS),
    "geometry": _like(BASE_64),
}
