"""Numbers along the axes of the loss curves."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.views.curves.number_axes import LEAST_PX, LossAxis, StepAxis, plain_text, power_text

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("logarithm", "text"),
    [
        (0.0, "1"),
        (2.30103, "200"),
        (-2.0, "0.01"),
        (-5.0, "10⁻⁵"),
        (7.30103, "2·10⁷"),
        (300.0, "10³⁰⁰"),
        (-3.0, "0.001"),
    ],
)
def test_a_loss_is_written_in_one_digit(logarithm: float, text: str) -> None:
    assert power_text(logarithm) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (-2.5, "−2.5"), (1500.0, "1500"), (-2e7, "−2·10⁷"), (1e300, "1·10³⁰⁰"), (-1e-9, "−1·10⁻⁹")],
)
def test_a_loss_on_a_linear_axis_is_written_with_its_sign(number: float, text: str) -> None:
    assert plain_text(number) == text
    assert LossAxis("left").tickStrings([number], 1.0, abs(number)) == [text]


@given(st.floats(-300, 290), st.floats(1.0, 14.0))
def test_the_numbers_of_the_loss_differ_and_are_few(low: float, span: float) -> None:
    axis = LossAxis("left")
    axis.setLogMode(y=True)
    levels = axis.tickValues(low, low + span, 120.0)
    texts = [text for spacing, values in levels for text in axis.tickStrings(values, 1.0, spacing)]
    assert 1 <= len(texts) <= 8
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("steps", "texts"),
    [
        ([0, 2, 4], ["0", "2", "4"]),
        ([0, 5000], ["0", "5000"]),
        ([0, 50_000], ["0", "50 k"]),
        ([5e5, 1.5e6], ["0.5 M", "1.5 M"]),
    ],
)
def test_many_steps_are_counted_in_thousands_or_millions(steps: list[float], texts: list[str]) -> None:
    assert StepAxis("bottom").tickStrings(steps, 1.0, 1.0) == texts


def marks(low: float, high: float, height: float) -> list[float]:
    return LossAxis("left").logTickValues(low, high, height, [])[0][1]


@given(st.floats(-300.0, 300.0), st.floats(1e-3, 300.0), st.floats(20.0, 1000.0))
def test_no_number_covers_another(low: float, span: float, height: float) -> None:
    shown = marks(low, low + span, height)
    assert all(low <= mark <= low + span for mark in shown)
    assert all((after - mark) * height / span >= LEAST_PX * 0.999 for mark, after in pairwise(shown))


@pytest.mark.parametrize(("height", "count"), [(70.0, 4), (60.0, 2), (30.0, 2)])
def test_a_low_axis_has_fewer_numbers_and_keeps_its_decades(height: float, count: int) -> None:
    shown = marks(-0.2, 1.2, height)
    assert len(shown) == count and {0.0, 1.0} <= {*shown}
