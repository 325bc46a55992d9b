"""A file of this program: JSON that says what it is, written whole or not at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

from gui.files.atomic_write import draft_of

PROGRAM, FORMAT = "Descent Derby", 1
"""What the file says of itself; the format grows when an old program could no longer read it."""
MOST_BYTES = 2**20


class RecordError(Exception):
    """Why a file is not what it should be, in one sentence."""


def write_record(path: Path, kind: str, content: object) -> None:
    """Put a file of this `kind` and content in the place of the one at `path`.

    Raises
    ------
    OSError
        Where that cannot be; then the file is what it was.
    """
    text = json.dumps({"program": PROGRAM, "format": FORMAT, kind: content}, indent=1)
    with draft_of(path) as draft:
        draft.write_text(text, encoding="utf-8")


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
        record = json.loads(path.read_text(encoding="utf-8"))
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


def set_aside(path: Path) -> Path:
    """Rename a broken file, so that nothing is written over it; return its new place.

    Raises
    ------
    OSError
        Where it cannot be renamed.
    """
    return path.replace(path.with_name(f"{path.stem}.broken-{time.strftime('%Y%m%d-%H%M%S')}{path.suffix}"))
