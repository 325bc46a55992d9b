"""Numbers beside a plot can be read at any height."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.views.number_axes import LEAST_PX, DecadeAxis


def marks(low: float, high: float, height: float) -> list[float]:
    return DecadeAxis.logTickValues(None, low, high, height, [])[0][1]


@given(st.floats(-300.0, 300.0), st.floats(1e-3, 300.0), st.floats(20.0, 1000.0))
def test_no_number_covers_another(low: float, span: float, height: float) -> None:
    shown = marks(low, low + span, height)
    assert all(low <= mark <= low + span for mark in shown)
    assert all((after - mark) * height / span >= LEAST_PX * 0.999 for mark, after in pairwise(shown))


@pytest.mark.parametrize(("height", "count"), [(70.0, 4), (60.0, 2), (30.0, 2)])
def test_a_low_axis_has_fewer_numbers_and_keeps_its_decades(height: float, count: int) -> None:
    shown = marks(-0.2, 1.2, height)
    assert len(shown) == count and {0.0, 1.0} <= {*shown}
