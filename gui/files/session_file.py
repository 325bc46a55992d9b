"""A session in a file: written with everything chosen, and believed only where every entry is what it should be."""

from __future__ import annotations

import math
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine import FormulaError
from engine.data.rows import TableData, columns_of
from engine.loss.formula import build_formula
from engine.optimizers import OPTIMIZERS
from gui.files.record_file import RecordError, read_record, write_record
from gui.files.record_types import read_fields
from gui.files.session_record import SessionRecord
from gui.session.choices import Choices, RacerChoice
from gui.session.saved_landscape import DataSet
from landscapes import CATALOGUE

KIND = "session"


def write_choices(path: Path, choices: Choices) -> None:
    """Put `choices` in the place of the file at `path`.

    Raises
    ------
    OSError
        Where that cannot be done; the file at `path` is then what it was.
    """
    # Of a function the place is written, and never the code: to read a file must not run a program.
    racers = [replace(racer, function=racer.place) for racer in choices.racers]
    write_record(path, KIND, asdict(replace(choices, racers=racers)))


@dataclass(frozen=True)
class KeptSession:
    """A session of a file, of which some rules may still have to be read.

    Attributes
    ----------
    choices : Choices
        Everything but the `pending` racers.
    pending : tuple of RacerChoice
        The last racers, for each of which `checked_racer` has still to be called: to read their rules may take seconds.
    """

    choices: Choices
    pending: tuple[RacerChoice, ...] = ()

    @property
    def whole(self) -> Choices:
        """Everything, to be written again."""
        return replace(self.choices, racers=[*self.choices.racers, *self.pending])


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
    record = read_record(path, KIND)
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
        raise RecordError("Its entry `racers` is not as it should be.") from error
    return replace(racer, values={**known, **racer.values})


def _kept_session(record: object, seconds: float) -> KeptSession:
    ends_at = time.monotonic() + seconds
    choices = read_fields(record, SessionRecord).build()
    if not _can_be_read(choices.good_formula, choices.data):
        raise RecordError("Its entry `good_formula` is not as it should be.")
    known = CATALOGUE.get(choices.landscape)
    # A name that the catalogue does not know may be that of a saved landscape.
    landscape = "" if known is not None and known.formula != choices.formula else choices.landscape
    checked: list[RacerChoice] = []
    for racer in choices.racers:
        if checked and time.monotonic() >= ends_at:
            break
        checked.append(checked_racer(racer))
    return KeptSession(replace(choices, landscape=landscape, racers=checked), tuple(choices.racers[len(checked) :]))


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
