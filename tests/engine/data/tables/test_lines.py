"""Every line of a file is a row or counted as what else it is, and titles are found below whatever stands above."""

import contextlib
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.tables.account import Account
from engine.data.tables.file import read_table
from engine.data.tables.lines import LONGEST_LINE
from engine.data.tables.reading import AS_THE_FILE_TELLS, Reading
from engine.data.tables.table import Table, TableError

Read = Callable[..., Table]
ROWS = "1,2\n3,4\n5,6\n"
WHAT = {"a": [1, 3, 5], "b": [2, 4, 6]}
PATIENCE_S = 10
PIECES = ["1,2", '3,"4', '"5,6', '7",8', "a,b", "# r", "", '"x\ny",9', "1,2,3", "4", ",", "sep=,"]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(content: str | bytes, reading: Reading = AS_THE_FILE_TELLS) -> Table:
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, reading=reading)

    return read_text


def columns(table: Table) -> dict[str, list[float]]:
    return {title: table.values[name].tolist() for name, title in table.titles.items()}


def sum_of(account: Account) -> int:
    kinds = account.blank, account.remarks, account.above, account.titles
    return sum(kinds) + account.rows + account.continued + account.left_out


@pytest.mark.parametrize(
    "above",
    [
        "sep=,\n", "SEP=,\r\n", '"sep=,"\n', "\ufeffsep=,\n", "# remark\n" * 60, "# remark\n" * 5000, "// remark\n",
        "! a, b, c\n", "Station,Potsdam\n",
        "; remark, 1\n", "% 1,2\n", '"# quoted, remark"\n', "  # indented\n", "A report\n\n", "A report, of 2020\n\n",
        "Station,Potsdam\nLatitude,52.4\nLongitude,13.1\nHeight,81\n\n", "Station: Potsdam\nheight: 81, m\n\n",
        "Made by me,\n,\n", "word\n" * 300, "key,12\n" * 40 + "\n", "# x,y\n# 1,2\n\n",
    ],
)  # fmt: skip
def test_titles_are_found_below_whatever_stands_above_them(read: Read, above: str) -> None:
    table = read(above + "a,b\n" + ROWS * 20)
    assert columns(table) == {title: values * 20 for title, values in WHAT.items()}
    assert table.account.rows == table.rows_in_file == 60 and table.account.titles == 1
    assert table.account.blank + table.account.remarks + table.account.above == len(above.splitlines())


def test_a_separator_may_be_told_by_the_file(read: Read) -> None:
    assert columns(read("sep=;\na;b\n1,5;2\n2,5;4\n")) == {"a": [1.5, 2.5], "b": [2, 4]}
    assert columns(read("sep=^\na^b\n1,5^2\n2,5^4\n")) == {"a": [1.5, 2.5], "b": [2, 4]}


@pytest.mark.parametrize("mark", ["#", "%", "!", "//", ";"])
def test_remarks_between_rows_are_not_data(read: Read, mark: str) -> None:
    table = read(f"a,b\n1,2\n{mark} 7,8\n3,4\n{mark}\n5,6\n")
    assert columns(table) == WHAT and table.account.remarks == 2
    assert "2 lines are remarks." in table.remarks("a", "b")


def test_what_only_begins_like_a_remark_is_a_row(read: Read) -> None:
    assert columns(read("who,a,b\n#1,1,2\n#2,3,4\n#3,5,6\n")) == WHAT
    assert read("a,b\n#N/A,2\n1,2\n3,4\n").account.remarks == 0
    assert columns(read(";a;b\n;1;2\n;3;4\n;5;6\n")) == WHAT


def test_titles_may_stand_in_the_remark_above_the_rows(read: Read) -> None:
    table = read("# made by hand\n# a,b\n" + ROWS)
    assert columns(table) == WHAT and table.doubts[0].message == "Line 2 is taken for titles: a, b."
    assert columns(read("# a b\n1 2\n3 4\n5 6\n")) == WHAT


def test_units_under_titles_are_no_row(read: Read) -> None:
    table = read("a,b\nm/s,[kg]\n" + ROWS)
    assert columns(table) == WHAT and table.account.titles == 2


def test_titles_that_come_again_are_no_rows(read: Read) -> None:
    table = read("a,b\n1,2\n\na,b\n3,4\n" + "a,b\n5,6\n")
    assert columns(table) == WHAT and table.account.titles == 3 and table.rows_in_file == 3


def test_a_title_may_have_a_line_break(read: Read) -> None:
    table = read('"Body\nMass",b\n' + ROWS)
    assert [*table.titles.values()] == ["Body Mass", "b"] and table.account.titles == 2


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        ("Country,1990,2000,2010", "France,58.2,60.9,64.6\nItaly,56.7,57,59\n"),
        ("Country,1990,2000,2010", "France,58200000,60900000,64600000\nItaly,56700000,57000000,59000000\n"),
        ("Country;2010;2000;1990", "France;58,2;60,9;64,6\nItaly;56,7;57,1;59\n"),
        (",1990,2000", "France,1,2\nItaly,3,4\n"),
        (",1,2", "France,10,20\nItaly,30,40\n"),
        ("1990,2000,2010", "58.2,60.9,64.6\n56.7,57.1,59.2\n"),
        ("depth,0,10,20", "A,15.1,14.2,13.3\nB,15.2,14.4,12.1\nC,15.5,14.6,12.2\n"),
        ("name,1990,2000,sum", "A,1,2,3\nB,2,3,5\n"),
        ("name,2020-01,2020-02", "A,1,2\nB,2,3\n"),
    ],
)
def test_numbers_are_titles_where_the_other_rows_tell(read: Read, titles: str, rows: str) -> None:
    table = read(f"{titles}\n{rows}")
    words = titles.replace(";", ",").split(",")
    assert [*table.titles.values()] == words[1:] if not words[0][:1].isdigit() else words
    assert table.rows == len(rows.splitlines())
    if any(word.isdigit() for word in words) and "sum" not in words:
        assert table.doubts[0].message.startswith("Line 1 is taken for titles: ")
        assert read(f"{titles}\n{rows}", table.doubts[0].other).rows == table.rows + 1


def test_where_the_other_rows_do_not_tell_titles_are_offered(read: Read) -> None:
    content = "Country,1990,2000\nFrance,1995,2005\nItaly,1996,2006\n"
    table = read(content)
    assert table.rows == 3 and table.doubts[0].message == "The columns have no titles."
    assert table.doubts[0].offer == "Take line 1 for titles"
    other = read(content, table.doubts[0].other)
    assert columns(other) == {"1990": [1995, 1996], "2000": [2005, 2006]}
    assert columns(read(content, other.doubts[0].other)) == columns(table)


@pytest.mark.parametrize("stray", ['4,"8', '"4,8', '4,8"', '4","8', '4,""8', '"4",8"', '4,"8""'])
def test_a_stray_quotation_mark_costs_its_own_row_at_most(read: Read, stray: str) -> None:
    lines = ["a,b", *(f"{row},{2 * row}" for row in range(1, 9))]
    lines[4] = stray
    table = read("\n".join(lines) + "\n")
    assert table.rows_in_file + table.account.left_out == 8
    left = table.chosen("a", "b")
    assert left["a"].tolist() == [row for row in range(1, 9) if row != 4 or row in left["a"]]
    told = " ".join(table.remarks("a", "b"))
    assert 4 in left["a"] or "line 5 (" in told


@pytest.mark.parametrize("places", [(2, 6), (3, 4), (1, 8), (2, 3, 7)])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_stray_marks_in_several_rows_take_in_no_row_between_them(
    read: Read, places: tuple[int, ...], column: int
) -> None:
    rows = [["who", str(row), str(2 * row)] for row in range(9)]
    for place in places:
        rows[place][column] = '"' + rows[place][column]
    table = read("name,a,b\n" + "".join(",".join(row) + "\n" for row in rows))
    assert table.rows_in_file + table.account.left_out == 9
    lost = places if column else ()
    assert table.chosen("a", "b")["a"].tolist() == [row for row in range(9) if row not in lost]


def test_a_quoted_cell_may_have_separators_and_line_breaks(read: Read) -> None:
    table = read('who,a,b\n"one\ntwo, 7\n\nthree",1,2\n"say ""so""\n",3,4\nx,5,6\n')
    assert columns(table) == WHAT and table.account.continued == 4
    assert columns(read('a,b,who\n1,2,"x\ny"\n3,4,"x, y\nz"\n5,6,"p\n\nq"\n')) == WHAT


def test_a_mark_that_nothing_closes_does_not_take_in_the_rest_of_a_large_file(read: Read) -> None:
    table = read('who,a,b\nx,1,2\n"y,3,4\n' + "z,5,6\n" * 50_000)
    assert table.rows_in_file == 50_002


def test_a_line_with_more_cells_than_columns_is_no_row_and_told(read: Read) -> None:
    table = read("a,b\n1,2\n3,4\n1,5,2\n5,6\n7\n,\n8,9,\n")
    assert "1 line left out: line 4 (3 cells instead of 2)." in table.remarks("a", "b")
    assert "1 row without a number left out: line 6 (empty)." in table.remarks("a", "b")
    assert table.chosen("a")["a"].tolist() == [1, 3, 5, 7, 8] and table.account.blank == 1


@pytest.mark.parametrize("words", ["good\nend", "good\nreally, a lot\nend", "costs 5,\n7, 8 or 9", "5\n6\n7"])
@pytest.mark.parametrize("rows", [3, 60])
def test_cells_over_several_lines_in_every_row_are_each_one_cell(read: Read, words: str, rows: int) -> None:
    table = read("id,text,score\n" + "".join(f'{row},"{words}",{row % 5}\n' for row in range(rows)))
    assert columns(table)["id"] == [*range(rows)] and columns(table)["score"] == [row % 5 for row in range(rows)]
    assert sum_of(table.account) == table.account.lines and table.account.left_out == 0


def test_titles_that_do_not_fit_are_told(read: Read) -> None:
    table = read("a,b\n1,2,3\n4,5,6\n")
    assert "Rows have 3 cells, and there are 2 titles: they may not fit." in table.remarks("a", "b")


@pytest.mark.parametrize(
    "content",
    [
        "a,b\r1,2\r3,4\r5,6", "a,b\r\n1,2\r\n3,4\r\n5,6\r\n", " a b\n 1  2\n 3  4\n 5  6\n", "a,b,\n1,2,\n3,4,\n5,6,",
        "a,b\n1,2\n3,4\n5,6\n".encode("utf-16"), "a,b\n1,2\n3,4\n5,6\n".encode("utf-32"),
        "a,b\n\n1,2\n \n3,4\n,\n5,6\n\n",
        "\u00e9\u00e9, here\n\na;b\n1;2\n3;4\n5;6\n".encode("cp1252"), "a\tb\n1\t2 \n3\t4\n5\t 6\n",
    ],
)  # fmt: skip
def test_lines_end_and_are_encoded_as_they_like(read: Read, content: str | bytes) -> None:
    assert columns(read(content)) == WHAT


def test_bytes_of_an_old_encoding_that_come_late_are_read(read: Read) -> None:
    content = b"who;a;b\n" + b"x;1;2\n" * 20_000 + b"x;1\xa0000;2\n" * 2
    assert read(content).values["a"].max() == 1000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("# remark\n", "This file has remarks and no rows."),
        ("a,b\n# remark\n", "This file has titles and no rows."),
        ("who,a\nme,x\nyou,2\nthem,y\n", "No column of this file has numbers in half of its cells."),
        ("who a\nme x\nyou y\nthem z\n", "No column of this file has numbers."),
        ("1,2" + "0" * LONGEST_LINE, "This file is no table: a line has more than 4,000,000 characters."),
    ],
)
def test_what_is_no_table_is_told_by_what_it_is(read: Read, content: str, told: str) -> None:
    with pytest.raises(TableError) as caught:
        read(content)
    assert caught.value.message == told


@settings(max_examples=500, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(alphabet='0123459.,;|\t"\'#%-ab \n\r', max_size=200).map(str.encode)
    | st.lists(st.sampled_from(PIECES), max_size=20).map("\n".join).map(str.encode)
)  # fmt: skip
def test_whatever_the_bytes_each_line_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "lines.csv"
    path.write_bytes(content)
    try:
        table = read_table(path)
    except TableError:
        return
    account = table.account
    assert sum_of(account) == account.lines and account.rows == table.rows_in_file == table.rows
    assert len(table.lines) == table.rows and (np.diff(table.lines) > 0).all()
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in content:
        assert account.lines == len(re.findall(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", content))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["plain", "stray", "long", "blank", "remark", "missing"]), st.integers(0, 99)),
        min_size=4,
        max_size=30,
    ),
    st.sampled_from(["", "sep=;\n", "# made by me\n# in 2020\n", "Station;X\nHeight;12\n\n"]),
)
def test_of_a_file_with_faults_no_other_row_is_lost(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int]], above: str
) -> None:
    written = {
        "plain": "x;{0},5;{0}", "stray": 'x;{0},5;"{0}', "long": "x;{0},5;{0};9", "blank": "", "remark": "# {0};1;2",
        "missing": "x;{0},5;",
    }  # fmt: skip
    path = tmp_path_factory.getbasetemp() / "faults.csv"
    whole = [("plain", 1)] * 10
    path.write_text(above + "who;a;b\n" + "\n".join(written[kind].format(value) for kind, value in whole + rows))
    table = read_table(path)
    kept = [value + 0.5 for kind, value in whole + rows if kind == "plain"]
    assert table.chosen("a", "b")["a"].tolist() == kept
    assert table.account.left_out == sum(kind == "long" for kind, _ in rows)
    left = sum(kind in ("stray", "missing") for kind, _ in rows)
    assert table.rows - len(kept) == left and table.account.remarks >= sum(kind == "remark" for kind, _ in rows)


def refused(path: str | Path, told: str) -> bool:
    """Return whether a path is refused with these words, and soon."""
    found: list[str] = []

    def attempt() -> None:
        try:
            read_table(path)
        except TableError as error:
            found.append(error.message)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return bool(found) and told in found[0]


@pytest.fixture
def not_ordinary(tmp_path: Path) -> Iterator[dict[str, Path | str]]:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(tmp_path / "socket"))
        yield {
            "it is a pipe.": tmp_path / "pipe",
            "a pipe": tmp_path / "link",
            "it is a folder.": tmp_path,
            "it is a socket.": tmp_path / "socket",
            "it is a device.": "/dev/zero",
            "no file has such a name": "a\0b.csv",
        }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="This system has no named pipes.")
def test_what_is_no_ordinary_file_is_refused_and_never_waited_for(not_ordinary: dict[str, Path | str]) -> None:
    for told, path in not_ordinary.items():
        assert refused(path, told), path


def test_a_file_that_grows_while_it_is_read_ends_where_it_ended_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_text("a,b\n" + "1,2\n" * 50_000)

    def grow(share: float) -> bool:
        with path.open("a") as file:
            file.write("3,4\n" * 100_000)
        return True

    table = read_table(path, grow)
    assert table.rows_in_file == 50_000
    assert "Somebody wrote to the file while it was read." in table.remarks("a", "b")


def test_a_file_that_is_cut_or_deleted_while_it_is_read_is_a_table_of_what_there_was(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text("a,b\n" + "1,2\n" * 200_000)

    def cut(share: float) -> bool:
        if path.exists():
            os.truncate(path, 100_000)
            path.unlink()
        return True

    table = read_table(path, cut)
    assert 0 < table.rows_in_file < 200_000
    assert "Somebody wrote to the file while it was read." in table.remarks("a", "b")


@pytest.mark.parametrize(
    "rows", ["0,1\n0.1,0.95\n0.2,0.9\n0.3,0.86\n", "1600,1800\n900,950\n3100,4000\n", "A,1,2\nB,1.5,2.5\nC,1.7,3.1\n"]
)
def test_a_first_row_that_may_well_be_data_is_data_and_titles_are_offered(read: Read, rows: str) -> None:
    table = read(rows)
    assert table.rows == len(rows.splitlines()) and table.doubts[0].offer == "Take line 1 for titles"


@pytest.mark.parametrize("first", ["1*,2", "1,unknown", "48\u00b0 51,2", "1,2 (3)", "n/a,2", "1a,2b"])
def test_a_first_row_with_something_else_than_numbers_is_no_row_of_titles(read: Read, first: str) -> None:
    table = read(f"a,b\n{first}\n" + ROWS)
    assert [*table.titles.values()] == ["a", "b"] and table.rows == 4
    assert table.chosen("a", "b")["a"].tolist() == WHAT["a"]
    assert table.remarks("a", "b")[0].startswith("1 row without a number left out: line 2 (")


def test_a_stray_mark_in_the_titles_is_left_out(read: Read) -> None:
    assert columns(read('"a,b\n' + ROWS)) == columns(read('a,"b\n' + ROWS)) == WHAT


def test_blanks_round_quoted_cells_are_none_of_them(read: Read) -> None:
    assert columns(read('"a" , "b" \n"1" , "2" \n "3", "4"\n"5" ,"6"')) == WHAT


def test_a_stray_mark_in_the_first_row_makes_it_no_row_of_titles(read: Read) -> None:
    table = read('"Smith, J",3,"4\n"Doe, K",1,2\n"Roe, L",3,4\n"Poe, E",5,6\n')
    assert columns(table)["column 2"] == [3, *WHAT["a"]] and table.rows == 4
