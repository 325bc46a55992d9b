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

BEAT_MS = 5
LOOK_S = 0.005
"""How often the thread looks whether the beat is late."""
LATE_S = 0.03
"""From when on it notes where the event loop stands."""
ROOT = Path(__file__).parents[2]
OURS = ("gui", "engine", "landscapes")
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
    kept_waiting : float
        Seconds in which its thread could have run and the machine ran something else.
    while_at : str
        What was being done to the window.
    stands : Counter of str
        How often the event loop was seen where.
    """

    seconds: float
    computed: float
    kept_waiting: float
    while_at: str
    stands: Counter[str] = field(default_factory=Counter)

    @property
    def own_s(self) -> float:
        """What the gap would have been on a quiet machine, at most: what other programs took is left out."""
        return self.seconds - self.kept_waiting

    @property
    def cause(self) -> str:
        """Where the event loop mostly stood."""
        return self.stands.most_common(1)[0][0] if self.stands else "nothing of ours"


class Heartbeat(QObject):
    """Beats in the event loop of the thread that makes it, until it is stopped."""

    def __init__(self, least_s: float, doing: Callable[[], str]) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self._least_s, self._doing = least_s, doing
        self._thread_id, self._native_id = threading.get_ident(), threading.get_native_id()
        self._seen: Counter[str] = Counter()
        self._beat_at, self._times = time.monotonic(), self._processor_times()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="heartbeat", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End the clock and the thread."""
        self._timer.stop()
        self._stopping.set()
        self._watcher.join()

    def _beat(self) -> None:
        now, times = time.monotonic(), self._processor_times()
        seconds = now - self._beat_at
        if seconds >= self._least_s:
            computed, kept_waiting = (after - before for after, before in zip(times, self._times, strict=True))
            self.gaps.append(Gap(seconds, computed, kept_waiting, self._doing(), self._seen))
        self._seen = Counter()
        self._beat_at, self._times = time.monotonic(), self._processor_times()

    def _processor_times(self) -> tuple[float, float]:
        """Return for how long the thread has run so far, and for how long it could have and was kept waiting."""
        schedule = Path(f"/proc/self/task/{self._native_id}/schedstat").read_text(encoding="ascii").split()
        return 1e-9 * int(schedule[0]), 1e-9 * int(schedule[1])

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
            found.append(
                f"{path.stem}.{frame.f_code.co_qualname if hasattr(frame.f_code, 'co_qualname') else frame.f_code.co_name}:{frame.f_lineno}"
            )
        frame = frame.f_back
    return " > ".join(reversed(found)) or "nothing of ours"
