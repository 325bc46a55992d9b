"""A clock in the window's event loop, and a thread beside it that notes what the loop is at whenever it beats late."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

from gui.background.busy_sign import busy_sign

BEAT_MS = 5
LOOK_S = 0.005
"""How often the thread looks whether the beat is late."""
LATE_S = 0.03
"""From when on it notes where the event loop stands."""
ROOT = Path(__file__).parents[2]
OURS = ("gui", "engine", "landscapes")
NOT_OURS = "Qt itself: events, layouts, paints"
DEPTH = 3
"""Functions of ours by which a cause is told, the innermost last."""


@dataclass
class Gap:
    """A time in which the event loop stood still.

    Attributes
    ----------
    seconds : float
    computed : float
        Seconds in which its thread computed.
    while_at : str
        What was being done to the window.
    told : str
        What the wait cursor was shown for meanwhile, "" where it was not.
    stands : Counter of str
        How often the event loop was seen where.
    """

    seconds: float
    computed: float
    while_at: str
    told: str = ""
    stands: Counter[str] = field(default_factory=Counter)

    @property
    def cause(self) -> str:
        """Where the event loop mostly stood."""
        return self.stands.most_common(1)[0][0] if self.stands else NOT_OURS


class Heartbeat(QObject):
    """Beats in the event loop of the thread that makes it, until it is stopped."""

    def __init__(self, least_s: float, doing: Callable[[], str]) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self._least_s, self._doing = least_s, doing
        self._thread_id = threading.get_ident()
        self._seen: Counter[str] = Counter()
        self._told = busy_sign().reason
        busy_sign().changed.connect(self._tell)
        self._beat_at, self._computed = time.monotonic(), time.thread_time()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="heartbeat", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End the clock and the thread."""
        self._timer.stop()
        busy_sign().changed.disconnect(self._tell)
        self._stopping.set()
        self._watcher.join()

    def _tell(self, reason: str) -> None:
        self._told = reason or self._told

    def _beat(self) -> None:
        now, computed = time.monotonic(), time.thread_time()
        if now - self._beat_at >= self._least_s:
            gap = Gap(now - self._beat_at, computed - self._computed, self._doing(), self._told, self._seen)
            self.gaps.append(gap)
        self._told = busy_sign().reason
        self._seen = Counter()
        self._beat_at, self._computed = now, computed

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_S):
            if time.monotonic() - self._beat_at > LATE_S:
                self._seen[place_of(sys._current_frames()[self._thread_id])] += 1


def place_of(frame: FrameType | None) -> str:
    """Return the innermost functions of ours on a stack, from outside to inside."""
    found: list[str] = []
    while frame is not None and len(found) < DEPTH:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS:
            found.append(f"{path.stem}.{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " > ".join(reversed(found)) or NOT_OURS
