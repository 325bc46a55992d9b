"""Sliders whose ends a person can move."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot

from engine.live.commands import Play
from gui.widgets.numbers.value_slider import ValueSlider
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import go_to, type_formula, wait_until

pytestmark = pytest.mark.one_window


def learning_rate(window: MainWindow) -> ValueSlider:
    return window.racers_panel.cards[3].sliders["lr"]


def type_ends(qtbot: QtBot, slider: ValueSlider, low: str, high: str) -> object:
    slider.range.setFocus()
    popover = slider.open_range()
    assert QApplication.focusWidget() is popover.low, "the keyboard is in the first field"
    for field, text in ((popover.low, low), (popover.high, high)):
        field.clear()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    return popover


def test_typed_ends_are_where_the_slider_stops(qtbot: QtBot, window: MainWindow) -> None:
    slider = learning_rate(window)
    popover = type_ends(qtbot, slider, "0.01", "0.5")
    popover.close()
    slider.slider.setValue(slider.slider.maximum())
    assert slider.value == pytest.approx(0.5)
    slider.slider.setValue(0)
    assert slider.value == pytest.approx(0.01)
    assert window.session.racers[3].ranges["lr"] == (0.01, 0.5)
    assert "0.01 to 0.5, log scale" in slider.toolTip()


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [("0.5", "0.1", "below"), ("0.1", "0.1", "below"), ("nan", "1", "finite"), ("", "1", "finite"), ("0", "1", "log")],
)
def test_ends_that_make_no_slider_are_refused_beneath_their_fields(
    qtbot: QtBot, same_window: MainWindow, low: str, high: str, words: str
) -> None:
    slider = learning_rate(same_window)
    popover = type_ends(qtbot, slider, low, high)
    assert popover.message.isVisible() and words in popover.message.text()
    popover.close()
    again = slider.open_range()
    assert float(again.low.text()) < float(again.high.text())
    again.close()
    slider.slider.setValue(slider.slider.maximum())
    assert slider.value == 10.0


def test_a_range_can_be_as_it_was_first(qtbot: QtBot, window: MainWindow) -> None:
    slider = learning_rate(window)
    before = slider.toolTip()
    popover = type_ends(qtbot, slider, "0.01", "0.5")
    assert slider.toolTip() != before
    popover.reset.click()
    popover.close()
    assert slider.toolTip() == before


def test_a_parameter_keeps_its_range_when_the_formula_grows(qtbot: QtBot, window: MainWindow) -> None:
    window.formula_bar.editor.setPlainText("x^2 + a*y^2")
    wait_until(qtbot, lambda: list(window.formula_bar.sliders) == ["a"])
    window.formula_bar.sliders["a"].open_range().chosen.emit(0.0, 3.0)
    window.formula_bar.editor.setPlainText("x^2 + a*y^2 + b*x")
    wait_until(qtbot, lambda: list(window.formula_bar.sliders) == ["a", "b"])
    assert "0 to 3" in window.formula_bar.sliders["a"].toolTip()


def test_a_landscapes_parameters_have_the_ranges_of_its_entry(qtbot: QtBot, window: MainWindow) -> None:
    window.session.choose(LANDSCAPES["Rosenbrock"])
    wait_until(qtbot, lambda: list(window.formula_bar.sliders) == ["a", "b"])
    for name, (low, high) in LANDSCAPES["Rosenbrock"].ranges.items():
        slider = window.formula_bar.sliders[name]
        assert slider.value == LANDSCAPES["Rosenbrock"].parameters[name]
        assert f"{low:g} to {high:g}" in slider.toolTip()


@pytest.mark.parametrize(("name", "low", "high"), [("lr", "1e-300", "1e300"), ("beta1", "-8e307", "8e307")])
def test_a_slider_over_all_numbers_goes_from_end_to_end(
    qtbot: QtBot, window: MainWindow, name: str, low: str, high: str
) -> None:
    slider = window.racers_panel.cards[3].sliders[name]
    type_ends(qtbot, slider, low, high).close()
    for notch, end in ((0, low), (slider.slider.maximum(), high)):
        slider.slider.setValue(notch)
        assert slider.value == pytest.approx(float(end))
    slider.field.setText("0.5")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    assert slider.value == 0.5
    assert slider.slider.value() == pytest.approx(slider.slider.maximum() / 2, rel=0.01)


def test_a_name_that_is_typed_while_the_race_runs_gets_its_slider(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_speed(1000.0)
    window.controller.runner.post(Play())
    wait_until(qtbot, lambda: window.frame.step > 100)
    type_formula(qtbot, window, "stretch*x^2 + y^2")
    wait_until(qtbot, lambda: list(window.formula_bar.sliders) == ["stretch"])
    assert window.frame.playing


def test_two_hundred_parameters_get_their_sliders_by_and_by(qtbot: QtBot, window: MainWindow) -> None:
    names = [f"p{number}" for number in range(200)]
    window.formula_bar.editor.setPlainText("+".join(f"{name}*x" for name in names))
    wait_until(qtbot, lambda: 0 < len(window.formula_bar.sliders) < len(names))
    wait_until(qtbot, lambda: list(window.formula_bar.sliders) == names)


def press_in_groove(slider: QSlider, share: float) -> QPoint:
    """Press the mouse button at a share of the slider's width; return the place of the press."""
    place = QPoint(round(share * (slider.width() - 1)), slider.height() // 2)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    return place


def test_a_click_in_the_groove_goes_there_and_the_handle_follows(window: MainWindow) -> None:
    slider = learning_rate(window).slider
    for share in (0.0, 0.3, 0.5, 0.8, 1.0):
        slider.setValue(650)
        place = press_in_groove(slider, share)
        assert slider.value() / slider.maximum() == pytest.approx(share, abs=0.08) and slider.isSliderDown()
        held = slider.value()
        QTest.mouseMove(slider, place + QPoint(0, 1))
        assert slider.value() == pytest.approx(held, abs=12)
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        assert slider.value() == pytest.approx(held, abs=12) and not slider.isSliderDown()


def test_a_press_on_the_handle_moves_nothing(window: MainWindow) -> None:
    slider = learning_rate(window).slider
    slider.setValue(500)
    for off in (-5, 0, 5):
        QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center() + QPoint(off, 0))
        assert slider.value() == 500


def test_a_click_on_the_time_line_goes_there(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 400)
    scrub = window.transport.scrub
    QTest.mouseClick(scrub, Qt.MouseButton.LeftButton, pos=QPoint(scrub.width() // 4, scrub.height() // 2))
    wait_until(qtbot, lambda: window.frame.step == scrub.value())
    assert window.frame.step == pytest.approx(100, abs=15) and scrub.maximum() == 400
