"""How the numbers of a column are written: all of its cells decide, and where they do not, that is said."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.tables.cells import Kind, read_cell
from engine.data.tables.columns import MOST_ROWS
from engine.data.tables.file import read_table
from engine.data.tables.reading import AS_THE_FILE_TELLS, COMMA, EVERY_COLUMN, POINT, Reading
from engine.data.tables.table import Table, TableError

Read = Callable[..., Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(content: str, reading: Reading = AS_THE_FILE_TELLS) -> Table:
        path = tmp_path / "table.csv"
        path.write_text(content, encoding="utf-8", newline="")
        return read_table(path, reading=reading)

    return read_text


def doubtful(table: Table) -> list[str]:
    return [doubt.column for doubt in table.doubts]


def test_three_places_after_a_comma_are_places(read: Read) -> None:
    table = read("u;v\n0,350;1\n0,425;2\n0,510;3\n0,600;4\n")
    assert table.values["u"].tolist() == [0.35, 0.425, 0.51, 0.6] and not table.doubts
    slope = np.polyfit(table.values["u"], table.values["v"], 1)[0]
    assert slope == pytest.approx(11.956, abs=1e-3)


@pytest.mark.parametrize("separator", [";", "\t", "|", "  "])
def test_a_lone_comma_is_decimal_where_commas_do_not_separate_and_the_other_way_is_offered(
    read: Read, separator: str
) -> None:
    content = "u;v\n12,345;1\n13,456;2\n".replace(";", separator)
    table = read(content)
    assert table.values["u"].tolist() == [12.345, 13.456] and doubtful(table) == ["u"]
    (doubt,) = table.doubts
    assert (
        doubt.message == '"12,345" in "u" is read as 12.345; it may mean 12345.' and doubt.offer == "Read it as 12345"
    )
    other = read(content, doubt.other)
    assert other.values["u"].tolist() == [12345, 13456]
    assert read(content, other.doubts[0].other).values["u"].tolist() == [12.345, 13.456]


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("whole_rows", [50, 500, 3 * MOST_ROWS])
def test_a_comma_after_many_whole_numbers_is_what_the_later_cells_tell(
    read: Read, separator: str, whole_rows: int
) -> None:
    rows = [f"{row % 90};{row}" for row in range(whole_rows)] + ["60,5;120,250", "61,25;121,5"] * 20
    table = read("\n".join(["u;v", *rows]).replace(";", separator) + "\n")
    assert {*table.values["u"][-3:].tolist()} <= {60.5, 61.25} and not table.doubts
    assert {*table.values["v"][-3:].tolist()} <= {120.25, 121.5}
    assert np.isfinite(table.values["u"]).all() and table.rows_in_file == len(rows)


def test_a_cell_that_no_used_row_has_still_decides_about_its_column(read: Read) -> None:
    rows = [f"{1 + row % 9},{100 + row % 900};{row}" for row in range(3 * MOST_ROWS)]
    open_table = read("\n".join(["u;v", *rows]))
    rows[17] = "1,234,567;17"
    decided = read("\n".join(["u;v", *rows]))
    assert 17 + 2 not in decided.lines
    assert doubtful(open_table) == ["u"] and open_table.values["u"][0] == pytest.approx(1.1)
    assert not decided.doubts and decided.values["u"][0] == 1100


def test_a_group_of_thousands_never_begins_with_zero(read: Read) -> None:
    for cell in ("0,350", "-0,350", "00,350", "012,345", "\u22120,350"):
        assert read_cell(cell).kind is Kind.COMMA
    assert read('a,b\n"0,350",1\n"12,345",2\n').values["a"].tolist() == [0.35, 12.345]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.234,5", 1234.5), ("1.234.567", 1234567), ("-1,5E-3", -0.0015), ("1,500E3", 1500), ("\u22121,25", -1.25),
        ("1\u00a0234,5", 1234.5), ("1\u202f234,5", 1234.5), ("1 234,567", 1234.567), ("1'234,5", 1234.5),
        ("12,5 %", 12.5), ("\u20ac 1.234,50", 1234.5), ("1.234,50 EUR", 1234.5), ("-5,25 \u20ac", -5.25),
        ("3,5  ", 3.5), (",5", 0.5),
    ],
)  # fmt: skip
def test_a_number_with_a_decimal_comma_is_read_and_decides(read: Read, cell: str, value: float) -> None:
    table = read(f"a;b\n{cell};1\n2,5;2\n")
    assert table.values["a"].tolist() == [value, 2.5] and not table.doubts


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.5", 1234.5), ("1,234,567", 1234567), ("1'234.50", 1234.5), ("1\u2019234'567.25", 1234567.25),
        ("1,23,456", 123456), ("12,34,567.5", 1234567.5), ("1\u202f234.5", 1234.5), ("1.5e-3", 0.0015),
        ("-$1,234.5", -1234.5), ("$-3.5", -3.5), ("CHF 1'234.50", 1234.5), ("4.5%", 4.5),
        ("\u20b91,23,456.7", 123456.7), ("0.350", 0.35), ("1234.567", 1234.567), ("1.5D+02", 150), ("-.25d-1", -0.025),
    ],
)  # fmt: skip
def test_a_number_with_a_decimal_point_is_read_and_decides(read: Read, cell: str, value: float) -> None:
    table = read(f"a;b\n{cell};1\n2.5;2\n")
    assert table.values["a"].tolist() == [value, 2.5] and not table.doubts


@pytest.mark.parametrize(
    "cell", ["1.2.3", "01.02.2020", "2020-01-02", "12:30", "0 350", "1,23,45", "%5", "5-", "a1", "1_000", "1D5"]
)
def test_what_only_looks_like_a_number_is_none(cell: str) -> None:
    assert read_cell(cell).kind is Kind.WORD


@pytest.mark.parametrize("cell", ["inf", "-inf", "+Infinity", "\u221e", "1e999", "-nan", "-nan(ind)", "<NA>", "NaT"])
def test_what_is_no_finite_number_counts_as_missing_in_the_first_row_too(read: Read, cell: str) -> None:
    table = read(f"a,b\n{cell},1\n2,2\n{cell},3\n4,5\n")
    assert list(table.titles.values()) == ["a", "b"] and table.rows_in_file == 4
    assert table.chosen("a", "b")["b"].tolist() == [2, 5]


@pytest.mark.parametrize("cell", ["NA", "-", "n/a", "..", "#DIV/0!", "\u2014", " ", "1e999", "9" * 400])
def test_a_missing_value_is_none_either_way(cell: str) -> None:
    assert read_cell(cell).kind is Kind.MISSING


def test_a_mark_for_missing_values_that_is_a_number_stays_one(read: Read) -> None:
    assert read("a,b\n-9999,1\n2,2\n").values["a"].tolist() == [-9999, 2]


def test_quoted_thousands_between_commas_are_thousands_and_the_other_way_is_offered(read: Read) -> None:
    content = 'a,b\n"1,234",1\n"2,345",2\n'
    table = read(content)
    assert table.values["a"].tolist() == [1234, 2345] and doubtful(table) == ["a"]
    assert read(content, table.doubts[0].other).values["a"].tolist() == [1.234, 2.345]
    assert not read('a,b\n"1,234",1.5\n"2,345",2\n').doubts
    decimal = read('a,b\n"1,234","1,5"\n"2,345","2,5"\n')
    assert decimal.values["a"].tolist() == [1.234, 2.345] and not decimal.doubts


def test_a_column_that_mixes_both_is_read_as_most_of_its_cells_and_that_is_told(read: Read) -> None:
    content = "u;v\n1,5;1\n2.5;2\n3,5;3\n"
    table = read(content)
    assert table.doubts[0].message == '"u" has both "2.5" and "1,5"; it is read with a decimal comma.'
    assert table.chosen("u", "v")["u"].tolist() == [1.5, 3.5]
    assert '1 row without a number left out: line 3 ("2.5").' in table.remarks("u", "v")
    with pytest.raises(TableError, match="Fewer than two rows"):
        read(content, table.doubts[0].other).chosen("u", "v")


def test_a_choice_is_for_what_may_be_read_both_ways(read: Read) -> None:
    content = "u;v\n12,345;0,5\n13,456;1,5\n"
    for name in (EVERY_COLUMN, "v"):
        table = read(content, Reading(decimals=((name, POINT),)))
        assert table.values["v"].tolist() == [0.5, 1.5]
    assert 'The numbers of "v" have a decimal comma, and can have no other.' in table.remarks("u", "v")
    chosen = read("u;v\n12,345;1,234\n13,456;2,345\n", Reading(decimals=((EVERY_COLUMN, POINT), ("v", COMMA))))
    assert chosen.values["u"].tolist() == [12345, 13456] and chosen.values["v"].tolist() == [1.234, 2.345]


def test_what_stands_beside_numbers_is_left_out_and_told(read: Read) -> None:
    table = read("price;share\n\u20ac 1,50;12 %\n2,50 \u20ac;0,13\n")
    assert table.values["price"].tolist() == [1.5, 2.5] and table.values["share"].tolist() == [12, 0.13]
    assert table.remarks("price", "share") == [
        '"\u20ac" of all numbers in "price" is left out.',
        '"%" of some numbers in "share" is left out.',
    ]


@dataclass(frozen=True)
class Convention:
    """How somebody writes numbers."""

    decimal: str
    group: str = ""
    sizes: tuple[int, int] = (3, 3)
    minus: str = "-"

    def write(self, units: int, places: int) -> str:
        """Return `units` of the last of some places."""
        digits = str(abs(units)).rjust(places + 1, "0")
        whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
        groups, (size, later) = [], self.sizes
        while self.group and len(whole) > size:
            groups, whole, size = [whole[-size:], *groups], whole[:-size], later
        text = self.group.join([whole, *groups]) + (self.decimal + fraction if places else "")
        return (self.minus if units < 0 else "") + text


CONVENTIONS = [
    Convention("."), Convention(".", ","), Convention(".", "'"), Convention(".", "\u2019"), Convention(".", " "),
    Convention(".", ",", (3, 2)), Convention(","), Convention(",", "."), Convention(",", "\u00a0"),
    Convention(",", "\u202f", minus="\u2212"), Convention(",", "'"),
]  # fmt: skip


@st.composite
def written_tables(draw: st.DrawFn) -> tuple[str, dict[str, list[float]]]:
    """Return a table as somebody writes it, and its numbers."""
    convention, separator = draw(st.sampled_from(CONVENTIONS)), draw(st.sampled_from(",;\t|"))
    columns, rows = draw(st.integers(2, 4)), draw(st.integers(3, 6))
    numbers: dict[str, list[float]] = {}
    texts = []
    for column in range(columns):
        places = draw(st.integers(0, 4))
        units = draw(st.lists(st.integers(-(10**8), 10**8) | st.integers(-2000, 2000), min_size=rows, max_size=rows))
        numbers[f"name{'abcd'[column]}"] = [float(f"{unit}e-{places}") for unit in units]
        texts.append([convention.write(unit, places) for unit in units])
    quoted = [[f'"{text}"' if separator in text else text for text in column] for column in texts]
    lines = [separator.join(numbers), *(separator.join(row) for row in zip(*quoted, strict=True))]
    return draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines), numbers


@settings(max_examples=400, deadline=None)
@given(written_tables())
def test_in_whatever_way_numbers_are_written_they_are_read_or_the_other_way_is_offered(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[str, dict[str, list[float]]]
) -> None:
    content, numbers = table
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_text(content, encoding="utf-8", newline="")
    found = read_table(path)
    others = {doubt.column: doubt.other for doubt in found.doubts}
    for name, values in numbers.items():
        if found.values[name].tolist() != values:
            assert name in others, f"{values} is read as {found.values[name]}"
            assert read_table(path, reading=others[name]).values[name].tolist() == values
