"""The list of optimizers, searched and used as a person does."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import gui.racers.optimizer_list
import gui.session.session
from engine.optimizers import FAMILIES, OPTIMIZERS, Catalogue
from engine.rules.agreements import AGREEMENTS
from engine.rules.hyperparameters import COUPLED_DECAY, learning_rate
from gui.files.session_file import read_choices, write_choices
from gui.racers.optimizer_list import NAME
from gui.racers.optimizer_words import description, page
from gui.racers.rule.own_rule_words import NAMES, OWN_ROW
from gui.widgets.marked_rows import MARK
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, has_colour, pixels, settle, wait_until

pytestmark = pytest.mark.one_window


def test_every_optimizer_is_in_the_list_under_its_family(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.open_list()
    assert listed.shown == [OWN_ROW, *OPTIMIZERS]
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
    assert listed.details.text().startswith("No optimizer fits.")
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


def test_a_rule_of_ones_own_is_the_first_row_tells_the_names_and_races_while_it_is_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    listed = window.racers_panel.open_list()
    assert listed.selected == next(iter(OPTIMIZERS)), "Return adds an optimizer as it is"
    listed.rows.setCurrentRow(0)
    told = listed.details.text()
    assert listed.selected == OWN_ROW and all(f"<b>{name}</b>" in told and NAMES[name] in told for name in "wgft")
    listed.add.click()
    settle(qtbot, window)
    racer, panel = window.session.racers[-1], window.bottom_panel.rule
    assert (racer.name, racer.rule_text) == ("My rule", "w = w - lr*g")
    assert QApplication.focusWidget() is panel.editor and not panel.beside.isChecked()
    assert all(f"<b>{name}</b>" in panel.tip.text() for name in "wgft") and panel.source.text() == ""
    panel.editor.selectAll()
    qtbot.keyClicks(panel.editor, " ")
    settle(qtbot, window)
    assert not panel.message.isVisible() and "<b>w</b>" in panel.tip.text(), "an empty rule is told its names"
    panel.editor.selectAll()
    qtbot.keyClicks(panel.editor, "v = push*v + g; w = w - lr*v")
    wait_until(qtbot, lambda: "push" in window.session.racers[-1].values)
    card = window.racers_panel.cards[-1]
    assert len(window.session.racers) == 5 and not card.footer.published.isVisible()
    assert card.name.toolTip() == "My rule\nA rule of your own."
    assert "comes from no paper" in card.footer.open_details().text.text()
    QApplication.activePopupWidget().close()
    go_to(qtbot, window, 20)
    assert window.frame.racers[-1].position != window.frame.racers[0].position


def test_a_rule_of_ones_own_comes_back_with_the_session_and_is_saved_among_the_optimizers(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session = window.session
    keys = [session.add_own_rule(), session.add_own_rule()]
    assert [session.racer(key).name for key in keys] == ["My rule", "My rule 2"]
    session.set_rule(keys[0], "w = w - lr*sign(g)")
    path = tmp_path / "session.json"
    write_choices(path, session.choices())
    restored = read_choices(path).racers[-2:]
    assert [racer.rule_text for racer in restored] == ["w = w - lr*sign(g)", "w = w - lr*g"]
    window.optimizer_library.save(session.racer(keys[0]), "Signs")
    listed = window.racers_panel.open_list()
    qtbot.keyClicks(listed.search, "Signs")
    assert listed.selected == "Signs" and "A rule of your own." in listed.details.text()


@pytest.mark.parametrize(("slip", "meant"), [("Adma", "Adam"), ("nestrov", "Nesterov"), ("heavybal", "Momentum")])
def test_a_slip_in_a_name_is_asked_about_and_return_adds_what_was_meant(
    qtbot: QtBot, same_window: MainWindow, slip: str, meant: str
) -> None:
    listed = same_window.racers_panel.open_list()
    qtbot.keyClicks(listed.search, slip)
    assert listed.rows.item(0).text() == "Did you mean" and listed.shown[0] == listed.selected == meant
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert same_window.session.racers[-1].optimizer == meant
