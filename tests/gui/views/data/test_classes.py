"""Boundaries between two classes and ticks in the data view, against closed forms."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from engine.data.columns import Columns
from gui.look.theme import DARK
from gui.views.data.classes import classes_in, lines_of_zero
from gui.views.data.drawing import Fit, draw_fit, range_of
from gui.views.data.ticks import tick_text, ticks_of

DRAWS = np.random.default_rng(2)
SIDES = np.where(np.arange(60) % 2 == 0, 1.0, -1.0)
U, V = 40 + 5 * DRAWS.normal(size=60) + 4 * SIDES, 0.1 * DRAWS.normal(size=60)
COLUMNS = Columns({"u": U, "v": V, "s": SIDES})
WEIGHTS, BIAS = [(0.5, 3.0), (-1.0, 0.0), (0.0, 1.0)], {"b": -20.0}


@pytest.mark.parametrize("text", ["mean(softplus(-s*(x*u + y*v + b)))", "mean(log(1 + exp(-s*(x*u + y*v + b)))) + x^2"])
def test_the_boundary_of_a_logistic_loss_is_the_line_on_which_its_margin_is_zero(text: str) -> None:
    classes = classes_in(text, COLUMNS)
    across, up = range_of(U), range_of(V)
    assert classes.columns == ("u", "v") and classes.values == (-1.0, 1.0)
    found = classes.boundaries(COLUMNS, across, (-9.0, 9.0), WEIGHTS, BIAS)
    for (x, y), lines in zip(WEIGHTS, found, strict=True):
        margins = x * lines[..., 0] + y * lines[..., 1] + BIAS["b"]
        assert np.abs(margins).max(initial=0.0) < 1e-11
    upright = classes.boundaries(COLUMNS, across, up, [(-0.5, 0.0)], {"b": 20.0})[0]
    assert len(upright) >= 48 and upright[..., 0] == pytest.approx(40.0)
    assert len(found[0]) > 40 and len(found[2]) == 0, "b is 20 at every place of the last"


def test_a_boundary_may_be_closed() -> None:
    x = np.linspace(-2.0, 2.0, 81)
    lines = lines_of_zero(x, x, x[:, np.newaxis] ** 2 + x**2 - 1.0)
    assert np.hypot(lines[..., 0], lines[..., 1]) == pytest.approx(1.0, abs=1e-3)
    assert np.hypot(*(lines[:, 1] - lines[:, 0]).T).sum() == pytest.approx(2 * np.pi, rel=1e-3)


def test_of_one_column_the_curve_is_the_expected_class() -> None:
    columns = Columns({"u": U, "c": (SIDES + 1) / 2})
    classes = classes_in("k = 2*c - 1\nmean(softplus(-k*(x*u + y)))", columns)
    places, values = classes.curves(columns, (30.0, 50.0), [(0.5, -20.0)], {})
    assert values[0] == pytest.approx(1 / (1 + np.exp(-(0.5 * places - 20))), rel=1e-11)


def test_both_classes_are_drawn_for_two_columns_and_a_line_stays_a_line(qapp: QApplication) -> None:
    fit = Fit(COLUMNS, range_of(U), range_of(SIDES), "mean(softplus(-s*(x*u + b)))", BIAS, ["#ff0000"], [(0.5, 0.0)])
    assert not draw_fit(fit, DARK, QSize(300, 200), 1.0).of_boundaries, "of one column a curve is drawn"
    both = Fit(
        COLUMNS, range_of(U), range_of(SIDES), "mean(softplus(-s*(x*u + y*v + b)))", BIAS, ["#ff0000"], [(0.5, 1.0)]
    )
    drawn = draw_fit(both, DARK, QSize(300, 200), 1.0)
    assert drawn.of_boundaries and drawn.remark == "● s is 1   ○ s is −1"
    worded = replace(both, columns=Columns({"u": U, "v": V, "s": SIDES}, {"s": ("benign", "malignant")}))
    assert draw_fit(worded, DARK, QSize(300, 200), 1.0).remark == "● malignant   ○ benign"
    for lines in ("mean((x*u + y - s)^2)", "x^2"):
        assert classes_in("mean(u)*x^2", COLUMNS) is None
        assert not draw_fit(Fit(COLUMNS, (0, 1), (0, 1), lines, {}, [], []), DARK, QSize(300, 200), 1.0).of_boundaries


@pytest.mark.parametrize(
    ("ends", "room", "texts"),
    [
        ((2210.0, 4100.0), 400.0, ["2500", "3000", "3500", "4000"]),
        ((-1.12, 1.12), 240.0, ["−1", "−0.5", "0", "0.5", "1"]),
        ((0.0, 3e-7), 200.0, ["0", "1·10⁻⁷", "2·10⁻⁷", "3·10⁻⁷"]),
        ((5.0, 5.0), 200.0, []),
    ],
)
def test_ticks_are_round_numbers(ends: tuple[float, float], room: float, texts: list[str]) -> None:
    ticks = ticks_of(ends, room, 50.0)
    step = ticks[1] - ticks[0] if ticks else 0.0
    assert [tick_text(value, step) for value in ticks] == texts
