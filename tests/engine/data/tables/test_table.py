"""Files that people bring along: columns of numbers, or one plain sentence."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import compile_loss
from engine.data.columns import Columns
from engine.data.tables.file import MOST_ROWS, read_table
from engine.data.tables.table import Table, TableError, formula_names

PENGUINS = "Species,Body Mass (kg),Flipper (mm)\nAdelie,3.75,181\nAdelie,3.8,186\nGentoo,NA,222\nGentoo,5.7,217\n"


def table_of(folder: Path, content: str | bytes) -> Table:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path)


def test_columns_have_names_that_a_formula_can_read(tmp_path: Path) -> None:
    table = table_of(tmp_path, PENGUINS)
    assert list(table.values) == ["Body_Mass_kg", "Flipper_mm", "Species"]
    assert table.texts == () and table_of(tmp_path, PENGUINS.replace("Gentoo,5.7", "Fairy,5.7")).texts == ("Species",)
    columns = table.chosen("Body_Mass_kg", "Flipper_mm")
    assert columns["Flipper_mm"].tolist() == [181, 186, 217]
    loss = compile_loss("mean((x*Flipper_mm + y - Body_Mass_kg)^2)", columns)
    assert float(loss.value(0, 3.75)) == pytest.approx((0.05**2 + 1.95**2) / 3)


def test_what_was_left_out_or_called_otherwise_is_told(tmp_path: Path) -> None:
    assert table_of(tmp_path, PENGUINS).remarks("Body_Mass_kg", "Flipper_mm") == [
        '1 row without a number left out: line 4 ("NA").',
        '"Body Mass (kg)" is called "Body_Mass_kg" in formulas.',
        '"Flipper (mm)" is called "Flipper_mm" in formulas.',
    ]


@pytest.mark.parametrize(
    "content",
    [
        "a,b\n1.5,2\n-3,4e1\n",
        "a;b\n1.5;2\n-3;4e1\n",
        "a\tb\n1.5\t2\n-3\t4e1\n",
        "a|b\n1.5|2\n-3|4e1\n",
        "a;b\n1,5;2\n-3;4e1\n",
        "a;b\r\n1,5;2\r\n-3,0;40,0\r\n",
        '"a","b"\n"1.5","2"\n"-3","40"\n',
        "a, b\n 1.5, 2\n -3, 40\n",
        "\n\na,b\n\n1.5,2\n-3,40",
        "a,b\r1.5,2\r-3,40\r",
        "\ufeffa,b\n1.5,2\n-3,40\n",
        "a,b\n1.5,2\n-3,40\n".encode("utf-16"),
        "a,b\n1.5,2\n-3,40\n".encode("utf-16-le"),
        "a,b\n1.5,2\n-3,40\n".encode("utf-16-be"),
        "a,b\n1.5,2\n\u22123,40\n",
    ],
)
def test_however_it_is_written_the_numbers_are_the_same(tmp_path: Path, content: str | bytes) -> None:
    table = table_of(tmp_path, content)
    assert {name: values.tolist() for name, values in table.values.items()} == {"a": [1.5, -3], "b": [2, 40]}


def test_without_titles_columns_are_numbered(tmp_path: Path) -> None:
    table = table_of(tmp_path, "1,2\n3,4\n")
    assert {name: values.tolist() for name, values in table.values.items()} == {"column_1": [1, 3], "column_2": [2, 4]}


def test_large_numbers_may_have_groups(tmp_path: Path) -> None:
    assert table_of(tmp_path, 'a,b\n"1,234.5",1\n"12,000,000",2\n').values["a"].tolist() == [1234.5, 12e6]
    assert table_of(tmp_path, "a;b\n1.234,5;1\n12.000.000,0;2\n").values["a"].tolist() == [1234.5, 12e6]


def test_an_old_encoding_is_read_too(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Größe;Höhe\n1;2\n3;4\n".encode("latin-1"))
    assert list(table.values) == ["Große".replace("ß", "ss"), "Hohe"] and list(table.titles.values()) == [
        "Größe",
        "Höhe",
    ]


@pytest.mark.parametrize("missing", ["", "NA", "n/a", "NaN", "null", "-", "?", "1e999", "#N/A"])
def test_a_missing_value_leaves_its_row_out(tmp_path: Path, missing: str) -> None:
    table = table_of(tmp_path, f"a,b\n1,2\n3,{missing}\n5,6\n7\n")
    assert table.chosen("a", "b")["a"].tolist() == [1, 5]
    assert table.chosen("a")["a"].tolist() == [1, 3, 5, 7]


def test_a_column_of_one_value_is_a_column_and_told(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,3\n2,3\n")
    assert table.remarks("a", "b") == ['Every value of "b" is 3.']
    loss = compile_loss("mean((x*a + y - b)^2)", table.chosen("a", "b"))
    assert float(loss.value(0, 3)) == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "This file is empty."),
        ("\n \n\r\n", "This file is empty."),
        ('""\n""\n', "This file is empty."),
        ("a,b\n", "This file has titles and no rows."),
        ("a,b\n1,2\n", "This file has a single row of numbers, and a model needs more."),
        ("a\n1\n2\n", 'Only "a" has numbers, and a model needs two columns.'),
        ("who,a\nme,1\nyou,2\n", 'Only "a" has numbers, and a model needs two columns. No numbers: who.'),
        ("who,where\nme,here\nyou,there\n", "No column of this file has numbers."),
        ("The quick brown fox\njumps over the lazy dog\n", "No column of this file has numbers."),
        (bytes(range(256)) * 20, "This file is no text."),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "This file is no text."),
    ],
)
def test_what_is_no_table_of_numbers_is_told_in_a_sentence(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(TableError) as caught:
        table_of(tmp_path, content)
    assert caught.value.message == told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[1, 2]\n[3, 4]\n", '"[3, 4]" on line 2 is no number.'),
        ("a,b\n0x10,1\n0x20,2\n0x30,3\n", '"0x10" on line 2 is no number.'),
        ("day,b\n2020-01-01,1\n2020-01-02,2\n2020-01-03,4\n", '"2020-01-01" on line 2 is no number.'),
        ("who,a\nme,1\nyou,2\nher,3\n", ""),
    ],
)
def test_a_cell_that_looks_like_a_number_and_is_none_is_named(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(TableError) as caught:
        table_of(tmp_path, content)
    assert caught.value.hint == told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(TableError, match="This file cannot be read"):
            read_table(path)


def test_columns_without_a_common_row_are_told(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,\n2,\n,3\n,4\n")
    with pytest.raises(TableError, match='Fewer than two rows have a number in "a" and "b"'):
        table.chosen("a", "b")


def test_of_a_large_file_rows_spread_evenly_are_used_in_little_memory(tmp_path: Path) -> None:
    count = 60_000
    path = tmp_path / "large.csv"
    path.write_text("a,b\n" + "".join(f"{number},{2 * number}\n" for number in range(count)))
    shares: list[float] = []
    tracemalloc.start()
    table = read_table(path, lambda share: shares.append(share) or True)
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert MOST_ROWS // 2 < table.rows <= MOST_ROWS and table.rows_in_file == count
    assert len(set(np.diff(table.values["a"]))) == 1
    assert table.values["b"].tolist() == (2 * table.values["a"]).tolist()
    assert table.remarks("a") == [f"{table.rows:,} of {count:,} rows are used, spread evenly over the file."]
    assert shares == sorted(shares) and len(shares) > 2
    assert most_bytes < 20e6


def test_reading_can_be_ended(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(PENGUINS)
    with pytest.raises(TableError, match="Reading was ended"):
        read_table(path, lambda share: False)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_whatever_the_titles_each_column_has_a_name_of_its_own(titles: list[str]) -> None:
    names = formula_names(titles)
    assert len(set(names)) == len(titles)
    if names:
        assert list(Columns({name: [1.0] for name in names})) == names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("x", "x_column"),
        ("2nd", "column_2nd"),
        ("sin", "sin_column"),
        ("Température °C", "Temperature_C"),
        ("", "column_1"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert formula_names([title]) == [name]


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_file_is_a_table_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        assert read_table(path).rows >= 2
    except TableError as error:
        assert error.message.endswith(".")


@pytest.mark.parametrize("standardised", [False, True])
@pytest.mark.parametrize("content", ["a,b\n1,2\n2,3.5\n4,7\n", "a,b\n1001,2\n1002,3\n1004,7\n", "a,b\n3,1\n3,2\n3,4\n"])
def test_the_best_line_lies_in_the_middle_of_its_view(tmp_path: Path, content: str, standardised: bool) -> None:
    table = table_of(tmp_path, content)
    bounds, start = table.line_view("a", "b", standardised)
    u, v = table.values["a"], table.values["b"]
    if standardised:
        u = (u - u.mean()) / (u.std() or 1.0)
    loss = compile_loss("mean((x*u + y - v)^2)", {"u": u, "v": v})
    x, y = (sum(side) / 2 for side in bounds)
    assert np.hypot(*loss.gradient(x, y)) < 1e-6 * (1 + abs(u).max())
    assert all(low < value < high for value, (low, high) in zip(start, bounds, strict=True))
    assert loss.value(*start) < 10 * np.ptp(v) ** 2


def test_a_checksum_tells_whether_the_chosen_columns_are_others_now(tmp_path: Path) -> None:
    names = "Body_Mass_kg", "Flipper_mm"
    table = table_of(tmp_path, PENGUINS)
    assert table.row_count(*names) == 3
    same = table_of(tmp_path, PENGUINS.replace("Adelie", "Chinstrap"))
    changed = table_of(tmp_path, PENGUINS.replace("5.7", "5.8"))
    assert table.checksum(*names) == same.checksum(*names) != changed.checksum(*names)


def test_a_column_is_found_by_its_name_its_title_or_how_they_begin(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Mass (kg),mass 2,Flipper\n1,2,3\n2,3,4\n")
    found = {word: table.name_of(word) for word in ("mass_kg", "MASS (kg)", "mass_2", "mass 2", "flip", "F")}
    assert list(found.values()) == ["Mass_kg", "Mass_kg", "mass_2", "mass_2", "Flipper", "Flipper"]
    with pytest.raises(TableError, match='More than one column begins with "mass"'):
        table.name_of("mass")
    with pytest.raises(TableError, match='No column of numbers is called "beak"'):
        table.name_of("beak")
