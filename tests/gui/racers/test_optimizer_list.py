"""The list of optimizers, searched and used as a person does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import gui.racers.optimizer_list
import gui.session.session
from engine.optimizers import FAMILIES, OPTIMIZERS, Catalogue
from engine.rules.agreements import AGREEMENTS
from engine.rules.hyperparameters import COUPLED_DECAY, learning_rate
from gui.racers.optimizer_list import NAME
from gui.racers.optimizer_words import description, page
from gui.widgets.marked_rows import MARK
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, has_colour, pixels, wait_until


def test_every_optimizer_is_in_the_list_under_its_family(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    assert listed.shown == list(OPTIMIZERS)
    headings = [row.text() for row in (listed.rows.item(at) for at in range(listed.rows.count())) if not row.flags()]
    assert headings == list(FAMILIES)


def test_a_name_typed_and_return_add_a_racer_that_races(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    assert QApplication.focusWidget() is listed.search
    qtbot.keyClicks(listed.search, "lion")
    assert (listed.shown[0], listed.selected) == ("Lion", "Lion"), "before those whose description names it"
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert window.session.racers[-1].optimizer == "Lion"
    assert not window.findChildren(type(listed)) or not listed.isVisible()
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)


def test_a_search_goes_through_authors_and_traits_too(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    qtbot.keyClicks(listed.search, "zeiler 2012")
    assert listed.shown == ["Adadelta"]


def test_a_name_that_begins_with_what_was_typed_is_selected_before_others(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    qtbot.keyClicks(listed.search, "adam")
    assert listed.selected == "Adam"


def test_what_fits_nothing_adds_nothing_and_is_told(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    qtbot.keyClicks(listed.search, "zzz")
    assert listed.details.text() == "No optimizer fits."
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert not listed.add.isEnabled() and len(window.session.racers) == 4


def test_the_arrow_keys_go_from_name_to_name_and_past_the_headings(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    for name in list(OPTIMIZERS)[1:]:
        qtbot.keyClick(listed.search, Qt.Key.Key_Down)
        assert listed.selected == name
        assert OPTIMIZERS[name].source.split(",")[0] in listed.details.text()


def test_a_racer_from_the_list_has_the_settings_that_suit_two_coordinates(qtbot: QtBot, window: MainWindow) -> None:
    for name, optimizer in OPTIMIZERS.items():
        window.session.add_racer(name)
        assert window.session.racers[-1].values == optimizer.playground


def test_what_is_told_of_an_optimizer_shows_its_rule_as_it_stands() -> None:
    for optimizer in OPTIMIZERS.values():
        told = page(*description(optimizer))
        assert optimizer.rule.replace("<", "&lt;").replace(">", "&gt;") in told.replace("&quot;", '"')


def test_the_defaults_of_the_source_are_one_click_away(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuned = replace(OPTIMIZERS["SGD"], hyperparameters=(learning_rate(1e-3, playground=0.1), COUPLED_DECAY))
    for module in (gui.session.session, gui.racers.optimizer_list):
        monkeypatch.setattr(module, "OPTIMIZERS", Catalogue((tuned,)))
    monkeypatch.setattr(gui.racers.optimizer_list, "FAMILIES", {"All": (tuned,)})
    window.racers_panel.open_list().add.click()
    window.racers_panel.open_list().as_published.click()
    assert [racer.values["lr"] for racer in window.session.racers[-2:]] == [0.1, 1e-3]


def test_a_solver_from_the_list_races_to_the_minimum(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    qtbot.keyClicks(listed.search, "dampednewton")
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)
    go_to(qtbot, window, 60)
    assert window.frame.racers[-1].status == "converged" and window.frame.racers[-1].rank == 1
    assert has_colour(pixels(window.contour), window.session.racers[-1].colour)


def test_the_list_shows_how_closely_each_is_followed_and_where_there_is_a_warning(window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    marks = {item.data(NAME): item.data(MARK) for item in map(listed.rows.item, range(listed.rows.count()))}
    assert marks["Adam"] == f"✓ {AGREEMENTS['Adam']:.0e}"
    assert marks["FTRL"].startswith("⚠") and "✓" in marks["FTRL"]
    assert marks["BFGS"] == "✓ 1e-06" and marks["DampedNewton"] == ""
    for name in OPTIMIZERS:
        assert ("⚠" in marks[name]) == bool(OPTIMIZERS[name].warning)
