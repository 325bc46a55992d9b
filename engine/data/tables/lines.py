"""Reads the lines of a text file: of an ordinary file only, in any encoding, with bounded line lengths."""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Iterator
from functools import partial
from itertools import islice
from types import TracebackType

from engine.data.tables.table import TableError

HEAD_BYTES = 65_536
"""The bytes by which the encoding is detected."""
BUFFER_BYTES = 131_072
LINES_AT_ONCE = 400
"""Lines of a block, which take less than a millisecond."""
LONGEST_LINE = 4_000_000
"""Characters of the longest line: a file without line ends would be read into memory as a whole."""
MOST_CONTROLS = 0.01
"""The share of control characters above which a file is no text."""
ENCODING_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The byte order marks and their encodings; UTF-32 first, since its mark begins with that of UTF-16."""
OLD_ENCODING = "cp1252"
NOT_ORDINARY = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags that open a file without blocking: opening a pipe that has replaced it would wait for a writer."""


class Source:
    """An ordinary file, as long as it was when it was opened; a context manager that closes it.

    Raises
    ------
    TableError
        Where the file is no ordinary one, or cannot be read.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            # Checked before opening, since opening some devices has effects.
            _check(os.stat(path).st_mode)
            self._file = io.FileIO(os.open(path, OPENING))
        except TableError:
            raise
        except OSError as error:
            raise TableError(f"This file cannot be read: {error.strerror or 'it is not there'}.") from None
        except ValueError:
            raise TableError("This file cannot be read: no file has such a name.") from None
        self._opened = os.fstat(self._file.fileno())

    def __enter__(self) -> Source:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._file.close()

    @property
    def share(self) -> float:
        """The share of the file that has been read, 0 to 1."""
        return min(self._file.tell() / max(self._opened.st_size, 1), 1.0)

    @property
    def has_changed(self) -> bool:
        """Whether the file was changed after it was opened."""
        now, then = os.fstat(self._file.fileno()), self._opened
        return (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns)

    def blocks(self) -> Iterator[list[str]]:
        r"""Yield the lines in blocks, from the first on, with their ends: ``\n``, ``\r\n`` or ``\r``.

        Raises
        ------
        TableError
            Where the file is no text, a line is too long, or reading fails.
        """
        _check(self._opened.st_mode)
        try:
            self._file.seek(0)
            encoding = _encoding(self._file.read(HEAD_BYTES))
            self._file.seek(0)
            # Files such as those in /proc have the size 0.
            part = _FirstBytes(self._file, self._opened.st_size or None)
            text = io.TextIOWrapper(io.BufferedReader(part, BUFFER_BYTES), encoding, errors=OLD_BYTES, newline="")
            lines = iter(partial(text.readline, LONGEST_LINE), "")
            while block := list(islice(lines, LINES_AT_ONCE)):
                if max(map(len, block)) >= LONGEST_LINE:
                    raise TableError(f"This file is no table: a line has more than {LONGEST_LINE:,} characters.")
                yield block
        except OSError as error:
            raise TableError(f"This file cannot be read: {error.strerror}.") from None


class _FirstBytes(io.RawIOBase):
    """The first `size` bytes of a file, all for None: so reading ends even if the file grows meanwhile."""

    def __init__(self, file: io.FileIO, size: int | None) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        room = len(buffer) if self._left is None else min(len(buffer), self._left)
        count = self._file.readinto(buffer[:room]) or 0
        if self._left is not None:
            self._left -= count
        return count


def _check(mode: int) -> None:
    """Raise a TableError where a file is no ordinary one."""
    for holds, kind in NOT_ORDINARY:
        if holds(mode):
            raise TableError(f"This file cannot be read: it is {kind}.", hint="A table is an ordinary file.")


def _encoding(head: bytes) -> str:
    """Return the encoding of a text, by its byte order mark, its zero bytes, or by trying UTF-8."""
    for mark, name in ENCODING_MARKS:
        if head.startswith(mark):
            return name
    zeros = [place % 2 for place, byte in enumerate(head) if byte == 0]
    if len(zeros) > len(head) / 4 and len(set(zeros)) == 1:
        return "utf-16-le" if zeros[0] else "utf-16-be"
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    if zeros or controls > MOST_CONTROLS * len(head):
        raise TableError("This file is no text.", hint="Save the table as CSV first.")
    try:
        # Incrementally, since the last character may be cut off.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return OLD_ENCODING
    return "utf-8"


def _as_old_bytes(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are no UTF-8 in the old encoding: the first such byte may come late in a file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    encoding = OLD_ENCODING if error.encoding == "utf-8" else "ascii"
    return error.object[error.start : error.end].decode(encoding, "replace"), error.end


OLD_BYTES = "old bytes"
codecs.register_error(OLD_BYTES, _as_old_bytes)
