"""The landscapes that a person saved, as entries of a file."""

from __future__ import annotations

from collections.abc import Mapping

from gui import record_checks as check
from gui.own_entries import NAME, Sort
from gui.record_file import RecordError
from landscapes import LANDSCAPES, Landscape

SOURCE = "saved by you"
CHECKS: Mapping[str, check.Check] = {
    "name": check.like(NAME),
    "formula": check.readable,
    "domain": check.bounds,
    "minima": check.each(check.point),
    "start": check.point,
    "parameters": check.mapping(check.number),
    "ranges": check.mapping(check.ends),
    "note": check.text,
}
"""The entries of a landscape in the file, which are fields of `Landscape`."""


def _checked(record: object) -> Landscape | None:
    """Return the landscape that an entry describes, or None where it is broken."""
    try:
        fields = check.fields(record, CHECKS)
    except RecordError:
        return None
    if fields["name"] in LANDSCAPES:
        return None
    return Landscape(**{**fields, "minima": tuple(fields["minima"])}, source=SOURCE)


def _record(landscape: Landscape) -> dict[str, object]:
    return {name: getattr(landscape, name) for name in CHECKS}


OWN_LANDSCAPES = Sort("landscapes", _record, _checked)
"""How they stand in their file."""
