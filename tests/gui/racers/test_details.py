"""What a card tells of its racer beside the numbers: what it costs, why it stands still, where it comes from."""

import re

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.optimizers import OPTIMIZERS
from gui.racers.card import RacerCard
from gui.racers.cost_label import cost_of
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window


def card_of(qtbot: QtBot, window: MainWindow, racer: str) -> RacerCard:
    window.session.add_racer(racer)
    wait_until(qtbot, lambda: len(window.frame.racers) == len(window.session.racers))
    return window.racers_panel.cards[-1]


def test_a_solver_tells_at_which_step_it_stopped_and_why(qtbot: QtBot, window: MainWindow) -> None:
    type_formula(qtbot, window, "|x| + |y|")
    wait_until(qtbot, lambda: window.frame.formula.text == "|x| + |y|" and window.frame.formula.error is None)
    card = card_of(qtbot, window, "DampedNewton")
    go_to(qtbot, window, 200)
    stopped = re.fullmatch(r"stopped at step (\d+)", card.state.text())
    assert stopped and int(stopped[1]) < 200
    assert card.state.toolTip() == f"Stopped at step {stopped[1]}. The search found no lower point."
    go_to(qtbot, window, 0)
    assert (card.state.text(), card.state.toolTip()) == ("running", "")


def test_a_card_tells_what_its_racer_costs(qtbot: QtBot, window: MainWindow) -> None:
    card = card_of(qtbot, window, "NelderMead")
    go_to(qtbot, window, 10)
    few = int(card.cost.text().removesuffix(" evaluations"))
    go_to(qtbot, window, 20)
    assert 10 <= few < int(card.cost.text().removesuffix(" evaluations"))
    window.session.add_modifier(window.racers_panel.cards[0].key, "sam")
    settle(qtbot, window)
    assert [each.cost.text() for each in window.racers_panel.cards[:2]] == [
        "2 gradients a step", "1 gradient a step",
    ]  # fmt: skip


@pytest.mark.parametrize("racer", ["SGD", "AdaHessian", "NelderMead"])
def test_the_whole_cost_is_seen_beside_every_state(qtbot: QtBot, window: MainWindow, racer: str) -> None:
    card = card_of(qtbot, window, racer)
    if racer == "SGD":
        window.session.set_hyperparameter(card.key, "lr", 1.0)
    for step in (0, 100, 0):
        go_to(qtbot, window, step)
        wait_until(qtbot, lambda: card.cost.width() >= card.cost.sizeHint().width() > 0)
        assert card.contentsRect().contains(card.cost.geometry())
        assert not any(card.cost.geometry().intersects(label.geometry()) for label in (card.loss, card.state))
    go_to(qtbot, window, 100)
    assert ("diverged at step" in card.state.text()) == (racer == "SGD")


@pytest.mark.parametrize(
    ("evaluations", "asks", "told"),
    [
        (1, {}, "1 evaluation"),
        (1234, {}, "1,234 evaluations"),
        (None, {"loss": 1, "gradient": 2, "Hessian": 1}, "1 loss + 2 gradients + 1 Hessian a step"),
        (None, {}, ""),
    ],
)
def test_costs_are_told_in_words(evaluations: int | None, asks: dict[str, int], told: str) -> None:
    assert cost_of(evaluations, asks) == told


def test_the_details_have_the_paper_with_its_link_the_proof_and_the_warning(qtbot: QtBot, window: MainWindow) -> None:
    card = card_of(qtbot, window, "FTRL | cosine")
    details, entry = card.footer.open_details(), OPTIMIZERS["FTRL"]
    for expected in (f'<a href="{entry.link}">', entry.source, entry.summary, entry.warning, entry.badge[1:]):
        assert expected in details.text.text()
    assert "without its wrappers" in details.text.text()
    assert details.text.openExternalLinks()


def test_an_edited_rule_is_tested_against_nothing(window: MainWindow) -> None:
    card = window.racers_panel.cards[3]
    assert "Follows torch.optim.Adam" in card.footer.open_details().text.text()
    QApplication.activePopupWidget().close()
    window.session.set_rule(card.key, "w = w - lr*g")
    told = card.footer.open_details().text.text()
    assert "Follows torch" not in told and "tested against nothing" in told


def test_the_published_settings_are_one_click_away_on_the_card_and_the_next_gives_back_what_was_there(
    window: MainWindow,
) -> None:
    card, adam = window.racers_panel.cards[3], OPTIMIZERS["Adam"]
    window.session.add_modifier(card.key, "cosine")
    for name, value in {"lr": 0.3, "T": 77.0}.items():
        window.session.set_hyperparameter(card.key, name, value)
    button, mine = card.footer.published, {name: card.sliders[name].value for name in adam.defaults}
    assert button.isVisible() and not button.isChecked()
    assert "lr = 0.001\nbeta1 = 0.9" in button.toolTip() and "lr = 0.3" not in button.toolTip()
    for known, pressed in ((adam.defaults, True), (mine, False), (adam.defaults, True)):
        button.click()
        assert {name: card.sliders[name].value for name in known} == known
        assert (button.isChecked(), "lr = 0.3" in button.toolTip()) == (pressed, pressed)
    window.session.set_hyperparameter(card.key, "beta1", 0.5)
    assert not button.isChecked()
    assert card.sliders["T"].value == 77.0


def test_what_suits_two_coordinates_comes_back_where_a_racer_came_as_published(window: MainWindow) -> None:
    window.session.add_racer("Adam", as_published=True)
    card = window.racers_panel.cards[-1]
    assert card.footer.published.isChecked()
    card.footer.published.click()
    assert card.sliders["lr"].value == OPTIMIZERS["Adam"].playground["lr"]


def test_a_rule_without_hyperparameters_offers_no_settings(window: MainWindow) -> None:
    card = window.racers_panel.cards[0]
    window.session.set_rule(card.key, "w = w - 0.01g")
    assert not card.footer.published.isVisible()
    window.session.set_rule(card.key, "w = w - lr*g")
    assert card.footer.published.isVisible()


def test_the_details_take_the_published_settings_and_those_for_two_coordinates(window: MainWindow) -> None:
    card = window.racers_panel.cards[3]
    window.session.add_modifier(card.key, "cosine")
    window.session.set_hyperparameter(card.key, "T", 77.0)
    details, adam = card.footer.open_details(), OPTIMIZERS["Adam"]
    assert not any(button.isChecked() for button in details.settings)
    for button, known in zip(details.settings, (adam.playground, adam.defaults), strict=True):
        button.click()
        assert {name: card.sliders[name].value for name in known} == known
        assert [each.isChecked() for each in details.settings] == [each is button for each in details.settings]
    assert card.sliders["T"].value == 77.0


def test_details_of_every_optimizer_lie_within_a_small_window(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1100, 700)
    settle(qtbot, window)
    longest = max(OPTIMIZERS.values(), key=lambda entry: len(entry.summary + entry.differs + entry.warning))
    card = card_of(qtbot, window, longest.name)
    for opened in (card.footer.open_details(), card.footer.open_list(), window.racers_panel.open_list()):
        assert window.geometry().contains(opened.geometry())
        opened.close()
