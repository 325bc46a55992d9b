"""The landscapes that a person saved, as a file: what is broken in it is left out and told, all else is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from gui import record_checks as check
from gui.record_file import RecordError, read_record, set_aside, write_record
from landscapes import CATALOGUE, Landscape

KIND = "landscapes"
SOURCE = "saved by you"
LONGEST_NAME = 60
NAME = re.compile(rf"\S(?:.{{0,{LONGEST_NAME - 2}}}\S)?")
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


def write_landscapes(path: Path, landscapes: Sequence[Landscape]) -> None:
    """Put these landscapes in the place of the file at `path`.

    Raises
    ------
    OSError
        Where that cannot be; then the file is what it was.
    """
    write_record(path, KIND, [{name: getattr(entry, name) for name in CHECKS} for entry in landscapes])


def read_landscapes(path: Path) -> tuple[list[Landscape], str]:
    """Return the landscapes of a file, none where there is no file, and in a sentence what is wrong with it, or "".

    A file that is broken in any part is renamed, so that nothing of it is lost when the rest is written anew.
    """
    try:
        records = read_record(path, KIND)
        found = [_checked(record) for record in check.entries([] if records is None else records)]
    except RecordError as error:
        return [], f"Your own landscapes cannot be read. {error} {_put_aside(path)}"
    except ValueError:
        return [], f"Your own landscapes cannot be read: there are too many. {_put_aside(path)}"
    sound = list({entry.name.lower(): entry for entry in found if entry is not None}.values())
    if len(sound) == len(found):
        return sound, ""
    return sound, f"{len(found) - len(sound)} of your own landscapes cannot be read. {_put_aside(path)}"


def _checked(record: object) -> Landscape | None:
    """Return the landscape that an entry describes, or None where it is broken."""
    try:
        fields = check.fields(record, CHECKS)
    except RecordError:
        return None
    if fields["name"] in CATALOGUE:
        return None
    return Landscape(**{**fields, "minima": tuple(fields["minima"])}, source=SOURCE)


def _put_aside(path: Path) -> str:
    try:
        return f"The file is kept as {set_aside(path).name}."
    except OSError:
        return "The file stays as it is."
