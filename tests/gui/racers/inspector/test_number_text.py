"""Numbers of any size fit into the places that the typeset rule leaves for them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from engine.language.display.numbered import WIDTH_EM
from gui.racers.inspector.arrangement import EM, font_file
from gui.racers.inspector.number_text import MINUS, number_text
from gui.racers.inspector.sheet import Letters


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.31, "0.3100"), (-0.0123456, "−0.01235"), (12345.6, "12346"), (1.234e-5, "1.23e−5"), (-1.5e-12, "−1.5e−12"),
        (3.0, "3.000"), (0.0, "0"), (2.5e7, "2.50e7"), (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "NaN"),
        (0.99999, "1.000"), (9.9999, "10.00"), (1e300, "1e300"),
    ],
)  # fmt: skip
def test_few_digits(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(-1e300, 1e300, allow_subnormal=False))
def test_what_is_written_is_near_and_fits(qapp: QApplication, value: float) -> None:
    text = number_text(value)
    assert float(text.replace(MINUS, "-")) == pytest.approx(
        value, rel=0.5 if abs(value) > 1e99 or 0 < abs(value) < 1e-99 else 0.06
    )
    size = 20.0
    letters = Letters.of(str(font_file()), size)
    assert sum(letters.widths[letter] for letter in text) <= WIDTH_EM * EM * size + 1.0
