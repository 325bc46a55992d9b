"""The finish of a race in the real window: who has arrived, who is stalled, and that the race is held."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.live.commands import Play
from engine.live.finish import FinishRule
from gui.files.session_file import read_choices, write_choices
from gui.racers.finish_popover import FinishPopover
from gui.session.session import Session
from gui.views.curves.minimum_words import NO_MINIMUM
from gui.window.main_window import MainWindow
from gui.window.transport import OVER
from landscapes import CATALOGUE
from tests.gui.person import go_to, has_colour, pixels, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window

SPEED = 2000.0


def arrivals(window: MainWindow) -> list[int | None]:
    return [None if racer.arrived is None else racer.arrived.step for racer in window.frame.racers]


def play_until_held(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_finish(holds=True)
    window.session.set_speed(SPEED)
    window.controller.runner.post(Play())
    wait_until(qtbot, lambda: window.up_to_date and not window.frame.playing)
    settle(qtbot, window)


def test_the_race_is_held_at_the_step_at_which_the_last_racer_is_done_and_play_goes_on(
    qtbot: QtBot, same_window: MainWindow
) -> None:
    window = same_window
    window.session.set_hyperparameter(window.session.racers[0].key, "lr", 5.0)
    play_until_held(qtbot, window)
    frame = window.frame
    done = [step for step in arrivals(window) if step is not None]
    assert frame.is_over and frame.step == max(done) and len(done) == 3
    assert frame.racers[0].status.startswith("diverged"), "whoever died holds nobody up"
    assert window.transport.hints[0].isVisible() and window.transport.hints[0].text() == OVER
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    wait_until(qtbot, lambda: window.frame.playing and window.frame.step > frame.step + 100)
    assert not window.transport.hints[0].text()


def test_a_race_that_is_not_to_be_held_goes_on(qtbot: QtBot, same_window: MainWindow) -> None:
    same_window.session.set_speed(SPEED)
    same_window.session.set_finish(holds=False)
    same_window.controller.runner.post(Play())
    wait_until(qtbot, lambda: same_window.frame.is_over and same_window.frame.step > 1000)
    assert same_window.frame.playing


def test_cards_curves_and_status_line_tell_who_arrived_when_and_going_back_takes_it_back(
    qtbot: QtBot, same_window: MainWindow
) -> None:
    window = same_window
    window.session.add_racer("BFGS")
    window.session.duplicate_racer(window.session.racers[-1].key)
    wait_until(qtbot, lambda: len(window.frame.racers) == 6)
    go_to(qtbot, window, 300)
    steps, cards, looks = arrivals(window), window.racers_panel.cards, window.session.racers
    assert None not in steps and steps[4] == steps[5] == min(steps)
    assert [card.state.text() for card in cards] == [f"arrived at step {step}" for step in steps]
    assert [card.rank.text() for card in cards] == [f"#{sorted(steps).index(step) + 1}" for step in steps]
    assert f"Arrived at step {steps[0]}, with loss" in cards[0].state.toolTip()
    assert window.status.leader.text() == f"BFGS and BFGS copy arrived first, at step {steps[4]}"
    assert window.curves.finish.shown == [(look.name, step) for look, step in zip(looks, steps, strict=True)]
    losses = [racer.loss for racer in window.frame.racers]
    go_to(qtbot, window, 2000)
    assert arrivals(window) == steps and losses != [racer.loss for racer in window.frame.racers]
    assert [card.rank.text() for card in cards] == [f"#{sorted(steps).index(step) + 1}" for step in steps]
    window.session.set_look(looks[0].key, visible=False)
    wait_until(qtbot, lambda: len(window.curves.finish.shown) == 5)
    go_to(qtbot, window, steps[4])
    assert arrivals(window) == [None, None, None, None, steps[4], steps[4]]
    assert [card.rank.text() for card in cards[4:]] == ["#1", "#1"] and cards[0].state.text() == "running"
    go_to(qtbot, window, 300)
    assert arrivals(window) == steps


def test_another_tolerance_is_chosen_beside_the_racers_and_needs_no_other_race(
    qtbot: QtBot, same_window: MainWindow
) -> None:
    window, finish = same_window, same_window.racers_panel.finish
    go_to(qtbot, window, 2500)
    generations, steps = [racer.trail.generation for racer in window.frame.racers], arrivals(window)
    assert finish.text() == "Finish 10⁻⁶"
    popover = window.findChild(FinishPopover) or finish.open_popover()
    assert "The minimum is 0, as the catalogue has it." in popover.minimum.text()
    popover.tolerance.setCurrentIndex(popover.tolerance.findText("10⁻⁸"))
    popover.tolerance.activated.emit(popover.tolerance.currentIndex())
    popover.hold.click()
    popover.close()
    settle(qtbot, window)
    assert window.session.finish == FinishRule(1e-8, True) and finish.text() == "Finish 10⁻⁸"
    assert all(later > first for later, first in zip(arrivals(window), steps, strict=True))
    assert [racer.trail.generation for racer in window.frame.racers] == generations
    window.session.set_finish(tolerance=1e-6)
    settle(qtbot, window)
    assert arrivals(window) == steps


def test_a_racer_whose_learning_rate_has_died_is_stalled_and_says_what_died(
    qtbot: QtBot, same_window: MainWindow
) -> None:
    window, key = same_window, same_window.session.racers[0].key
    window.session.set_hyperparameter(key, "lr", 0.0)
    go_to(qtbot, window, 300)
    card = window.racers_panel.cards[0]
    assert (card.state.text(), window.frame.racers[0].status) == ("stalled", "stalled")
    assert card.state.toolTip().startswith("Its learning rate is 0 while the slope is ")
    assert has_colour(pixels(card.state), window.theme.warning)
    window.session.set_hyperparameter(key, "lr", 0.004)
    go_to(qtbot, window, 305)
    assert card.state.text() == "running"


def test_the_name_of_the_axis_says_what_the_minimum_is_and_where_it_is_from(
    qtbot: QtBot, same_window: MainWindow
) -> None:
    window, tip = same_window, lambda: same_window.curves._title.toolTip()
    window.session.choose(CATALOGUE["SparseColumnRegression"])
    wait_until(qtbot, lambda: "0.09117" in tip() and "as the catalogue has it" in tip())
    type_formula(qtbot, window, "x^4 + y^2 - 3")
    wait_until(qtbot, lambda: window.frame.formula.text == "x^4 + y^2 - 3")
    go_to(qtbot, window, 300)
    assert tip() == "The minimum is −3, found by Newton's method below the best racer."
    assert arrivals(window) != [None] * 4
    type_formula(qtbot, window, "x + y")
    wait_until(qtbot, lambda: window.frame.formula.text == "x + y")
    go_to(qtbot, window, 300)
    assert tip() == NO_MINIMUM and NO_MINIMUM in window.racers_panel.finish.toolTip()
    assert arrivals(window) == [None] * 4 and window.curves.finish.shown == []


def test_a_first_race_is_held() -> None:
    assert Session(CATALOGUE["Beale"], ["SGD"]).finish == FinishRule(1e-6, True)


@pytest.mark.parametrize("finish", [FinishRule(), FinishRule(1e-9, False)])
def test_the_finish_is_kept_with_the_session(same_window: MainWindow, tmp_path: Path, finish: FinishRule) -> None:
    same_window.session.set_finish(**vars(finish))
    write_choices(tmp_path / "kept.json", same_window.session.choices())
    kept = read_choices(tmp_path / "kept.json")
    assert kept is not None and kept.finish == finish


def test_another_finish_is_taken_back_by_undo(qtbot: QtBot, same_window: MainWindow) -> None:
    before = same_window.session.finish
    same_window.session.set_finish(tolerance=1e-3)
    settle(qtbot, same_window)
    same_window.history.undo()
    assert same_window.session.finish == before
