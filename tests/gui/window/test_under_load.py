"""With thirty racers the window still answers, and what is done again and again leaves nothing behind."""

import gc
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.live.commands import Seek
from gui.look import style
from gui.look.theme import DARK
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.session import Session
from gui.window.main_window import MainWindow
from gui.window.status_line import WORKING
from landscapes import LANDSCAPES
from tests.gui.person import go_to, has_colour, pixels, put_away, settle, wait_until
from tests.pace import is_within

RACERS = 30
TURN_S = 0.3
"""Most processor time of a turn of the event loop: three times the goal of an idle machine, for shared caches."""
THEME_S = 0.7
"""Most processor time of a turn that changes the theme of every widget, which the status line announces."""
LONG_WAY = 200_000
"""Steps that take a fast machine longer than `gui.window.controller.SIGN_MS`."""
WARM_UPS, ROUNDS = 8, 12
DOT_PIXELS = 100
"""Least number of pixels of a dot in a racer's colour."""
GROWTH = 0.005
"""Largest growth of Python's memory in all rounds, as a share; it is due to caches of drawings, all bounded."""

pytestmark = pytest.mark.usefixtures("memory_of_others_aside")


@pytest.fixture
def crowded(qtbot: QtBot) -> Iterator[MainWindow]:
    style.apply(QApplication.instance(), DARK)
    racers = ["Adam(lr=0.01)", "SGD(lr=0.001)", "Momentum(lr=0.001)"] * (RACERS // 3)
    window = MainWindow(Session(LANDSCAPES[FIRST_LANDSCAPE], racers), DARK)
    window.resize(1400, 900)
    window.show()
    wait_until(qtbot, lambda: window.frame is not None and window.up_to_date)
    go_to(qtbot, window, 50)
    yield window
    put_away(window)


def take(window: MainWindow) -> None:
    window.session.take(window.session.choices())


def add(window: MainWindow) -> None:
    window.session.add_racer("Lion")


def remove(window: MainWindow) -> None:
    window.session.remove_racer(window.session.racers[5].key)


def switch_theme(window: MainWindow) -> None:
    window.theme_choice.switch()


def switch_layout(window: MainWindow) -> None:
    window.landscape_views.switch_layout()


def turn(window: MainWindow) -> None:
    for panel in window.surface.panels[:1]:
        panel.setFocus()
        QTest.keyClick(panel, Qt.Key.Key_Left)


def zoom(window: MainWindow) -> None:
    window.contour.panels[0].show_bounds(((-1.0, 1.0), (-1.0, 1.0)))


def longest_turn(window: MainWindow, act: Callable[[MainWindow], object]) -> float:
    """Return the longest processor time of `act` and of each turn of the event loop after it, in seconds."""
    began = time.thread_time()
    act(window)
    longest = time.thread_time() - began
    while not window.up_to_date:
        began = time.thread_time()
        QApplication.processEvents()
        longest = max(longest, time.thread_time() - began)
    return longest


def test_no_turn_of_the_event_loop_grows_with_the_racers(qtbot: QtBot, crowded: MainWindow) -> None:
    turns = {add: TURN_S, remove: TURN_S, take: TURN_S, switch_theme: THEME_S, switch_layout: TURN_S}
    for act, most_s in turns.items():
        assert is_within(longest_turn(crowded, act), most_s), act.__name__
        settle(qtbot, crowded)


def test_nor_does_one_side_by_side(qtbot: QtBot, crowded: MainWindow) -> None:
    crowded.landscape_views.switch_layout()
    for act in (add, remove, take, zoom, turn):
        settle(qtbot, crowded)
        assert is_within(longest_turn(crowded, act), TURN_S), act.__name__
        assert len(crowded.contour.panels) == len(crowded.session.racers), act.__name__
        bounds = {panel.visible_bounds() for panel in crowded.contour.panels}
        assert len(bounds) == 1, f"all plots show the same part of the plane after {act.__name__}"


def test_cards_that_are_still_to_come_say_whose_they_are(qtbot: QtBot, crowded: MainWindow) -> None:
    take(crowded)
    column = crowded.racers_panel.column
    assert len(column.made) <= 1 and has_colour(pixels(column.area), crowded.session.racers[2].colour, DOT_PIXELS)
    settle(qtbot, crowded)
    assert [card.key for card in column.made[:4]] == [racer.key for racer in crowded.session.racers[:4]]
    assert all(card.rank.text() for card in column.made), "those that came late know where they stand"


def test_plots_that_are_still_to_come_are_told(qtbot: QtBot, crowded: MainWindow) -> None:
    crowded.landscape_views.switch_layout()
    assert crowded.contour.remaining_label.isVisible() and "more plots" in crowded.contour.remaining_label.text()
    settle(qtbot, crowded)
    assert not crowded.contour.remaining_label.isVisible()


def test_a_plot_that_stays_is_kept(qtbot: QtBot, crowded: MainWindow) -> None:
    crowded.landscape_views.switch_layout()
    settle(qtbot, crowded)
    before = crowded.contour.panels
    remove(crowded)
    settle(qtbot, crowded)
    assert crowded.contour.panels == before[:-1]


def test_a_long_way_is_shown_to_be_under_way(qtbot: QtBot, crowded: MainWindow) -> None:
    crowded.controller.runner.post(Seek(LONG_WAY))
    wait_until(qtbot, crowded.status.work.isVisible)
    assert crowded.status.work.text() == WORKING
    wait_until(qtbot, lambda: not crowded.status.work.isVisible())
    assert crowded.frame.step == LONG_WAY


def test_what_is_done_again_and_again_leaves_nothing_behind(qtbot: QtBot, window: MainWindow) -> None:
    def go_round() -> None:
        window.session.take(window.session.choices())
        key = window.session.duplicate_racer(window.session.racers[0].key)
        window.landscape_views.switch_layout()
        window.racers_panel.cards[0].footer.open_details().close()
        window.session.remove_racer(key)
        settle(qtbot, window)

    def things() -> tuple[int, int]:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return len(QApplication.allWidgets()), len(window.findChildren(QObject))

    def blocks() -> int:
        gc.collect()
        return sys.getallocatedblocks()

    for _ in range(WARM_UPS):
        go_round()
    before, held = things(), blocks()
    for _ in range(ROUNDS):
        go_round()
    assert things() == before
    assert blocks() < held * (1.0 + GROWTH)
