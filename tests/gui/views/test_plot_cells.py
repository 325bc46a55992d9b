"""Plots in rows and columns fill their view, do not touch, and have equal room for what they draw."""

import pytest
from PySide6.QtCore import QRect, QSize

from gui.views.plot_cells import GAP_PX, cell, columns_of

SIZE, AXES = QSize(701, 533), QSize(36, 26)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 9, 14, 31, 200])
def test_plots_have_equal_room_within_the_view_and_do_not_touch(count: int) -> None:
    cells = [cell(number, count, SIZE, AXES) for number in range(count)]
    whole = QRect(0, 0, SIZE.width(), SIZE.height())
    assert all(whole.contains(each.place) for each in cells)
    wide = [each.place.width() - AXES.width() * each.left for each in cells]
    high = [each.place.height() - AXES.height() * each.bottom for each in cells]
    assert max(wide) - min(wide) <= 1 and max(high) - min(high) <= 1
    for number, each in enumerate(cells):
        around = each.place.adjusted(0, 0, GAP_PX - 1, GAP_PX - 1)
        assert not any(around.intersects(other.place) for other in cells[number + 1 :])


def test_one_plot_fills_the_view_and_bears_both_axes() -> None:
    alone = cell(0, 1, SIZE, AXES)
    assert alone.place.size() == SIZE and alone.left and alone.bottom


def test_only_the_outer_plots_bear_numbers() -> None:
    cells = [cell(number, 4, SIZE, AXES) for number in range(4)]
    assert [each.left for each in cells] == [True, False, True, False]
    assert [each.bottom for each in cells] == [False, False, True, True]
    assert columns_of(5) == 3
