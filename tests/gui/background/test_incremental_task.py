"""Work that is done gradually leaves turns of the event loop to everything else."""

import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.background.incremental_task import MOST_GROWTH, TURN_S, WHOLE_TURN_S, IncrementalTask

STEPS = 40
FEW = 4
"""Steps of each of three works."""
OTHERS = 30
"""Timers that each step restarts: as many as plots have that wait until a view has stopped moving."""
STEP_S, AFTERMATH_S = 0.004, 0.01
PATIENCE_MS = 30_000


def compute(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


class Work:
    """An `IncrementalTask` whose steps take time, and each of which may start longer work in the next turn.

    `turns` counts the steps of each turn of the event loop.
    """

    def __init__(self, owner: QObject, step_s: float, aftermath_s: float = 0.0) -> None:
        self.turn, self.turns = 0, Counter[int]()
        self._step_s, self._aftermath_s = step_s, aftermath_s
        self.gradually = IncrementalTask(owner, self._step)
        self._owner = owner
        self.puts_off: list[QTimer] = []

    @property
    def done(self) -> int:
        return sum(self.turns.values())

    def _step(self) -> bool:
        if self.done == STEPS:
            return False
        self.turns[self.turn] += 1
        compute(self._step_s)
        for timer in self.puts_off:
            timer.start()
        if self._aftermath_s:
            QTimer.singleShot(0, self._owner, lambda: compute(self._aftermath_s))
        return True


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def test_a_timer_goes_on_while_several_works_are_under_way(qtbot: QtBot, owner: QObject) -> None:
    works = [Work(owner, STEP_S) for _ in range(3)]
    beats, timer = list[float](), QTimer(owner, interval=1)
    timer.timeout.connect(lambda: beats.append(time.thread_time()))
    timer.start()
    others = [QTimer(owner, interval=1) for _ in range(OTHERS)]
    for work in works:
        work.puts_off = others
        work.gradually.go_on(at_once=False)
    qtbot.waitUntil(lambda: all(work.done == STEPS for work in works), timeout=PATIENCE_MS)
    longest = max(after - before for before, after in pairwise(beats))
    # They take turns, and so three hold the timer up no longer than one does.
    assert longest < WHOLE_TURN_S + STEP_S


def test_few_steps_are_taken_in_a_turn_where_each_sets_off_much(qtbot: QtBot, owner: QObject) -> None:
    work = Work(owner, 0.0, AFTERMATH_S)
    work.gradually.go_on(at_once=False)
    while work.gradually.under_way:
        work.turn += 1
        QApplication.processEvents()
    assert work.done == STEPS
    assert max(work.turns.values()) <= MOST_GROWTH * WHOLE_TURN_S / AFTERMATH_S


def test_many_steps_are_taken_in_a_turn_where_none_takes_long(qtbot: QtBot, owner: QObject) -> None:
    work = Work(owner, 0.0)
    work.gradually.go_on()
    while work.gradually.under_way:
        work.turn += 1
        QApplication.processEvents()
    assert work.turns[0] == 1 and max(work.turns.values()) > STEPS // 4


def test_what_is_ended_stays_undone(qtbot: QtBot, owner: QObject) -> None:
    work = Work(owner, 0.0)
    work.gradually.go_on()
    work.gradually.end()
    qtbot.wait(20)
    assert work.done == 1 and not work.gradually.under_way


def test_what_works_on_something_that_is_gone_ends_and_the_others_go_on(qtbot: QtBot, owner: QObject) -> None:
    gone = QObject()
    lost, work = Work(gone, 0.0), Work(owner, 0.0)
    for each in (lost, work):
        each.gradually.go_on()
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: not work.gradually.under_way, timeout=PATIENCE_MS)
    assert (lost.done, work.done) == (1, STEPS)


def test_works_have_their_turns_one_after_the_other(qtbot: QtBot, owner: QObject) -> None:
    began: list[int] = []

    def step_of(number: int) -> Callable[[], bool]:
        def step() -> bool:
            began.append(number)
            # A turn holds no second step after one that takes as long as this.
            compute(TURN_S)
            return began.count(number) < FEW

        return step

    works = [IncrementalTask(owner, step_of(number)) for number in range(3)]
    between: list[int] = []
    timer = QTimer(owner, interval=1, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: between.append(len(began)))
    timer.start()
    for work in works:
        work.go_on(at_once=False)
    qtbot.waitUntil(lambda: not any(work.under_way for work in works), timeout=PATIENCE_MS)
    assert began == [0, 1, 2] * FEW
    assert max(after - before for before, after in pairwise([0, *between])) == 1, (
        "the timer has its turn between any two"
    )
