"""The panel of landscapes, searched and used as a person does."""

import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.landscape.grid import star_of
from gui.landscape.picker import DATA, FAVOURITES, SAVED, LandscapePicker
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE, DATA_LANDSCAPES, TAGS
from tests.gui.person import PATIENCE_MS, pixels, save, type_formula, wait_until
from tests.pace import is_within

pytestmark = pytest.mark.one_window

OPENS_S = 0.5
"""Limit of the time to open: many times the usual one, for busy machines, yet less than drawing all pictures takes."""


@pytest.fixture
def picker(qtbot: QtBot, window: MainWindow) -> Iterator[LandscapePicker]:
    picker = window.formula_bar.landscape.open_picker()
    qtbot.waitUntil(picker.search.hasFocus, timeout=PATIENCE_MS)
    yield picker
    picker.close()


def tile(picker: LandscapePicker, name: str) -> QPointF:
    index = picker.grid.rows.index(picker.shown.index(name))
    picker.grid.scrollTo(index)
    return QPointF(picker.grid.visualRect(index).center())


@pytest.mark.own_window
def test_the_picker_opens_at_once_with_every_landscape_and_its_pictures_follow(
    qtbot: QtBot, window: MainWindow
) -> None:
    began = time.monotonic()
    picker = window.formula_bar.landscape.open_picker()
    picker.repaint()
    assert is_within(time.monotonic() - began, OPENS_S)
    assert picker.shown == list(CATALOGUE) and picker.grid.current.name == window.session.landscape
    assert picker.progress.isVisible() and "of" in picker.progress_text.text()
    wait_until(qtbot, lambda: not picker.progress.isVisible())
    grid = picker.grid
    last = grid.visualRect(grid.indexAt(grid.viewport().rect().center()))
    shown = pixels(grid.viewport())[last.top() : last.bottom(), last.left() : last.right()]
    assert picker.progress_text.text() == "" and len(np.unique(shown.reshape(-1, 3), axis=0)) > 300
    picker.close()


@pytest.mark.own_window
def test_the_window_goes_on_while_the_pictures_are_drawn(qtbot: QtBot, window: MainWindow) -> None:
    picker, longest = window.formula_bar.landscape.open_picker(), 0.0
    while picker.progress.isVisible():
        began = time.monotonic()
        QApplication.processEvents()
        longest = max(longest, time.monotonic() - began)
        time.sleep(0.002)
    picker.close()
    assert is_within(longest, OPENS_S)


def test_typing_in_the_picker_leaves_what_is_meant(qtbot: QtBot, window: MainWindow, picker: LandscapePicker) -> None:
    qtbot.keyClicks(picker.search, "beal")
    assert picker.shown[0] == picker.grid.current.name == "Beale"
    assert CATALOGUE["Beale"].note in picker.details.words.text()
    assert f"of {len(CATALOGUE)}" in picker.count.text()
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert not picker.isVisible()
    wait_until(qtbot, lambda: window.frame.terrain.bounds == CATALOGUE["Beale"].domain)
    assert window.formula_bar.landscape.button.text() == "Beale"
    assert CATALOGUE["Beale"].note in window.status.note.text()


def test_what_fits_nothing_takes_nothing_and_is_told(qtbot: QtBot, window: MainWindow, picker: LandscapePicker) -> None:
    before = window.session.landscape
    qtbot.keyClicks(picker.search, "zzzz")
    assert picker.shown == [] and "No landscape fits" in picker.details.name.text()
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert picker.isVisible() and window.session.landscape == before and not picker.details.take.isEnabled()


def test_arrow_keys_walk_through_the_tiles_while_one_types(qtbot: QtBot, picker: LandscapePicker) -> None:
    picker.search.setText("a")
    names, columns = picker.shown, picker.grid.columns
    assert columns > 1 and len(names) > 3 * columns
    right, left, down, up = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up
    moves = [
        (right, 1),
        (down, 1 + columns),
        (left, columns),
        (left, columns - 1),
        (up, columns - 1),
        (left, columns - 2),
    ]
    for key, place in moves:
        qtbot.keyClick(picker.search, key)
        assert picker.grid.current.name == names[place]
    qtbot.keyClick(picker.search, Qt.Key.Key_PageDown)
    assert names.index(picker.grid.current.name) > columns
    assert picker.search.hasFocus() and picker.search.text() == "a"


def test_escape_closes_and_changes_nothing(qtbot: QtBot, window: MainWindow, picker: LandscapePicker) -> None:
    before = window.session.choices()
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    assert not picker.isVisible() and window.session.choices() == before


def test_a_tag_leaves_the_landscapes_that_have_it(picker: LandscapePicker) -> None:
    for tag, meaning in TAGS.items():
        picker.chips.switches[tag].click()
        assert picker.shown == [name for name, entry in CATALOGUE.items() if tag in entry.tags] != []
        assert meaning[1:] in picker.chips.switches[tag].toolTip()
        picker.chips.switches[tag].click()
    assert picker.shown == list(CATALOGUE)


def test_losses_from_data_are_among_them(picker: LandscapePicker) -> None:
    picker.chips.switches[DATA].click()
    assert picker.shown == list(DATA_LANDSCAPES)


def test_two_tags_and_a_word_all_count(qtbot: QtBot, picker: LandscapePicker) -> None:
    picker.chips.switches["convex"].click()
    picker.chips.switches["ravine"].click()
    qtbot.keyClicks(picker.search, "c")
    assert picker.shown and all({"convex", "ravine"} <= {*CATALOGUE[name].tags} for name in picker.shown)


def test_pointing_tells_and_a_click_takes(qtbot: QtBot, window: MainWindow, picker: LandscapePicker) -> None:
    place = tile(picker, "Ravine50").toPoint()
    QTest.mouseMove(picker.grid.viewport(), place)
    wait_until(qtbot, lambda: picker.details.name.text() == "Ravine50")
    assert "1 minimum" in picker.details.words.text() and "convex" in picker.details.words.text()
    qtbot.mouseClick(picker.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.session.landscape == "Ravine50" and not picker.isVisible()


def test_a_star_makes_a_favourite_without_taking_the_landscape(
    qtbot: QtBot, window: MainWindow, picker: LandscapePicker
) -> None:
    grid = picker.grid
    star = star_of(grid.visualRect(grid.rows.index(1))).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert picker.isVisible() and window.session.favourites == [picker.shown[1]]
    picker.chips.switches[FAVOURITES].click()
    assert picker.shown == window.session.favourites
    picker.details.star.click()
    assert window.session.favourites == []


def test_a_saved_formula_comes_back_with_all_that_belonged_to_it(qtbot: QtBot, window: MainWindow) -> None:
    type_formula(qtbot, window, "x^2 + b*y^2")
    wait_until(qtbot, lambda: "b" in window.frame.formula.parameters)
    window.session.set_parameter("b", 7.0)
    window.session.set_parameter_range("b", 1.0, 9.0)
    window.session.set_bounds(((-2.0, 1.0), (-1.0, 1.0)))
    window.session.set_start(-1.5, 0.5)
    save(qtbot, window, "my bowl", "It is round.")
    assert window.formula_bar.landscape.button.text() == "my bowl" and "It is round." in window.status.note.text()
    window.session.choose(CATALOGUE["Beale"])
    picker = window.formula_bar.landscape.open_picker()
    picker.chips.switches[SAVED].click()
    assert picker.shown == ["my bowl"]
    picker.details.take.click()
    wait_until(qtbot, lambda: window.frame.answered == window.controller.runner.newest_request)
    assert window.frame.terrain.bounds == ((-2.0, 1.0), (-1.0, 1.0))
    assert window.frame.start == (-1.5, 0.5) and window.frame.formula.parameters == {"b": 7.0}
    assert window.session.parameter_ranges == {"b": (1.0, 9.0)}


def test_a_name_that_is_taken_is_refused_at_its_field(qtbot: QtBot, window: MainWindow) -> None:
    form = window.formula_bar.landscape.open_form()
    form.name.setText("beale")
    form.keep.click()
    assert form.message.text() == "There is a landscape Beale already." and form.isVisible()
    form.close()


def test_a_formula_with_a_mistake_cannot_be_saved(qtbot: QtBot, window: MainWindow) -> None:
    type_formula(qtbot, window, "sinn(x)")
    wait_until(qtbot, lambda: window.frame.formula.error is not None)
    assert window.formula_bar.landscape.open_form() is None
    assert window.formula_bar.message.text() == "Only a formula without a mistake can be saved."


@pytest.mark.own_window
def test_saved_landscapes_can_be_renamed_and_removed(qtbot: QtBot, window: MainWindow) -> None:
    save(qtbot, window, "first")
    window.session.set_favourite("first", True)
    picker = window.formula_bar.landscape.open_picker()
    assert picker.grid.current.name == "first" and picker.details.remove.isVisible()
    form = picker.open_form()
    form.name.setText("second")
    form.keep.click()
    assert picker.shown[0] == "second" and window.session.landscape == "second"
    assert window.session.favourites == ["second"]
    picker.details.remove.click()
    assert picker.shown == list(CATALOGUE) and window.session.favourites == []
    assert not picker.details.remove.isVisible(), "those of the catalogue stay"
    picker.close()
    window.notice.back.click()
    assert window.library.find("second").note == window.library.landscapes[0].note
    assert window.session.favourites == ["second"], "taken back with its star"


def test_keys_go_to_the_next_landscape_and_the_one_before(qtbot: QtBot, window: MainWindow) -> None:
    names, focus = list(CATALOGUE), window.contour.panels[0]
    here = names.index(window.session.landscape)
    qtbot.keyClick(focus, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert window.session.landscape == names[here + 1]
    qtbot.keyClick(focus, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert window.session.landscape == names[here]
    qtbot.keyClick(focus, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activePopupWidget() is not None
    QApplication.activePopupWidget().close()


def test_surprise_me_takes_another_landscape_each_time(window: MainWindow) -> None:
    seen = [window.session.landscape]
    for _ in range(6):
        window.formula_bar.landscape.surprise()
        seen.append(window.session.landscape)
    assert all(one != other for one, other in pairwise(seen))
