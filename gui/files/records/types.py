"""The types of the entries of files, with their limits, and the one function that reads a record into them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct, ValidationError, convert, structs

from engine.language.syntax.tokens import LONGEST_TEXT
from gui.files.record_file import RecordError

MOST_ENTRIES = 200
"""Of a list or a mapping: more than a person makes by hand."""
OLDER_NAMES = {"pose": "transform", "chance": "randomness"}
"""Names that entries have in files of older programs, to those of now."""

LARGEST_WHOLE = 2**63 - 1


def matching(pattern: str) -> Meta:
    """Return the limit of a text that is of this pattern from its first to its last character."""
    return Meta(pattern=rf"\A(?:{pattern})\Z", max_length=LONGEST_TEXT)


def one_of(texts: Iterable[str]) -> Meta:
    """Return the limit of a text that is one of `texts`."""
    return matching("|".join(map(re.escape, texts)))


class Range(tuple[float, float]):
    """Two finite numbers, of which the second is the larger: the ends of a slider, or of one side of a rectangle."""

    __slots__ = ()

    @classmethod
    def read(cls, entry: Any) -> Range:
        """Return the range that an entry describes.

        Raises
        ------
        ValidationError, ValueError
            Where the entry describes none.
        """
        low, high = convert(entry, Pair)
        if low >= high:
            raise ValueError("The ends of a range must rise.")
        return cls((low, high))


Text = Annotated[str, Meta(max_length=LONGEST_TEXT)]
Whole = Annotated[int, Meta(ge=-LARGEST_WHOLE, le=LARGEST_WHOLE)]
"""A whole number that a machine word holds."""
Number = Annotated[float, Meta(ge=-sys.float_info.max, le=sys.float_info.max)]
"""A finite number; NaN is refused because it compares as false with either limit."""
Pair = tuple[Number, Number]
Rectangle = tuple[Range, Range]
Numbers = Annotated[dict[Text, Number], Meta(max_length=MOST_ENTRIES)]
Ranges = Annotated[dict[Text, Range], Meta(max_length=MOST_ENTRIES)]

WRONG = (ValidationError, UnicodeEncodeError)
"""What msgspec raises for an entry that is not of its type; the second for half of a surrogate pair."""


class Record(Struct, frozen=True):
    """A mapping of a file: its fields have types with limits, and it builds what the program goes on with."""

    def entries(self) -> dict[str, Any]:
        """Return the fields, and in the place of records what these build."""
        return {name: _built(entry) for name, entry in structs.asdict(self).items()}

    def build(self) -> Any:
        """Return what the record describes: its entries, where a kind of records does not say otherwise."""
        return self.entries()


R = TypeVar("R", bound=Record)


def read_fields(record: object, kind: type[R]) -> R:
    """Return the record of this kind that `record`, a mapping from a file, describes.

    Entries that `kind` does not know are left out, as a newer program may have written them.

    Raises
    ------
    RecordError
        Where an entry is missing that has no default, or is not what it should be.
    """
    if not isinstance(record, dict):
        raise RecordError("The file is not what this program writes.")
    current = _upgraded(record)
    try:
        return convert(current, kind, dec_hook=_read_custom)
    except WRONG as error:
        wrong = next((field.name for field in structs.fields(kind) if not _is_sound(field, current)), None)
        # Where each entry is sound by itself, the record has refused them together.
        sentence = f'Its entry "{wrong}" is not as it should be.' if wrong is not None else str(error)
        raise RecordError(sentence) from error


def _is_sound(field: structs.FieldInfo, record: dict[str, Any]) -> bool:
    if field.name not in record:
        return not field.required
    try:
        convert(record[field.name], field.type, dec_hook=_read_custom)
    except WRONG:
        return False
    return True


def _upgraded(record: dict[str, Any]) -> dict[str, Any]:
    """Return the entries by their names of now; that of a data set says of which kind it is."""
    current = {OLDER_NAMES.get(name, name): entry for name, entry in record.items()}
    if isinstance(data := current.get("data"), dict):
        current["data"] = {**data, "type": "table" if "path" in data else "made"}
    return current


def _read_custom(kind: type[Range], entry: object) -> Range:
    return kind.read(entry)


def _built(entry: Any) -> Any:
    if isinstance(entry, list):
        return [_built(each) for each in entry]
    return entry.build() if isinstance(entry, Record) else entry
