"""Many 3-D views are drawn in rotation, as many in a turn of the event loop as its time is for."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from gui.views.surface.drawing_turns import TURN_S, DrawingTurns


class View:
    """A view that notes when it is drawn, and asks again so many times."""

    def __init__(self, name: str, turns: DrawingTurns, drawn: list[str], again: int = 0) -> None:
        self._name, self._turns, self._drawn, self._again = name, turns, drawn, again
        turns.join(self)

    def ask(self) -> None:
        self._turns.ask(self)

    def draw_soon(self) -> None:
        self._drawn.append(self._name)
        if self._again:
            self._again -= 1
            self.ask()


@pytest.fixture
def turns(qapp: object) -> Iterator[DrawingTurns]:
    owner = QObject()
    yield DrawingTurns(owner)


def test_the_only_view_is_drawn_at_once(turns: DrawingTurns) -> None:
    drawn: list[str] = []
    View("a", turns, drawn).ask()
    assert drawn == ["a"]


def test_views_that_take_a_whole_turn_each_are_drawn_one_a_turn_in_rotation(qtbot: QtBot, turns: DrawingTurns) -> None:
    drawn: list[str] = []
    views = [View(name, turns, drawn, again=2) for name in "abc"]
    for _ in range(50):
        turns.tell_cost(2 * TURN_S)
    for view in views:
        view.ask()
    drawn_by: list[int] = []
    clock = QTimer(turns, interval=0)
    clock.timeout.connect(lambda: drawn_by.append(len(drawn)))
    clock.start()
    qtbot.waitUntil(lambda: len(drawn) == 9)
    assert drawn == [*"abcabcabc"]
    assert np.diff([0, *drawn_by]).max() == 1, "one in a turn"


def test_views_that_take_little_are_drawn_together_and_each_once(qtbot: QtBot, turns: DrawingTurns) -> None:
    drawn: list[str] = []
    views = [View(name, turns, drawn) for name in "abcd"]
    for _ in range(50):
        turns.tell_cost(TURN_S / 100)
    for view in (*views, *views):
        view.ask()
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn == ["a", "b", "c", "d"]


def test_a_view_that_ended_is_not_drawn(qtbot: QtBot, turns: DrawingTurns) -> None:
    drawn: list[str] = []
    views = [View(name, turns, drawn) for name in "abc"]
    for view in views:
        view.ask()
    turns.leave(views[1])
    qtbot.waitUntil(lambda: len(drawn) == 2)
    qtbot.wait(30)
    assert drawn == ["a", "c"]
