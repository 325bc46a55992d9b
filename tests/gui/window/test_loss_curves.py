"""What the loss curves are measured from, in the real window."""

import pytest
from pytestqt.qtbot import QtBot

from engine.live.commands import Step
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.person import settle, type_formula, wait_until

pytestmark = pytest.mark.one_window


def step_on(qtbot: QtBot, window: MainWindow, steps: int) -> None:
    window.controller.runner.post(Step(steps))
    wait_until(qtbot, lambda: window.frame.step >= steps)
    settle(qtbot, window)


def test_a_regression_is_measured_from_its_minimum(qtbot: QtBot, window: MainWindow) -> None:
    landscape = CATALOGUE["SparseColumnRegression"]
    window.formula_bar.landscape.open_picker().chosen.emit(landscape)
    wait_until(qtbot, lambda: window.frame.formula.text == landscape.formula)
    step_on(qtbot, window, 200)
    assert window.frame.minimum == pytest.approx(landscape.lowest, rel=1e-9)
    assert (window.curves.caption, window.curves.logarithmic) == ("loss − minimum", True)
    assert "minimum 0.091167" in window.curves.note
    window.session.set_data_setting("noise", 0.6)
    settle(qtbot, window)
    wait_until(qtbot, lambda: "minimum 0.091167" not in window.curves.note)


def test_a_typed_formula_is_measured_from_the_minimum_that_is_found(qtbot: QtBot, window: MainWindow) -> None:
    type_formula(qtbot, window, "x^4 + y^2 - 3")
    wait_until(qtbot, lambda: window.frame.formula.text == "x^4 + y^2 - 3")
    step_on(qtbot, window, 30)
    assert window.frame.minimum == pytest.approx(-3.0)
    assert window.curves.caption == "loss − minimum"
    assert "minimum −3" in window.curves.note


def test_a_loss_without_a_minimum_is_shown_as_it_is(qtbot: QtBot, window: MainWindow) -> None:
    type_formula(qtbot, window, "x + y")
    wait_until(qtbot, lambda: window.frame.formula.text == "x + y")
    step_on(qtbot, window, 30)
    assert window.frame.minimum is None
    assert (window.curves.caption, window.curves.logarithmic) == ("loss", False)
    assert "minimum" not in window.curves.note
