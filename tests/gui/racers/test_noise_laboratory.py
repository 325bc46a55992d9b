"""The noise laboratory, in the real window."""

import pytest
from pytestqt.qtbot import QtBot

from engine.live.commands import Step
from gui.racers.noise_popover import NoisePopover
from gui.window.main_window import MainWindow
from tests.gui.person import PATIENCE_MS

pytestmark = pytest.mark.one_window


def opened(window: MainWindow, qtbot: QtBot) -> NoisePopover:
    popover = window.racers_panel.noise.open_popover()
    qtbot.waitExposed(popover)
    return popover


def test_noise_and_seeds_show_in_the_curves_and_on_the_button(window: MainWindow, qtbot: QtBot) -> None:
    popover = opened(window, qtbot)
    popover.kind.setCurrentIndex(1)
    popover.kind.activated.emit(1)
    popover.seeds.field.setText("12")
    popover.seeds.field.editingFinished.emit()
    window.controller.runner.post(Step(40))
    qtbot.waitUntil(lambda: window.up_to_date, timeout=PATIENCE_MS)
    assert "noise" in window.racers_panel.noise.text() and "12 seeds" in window.racers_panel.noise.text()
    assert all(racer.band.low[-1] < racer.band.high[-1] for racer in window.frame.racers)
    assert "median of the seeds" in window.curves.note


def test_one_click_leaves_nothing_to_chance(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_randomness(noise="noise", sigma=3.0, seeds=5)
    popover = opened(window, qtbot)
    popover.reset.click()
    qtbot.waitUntil(lambda: window.up_to_date, timeout=PATIENCE_MS)
    assert window.racers_panel.noise.text() == "Noise"
    assert all(racer.band is None for racer in window.frame.racers)


def test_seeds_that_cannot_be_are_told_and_change_nothing(window: MainWindow, qtbot: QtBot) -> None:
    popover = opened(window, qtbot)
    for text in ("-3", "100000", "many"):
        popover.seeds.field.setText(text)
        popover.seeds.field.editingFinished.emit()
        assert popover.message.isVisible() and popover.message.text()
        assert window.session.randomness.seeds == 1
        assert popover.seeds.value == 1.0
