"""The cards of the racers, read and used."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.live.commands import Seek
from gui.look.theme import NAMED_COLOURS
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, has_colour, pixels, settle, wait_until

pytestmark = pytest.mark.one_window


def test_a_swatch_recolours_the_racer_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 60)
    card = window.racers_panel.cards[0]
    assert not has_colour(pixels(window.contour), NAMED_COLOURS["yellow"])
    palette = card.open_palette()
    assert QApplication.focusWidget() is palette.swatches[NAMED_COLOURS["red"]], "the colour of now"
    palette.swatches[NAMED_COLOURS["yellow"]].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle(qtbot, window)
    assert window.session.racers[0].colour == NAMED_COLOURS["yellow"]
    assert has_colour(pixels(window.contour), NAMED_COLOURS["yellow"])
    assert has_colour(pixels(card.colour), NAMED_COLOURS["yellow"])


def test_a_card_tells_rank_loss_and_state_and_a_divergence_in_red(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[0]
    window.session.set_hyperparameter(card.key, "lr", 5.0)
    go_to(qtbot, window, 60)
    assert card.rank.text() == "#4"
    assert card.loss.text().startswith("loss ")
    assert card.state.text().startswith("diverged at step")
    assert has_colour(pixels(card.state), window.theme.error)
    window.controller.runner.post(Seek(0))
    wait_until(qtbot, lambda: window.frame.step == 0)
    assert not has_colour(pixels(card.state), window.theme.error)


def test_a_wrapped_racer_has_the_sliders_of_all_that_goes_round_it(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("SGD | clip_norm | cosine")
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)
    card = window.racers_panel.cards[-1]
    assert list(card.sliders) == ["lr", "weight_decay", "max_norm", "T", "low"]
    window.session.set_hyperparameter(card.key, "max_norm", 0.0)
    go_to(qtbot, window, 50)
    assert window.frame.racers[-1].position == window.frame.start


def test_a_racer_without_a_name_keeps_the_one_it_had(qtbot: QtBot, window: MainWindow) -> None:
    name = window.racers_panel.cards[0].name
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "  ")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert (window.session.racers[0].name, name.text()) == ("SGD", "SGD")


def test_a_hidden_racer_shows_that_it_is_hidden(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[0]
    card.eye.click()
    assert card.eye.shown_icon == "eye shut"
    card.eye.click()
    assert card.eye.shown_icon == "eye"


def test_twelve_racers_scroll_and_each_card_stays_whole(qtbot: QtBot, window: MainWindow) -> None:
    for name in ("Lion", "Adam", "RMSProp", "SGD", "Momentum", "AdaGrad", "Adadelta", "Nesterov"):
        window.session.add_racer(name)
    wait_until(qtbot, lambda: len(window.frame.racers) == 12)
    settle(qtbot, window)
    panel = window.racers_panel
    bar = panel.scroll_area.verticalScrollBar()
    assert bar.maximum() > 0
    assert all(card.height() >= card.minimumSizeHint().height() for card in panel.cards)
    assert all(card.width() <= panel.scroll_area.viewport().width() for card in panel.cards)
    bar.setValue(bar.maximum())
    last = panel.cards[-1]
    assert (
        panel.scroll_area.viewport().rect().contains(last.mapTo(panel.scroll_area.viewport(), last.rect().bottomLeft()))
    )


def test_what_a_card_folds_away_is_named_and_opens(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[3]
    assert card.more.text() == "beta2, eps, weight_decay, bias_correction"
    assert not card.sliders["beta2"].isVisible()
    card.more.click()
    assert all(slider.isVisible() for slider in card.sliders.values())
    card.more.click()
    assert not card.sliders["eps"].isVisible() and card.sliders["lr"].isVisible()


def test_a_card_has_the_sliders_of_the_edited_rule_at_once_and_those_that_stay_keep_their_values(
    qtbot: QtBot, window: MainWindow
) -> None:
    card = window.racers_panel.cards[3]
    window.session.set_rule(card.key, "m = beta1*m + (1 - beta1)*g\nw = w - lr*push*m")
    assert list(card.sliders) == ["push", "lr", "beta1"]
    assert (card.sliders["lr"].value, card.sliders["push"].value) == (0.12, 1.0)
    wait_until(qtbot, card.sliders["push"].isVisible)
    assert card.more.text() == "beta1" and not card.sliders["beta1"].isVisible()
    window.session.set_rule(card.key, "w = w - lr*sign(g)")
    assert list(card.sliders) == ["lr"] and not card.more.isVisible()


def test_a_slider_follows_what_is_set_elsewhere(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[3]
    window.session.set_hyperparameter(card.key, "lr", 0.5)
    assert card.sliders["lr"].field.text() == "0.5"
