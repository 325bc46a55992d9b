"""Losses from data, in the real window."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.datasets import GENERATORS
from gui.main_window import MainWindow
from gui.panels.formula_assistant import FormulaAssistant
from gui.session_file import read_choices, write_choices
from gui.theme import DARK
from gui.thumbnails import drawn_image
from landscapes import CATALOGUE, DATA_LANDSCAPES, DataLandscape
from tests.gui.person import go_to, has_colour, pixels, settle, type_formula


@pytest.fixture
def lab(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.session.choose(CATALOGUE["LinearRegression"])
    settle(qtbot, window)
    return window


def type_into(window: MainWindow, name: str, text: str) -> None:
    field = window.formula_bar.data.sliders[name].field
    field.setText(text)
    field.editingFinished.emit()


def test_a_loss_from_data_has_a_slider_for_each_setting_and_one_for_batches(lab: MainWindow) -> None:
    names = [setting.name for setting in GENERATORS["line"].settings]
    assert list(lab.formula_bar.data.sliders) == [*names, "batch"]
    assert lab.formula_bar.data.isVisible() and lab.foot.data.isVisible()
    assert lab.frame.formula.error is None and lab.frame.columns.rows == 200


def test_another_landscape_takes_the_sliders_and_the_points_away(lab: MainWindow, qtbot: QtBot) -> None:
    lab.session.choose(CATALOGUE["Beale"])
    settle(qtbot, lab)
    assert not lab.formula_bar.data.isVisible() and not lab.foot.data.isVisible()
    assert not lab.transport.epoch.isVisible()


def test_a_setting_moves_points_and_landscape_under_the_racers(lab: MainWindow, qtbot: QtBot) -> None:
    go_to(qtbot, lab, 20)
    before = pixels(lab.foot.data)
    type_into(lab, "slope", "-2")
    settle(qtbot, lab)
    assert lab.frame.step == 20
    assert np.polyfit(lab.frame.columns["u"], lab.frame.columns["v"], 1)[0] == pytest.approx(-2, abs=0.2)
    assert (pixels(lab.foot.data) != before).any()
    assert lab.session.minima == []


def test_a_whole_setting_is_rounded_and_held_to_its_slider(lab: MainWindow, qtbot: QtBot) -> None:
    type_into(lab, "points", "70.6")
    settle(qtbot, lab)
    assert lab.frame.columns.rows == 71
    assert lab.formula_bar.data.sliders["points"].field.text() == "71"
    type_into(lab, "points", "1e9")
    settle(qtbot, lab)
    assert lab.frame.columns.rows == 10_000 and lab.frame.formula.error is None


def test_the_epoch_is_told_beside_the_step(lab: MainWindow, qtbot: QtBot) -> None:
    type_into(lab, "batch", "50")
    go_to(qtbot, lab, 9)
    assert lab.transport.epoch.text().endswith("epoch 2")


def test_a_batch_reaches_as_far_as_there_are_rows(lab: MainWindow, qtbot: QtBot) -> None:
    type_into(lab, "batch", "5000")
    assert lab.session.batch is None
    assert lab.formula_bar.data.sliders["batch"].value == 200
    type_into(lab, "points", "1000")
    type_into(lab, "batch", "600")
    settle(qtbot, lab)
    assert lab.session.batch == 600


def test_every_visible_racer_has_its_line_among_the_points(lab: MainWindow, qtbot: QtBot) -> None:
    go_to(qtbot, lab, 30)
    shown = pixels(lab.foot.data)
    assert all(has_colour(shown, racer.colour) for racer in lab.session.racers)
    hidden = lab.session.racers[0]
    lab.session.set_look(hidden.key, visible=False)
    settle(qtbot, lab)
    assert not has_colour(pixels(lab.foot.data), hidden.colour)


def test_a_model_of_ones_own_may_read_the_columns(lab: MainWindow, qtbot: QtBot) -> None:
    type_formula(qtbot, lab, "mean(|x*u + y - v|) + k*x^2")
    settle(qtbot, lab)
    assert lab.frame.formula.error is None and lab.frame.formula.parameters == {"k": 1.0}
    assert lab.foot.data.isVisible()
    type_formula(qtbot, lab, "x*u + y")
    settle(qtbot, lab)
    assert "`u` has a value for each row" in lab.formula_bar.message.text()


def test_columns_are_offered_while_somebody_types(lab: MainWindow, qtbot: QtBot) -> None:
    type_formula(qtbot, lab, "me")
    assistant = lab.formula_bar.assistant
    assert isinstance(assistant, FormulaAssistant)
    assert any(suggestion.name == "mean" for suggestion in assistant._offered.found)


def test_data_settings_and_batch_are_kept_from_start_to_start(lab: MainWindow, tmp_path: Path) -> None:
    type_into(lab, "noise", "1.5")
    type_into(lab, "batch", "16")
    path = tmp_path / "session.json"
    write_choices(path, lab.session.choices())
    choices = read_choices(path)
    assert choices is not None and choices.batch == 16
    assert choices.data == lab.session.data and choices.data.settings["noise"] == 1.5
    assert choices.good_formula == "mean((x*u + y - v)^2)"


def test_a_formula_over_data_is_not_saved_among_ones_own(lab: MainWindow) -> None:
    assert lab.formula_bar.landscape.open_form() is None
    assert "cannot be saved yet" in lab.formula_bar.message.text()


@pytest.mark.parametrize("landscape", DATA_LANDSCAPES.values(), ids=lambda landscape: landscape.name)
def test_every_loss_from_data_has_a_picture(landscape: DataLandscape) -> None:
    image = drawn_image(landscape, DARK)
    assert len({image.pixel(x, 90) for x in range(0, 250, 10)}) > 5
