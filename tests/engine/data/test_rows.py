"""The rows that a loss runs over: what a hand did to them, and files that cannot be read."""

import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import FormulaError
from engine.data.datasets import MOST_POINTS
from engine.data.rows import MadeData, TableData, columns_of, table_at
from engine.data.tables.table import FEWEST_ROWS, TableError


def test_rows_may_be_placed_and_added_by_hand_and_the_others_stay() -> None:
    made = MadeData("two columns", {"points": 5})
    edited = made.with_point(2, 1.5, -1.0).with_point(5, 9.0, 8.0).with_point(5, 7.0, 6.0).with_point(6, 0.5, 0.25)
    before, after = made.columns(), edited.columns()
    assert after["u"][[2, 5, 6]].tolist() == [1.5, 7, 0.5] and after["v"][[2, 5, 6]].tolist() == [-1, 6, 0.25]
    assert after["s"][5:].tolist() == [0, 0]
    np.testing.assert_array_equal(np.delete(after["u"][:5], 2), np.delete(before["u"], 2))


def test_rows_added_by_hand_stay_when_there_are_more_or_fewer_points() -> None:
    edited = MadeData("line", {"points": 20}).with_point(15, 3.0, 3.0).with_point(20, 4.0, 4.0)
    for points in (10, 50):
        columns = replace(edited, settings={"points": points}).columns()
        assert len(columns["u"]) == points + 1 and columns["u"][-1] == 4
        assert (3.0 in columns["u"]) == (points > 15)


def test_a_row_taken_away_is_gone_and_the_others_stay() -> None:
    made = MadeData("two columns", {"points": 6})
    edited = made.with_point(6, 9.0, 8.0).with_point(2, 1.5, -1.0).without_point(4).without_point(2)
    before, after = made.columns(), edited.columns()
    assert edited.rows.tolist() == [0, 1, 3, 5, MOST_POINTS]
    np.testing.assert_array_equal(after["s"], [*before["s"][[0, 1, 3, 5]], 0])
    assert after["u"][-1] == 9
    assert edited.without_point(4).columns()["u"].tolist() == after["u"][:4].tolist()


def test_two_rows_stay_however_few_points_are_made() -> None:
    edited = MadeData("line", {"points": 4}).without_point(0).without_point(0)
    with pytest.raises(FormulaError, match="2 points stay"):
        edited.without_point(0)
    assert replace(edited, settings={"points": 2}).rows.tolist() == [0, 1]
    assert replace(edited, settings={"points": 50}).rows.tolist() == list(range(2, 50))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=40))
def test_whatever_is_added_and_taken_away_each_row_stays_itself(changes: list[tuple[bool, int]]) -> None:
    made = MadeData("line", {"points": 8})
    expected = list(zip(*made.columns().values(), strict=True))
    for added, place in changes:
        if added:
            made = made.with_point(len(expected), place, -place)
            expected.append((place, -place))
        elif len(expected) > FEWEST_ROWS:
            made = made.without_point(place % len(expected))
            del expected[place % len(expected)]
    assert list(zip(*made.columns().values(), strict=True)) == expected


def test_a_file_that_rows_cannot_be_read_from_is_named() -> None:
    with pytest.raises(TableError, match=r"^penguins\.csv: This file cannot be read: "):
        columns_of(TableData("/gone/penguins.csv", ("mass", "flipper"), 40))


class Listener:
    """Somebody who is told how much of a file is read, such as a window."""

    def goes_on(self, share: float) -> bool:
        return True


def test_a_table_that_is_kept_keeps_nobody_who_listened_to_its_reading(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("u,v\n1,2\n3,4\n5,6\n")
    listener = Listener()
    table = table_at(str(path), listener.goes_on)
    gone = weakref.ref(listener)
    del listener
    assert gone() is None and table_at(str(path)) is table
