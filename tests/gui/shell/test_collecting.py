"""Python looks for garbage on the window's thread alone: elsewhere it might take a part of the window apart."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.shell import memory


class Noted(QObject):
    """A QObject that records the thread on which it is deleted."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        super().__init__()
        self._ended = ended
        self.itself = self

    def __del__(self) -> None:
        self._ended.append(threading.current_thread())


def make_garbage(parts: int) -> list[list[object]]:
    """Return so many objects in reference cycles, which only the garbage collector can delete, as a race makes them."""
    made: list[list[object]] = []
    for _ in range(parts):
        cycle: list[object] = []
        cycle.append(cycle)
    return made


def test_what_is_no_longer_held_ends_on_the_windows_thread(qtbot: QtBot) -> None:
    ended: list[threading.Thread] = []
    Noted(ended)
    racing = threading.Event()

    def race() -> None:
        while not racing.is_set():
            make_garbage(2000)

    runner = threading.Thread(target=race)
    runner.start()
    try:
        qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
    finally:
        racing.set()
        runner.join()
    assert ended == [threading.main_thread()]


def test_what_has_been_held_for_long_ends_with_the_next_return_of_memory(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "TRIM_INTERVAL_MS", 10)
    ended: list[threading.Thread] = []
    held = [Noted(ended)]
    # What survives this is among the old objects.
    gc.collect()
    held.clear()
    with_memory = memory.HeapTrimmer(qapp)
    qtbot.waitUntil(lambda: bool(ended))
    with_memory.stop()
