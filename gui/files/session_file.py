"""Choices as a file, believed only where every field is what it should be."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine import FormulaError
from engine.data.rows import TableData, columns_of
from engine.loss.loss import build_formula
from engine.optimizers import OPTIMIZERS
from engine.own.place import Place
from engine.race.randomness import Randomness
from gui.files import landscape_checks
from gui.files import record_checks as check
from gui.files.record_file import RecordError, read_record, write_record
from gui.session.choices import (
    FASTEST,
    FIRST_HEIGHT,
    HEIGHT_KINDS,
    LAYOUTS,
    SLOWEST,
    THEMES,
    VIEWS,
    Choices,
    RacerChoice,
)
from gui.session.landscape_data import SomeData
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
    # Of a function its place is kept, and never its code.
    racers = [replace(racer, function=racer.place) for racer in choices.racers]
    write_record(path, KIND, asdict(replace(choices, racers=racers)))


@dataclass(frozen=True)
class Kept:
    """What a file holds.

    Attributes
    ----------
    choices : Choices
        All of it but `coming`.
    coming : tuple of RacerChoice
        The last of its racers, whose rules have still to be read, by `fit`: that may take seconds.
    """

    choices: Choices
    coming: tuple[RacerChoice, ...] = ()

    @property
    def whole(self) -> Choices:
        """All of it, to be written again."""
        return replace(self.choices, racers=[*self.choices.racers, *self.coming])


def read_choices(path: Path) -> Choices | None:
    """Return what the file holds, with every racer, or None where there is none.

    Raises
    ------
    RecordError
        Where it cannot be read, or is not a session of this program.
    """
    kept = read_kept(path, math.inf)
    return None if kept is None else kept.choices


def read_kept(path: Path, seconds: float) -> Kept | None:
    """Return what the file holds, or None where there is none; read rules for no more than so many seconds.

    Raises
    ------
    RecordError
        Where it cannot be read, or is not a session of this program.
    """
    session = read_record(path, KIND)
    return None if session is None else _checked(session, seconds)


def fit(racer: RacerChoice) -> RacerChoice:
    """Return a racer of a file with a value for each hyperparameter that its rule has by now.

    What a function of one's own has by now is seen when it is run.

    Raises
    ------
    RecordError
        Where it has no rule, or settings of another.
    """
    if racer.is_absent:
        return racer
    try:
        if racer.optimizer not in OPTIMIZERS:
            raise ValueError
        known = racer.entry.defaults
        if not set(racer.values) | set(racer.ranges) <= set(known):
            raise ValueError
    except (FormulaError, ValueError) as error:
        raise RecordError("Its entry `racers` is not as it should be.") from error
    return replace(racer, values={**known, **racer.values})


def _checked(session: object, seconds: float) -> Kept:
    ends_at = time.monotonic() + seconds
    bounds = session.get("bounds") if isinstance(session, dict) else None
    found = check.fields(session, CHECKS, {"domain": bounds, **YOUNGER}, OLDER_NAMES)
    if not _can_be_read(found["good_formula"], found["data"]):
        raise RecordError("Its entry `good_formula` is not as it should be.")
    known = CATALOGUE.get(found["landscape"])
    # A name that the catalogue does not know may be one of the user's own.
    if known is not None and known.formula != found["formula"]:
        found["landscape"] = ""
    racers = found.pop("racers")
    fitted: list[RacerChoice] = []
    for racer in racers:
        if fitted and time.monotonic() >= ends_at:
            break
        fitted.append(fit(racer))
    return Kept(Choices(racers=fitted, **found), tuple(racers[len(fitted) :]))


def _can_be_read(text: str, data: SomeData | None) -> bool:
    # A file may be long, and is read when the window stands: what can be read of it follows from the names.
    columns = dict.fromkeys(data.names, (0.0,)) if isinstance(data, TableData) else columns_of(data)
    try:
        # Its slopes take ten times as long: what has none is told when it is to be drawn.
        build_formula(text, columns or ())
    except FormulaError:
        return False
    return True


def _batch(value: object) -> int | None:
    return None if value is None else max(check.whole(value), 1)


def _randomness(value: object) -> Randomness:
    try:
        return Randomness(**check.fields(value, RANDOMNESS_CHECKS))
    except (RecordError, FormulaError) as error:
        raise ValueError from error


def _function(value: object) -> Place | None:
    """Check the place of a function; that it is there, and is one, is seen when it is run."""
    if value is None:
        return None
    try:
        place = Place(**check.fields(value, {"name": check.text, "module": check.text, "path": check.text}))
    except RecordError as error:
        raise ValueError from error
    if not place.name.isidentifier() or place.module or not Path(place.path).is_absolute():
        raise ValueError
    return place


def _speed(value: object) -> float:
    return min(max(check.number(value), SLOWEST), FASTEST)


def _racer(value: object) -> RacerChoice:
    """Check all of a racer but its rule, which `fit` does."""
    try:
        racer = RacerChoice(key=0, **check.fields(value, RACER_CHECKS, {"rule": "", "function": None}))
    except RecordError as error:
        raise ValueError from error
    if racer.is_absent and (racer.optimizer or racer.rule):
        raise ValueError
    return racer


RACER_CHECKS: Mapping[str, check.Check] = {
    "name": check.text,
    "optimizer": check.text,
    "colour": check.like(COLOUR),
    "values": check.mapping(check.number),
    "ranges": check.mapping(check.ends),
    "visible": check.switch,
    "rule": check.text,
    "function": _function,
}
RANDOMNESS_CHECKS: Mapping[str, check.Check] = {
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
    "transform": landscape_checks.transform,
    "parameters": check.mapping(check.number),
    "parameter_ranges": check.mapping(check.ends),
    "start": check.point,
    "racers": check.each(_racer),
    "data": landscape_checks.data,
    "batch": _batch,
    "randomness": _randomness,
    "speed": _speed,
    "theme": check.one_of(THEMES),
    "layout": check.one_of(LAYOUTS),
    "views": check.one_of(VIEWS),
    "height": check.one_of(HEIGHT_KINDS),
    "favourites": check.each(check.text),
    "geometry": check.like(BASE_64),
    "function": _function,
}
YOUNGER: Mapping[str, object] = {
    "transform": {"angle": 0.0, "stretch": 1.0, "shift": [0.0, 0.0], "pivot": [0.0, 0.0]},
    "data": None,
    "batch": None,
    "randomness": asdict(Randomness()),
    "views": VIEWS[0],
    "height": FIRST_HEIGHT,
    "favourites": [],
    "function": None,
}
"""What stands for entries that a file of an older program lacks."""
OLDER_NAMES: Mapping[str, str] = {"pose": "transform", "chance": "randomness"}
"""Entries that a file of an older program has under another name."""
