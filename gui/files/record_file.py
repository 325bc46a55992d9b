"""A file of this program: JSON that names the program, its format and what it holds."""

from __future__ import annotations

import json
import time
from pathlib import Path

from gui.files.atomic_write import atomic_write
from gui.files.folders import PROGRAM

FORMAT = 1
"""It grows when an older program can no longer read the files of a newer one."""
MOST_BYTES = 2**20
MOST_DIGITS = 20
"""Of a whole number that 64 bits may hold, its sign included."""


class RecordError(Exception):
    """Why a file is not what it should be, in one sentence."""


def write_record(path: Path, kind: str, content: object) -> None:
    """Put a file of this `kind` and content in the place of the one at `path`.

    Raises
    ------
    OSError
        Where that cannot be done; the file at `path` is then what it was.
    """
    record = {"program": PROGRAM, "format": FORMAT, kind: content}
    atomic_write(path, json.dumps(record, indent=1).encode())


def read_record(path: Path, kind: str) -> object:
    """Return the content of a file of this `kind`, or None where there is no file.

    Raises
    ------
    RecordError
        Where it cannot be read, or is not one of this program.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RecordError(f"The file is larger than any {kind}.")
        # Not msgspec's own reader: it refuses a whole file for one NaN or Infinity, which Python's writer may have
        # written; here only the entry is refused that holds it.
        record = json.loads(path.read_text(encoding="utf-8"), parse_int=_whole)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordError(f"The file cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise RecordError("The file is not what this program writes.") from error
    if not isinstance(record, dict) or record.get("program") != PROGRAM:
        raise RecordError("The file is not one of this program.")
    if record.get("format") != FORMAT:
        raise RecordError("The file is one of another version.")
    if record.get(kind) is None:
        raise RecordError("The file is not what this program writes.")
    return record[kind]


def _whole(digits: str) -> int | float:
    """Return a whole number, as a float where 64 bits cannot hold it: infinity where no float can either.

    msgspec 0.21 raises a SystemError where it is to make a float of an int that is larger than any float.
    """
    return int(digits) if len(digits) <= MOST_DIGITS else float(digits)


def set_aside(path: Path) -> Path:
    """Rename a broken file, so that nothing is written over it; return its new place.

    Raises
    ------
    OSError
        Where it cannot be renamed.
    """
    return path.replace(path.with_name(f"{path.stem}.broken-{time.strftime('%Y%m%d-%H%M%S')}{path.suffix}"))
