"""Many 3-D views are drawn in rotation, as many in a turn of the event loop as its time is for."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from gui.views.surface.redraw_scheduler import TURN_S, RedrawScheduler


class View:
    """A view that records when it is drawn, and requests a drawing again so many times."""

    def __init__(self, name: str, scheduler: RedrawScheduler, drawn: list[str], again: int = 0) -> None:
        self._name, self._scheduler, self._drawn, self._again = name, scheduler, drawn, again
        scheduler.join(self)

    def ask(self) -> None:
        self._scheduler.ask(self)

    def draw_soon(self) -> None:
        self._drawn.append(self._name)
        if self._again:
            self._again -= 1
            self.ask()


@pytest.fixture
def scheduler(qapp: object) -> Iterator[RedrawScheduler]:
    owner = QObject()
    yield RedrawScheduler(owner)


def test_the_only_view_is_drawn_at_once(scheduler: RedrawScheduler) -> None:
    drawn: list[str] = []
    View("a", scheduler, drawn).ask()
    assert drawn == ["a"]


def test_views_that_take_a_whole_turn_each_are_drawn_one_a_turn_in_rotation(
    qtbot: QtBot, scheduler: RedrawScheduler
) -> None:
    drawn: list[str] = []
    views = [View(name, scheduler, drawn, again=2) for name in "abc"]
    for _ in range(50):
        scheduler.record_cost(2 * TURN_S)
    for view in views:
        view.ask()
    drawn_by: list[int] = []
    clock = QTimer(scheduler, interval=0)
    clock.timeout.connect(lambda: drawn_by.append(len(drawn)))
    clock.start()
    qtbot.waitUntil(lambda: len(drawn) == 9)
    assert drawn == [*"abcabcabc"]
    assert np.diff([0, *drawn_by]).max() == 1, "one in a turn"


def test_views_that_take_little_are_drawn_together_and_each_once(qtbot: QtBot, scheduler: RedrawScheduler) -> None:
    drawn: list[str] = []
    views = [View(name, scheduler, drawn) for name in "abcd"]
    for _ in range(50):
        scheduler.record_cost(TURN_S / 100)
    for view in (*views, *views):
        view.ask()
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn == ["a", "b", "c", "d"]


def test_a_view_that_ended_is_not_drawn(qtbot: QtBot, scheduler: RedrawScheduler) -> None:
    drawn: list[str] = []
    views = [View(name, scheduler, drawn) for name in "abc"]
    for view in views:
        view.ask()
    scheduler.leave(views[1])
    qtbot.waitUntil(lambda: len(drawn) == 2)
    qtbot.wait(30)
    assert drawn == ["a", "c"]
