"""A racer that goes takes with it what is open on its card, and what was being typed there comes to nothing."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.racers.card import RacerCard
from gui.window.main_window import MainWindow
from tests.gui.person import settle, wait_until

pytestmark = pytest.mark.one_window

OPENERS: dict[str, Callable[[RacerCard], object]] = {
    "about": lambda card: card.footer.open_details(),
    "parts": lambda card: card.footer.open_list(),
    "palette": lambda card: card.open_palette(),
    "range": lambda card: card.sliders["lr"].open_range(),
}
FIELDS: dict[str, Callable[[RacerCard], QLineEdit]] = {
    "name": lambda card: card.name,
    "value": lambda card: card.sliders["lr"].field,
}


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("all_go", [False, True])
def test_what_is_open_on_a_card_closes_with_it(
    qtbot: QtBot, same_window: MainWindow, opener: str, all_go: bool
) -> None:
    card = same_window.racers_panel.cards[1]
    OPENERS[opener](card)
    assert QApplication.activePopupWidget() is not None
    if all_go:
        same_window.session.start_afresh()
    else:
        same_window.session.remove_racer(card.key)
    assert QApplication.activePopupWidget() is None
    settle(qtbot, same_window)


@pytest.mark.parametrize("typed", ["7", ""])
@pytest.mark.parametrize("field", FIELDS)
def test_what_was_being_typed_on_a_card_that_goes_comes_to_nothing(
    qtbot: QtBot, same_window: MainWindow, field: str, typed: str
) -> None:
    card = same_window.racers_panel.cards[1]
    line = FIELDS[field](card)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed or "\b")
    others = [racer for racer in same_window.session.racers if racer.key != card.key]
    same_window.session.remove_racer(card.key)
    wait_until(qtbot, lambda: QApplication.focusWidget() is not line)
    settle(qtbot, same_window)
    assert same_window.session.racers == others


def test_a_range_that_is_being_typed_when_its_racer_goes_comes_to_nothing(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[1]
    card.sliders["lr"].open_range()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "0.001")
    window.session.remove_racer(card.key)
    settle(qtbot, window)
    assert card.key not in [racer.key for racer in window.session.racers]


def test_names_that_are_offered_in_a_schedule_vanish_with_its_card(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[1]
    window.session.add_modifier(card.key, "schedule(1)")
    field = card.modifiers.blocks[0].formula
    field.setFocus()
    qtbot.keyClicks(field, " + sq")
    offered = field.assistant.list
    assert offered.isVisible()
    window.session.remove_racer(card.key)
    wait_until(qtbot, lambda: not isValid(offered))
