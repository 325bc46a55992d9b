"""Losses from data, in the real window and its parts."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.data.datasets import GENERATORS
from gui.files.session_file import read_choices, write_choices
from gui.landscape.data.sliders import BATCH, DataSliders
from gui.landscape.picker import SAVED
from gui.landscape.thumbnails import drawn_image
from gui.look.theme import DARK
from gui.session.session import Session
from gui.views.data.drawing import HEAD_PX, Fit, plot_of, range_of, scales_of
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE, DATA_LANDSCAPES, DataLandscape
from tests.gui.person import drag, go_to, has_colour, pixels, save, settle, type_formula

pytestmark = pytest.mark.one_window


@pytest.fixture
def lab(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.session.choose(CATALOGUE["LinearRegression"])
    settle(qtbot, window)
    return window


@pytest.fixture
def sliders(qtbot: QtBot) -> DataSliders:
    sliders = DataSliders(Session(CATALOGUE["LinearRegression"], ["SGD"]))
    qtbot.addWidget(sliders)
    return sliders


def colour_of(name: str) -> list[int]:
    return [*QColor(name).getRgb()[:3]]


def type_into(sliders: DataSliders, name: str, text: str) -> None:
    field = sliders.sliders[name].field
    field.setText(text)
    field.editingFinished.emit()


def test_a_setting_moves_points_and_landscape_under_the_racers(lab: MainWindow, qtbot: QtBot) -> None:
    assert lab.formula_bar.data.isVisible() and lab.bottom_panel.data.isVisible()
    go_to(qtbot, lab, 20)
    before = pixels(lab.bottom_panel.data)
    type_into(lab.formula_bar.data, "slope", "-2")
    settle(qtbot, lab)
    assert lab.frame.step == 20 and lab.frame.formula.error is None
    assert np.polyfit(lab.frame.columns["u"], lab.frame.columns["v"], 1)[0] == pytest.approx(-2, abs=0.2)
    assert (pixels(lab.bottom_panel.data) != before).any()
    assert lab.session.minima == []


def test_another_landscape_takes_the_sliders_and_the_points_away(lab: MainWindow, qtbot: QtBot) -> None:
    lab.session.choose(CATALOGUE["Beale"])
    settle(qtbot, lab)
    assert not lab.formula_bar.data.isVisible() and not lab.bottom_panel.data.isVisible()
    assert not lab.transport.epoch.isVisible()


def test_the_epoch_is_told_and_every_visible_racer_has_its_line(lab: MainWindow, qtbot: QtBot) -> None:
    type_into(lab.formula_bar.data, BATCH, "50")
    # By then no line lies on another.
    go_to(qtbot, lab, 29)
    assert lab.transport.epoch.text().endswith("epoch 7")
    shown = pixels(lab.bottom_panel.data)
    assert all(has_colour(shown, racer.colour) for racer in lab.session.racers)
    hidden = lab.session.racers[0]
    lab.session.set_look(hidden.key, visible=False)
    settle(qtbot, lab)
    assert not has_colour(pixels(lab.bottom_panel.data), hidden.colour)


def place_of(lab: MainWindow, row: int) -> QPointF:
    """Return the place of a row's point in the data view."""
    view, columns = lab.bottom_panel.data, lab.frame.columns
    fit = Fit(columns, range_of(columns["u"]), range_of(columns["v"]), "", {}, [], [])
    to_x, to_y = scales_of(fit, plot_of(view.size()))
    return QPointF(to_x(columns["u"])[row], to_y(columns["v"])[row])


def press(qtbot: QtBot, lab: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(lab.bottom_panel.data, key, *modifiers)
    settle(qtbot, lab)


def test_points_are_dragged_and_added_by_hand(lab: MainWindow, qtbot: QtBot) -> None:
    view, columns = lab.bottom_panel.data, lab.frame.columns
    lowest = int(np.argmin(columns["v"]))
    place = place_of(lab, lowest)
    drag(view, place, place - QPointF(0, 60))
    settle(qtbot, lab)
    moved = lab.frame.columns
    assert moved["v"][lowest] > columns["v"][lowest] + 1 and moved["u"][lowest] == pytest.approx(columns["u"][lowest])
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    settle(qtbot, lab)
    assert lab.frame.columns.rows == columns.rows + 1
    assert lab.formula_bar.data.sliders[BATCH].value == columns.rows + 1


def test_a_point_is_taken_away_by_a_right_click_or_a_key_and_comes_back(lab: MainWindow, qtbot: QtBot) -> None:
    view, columns = lab.bottom_panel.data, lab.frame.columns
    go_to(qtbot, lab, 20)
    highest = int(np.argmax(columns["v"]))
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=place_of(lab, highest).toPoint())
    settle(qtbot, lab)
    assert lab.frame.columns.rows == columns.rows - 1 and columns["v"][highest] not in lab.frame.columns["v"]
    assert lab.frame.step == 20 and lab.frame.formula.error is None, "racers go on"
    view.setFocus()
    press(qtbot, lab, Qt.Key.Key_Delete)
    assert lab.frame.columns.rows == columns.rows - 2
    assert lab.notice.label.text() == "A point was taken away."
    lab.notice.back.click()
    settle(qtbot, lab)
    assert lab.frame.columns.rows == columns.rows - 1 and not lab.notice.isVisible()
    press(qtbot, lab, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (lab.frame.columns["v"] == columns["v"]).all()


def test_the_keyboard_goes_from_point_to_point_and_moves_them(lab: MainWindow, qtbot: QtBot) -> None:
    view, columns = lab.bottom_panel.data, lab.frame.columns
    third = int(np.argsort(columns["u"])[2])
    view.setFocus()
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    at = place_of(lab, third).toPoint()
    ringed = pixels(view)[at.y() - 8 : at.y() + 9, at.x() - 8 : at.x() + 9]
    assert has_colour(ringed, DARK.text, least=12), "a ring is around it"
    press(qtbot, lab, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    moved = lab.frame.columns["v"] - columns["v"]
    assert np.flatnonzero(moved).tolist() == [third] and moved[third] > 0
    for _ in range(3):
        press(qtbot, lab, Qt.Key.Key_Delete)
    left = lab.frame.columns["u"]
    assert left.tolist() == [u for u in columns["u"] if u not in np.sort(columns["u"])[2:5]], "and goes on from there"


def test_a_point_that_is_taken_away_while_it_is_dragged_is_let_go(lab: MainWindow, qtbot: QtBot) -> None:
    view, columns = lab.bottom_panel.data, lab.frame.columns
    place = place_of(lab, int(np.argmax(columns["v"])))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    press(qtbot, lab, Qt.Key.Key_Delete)
    taken = lab.frame.columns
    drag(view, QPointF(2, 2), QPointF(60, 60))
    settle(qtbot, lab)
    assert taken.rows == columns.rows - 1 and lab.frame.columns is taken


def test_a_hand_on_points_that_are_there_no_more_does_nothing(lab: MainWindow, qtbot: QtBot) -> None:
    session, view = lab.session, lab.bottom_panel.data
    highest = place_of(lab, int(np.argmax(lab.frame.columns["u"][100:])) + 100).toPoint()
    session.set_data_setting("points", 50.0)
    before = session.data
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=highest)
    settle(qtbot, lab)
    assert session.data == before and lab.frame.formula.error is None


def test_two_points_stay(lab: MainWindow, qtbot: QtBot) -> None:
    type_into(lab.formula_bar.data, "points", "3")
    settle(qtbot, lab)
    lab.bottom_panel.data.setFocus()
    for rows in (2, 2):
        press(qtbot, lab, Qt.Key.Key_Left)
        press(qtbot, lab, Qt.Key.Key_Backspace)
        assert lab.frame.columns.rows == rows
    assert lab.notice.label.text() == "2 points stay: there is nothing to fit to fewer."


def test_a_model_of_ones_own_may_read_the_columns(lab: MainWindow, qtbot: QtBot) -> None:
    type_formula(qtbot, lab, "mean(|x*u + y - v|) + k*x^2")
    settle(qtbot, lab)
    assert lab.frame.formula.error is None and lab.frame.formula.parameters == {"k": 1.0}
    assert lab.bottom_panel.data.isVisible()
    type_formula(qtbot, lab, "x*u + y")
    settle(qtbot, lab)
    assert '"u" has a value for each row' in lab.formula_bar.message.text()


def test_a_model_of_ones_own_has_its_curve_and_one_that_cannot_be_told_says_so(lab: MainWindow, qtbot: QtBot) -> None:
    (*_, last) = lab.session.racers
    lab.session.set_start(1.0, 1.0)
    type_formula(qtbot, lab, "r = k*x*u^2 + y - v; mean(|r|)")
    settle(qtbot, lab)
    drawn = pixels(lab.bottom_panel.data)
    assert has_colour(drawn, last.colour)
    lab.session.set_parameter("k", -1.0)
    settle(qtbot, lab)
    assert (pixels(lab.bottom_panel.data) != drawn).any(), "the curve has turned over"
    type_formula(qtbot, lab, "mean(v*(x*u + y)) + x^2 + y^2")
    settle(qtbot, lab)
    lineless = pixels(lab.bottom_panel.data)
    assert not has_colour(lineless, last.colour)
    assert has_colour(lineless[:HEAD_PX, lineless.shape[1] // 2 :], DARK.muted, least=40), "a remark stands above"


def test_of_two_columns_the_data_are_shown_against_what_is_said_of_them(window: MainWindow, qtbot: QtBot) -> None:
    window.session.choose(CATALOGUE["CorrelatedColumns"])
    for racer in window.session.racers[1:]:
        window.session.remove_racer(racer.key)
    settle(qtbot, window)
    view, (racer,) = window.bottom_panel.data, window.session.racers

    def farthest_from_the_diagonal() -> float:
        rows, columns = np.nonzero(np.abs(pixels(view) - colour_of(racer.colour)).max(axis=2) < 40)
        plot = plot_of(view.size())
        return float(np.abs((columns - plot.left()) / plot.width() - (plot.bottom() - rows) / plot.height()).max())

    window.session.set_start(-1.5, -1.0)
    settle(qtbot, window)
    far = farthest_from_the_diagonal()
    window.session.set_start(1.09, -1.07)
    settle(qtbot, window)
    assert farthest_from_the_diagonal() < far / 2
    assert "diagonal" in view.toolTip() and "drag" not in view.toolTip()
    rows = window.frame.columns.rows
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    settle(qtbot, window)
    assert window.frame.columns.rows == rows, "nothing can be added where the columns are not seen"


def test_a_saved_model_comes_back_with_its_points_its_line_and_how_it_lay(lab: MainWindow, qtbot: QtBot) -> None:
    session = lab.session
    type_into(lab.formula_bar.data, "slope", "-2")
    session.set_data(session.data.with_point(3, 1.0, 9.0).with_point(200, 2.0, 8.0).without_point(0))
    session.set_transform(30.0, 1.5, (0.25, 0.0))
    session.set_height("linear")
    settle(qtbot, lab)
    before, columns = session.choices(), lab.frame.columns
    save(qtbot, lab, "my line")
    session.set_height("rank")
    session.choose(CATALOGUE["Beale"])
    settle(qtbot, lab)
    picker = lab.formula_bar.landscape.open_picker()
    picker.chips.switches[SAVED].click()
    assert picker.shown == ["my line"]
    told = picker.details.words.text()
    assert (
        "200 rows made to order, 2 placed by hand, 1 taken away" in told and "30°" in told and "linear height" in told
    )
    picker.details.take.click()
    settle(qtbot, lab)
    for field in ("data", "transform", "height", "start", "bounds", "parameters"):
        assert getattr(session, field) == getattr(before, field), field
    assert lab.frame.columns.rows == 200 and (lab.frame.columns["v"] == columns["v"]).all()
    assert has_colour(pixels(lab.bottom_panel.data), session.racers[-1].colour)
    assert lab.formula_bar.landscape.transform.isVisible() and lab.height_switch.buttons["linear"].isChecked()


def test_there_is_a_slider_for_each_setting_and_one_for_batches(sliders: DataSliders) -> None:
    assert list(sliders.sliders) == [*(setting.name for setting in GENERATORS["line"].settings), BATCH]


@pytest.mark.parametrize("typed", ["70.6", "1e9", "-3", "1,000", ""])
def test_a_whole_setting_is_a_whole_number_within_its_slider(sliders: DataSliders, qtbot: QtBot, typed: str) -> None:
    with qtbot.waitSignal(sliders.refused) as refusal:
        type_into(sliders, "points", typed)
    assert refusal.args[0].startswith("points must be a whole number from 2 to 10,000, not ")
    assert sliders.session.data.settings["points"] == 200
    assert sliders.sliders["points"].field.text() == "200"
    type_into(sliders, "points", "2^6")
    assert sliders.session.data.settings["points"] == 64


def test_a_batch_reaches_as_far_as_there_are_rows(sliders: DataSliders) -> None:
    session = sliders.session
    for typed, batch, shown in (("5000", None, 200), ("32.4", None, 200), ("32", 32, 32), ("0", 32, 32), ("1", 1, 1)):
        type_into(sliders, BATCH, typed)
        assert (session.batch, sliders.sliders[BATCH].value) == (batch, shown)
    type_into(sliders, "points", "1000")
    type_into(sliders, BATCH, "600")
    assert session.batch == 600


def test_data_settings_and_batch_are_kept_from_start_to_start(sliders: DataSliders, tmp_path: Path) -> None:
    type_into(sliders, "noise", "1.5")
    type_into(sliders, BATCH, "16")
    sliders.session.set_data(sliders.session.data.with_point(200, 1.0, 2.0).without_point(7))
    path = tmp_path / "session.json"
    write_choices(path, sliders.session.choices())
    choices = read_choices(path)
    assert choices is not None and choices.batch == 16
    assert choices.data == sliders.session.data and choices.data.settings["noise"] == 1.5
    assert choices.good_formula == CATALOGUE["LinearRegression"].formula


@pytest.mark.parametrize("landscape", DATA_LANDSCAPES.values(), ids=lambda landscape: landscape.name)
def test_every_loss_from_data_has_a_picture(landscape: DataLandscape) -> None:
    image = drawn_image(landscape, DARK)
    assert len({image.pixel(x, 90) for x in range(0, 250, 10)}) > 5
