"""Time under a person's hand."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from tests.gui.person import go_to, settle, wait_until

pytestmark = pytest.mark.one_window


def enter(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_typed_step_is_gone_to_and_space_plays_on(qtbot: QtBot, window: MainWindow) -> None:
    enter(qtbot, window.transport.step, "777")
    wait_until(qtbot, lambda: window.frame.step == 777)
    assert window.transport.step.text() == "777"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    wait_until(qtbot, lambda: window.frame.playing)


@pytest.mark.own_window
def test_dragging_the_step_slider_goes_back_and_forth_bit_for_bit(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 400)
    there = np.array([racer.position for racer in window.frame.racers])
    scrub = window.transport.scrub
    assert scrub.maximum() == 400
    scrub.setSliderDown(True)
    for step in (300, 150, 40):
        scrub.setValue(step)
    wait_until(qtbot, lambda: window.frame.step == 40)
    scrub.setValue(400)
    wait_until(qtbot, lambda: window.frame.step == 400)
    scrub.setSliderDown(False)
    assert (np.array([racer.position for racer in window.frame.racers]) == there).all()


@pytest.mark.own_window
def test_the_step_slider_remembers_the_furthest_step_of_a_race_and_forgets_it_with_the_race(
    qtbot: QtBot, window: MainWindow
) -> None:
    go_to(qtbot, window, 200)
    go_to(qtbot, window, 10)
    assert (window.transport.scrub.value(), window.transport.scrub.maximum()) == (10, 200)
    window.session.set_start(1.0, 1.0)
    wait_until(qtbot, lambda: window.frame.step == 0)
    assert window.transport.scrub.maximum() == 0


@pytest.mark.parametrize("text", ["-1", "1.5", "soon", "nan", "1e12", "", "1,000", "1_5", "1 000"])
def test_a_step_that_cannot_be_is_refused_in_a_sentence(qtbot: QtBot, same_window: MainWindow, text: str) -> None:
    go_to(qtbot, same_window, 20)
    same_window.transport.step.clear()
    enter(qtbot, same_window.transport.step, text)
    assert same_window.transport.message.isVisible() and "whole number" in same_window.transport.message.text()
    settle(qtbot, same_window)
    assert same_window.frame.step == 20
    qtbot.keyClick(same_window.transport.step, Qt.Key.Key_Escape)
    assert same_window.transport.step.text() == "20" and not same_window.transport.message.isVisible()


@pytest.mark.parametrize(("text", "speed"), [("1", 1.0), ("250", 250.0), ("1e5", 100_000.0), ("500/2", 250.0)])
def test_a_typed_speed_moves_the_slider(qtbot: QtBot, same_window: MainWindow, text: str, speed: float) -> None:
    enter(qtbot, same_window.transport.rate, text)
    assert same_window.session.speed == speed
    assert same_window.transport.speed.value() == pytest.approx(100 * np.log10(speed), abs=1)


@pytest.mark.parametrize("text", ["0", "-3", "100001", "fast", "inf", "1,000", "1_5"])
def test_a_speed_that_cannot_be_is_refused_in_a_sentence(qtbot: QtBot, same_window: MainWindow, text: str) -> None:
    enter(qtbot, same_window.transport.rate, text)
    assert same_window.transport.message.isVisible() and "steps per second" in same_window.transport.message.text()
    assert same_window.session.speed == 40.0 and same_window.transport.rate.text() == "40"
