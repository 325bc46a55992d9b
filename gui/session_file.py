"""Choices as a file, believed only where every field is what it should be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from engine import FormulaError, compile_loss
from engine.chance import Chance
from engine.optimizers import OPTIMIZERS
from engine.rows import TableData, columns_of
from gui import landscape_checks
from gui import record_checks as check
from gui.choices import (
    FASTEST,
    FIRST_HEIGHT,
    HEIGHT_KINDS,
    LAYOUTS,
    SLOWEST,
    THEMES,
    Choices,
    RacerChoice,
)
from gui.landscape_data import SomeData
from gui.record_file import RecordError, read_record, write_record
from landscapes import CATALOGUE

KIND = "session"
COLOUR = re.compile("#[0-9a-f]{6}")
BASE_64 = re.compile("[A-Za-z0-9+/=]*")


def write_choices(path: Path, choices: Choices) -> None:
    """Put `choices` in the place of the file at `path`.

    Raises
    ------
    OSError
        Where that cannot be; then the file is what it was.
    """
    write_record(path, KIND, asdict(choices))


def read_choices(path: Path) -> Choices | None:
    """Return what the file holds, or None where there is none.

    Raises
    ------
    RecordError
        Where it cannot be read, or is not a session of this program.
    """
    session = read_record(path, KIND)
    return None if session is None else _checked(session)


def _checked(session: object) -> Choices:
    bounds = session.get("bounds") if isinstance(session, dict) else None
    found = check.fields(session, CHECKS, {"domain": bounds, **YOUNGER})
    if not _can_be_drawn(found["good_formula"], found["data"]):
        raise RecordError("Its entry `good_formula` is not as it should be.")
    known = CATALOGUE.get(found["landscape"])
    # A name that the catalogue does not know may be one of the user's own.
    if known is not None and known.formula != found["formula"]:
        found["landscape"] = ""
    return Choices(**found)


def _can_be_drawn(text: str, data: SomeData | None) -> bool:
    # A file may be long, and is read when the window stands: what can be read of it follows from the names.
    columns = dict.fromkeys(data.names, (0.0,)) if isinstance(data, TableData) else columns_of(data)
    try:
        compile_loss(text, columns)
    except FormulaError:
        return False
    return True


def _batch(value: object) -> int | None:
    return None if value is None else max(check.whole(value), 1)


def _chance(value: object) -> Chance:
    try:
        return Chance(**check.fields(value, CHANCE_CHECKS))
    except (RecordError, FormulaError) as error:
        raise ValueError from error


def _speed(value: object) -> float:
    return min(max(check.number(value), SLOWEST), FASTEST)


def _racer(value: object) -> RacerChoice:
    try:
        racer = RacerChoice(key=0, **check.fields(value, RACER_CHECKS, {"rule": ""}))
        known = racer.entry.defaults
    except (RecordError, FormulaError) as error:
        raise ValueError from error
    if not set(racer.values) | set(racer.ranges) <= set(known):
        raise ValueError
    return racer


RACER_CHECKS: Mapping[str, check.Check] = {
    "name": check.text,
    "optimizer": check.one_of(OPTIMIZERS),
    "colour": check.like(COLOUR),
    "values": check.mapping(check.number),
    "ranges": check.mapping(check.ends),
    "visible": check.switch,
    "rule": check.text,
}
CHANCE_CHECKS: Mapping[str, check.Check] = {
    "noise": check.text,
    "sigma": check.number,
    "seed": check.whole,
    "seeds": check.whole,
}
CHECKS: Mapping[str, check.Check] = {
    "landscape": check.text,
    "formula": check.text,
    "good_formula": check.text,
    "bounds": check.bounds,
    "domain": check.bounds,
    "minima": check.each(check.point),
    "pose": landscape_checks.pose,
    "parameters": check.mapping(check.number),
    "parameter_ranges": check.mapping(check.ends),
    "start": check.point,
    "racers": check.each(_racer),
    "data": landscape_checks.data,
    "batch": _batch,
    "chance": _chance,
    "speed": _speed,
    "theme": check.one_of(THEMES),
    "layout": check.one_of(LAYOUTS),
    "height": check.one_of(HEIGHT_KINDS),
    "favourites": check.each(check.text),
    "geometry": check.like(BASE_64),
}
YOUNGER: Mapping[str, object] = {
    "pose": {"angle": 0.0, "stretch": 1.0, "shift": [0.0, 0.0], "pivot": [0.0, 0.0]},
    "data": None,
    "batch": None,
    "chance": asdict(Chance()),
    "height": FIRST_HEIGHT,
    "favourites": [],
}
"""What stands for entries that a file of an older program lacks."""
