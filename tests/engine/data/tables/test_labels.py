"""Columns of two classes: words become -1 and 1, numbers stay, and which is which is said."""

from pathlib import Path

import pytest

from engine.data.tables.file import read_table
from engine.data.tables.table import Table, TableError


def table_of(folder: Path, content: str) -> Table:
    (folder / "table.csv").write_text(content)
    return read_table(folder / "table.csv")


@pytest.mark.parametrize(("high", "low"), [("yes", "no"), ("True", "False"), ("Gentoo", "Adelie"), ("b c", "a  x")])
def test_two_words_are_minus_one_and_one_by_the_alphabet(tmp_path: Path, high: str, low: str) -> None:
    table = table_of(tmp_path, f"a,Label\n1,{high}\n2,{low}\n3,{high.upper()}\n4,\n5,{low}\n")
    assert table.chosen("Label")["Label"].tolist() == [1, -1, 1, -1]
    assert table.labels == {"Label": (" ".join(low.split()), high)} and table.texts == ()
    assert f'In "Label", {high} is +1, {" ".join(low.split())} is -1.' in table.remarks("a", "Label")


@pytest.mark.parametrize("words", ["a b c a b c", "a b b b b b", "a a a a a a", "a 1 b 2 a b"])
def test_other_words_are_no_classes(tmp_path: Path, words: str) -> None:
    rows = "".join(f"{number},{number},{word}\n" for number, word in enumerate(words.split()))
    assert table_of(tmp_path, "a,b,c\n" + rows).texts == ("c",)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (1, 2), (-3, 7)])
def test_two_numbers_are_classes_too_and_stay_as_they_are(tmp_path: Path, low: int, high: int) -> None:
    table = table_of(tmp_path, f"a,c\n1,{high}\n2,{low}\n3,{high}\n")
    classes = table.classes("c")
    assert table.values["c"].tolist() == [high, low, high] and (classes.low, classes.high) == (low, high)
    assert classes.sentence == f"{high} is +1, {low} is -1" and table.classes("a") is None


def test_one_column_of_numbers_and_one_of_classes_are_enough_for_a_model(tmp_path: Path) -> None:
    assert list(table_of(tmp_path, "w,a\nyes,1\nno,2\nyes,3\nno,4\n").values) == ["a", "w"]
    with pytest.raises(TableError, match="No column of this file has numbers"):
        table_of(tmp_path, "v,w\nyes,a\nno,b\nyes,a\nno,b\n")


def test_titles_keep_their_letters_and_older_names_still_lead_to_them(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Body Mass (kg),X,x\n1,2,3\n4,5,6\n")
    assert list(table.values) == ["Body_Mass_kg", "X", "x_column"]
    assert {name: values.tolist() for name, values in table.chosen("body_mass_kg", "x_column").items()} == {
        "body_mass_kg": [1, 4], "x_column": [3, 6],
    }  # fmt: skip
    assert table.remarks("body_mass_kg")[0] == '"Body Mass (kg)" is called "Body_Mass_kg" in formulas.'


def test_the_first_rows_are_kept_as_they_are_written(tmp_path: Path) -> None:
    rows = "".join(f'{number},"word {number}"\n' for number in range(9))
    preview = table_of(tmp_path, "A title,b,c\n" + rows.replace(",", ",1.50,")).preview
    assert preview.titles == ("A title", "b", "c")
    assert preview.rows == tuple((str(number), "1.50", f"word {number}") for number in range(5))
