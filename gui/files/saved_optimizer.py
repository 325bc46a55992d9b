"""The optimizers that a person saved, as entries of a file."""

from __future__ import annotations

from collections.abc import Mapping

from engine.optimizers import OPTIMIZERS
from engine.optimizers.racer_modifiers import core_of
from gui.files import record_checks as check
from gui.files.record_file import RecordError
from gui.files.saved_entries import NAME, Sort
from gui.session.choices import RacerChoice


def _known(value: object) -> str:
    """Check a name whose optimizer is known; what goes round it is read when somebody wants it, and may take long."""
    name = check.text(value)
    if core_of(name) not in OPTIMIZERS:
        raise ValueError
    return name


CHECKS: Mapping[str, check.Check] = {
    "name": check.like(NAME),
    "optimizer": _known,
    "rule": check.text,
    "values": check.mapping(check.number),
    "ranges": check.mapping(check.ends),
}
"""The entries of an optimizer in the file, which are fields of `RacerChoice`."""


def _checked(record: object) -> RacerChoice | None:
    """Return what an entry describes, or None where it is broken; its rule is read when somebody wants it."""
    try:
        return RacerChoice(key=0, colour="", **check.fields(record, CHECKS))
    except RecordError:
        return None


def _record(saved: RacerChoice) -> dict[str, object]:
    return {name: getattr(saved, name) for name in CHECKS}


SAVED_OPTIMIZERS = Sort("optimizers", _record, _checked)
"""How they stand in their file."""
