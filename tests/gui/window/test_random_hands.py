"""Whatever hands do to the window, it lives, answers, and has nothing to be sorry for."""

import pytest
from pytestqt.qtbot import QtBot

from engine.live.commands import Pause
from gui.shell.error_reporter import ErrorReporter
from gui.window.main_window import MainWindow
from tests.gui.person import settle
from tests.gui.window.random_hands import RandomHands

SECONDS = 6.0
HELD_UP_S = 10.0
"""Longest time that one action may block the window, on a slow and busy machine."""


@pytest.mark.parametrize("seed", [1, 2])
def test_random_hands_find_no_mistake_of_ours(window: MainWindow, qtbot: QtBot, seed: int) -> None:
    hands, watch, errors = RandomHands(window, seed), ErrorReporter(None), []
    watch.happened.connect(lambda sentence, details: errors.append(details))
    try:
        hands.go_on(SECONDS)
        # Paused, because a running race always has a newer frame to draw.
        window.controller.runner.post(Pause())
        settle(qtbot, window)
    finally:
        watch.release()
    assert not errors, "\n".join([*hands.done[-20:], *errors])
    assert hands.done and hands.longest_s < HELD_UP_S
