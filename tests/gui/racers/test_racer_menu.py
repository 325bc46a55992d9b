"""A right click on a racer's card, and what its menu does."""

import numpy as np
import pytest
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.look.contrast import contrast
from gui.look.theme import DARK, LIGHT, Theme
from gui.racers.card import RacerCard
from gui.window.main_window import MainWindow
from gui.window.studies.tuning.dialog import TuningDialog
from tests.gui.person import pixels, settle, wait_until

LEAST_PIXELS, LEAST_CONTRAST = 20, 4.5
"""Of the letters of a menu: how many pixels have their colour, and its contrast to the ground (WCAG 2.1)."""


def opened(card: RacerCard) -> QMenu:
    """Press the right button on the loss of a card."""
    place = card.loss.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, card.loss.mapToGlobal(place))
    QApplication.sendEvent(card.loss, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, text: str) -> None:
    """Choose an entry as a click does."""
    menu.setActiveAction(entry(menu, text))
    menu.close()
    entry(menu, text).trigger()


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "") == text)


def test_the_menu_of_a_card_does_what_its_buttons_do_and_more(qtbot: QtBot, window: MainWindow) -> None:
    session, cards = window.session, window.racers_panel.cards
    session.set_hyperparameter(cards[3].key, "lr", 0.1)

    choose(opened(cards[3]), "Copy as text")
    assert QGuiApplication.clipboard().text() == "Adam(lr=0.1)"

    choose(opened(cards[3]), "Show alone")
    assert [racer.visible for racer in session.racers] == [False, False, False, True]
    settle(qtbot, window)
    choose(opened(cards[3]), "Show all racers")
    assert all(racer.visible for racer in session.racers)
    settle(qtbot, window)
    window.history.undo()
    window.history.undo()
    assert all(racer.visible for racer in session.racers), "each was one edit"

    choose(opened(cards[3]), "Move up")
    assert [racer.name for racer in session.racers] == ["SGD", "Momentum", "Adam", "RMSProp"]
    wait_until(qtbot, lambda: cards[3].y() < cards[2].y())
    menu = opened(cards[0])
    assert not [action for action in menu.actions() if action.text() == "Move &up"], "the first one cannot"
    menu.close()
    session.take(session.choices())
    assert [racer.name for racer in session.racers] == ["SGD", "Momentum", "Adam", "RMSProp"]
    cards = window.racers_panel.cards

    choose(opened(cards[1]), "Hide")
    assert not session.racers[1].visible
    choose(opened(cards[1]), "Show")
    assert session.racers[1].visible

    choose(opened(cards[0]), "Edit the rule")
    assert window.bottom_panel.editing
    session.set_rule(cards[0].key, "w = w - lr*g/2")
    choose(opened(cards[0]), "Copy its rule")
    assert QGuiApplication.clipboard().text() == "w = w - lr*g/2"

    choose(opened(cards[3]), "Tune ...")
    tuning = window.findChild(TuningDialog)
    assert tuning.isVisible()
    wait_until(qtbot, lambda: [rows.key for rows in tuning.rows] == [cards[3].key])
    tuning.close()

    choose(opened(cards[3]), "Duplicate")
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)
    assert session.racers[-1].name == "RMSProp copy"
    choose(opened(window.racers_panel.cards[-1]), "Remove")
    assert len(session.racers) == 4


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_menu_is_legible_in_either_theme(qtbot: QtBot, same_window: MainWindow, theme: Theme) -> None:
    same_window.session.set_theme(theme.name)
    settle(qtbot, same_window)
    menu = opened(same_window.racers_panel.cards[0])
    menu.setActiveAction(entry(menu, "Duplicate"))
    menu.setActiveAction(None)
    seen, count = np.unique(pixels(menu).reshape(-1, 3), axis=0, return_counts=True)
    menu.close()
    ground = QColor(*seen[count.argmax()].tolist()).name()
    assert ground == theme.raised or ground == theme.panel, "a menu is of the theme's own ground"
    often = seen[count > LEAST_PIXELS]
    assert max(contrast(QColor(*colour.tolist()).name(), ground) for colour in often) >= LEAST_CONTRAST
