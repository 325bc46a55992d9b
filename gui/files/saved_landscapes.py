"""The landscapes that a person saved, as entries of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from gui.files import landscape_checks
from gui.files import record_checks as check
from gui.files.record_file import RecordError
from gui.files.saved_entries import NAME, Sort
from gui.session.choices import HEIGHT_KINDS
from gui.session.landscape_data import SAVED, SavedLandscape
from landscapes import CATALOGUE

CHECKS: Mapping[str, check.Check] = {
    "name": check.like(NAME),
    "formula": check.readable,
    "domain": check.bounds,
    "minima": check.each(check.point),
    "start": check.point,
    "parameters": check.mapping(check.number),
    "ranges": check.mapping(check.ends),
    "note": check.text,
    "data": landscape_checks.data,
    "transform": lambda value: None if value is None else landscape_checks.transform(value),
    "height": check.one_of(("", *HEIGHT_KINDS)),
}
"""The entries of a landscape in the file, which are fields of `SavedLandscape`."""
YOUNGER: Mapping[str, object] = {"data": None, "transform": None, "height": ""}
"""What stands for entries that a file of an older program lacks."""
OLDER_NAMES: Mapping[str, str] = {"pose": "transform"}
"""Entries that a file of an older program has under another name."""


def _checked(record: object) -> SavedLandscape | None:
    """Return the landscape that an entry describes, or None where it is broken."""
    try:
        fields = check.fields(record, CHECKS, YOUNGER, OLDER_NAMES)
    except RecordError:
        return None
    if fields["name"] in CATALOGUE:
        return None
    return SavedLandscape(**{**fields, "minima": tuple(fields["minima"])}, source=SAVED)


def _record(landscape: SavedLandscape) -> dict[str, object]:
    fields = asdict(landscape)
    return {name: fields[name] for name in CHECKS}


SAVED_LANDSCAPES = Sort("landscapes", _record, _checked)
"""How they stand in their file."""
