"""Python looks for garbage on the window's thread alone: elsewhere it might take a part of the window apart."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot


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
