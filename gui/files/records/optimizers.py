"""An optimizer that the user saved, as it stands in a file."""

from __future__ import annotations

from collections.abc import Mapping

from engine.optimizers import OPTIMIZERS
from engine.optimizers.racer_modifiers import core_of
from gui.files.record_file import RecordError
from gui.files.records.saved_entries import EntryKind, Name
from gui.files.records.types import Numbers, Ranges, Record, Text, read_fields
from gui.session.choices import RacerChoice


class OptimizerRecord(Record, frozen=True):
    """The fields of a `RacerChoice` that are saved."""

    name: Name
    optimizer: Text
    rule: Text
    values: Numbers
    ranges: Ranges

    def __post_init__(self) -> None:
        if core_of(self.optimizer) not in OPTIMIZERS:
            raise ValueError("There is no such optimizer.")

    def build(self) -> RacerChoice:
        """Return the optimizer; its rule, wrappers and schedules are read once it is wanted, which may take long."""
        return RacerChoice(key=0, colour="", **self.entries())


def _optimizer(record: object) -> RacerChoice | None:
    """Return the optimizer that a record describes, or None where the record is broken."""
    try:
        return read_fields(record, OptimizerRecord).build()
    except RecordError:
        return None


def _record(saved: RacerChoice) -> Mapping[str, object]:
    return {name: getattr(saved, name) for name in OptimizerRecord.__struct_fields__}


SAVED_OPTIMIZERS = EntryKind("optimizers", _record, _optimizer)
"""How they stand in their file."""
