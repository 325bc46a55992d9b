"""A session in a file: written with everything chosen, and believed only where every entry is what it should be."""

from __future__ import annotations

import hashlib
import math
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from engine.data.rows import TableData, columns_of
from engine.language.errors import FormulaError
from engine.live.race_log import RaceLog
from engine.loss.formula import build_formula
from engine.optimizers import OPTIMIZERS
from gui.files.record_file import RecordError, encoded, read_record, write_record
from gui.files.records import types
from gui.files.records.race_log import RaceLogRecord, log_entries, renumbered, runs_functions
from gui.files.records.session import SessionRecord
from gui.files.records.types import read_fields
from gui.session.choices import THEMES, Choices, RacerChoice
from gui.session.picture_choice import PictureChoice
from gui.session.saved_landscape import DataSet
from landscapes import CATALOGUE

KIND = "session"
MOST_BYTES = 2**26
"""Of a file: a log has some hundred bytes for each change of a race, of which a slider that is dragged makes many."""
WHOLE = re.compile(rb"(?<= )(-?\d+)(?=,?$)", re.MULTILINE)
"""A whole number in indented JSON; one that is read as a float has a point when it is written again."""
OF_THE_PERSON: Mapping[str, Any] = {"theme": THEMES[0], "geometry": "", "favourites": (), "picture": PictureChoice()}
"""Choices that belong to the person rather than to a session, with what a file has in their place."""


class SavedFile(types.Record, frozen=True):
    """The file that a session was opened from or saved to, and the digest of what is in it; "" where there is none."""

    path: types.Text = ""
    digest: types.Text = ""


NO_FILE = SavedFile()


@dataclass(frozen=True)
class KeptSession:
    """A session of a file, of which some rules may still have to be read.

    Attributes
    ----------
    choices : Choices
        Everything but the `pending` racers.
    pending : tuple of RacerChoice
        The last racers, for each of which `checked_racer` has still to be called: to read their rules may take seconds.
    log : RaceLog or None
        How the race came to its step, with the keys of the racers; None where there is none to be repeated.
    file : SavedFile
        Where the person saved it.
    """

    choices: Choices
    pending: tuple[RacerChoice, ...] = ()
    log: RaceLog | None = None
    file: SavedFile = NO_FILE

    @property
    def whole(self) -> Choices:
        """Everything, to be written again."""
        return replace(self.choices, racers=[*self.choices.racers, *self.pending])

    @property
    def for_a_file(self) -> KeptSession:
        """What a file of the session holds: nothing of the person who saves it."""
        return replace(self, choices=replace(self.choices, **OF_THE_PERSON), file=NO_FILE)

    @property
    def digest(self) -> str:
        """A text that differs for sessions whose files differ in more than the step, which grows without any change."""
        log = replace(self.log, step=0) if self.log is not None else None
        written = encoded(_entries(replace(self.for_a_file, log=log)))
        return hashlib.sha256(WHOLE.sub(rb"\1.0", written)).hexdigest()

    @property
    def can_be_repeated(self) -> bool:
        """Whether its race is repeated from a file: no file holds the code of a Python function."""
        return self.choices.function is None and self.log is not None and not runs_functions(self.log)

    @property
    def is_saved(self) -> bool:
        """Whether its file holds it as it is."""
        return bool(self.file.path) and self.file.digest == self.digest


def write_choices(path: Path, choices: Choices) -> None:
    """Put `choices` in the place of the file at `path`; see `write_session`."""
    write_session(path, KeptSession(choices))


def write_session(path: Path, kept: KeptSession) -> None:
    """Put a session in the place of the file at `path`.

    Raises
    ------
    OSError
        Where that cannot be done; the file at `path` is then what it was.
    """
    write_record(path, KIND, _entries(kept), MOST_BYTES)


def _entries(kept: KeptSession) -> dict[str, object]:
    """Return a session as its record has it."""
    choices = kept.whole
    # Of a function the place is written, and never the code: to read a file must not run a program.
    racers = [replace(racer, key=number, function=racer.place) for number, racer in enumerate(choices.racers)]
    entries: dict[str, object] = dict(vars(replace(choices, racers=racers)))
    if kept.log is not None and kept.can_be_repeated:
        entries["race"] = log_entries(kept.log, [racer.key for racer in choices.racers])
    if kept.file != NO_FILE:
        entries["file"] = kept.file
    return entries


def read_choices(path: Path) -> Choices | None:
    """Return the choices that a file holds, with every racer, or None where there is no file.

    Raises
    ------
    RecordError
        Where it cannot be read, or is not a session of this program.
    """
    kept = read_session(path, math.inf)
    return kept.choices if kept is not None else None


def read_session(path: Path, seconds: float) -> KeptSession | None:
    """Return the session that a file holds, or None where there is no file.

    Rules are read for no longer than `seconds`, but for that of the first racer; the other racers are pending.

    Raises
    ------
    RecordError
        Where it cannot be read, or is not a session of this program.
    """
    record = read_record(path, KIND, MOST_BYTES)
    return _kept_session(record, seconds) if record is not None else None


def checked_racer(racer: RacerChoice) -> RacerChoice:
    """Return a racer of a file, with a default for each hyperparameter that the file does not set.

    A racer whose step is a Python function is returned as it is: its hyperparameters are known once its file was run.

    Raises
    ------
    RecordError
        Where its rule cannot be read, or lacks a hyperparameter that the file sets.
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
        raise RecordError('Its entry "racers" is not as it should be.') from error
    return replace(racer, values={**known, **racer.values})


def _kept_session(record: object, seconds: float) -> KeptSession:
    ends_at = time.monotonic() + seconds
    choices = read_fields(record, SessionRecord).build()
    if not _can_be_read(choices.good_formula, choices.data):
        raise RecordError('Its entry "good_formula" is not as it should be.')
    known = CATALOGUE.get(choices.landscape)
    # A name that the catalogue does not know may be that of a saved landscape.
    landscape = "" if known is not None and known.formula != choices.formula else choices.landscape
    racers = [replace(racer, key=number) for number, racer in enumerate(choices.racers)]
    checked: list[RacerChoice] = []
    for racer in racers:
        if checked and time.monotonic() >= ends_at:
            break
        checked.append(checked_racer(racer))
    known_choices = replace(choices, landscape=landscape, racers=checked)
    return KeptSession(known_choices, tuple(racers[len(checked) :]), _log(record), _saved_file(record))


def _log(record: object) -> RaceLog | None:
    entry = _entry(record, "race")
    return read_fields(entry, RaceLogRecord).build() if entry is not None else None


def _saved_file(record: object) -> SavedFile:
    entry = _entry(record, "file")
    return read_fields(entry, SavedFile) if entry is not None else NO_FILE


def _entry(record: object, name: str) -> object:
    return record.get(name) if isinstance(record, dict) else None


def with_keys(log: RaceLog, before: Sequence[int], now: Sequence[int]) -> RaceLog | None:
    """Return a log with the keys that its racers have `now`, in the same order; None where they are not the same."""
    if len(before) != len(now):
        return None
    # Racers of the session have positive keys: those that are gone can have no such key.
    return renumbered(log, dict(zip(before, now, strict=True)), count(-1, -1))


def _can_be_read(text: str, data: DataSet | None) -> bool:
    # What can be read follows from the names of the columns: the numbers of a file may take long to read, and are read
    # behind the window.
    columns = dict.fromkeys(data.names, (0.0,)) if isinstance(data, TableData) else columns_of(data)
    try:
        # The slopes are not built, which takes ten times as long: where there are none, the window says so when it
        # draws the formula.
        build_formula(text, columns or ())
    except FormulaError:
        return False
    return True


def with_table_beside(kept: KeptSession, folder: Path) -> KeptSession:
    """Return a session whose table is looked for in `folder`, where it is no longer at its place but is there.

    Whoever sends a session sends its table along; whether the table is the same one is checked when it is read.
    """
    data = kept.choices.data
    if not isinstance(data, TableData) or Path(data.path).exists():
        return kept
    beside = folder / Path(data.path).name
    if not beside.is_file():
        return kept
    found = replace(data, path=str(beside))
    log = kept.log
    if log is not None and isinstance(log.start.data, TableData):
        log = replace(log, start=replace(log.start, data=found))
    return replace(kept, choices=replace(kept.choices, data=found), log=log)
