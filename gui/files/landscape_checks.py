"""What the entries of a landscape in a file must be: its data set, how it lies and what height means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine import FormulaError
from engine.data.datasets import GENERATORS, MOST_POINTS
from engine.data.rows import MadeData, TableData
from engine.data.tables.reading import COMMA, POINT, Reading
from engine.loss.transform import Transform
from gui.files import record_checks as check
from gui.files.record_file import RecordError
from gui.session.landscape_data import SomeData


def data(value: object) -> SomeData | None:
    """Check a data set, made to order or in a file, or none."""
    if value is None:
        return None
    try:
        if isinstance(value, dict) and "path" in value:
            return TableData(**check.fields(value, TABLE_CHECKS, YOUNGER_OF_A_TABLE))
        made = MadeData(**check.fields(value, DATA_CHECKS, {"placed": [], "removed": []}))
        settings = GENERATORS[made.name].settings
    except RecordError as error:
        raise ValueError from error
    values = {setting.name: setting.within(made.settings[setting.name]) for setting in settings}
    return replace(made, settings=values)


def transform(value: object) -> Transform:
    """Check a transform."""
    try:
        return Transform(**check.fields(value, TRANSFORM_CHECKS))
    except (RecordError, FormulaError) as error:
        raise ValueError from error


def _row(value: object) -> int:
    return max(check.whole(value), 0)


def _placed(value: object) -> tuple[int, float, float]:
    row, across, up = check.entries(value)
    return _row(row), check.number(across), check.number(up)


def _reading(value: object) -> Reading:
    try:
        return Reading(**check.fields(value, READING_CHECKS))
    except RecordError as error:
        raise ValueError from error


def _decimal(value: object) -> tuple[str, str]:
    column, decimal = check.entries(value)
    return check.text(column), check.one_of((COMMA, POINT))(decimal)  # type: ignore[return-value]


def _sorted(one: check.Check) -> check.Check:
    """Return the check of what a hand did to rows: held down, a key goes through all of them."""
    return lambda value: tuple(sorted(check.each(one, MOST_POINTS)(value)))  # type: ignore[call-overload]


DATA_CHECKS: Mapping[str, check.Check] = {
    "name": check.one_of(GENERATORS),
    "settings": check.mapping(check.number),
    "placed": _sorted(_placed),
    "removed": _sorted(_row),
}
TABLE_CHECKS: Mapping[str, check.Check] = {
    "path": check.text,
    "names": lambda value: tuple(check.each(check.text)(value)),  # type: ignore[arg-type]
    "rows": check.whole,
    "checksum": check.whole,
    "reading": _reading,
}
YOUNGER_OF_A_TABLE: Mapping[str, object] = {"checksum": 0, "reading": {"decimals": [], "titles": None}}
"""What stands for entries that a file of an older program lacks."""
READING_CHECKS: Mapping[str, check.Check] = {
    "decimals": lambda value: tuple(check.each(_decimal)(value)),  # type: ignore[arg-type]
    "titles": lambda value: None if value is None else check.switch(value),
}
TRANSFORM_CHECKS: Mapping[str, check.Check] = {
    "angle": check.number,
    "stretch": check.number,
    "shift": check.point,
    "pivot": check.point,
}
