"""A landscape as it stands in a file: its formula, its data set, how it lies and what height means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

from msgspec import Meta

from engine.data.datasets import GENERATORS, MOST_POINTS
from engine.data.rows import MadeData, TableData
from engine.data.tables.reading import COMMA, POINT, Reading
from engine.language.syntax.parser import parse_formula
from engine.loss.transform import Transform
from gui.files.record_file import RecordError
from gui.files.records import types
from gui.files.records.saved_entries import EntryKind, Name
from gui.session.choices import HEIGHT_KINDS
from gui.session.saved_landscape import SAVED, SavedLandscape
from landscapes import CATALOGUE

AT_MOST = Meta(max_length=types.MOST_ENTRIES)
BY_HAND = Meta(max_length=MOST_POINTS)
"""A key that is held down adds or removes one point after the other, up to all of them."""


class TransformRecord(types.Record, frozen=True):
    """How a landscape lies."""

    angle: types.Number
    stretch: types.Number
    shift: types.Pair
    pivot: types.Pair

    def __post_init__(self) -> None:
        # A transform checks itself when it is made.
        self.build()

    def build(self) -> Transform:
        """Return the transform."""
        return Transform(**self.entries())


class MadeDataRecord(types.Record, frozen=True, tag="made"):
    """A data set made to order, with what was changed by hand."""

    name: Annotated[str, types.one_of(GENERATORS)]
    settings: types.Numbers
    placed: Annotated[tuple[tuple[types.Whole, types.Number, types.Number], ...], BY_HAND] = ()
    removed: Annotated[tuple[types.Whole, ...], BY_HAND] = ()

    def __post_init__(self) -> None:
        if not self.settings.keys() >= GENERATORS[self.name].defaults.keys():
            raise ValueError("Settings are missing.")

    def build(self) -> MadeData:
        """Return the data set, with settings that its sliders can have and rows in their order."""
        settings = GENERATORS[self.name].settings
        values = {setting.name: setting.nearest(self.settings[setting.name]) for setting in settings}
        placed = sorted((max(row, 0), across, up) for row, across, up in self.placed)
        return MadeData(self.name, values, tuple(placed), tuple(sorted(max(row, 0) for row in self.removed)))


class ReadingRecord(types.Record, frozen=True):
    """What was chosen where a table may be read in more ways than one."""

    decimals: Annotated[tuple[tuple[types.Text, Annotated[str, types.one_of((COMMA, POINT))]], ...], AT_MOST]
    titles: bool | None

    def build(self) -> Reading:
        """Return the reading."""
        return Reading(**self.entries())


class TableDataRecord(types.Record, frozen=True, tag="table"):
    """Columns of a file of numbers; defaults stand for what older files lack."""

    path: types.Text
    names: Annotated[tuple[types.Text, ...], AT_MOST]
    rows: types.Whole
    checksum: types.Whole = 0
    reading: ReadingRecord = ReadingRecord((), None)

    def build(self) -> TableData:
        """Return the data set."""
        return TableData(**self.entries())


DataRecord = MadeDataRecord | TableDataRecord


class LandscapeRecord(types.Record, frozen=True):
    """A landscape that the user saved; defaults stand for what older files lack."""

    name: Name
    formula: types.Text
    domain: types.Rectangle
    minima: Annotated[tuple[types.Pair, ...], AT_MOST]
    start: types.Pair
    parameters: types.Numbers
    ranges: types.Ranges
    note: types.Text
    data: DataRecord | None = None
    transform: TransformRecord | None = None
    height: Annotated[str, types.one_of(("", *HEIGHT_KINDS))] = ""

    def __post_init__(self) -> None:
        # The formula is read, but not compiled, which would take ten times as long.
        parse_formula(self.formula)

    def build(self) -> SavedLandscape:
        """Return the landscape."""
        return SavedLandscape(**self.entries(), source=SAVED)


def _landscape(record: object) -> SavedLandscape | None:
    """Return the landscape that a record describes, or None where the record is broken."""
    try:
        landscape = types.read_fields(record, LandscapeRecord).build()
    except RecordError:
        return None
    return landscape if landscape.name not in CATALOGUE else None


def _record(landscape: SavedLandscape) -> Mapping[str, object]:
    entries = asdict(landscape)
    return {name: entries[name] for name in LandscapeRecord.__struct_fields__}


SAVED_LANDSCAPES = EntryKind("landscapes", _record, _landscape)
"""How they stand in their file."""
