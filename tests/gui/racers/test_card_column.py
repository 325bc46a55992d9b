"""Of many racers only the cards near what is seen are there, and nobody who scrolls, types or tabs on notices."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look import style
from gui.look.theme import DARK
from gui.racers.card import RacerCard
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import activated, put_away, settle, wait_until

RACERS = 30
MOST_TABS = 800


@pytest.fixture
def crowded(qtbot: QtBot) -> Iterator[MainWindow]:
    style.apply(QApplication.instance(), DARK)
    racers = ["Adam(lr=0.01)", "SGD(lr=0.001)", "Momentum(lr=0.001) | cosine"] * (RACERS // 3)
    window = MainWindow(Session(LANDSCAPES[FIRST_LANDSCAPE], racers), DARK)
    window.resize(1400, 900)
    window.show()
    wait_until(qtbot, lambda: activated(window))
    wait_until(qtbot, lambda: window.frame is not None and window.up_to_date)
    yield window
    put_away(window)


def scroll_to(qtbot: QtBot, window: MainWindow, share: float) -> None:
    bar = window.racers_panel.scroll_area.verticalScrollBar()
    bar.setValue(round(share * bar.maximum()))
    settle(qtbot, window)


def seen(window: MainWindow) -> list[RacerCard]:
    """Return the cards that are visible at least in part, from top to bottom."""
    viewport = window.racers_panel.scroll_area.viewport()
    cards = [
        card
        for card in window.racers_panel.column.made
        if viewport.rect().intersects(QRect(card.mapTo(viewport, QPoint()), card.size()))
    ]
    return sorted(cards, key=lambda card: card.y())


def keys(window: MainWindow) -> list[int]:
    return [racer.key for racer in window.session.racers]


def test_wherever_one_scrolls_the_cards_are_there_without_a_hole(qtbot: QtBot, crowded: MainWindow) -> None:
    for share in (0.0, 0.3, 0.5, 1.0, 0.1):
        scroll_to(qtbot, crowded, 1.0 - share)
        scroll_to(qtbot, crowded, share)
        cards, viewport = seen(crowded), crowded.racers_panel.scroll_area.viewport()
        first = keys(crowded).index(cards[0].key)
        assert [card.key for card in cards] == keys(crowded)[first : first + len(cards)], share
        ends = cards[-1].mapTo(viewport, QPoint(0, cards[-1].height())), cards[0].mapTo(viewport, QPoint())
        assert ends[0].y() - ends[1].y() >= 0.95 * viewport.height(), share
        assert all(below.y() > above.y() + above.height() for above, below in pairwise(cards)), share


def test_cards_far_away_are_not_there(qtbot: QtBot, crowded: MainWindow) -> None:
    for share in (0.0, 0.5, 1.0):
        scroll_to(qtbot, crowded, share)
        assert len(crowded.racers_panel.column.made) < RACERS * 2 // 3


def test_a_card_that_somebody_has_opened_stays_as_it_is(qtbot: QtBot, crowded: MainWindow) -> None:
    opened, untouched = crowded.racers_panel.column.made[:2]
    opened.more.click()
    key = untouched.key
    scroll_to(qtbot, crowded, 1.0)
    assert key not in [card.key for card in crowded.racers_panel.column.made]
    scroll_to(qtbot, crowded, 0.0)
    assert seen(crowded)[0] is opened and opened.more.opened


def test_what_is_being_typed_stays_where_one_scrolls_away_from_it(qtbot: QtBot, crowded: MainWindow) -> None:
    name = crowded.racers_panel.column.made[0].name
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "half a na")
    scroll_to(qtbot, crowded, 1.0)
    scroll_to(qtbot, crowded, 0.0)
    assert QApplication.focusWidget() is name and name.text() == "half a na"


def test_what_is_seen_stays_where_it_is_when_cards_above_turn_out_higher(qtbot: QtBot, crowded: MainWindow) -> None:
    scroll_to(qtbot, crowded, 1.0)
    card, viewport = seen(crowded)[0], crowded.racers_panel.scroll_area.viewport()
    before = card.mapTo(viewport, QPoint()).y()
    crowded.session.add_modifier(crowded.session.racers[0].key, "clip_norm")
    for racer in crowded.session.racers[:10]:
        crowded.racers_panel.column.card(racer.key)
    assert card.mapTo(viewport, QPoint()).y() == before


def test_tab_goes_down_from_card_to_card_wherever_one_has_been(qtbot: QtBot, crowded: MainWindow) -> None:
    scroll_to(qtbot, crowded, 1.0)
    scroll_to(qtbot, crowded, 0.0)
    seen(crowded)[0].name.setFocus()
    visited = list[int]()
    for _ in range(MOST_TABS):
        key = crowded.racers_panel.key_in_use
        if key is None:
            break
        if key not in visited:
            visited.append(key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        wait_until(qtbot, lambda: crowded.racers_panel.up_to_date)
    assert visited == keys(crowded)


def test_a_racer_that_comes_among_many_is_scrolled_to(qtbot: QtBot, crowded: MainWindow) -> None:
    key = crowded.session.add_racer("Lion") or keys(crowded)[-1]
    wait_until(qtbot, lambda: bool(seen(crowded)) and seen(crowded)[-1].key == key)
