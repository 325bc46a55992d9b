"""My optimizers: saved in the editor, found first in the list, kept from start to start."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.files.optimizer_library import OptimizerLibrary
from gui.files.session_file import read_choices, write_choices
from gui.racers.optimizer_list import SAVED_HEADING, OptimizerList
from gui.session.choices import RacerChoice
from gui.window.main_window import MainWindow
from tests.gui.person import settle, wait_until

pytestmark = pytest.mark.one_window

RULE = "w = w - lr*push*g"
PUSHED = RacerChoice(
    7, "Pushed", "SGD | clip_norm", "#123456", {"lr": 0.5, "push": 2.0}, {"push": (0.0, 9.0)}, rule=RULE
)


def opened(path: Path) -> tuple[OptimizerLibrary, str]:
    library = OptimizerLibrary(path)
    return library, library.open()


@pytest.fixture
def path(qapp: QApplication, tmp_path: Path) -> Path:
    return tmp_path / "deep" / "optimizers.json"


def test_what_is_saved_is_there_the_next_time(path: Path) -> None:
    library, trouble = opened(path)
    assert (library.saved, trouble) == ([], "")
    assert library.save(PUSHED, "my push") == ""
    (again,) = opened(path)[0].saved
    assert (again.name, again.optimizer, again.rule) == ("my push", "SGD | clip_norm", RULE)
    assert (again.values, again.ranges) == (PUSHED.values, PUSHED.ranges)
    assert [file.name for file in path.parent.iterdir()] == ["optimizers.json"], "no drafts stay behind"


def test_one_of_the_same_name_is_replaced_in_any_case(path: Path) -> None:
    library, _ = opened(path)
    library.save(PUSHED, "my push")
    library.save(PUSHED, "MY PUSH")
    assert [saved.name for saved in opened(path)[0].saved] == ["MY PUSH"]


def test_one_can_be_renamed_and_removed(path: Path) -> None:
    library, _ = opened(path)
    library.save(PUSHED, "first")
    library.save(PUSHED, "second")
    assert library.rename("first", "third") == library.rename("third", "Third") == ""
    assert library.rename("Third", "SECOND") == "You have an optimizer second already."
    assert library.rename("Third", "") == "An optimizer needs a name."
    assert [saved.name for saved in opened(path)[0].saved] == ["Third", "second"]
    library.remove("Third")
    assert [saved.name for saved in opened(path)[0].saved] == ["second"]


def test_more_than_a_file_may_hold_is_refused_and_costs_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("optimizer_library", "records.saved_entries"):
        monkeypatch.setattr(f"gui.files.{module}.MOST_ENTRIES", 3)
    library, _ = opened(path)
    assert [library.save(PUSHED, str(number)) for number in range(3)] == ["", "", ""]
    assert library.save(PUSHED, "3").startswith("You have 3 optimizers of your own")
    assert library.save(PUSHED, "2") == "" and len(opened(path)[0].saved) == 3


BROKEN: dict[str, Callable[[dict], object]] = {
    "unknown optimizer": lambda saved: {**saved, "name": "broken", "optimizer": "Magic"},
    "rule that is a number": lambda saved: {**saved, "name": "broken", "rule": 3},
    "endless value": lambda saved: {**saved, "name": "broken", "values": {"lr": float("inf")}},
    "no name": lambda saved: {**saved, "name": ""},
    "number": lambda saved: 3,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_one_is_told_and_set_aside_and_the_others_stay(path: Path, kind: str) -> None:
    opened(path)[0].save(PUSHED, "whole")
    record = json.loads(path.read_text())
    broken = json.dumps({**record, "optimizers": [*record["optimizers"], BROKEN[kind](record["optimizers"][0])]})
    path.write_text(broken)
    library, trouble = opened(path)
    assert trouble.startswith("1 of your own optimizers cannot be read. The file is kept as optimizers.broken-")
    assert [saved.name for saved in library.saved] == ["whole"]
    (aside,) = path.parent.glob("optimizers.broken-*.json")
    assert aside.read_text() == broken


def save_one(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Edit the rule of Adam and save it under a name."""
    window.racers_panel.cards[3].edit.click()
    panel = window.bottom_panel.rule
    panel.editor.put(RULE)
    settle(qtbot, window)
    panel.save.click()
    assert QApplication.focusWidget() is panel.saving.field and panel.saving.field.text() == "Adam edited"
    panel.saving.field.selectAll()
    qtbot.keyClicks(panel.saving.field, name)
    qtbot.keyClick(panel.saving.field, Qt.Key.Key_Return)
    settle(qtbot, window)


def rows_of(listed: OptimizerList) -> list[str]:
    return [listed.rows.item(row).text().strip() for row in range(listed.rows.count())]


def test_a_rule_saved_in_the_editor_is_the_first_in_the_list_and_races_again(qtbot: QtBot, window: MainWindow) -> None:
    save_one(qtbot, window, "push and go")
    edited = window.session.racers[-1]
    assert edited.name == "push and go" and "push and go" in window.bottom_panel.rule.tip.text()
    window.session.set_hyperparameter(edited.key, "push", 3.0)
    listed = window.racers_panel.open_list()
    assert rows_of(listed)[1:3] == [SAVED_HEADING, "push and go"] and listed.selected == "push and go"
    assert "w = w - lr*push*g" in listed.details.text() and "Adam" in listed.details.text()
    assert not listed.as_published.isVisible()
    qtbot.keyClicks(listed.search, "push go")
    assert listed.shown == ["push and go"]
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: len(window.frame.racers) == 6)
    again = window.session.racers[-1]
    assert (again.optimizer, again.rule, again.values["push"]) == ("Adam", RULE, 1.0), "with the settings of then"


@pytest.mark.own_window
def test_a_saved_optimizer_can_be_renamed_in_its_row_and_removed_while_its_racer_goes_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    save_one(qtbot, window, "push")
    listed = window.racers_panel.open_list()
    listed.rename.click()
    field = listed.rows.findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "shove")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: [saved.name for saved in window.optimizer_library.saved] == ["shove"])
    assert listed.selected == "shove" and listed.isVisible() and len(window.session.racers) == 5
    listed.remove.click()
    assert window.optimizer_library.saved == [] and rows_of(listed)[0] != SAVED_HEADING
    assert not listed.remove.isVisible()
    listed.close()
    write_choices(tmp_path / "session.json", window.session.choices())
    assert read_choices(tmp_path / "session.json").racers[-1].rule == RULE


@pytest.mark.own_window
def test_one_that_was_removed_comes_back_to_its_place_with_one_click(qtbot: QtBot, window: MainWindow) -> None:
    for name in ("first", "second", "third"):
        window.optimizer_library.save(RacerChoice(0, name, "SGD", "", {"lr": 0.5}), name)
    before, listed = window.optimizer_library.saved, window.racers_panel.open_list()
    assert listed.selected == "first"
    listed.remove.click()
    listed.close()
    assert [saved.name for saved in window.optimizer_library.saved] == ["second", "third"]
    assert window.notice.label.text() == "Removed first." and window.notice.back.isVisible()
    window.notice.back.click()
    assert window.optimizer_library.saved == before and not window.notice.isVisible()


@pytest.mark.own_window
def test_one_that_was_removed_stays_out_where_another_of_its_name_came_meanwhile(window: MainWindow) -> None:
    window.optimizer_library.save(RacerChoice(0, "push", "SGD", ""), "push")
    window.optimizer_library.remove("push")
    window.optimizer_library.save(RacerChoice(0, "Push", "Adam", ""), "Push")
    window.notice.back.click()
    assert [(saved.name, saved.optimizer) for saved in window.optimizer_library.saved] == [("Push", "Adam")]


def test_a_notice_of_what_went_wrong_offers_nothing_to_take_back(window: MainWindow) -> None:
    window.optimizer_library.save(RacerChoice(0, "push", "SGD", ""), "push")
    window.optimizer_library.remove("push")
    window.notice.notify("Something went wrong.", "details")
    assert not window.notice.back.isVisible() and window.notice.copy.isVisible()
    assert window.notice.label.palette().windowText().color().name() == window.theme.error


@pytest.mark.own_window
def test_a_saved_rule_that_is_none_any_more_says_so_and_cannot_be_added(qtbot: QtBot, window: MainWindow) -> None:
    window.optimizer_library.save(RacerChoice(0, "old", "SGD", "", rule="w = w - nolonger(g)"), "old")
    listed = window.racers_panel.open_list()
    assert "cannot race any more" in listed.details.text() and not listed.add.isEnabled()
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert len(window.session.racers) == 4
    listed.close()


@pytest.mark.own_window
def test_saving_under_a_name_that_is_there_says_that_it_replaces(qtbot: QtBot, window: MainWindow) -> None:
    save_one(qtbot, window, "push")
    panel = window.bottom_panel.rule
    panel.save.click()
    assert panel.saving.field.text() == "push" and panel.saving.save.text() == "Replace"
    qtbot.keyClick(panel.saving.field, Qt.Key.Key_Escape)
    assert panel.isVisible() and panel.save.isVisible() and len(window.optimizer_library.saved) == 1
