"""A file of this program: JSON that names the program, its format and what it holds."""

from __future__ import annotations

import errno
import json
import os
import stat
import time
from pathlib import Path

from msgspec import json as fast_json

from gui.files.atomic_write import atomic_write
from gui.files.folders import PROGRAM

FORMAT = 1
"""It grows when an older program can no longer read the files of a newer one."""
MOST_BYTES = 2**20
MOST_DIGITS = 20
"""Of a whole number that 64 bits may hold, its sign included."""


class RecordError(Exception):
    """Why a file is not what it should be, in one sentence."""


def write_record(path: Path, kind: str, content: object, most_bytes: int = MOST_BYTES) -> None:
    """Put a file of this `kind` and content in the place of the one at `path`.

    Raises
    ------
    OSError
        Where that cannot be done, or the file would be larger than `most_bytes`, which `read_record` refuses; the file
        at `path` is then what it was.
    """
    written = encoded({"program": PROGRAM, "format": FORMAT, kind: content})
    if len(written) > most_bytes:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    atomic_write(path, written)


def encoded(record: object) -> bytes:
    """Return a record as indented JSON."""
    try:
        return fast_json.format(fast_json.encode(record), indent=1)
    except UnicodeEncodeError:
        # Half of a surrogate pair, which a person can paste: Python's writer, far slower, has a way to write it.
        return json.dumps(record, indent=1).encode()


def read_record(path: Path, kind: str, most_bytes: int = MOST_BYTES) -> object:
    """Return the content of a file of this `kind`, or None where there is no file.

    Raises
    ------
    RecordError
        Where it cannot be read, or is not one of this program.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # The content of a device may have no end.
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "no file of data"
            raise RecordError(f"The file cannot be read (it is {what}).")
        if found.st_size > most_bytes:
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
        raise RecordError(_other_version(record.get("format")))
    if record.get(kind) is None:
        raise RecordError("The file is not what this program writes.")
    return record[kind]


def _other_version(number: object) -> str:
    if isinstance(number, int) and number > FORMAT:
        return f"The file is of a newer Descent Derby (format {number}, and this one reads {FORMAT})."
    return "The file is one of another version."


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
