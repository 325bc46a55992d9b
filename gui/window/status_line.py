"""The status line: a note on the landscape, the place of the pointer, who leads, and how fast the race goes."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton

from engine.language.types import Point
from engine.live.frame import Frame, RacerFrame
from gui.look.theme import SPACING_PX
from gui.views.racer_look import RacerLook
from gui.widgets.elided_label import ElidedLabel, YieldingLabel
from gui.widgets.notice import Notice

FPS_WINDOW_S = 1.0
REWRITE_S = 0.1
"""The least time between two updates of the labels while racing: so that they can be read."""
WORKING = "Working ..."
STOP = "Stop waiting"
MOST_NAMES = 2
"""Of racers that share the first place; more are counted."""
NO_LOSS = "There is no loss at the start: drag the start to another place in the contour view"


class StatusLine:
    """The labels of a window's status bar."""

    def __init__(self, bar: QStatusBar) -> None:
        self.note, self.notice = ElidedLabel(), Notice()
        self.compiling = ElidedLabel()
        self.compiling.hide()
        self.stop = QToolButton()
        self.stop.setText(STOP)
        self.stop.setObjectName("offer")
        self.stop.setToolTip("Give the function up; the race goes on")
        self.stop.hide()
        self.leader, self.place, self.speeds = YieldingLabel(), YieldingLabel(), YieldingLabel()
        self.work = QLabel(WORKING)
        self.work.setObjectName("good")
        self.work.hide()
        self._painted: list[float] = []
        self._written_at = 0.0
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(SPACING_PX, 0, SPACING_PX, 0)
        bar.addWidget(self.notice)
        bar.addWidget(self.compiling, 1)
        bar.addWidget(self.stop)
        bar.addWidget(self.note, 1)
        for label, tip in (
            (self.work, "The race runs on a thread of its own; the window can be used meanwhile"),
            (self.place, "Where the pointer is, and the loss there"),
            (self.leader, "Who arrived first; the lowest loss, as long as nobody has arrived"),
            (self.speeds, "Reached steps and frames per second"),
        ):
            label.setToolTip(tip)
            bar.addPermanentWidget(label)

    def show_work(self, under_way: bool) -> None:
        """Say that what was asked for is being worked out, or no longer."""
        self.work.setVisible(under_way)

    def offer_to_stop(self, progress: str) -> None:
        """Offer to stop waiting for a function while there is a progress to show."""
        self.stop.setVisible(bool(progress))

    def show_at_once(self, sentence: str) -> None:
        """Say what is about to keep the window busy, before it does."""
        self.note.setText(sentence)
        self.note.repaint()

    def show_note(self, name: str, note: str, source: str) -> None:
        """Say what is known of the landscape."""
        self.note.setText(f"{name}: {note}" if note else "")
        self.note.setToolTip(f"{note}\nFrom {source}" if source else note)

    def show_compiling(self, sentence: str) -> None:
        """Say what is being compiled, in the place of the note; show the note again where `sentence` is empty."""
        self.compiling.setText(sentence)
        self.compiling.setVisible(bool(sentence))
        self.note.setVisible(not sentence)

    def show_place(self, place: Point | None, loss: float) -> None:
        """Say where the pointer is, and the loss there; nothing where `place` is None."""
        there = "no loss here" if math.isnan(loss) else f"f {loss:.5g}"
        self.place.setText(f"x {place[0]:.4g}   y {place[1]:.4g}   {there}" if place is not None else "")

    def show_frame(self, frame: Frame, looks: Sequence[RacerLook]) -> None:
        """Show who leads and how fast the race goes."""
        now = time.monotonic()
        self._painted = [moment for moment in self._painted if now - moment < FPS_WINDOW_S] + [now]
        if frame.playing and now - self._written_at < REWRITE_S:
            return
        self._written_at = now
        self.leader.setText(leader(frame, looks))
        rates = f"{frame.steps_per_second:,.0f} steps/s   {len(self._painted)} frames/s"
        self.speeds.setText(rates if frame.playing else f"paused at step {frame.step:,}")


def leader(frame: Frame, looks: Sequence[RacerLook]) -> str:
    """Return who leads a race that has begun, with its loss, or why no racer can; "" where there is nothing to say."""
    standing = [pair for pair in zip(looks, frame.racers, strict=False) if math.isfinite(pair[1].loss)]
    if frame.racers and not standing:
        return NO_LOSS
    if not (frame.step and standing):
        return ""
    look, racer = min(standing, key=lambda pair: pair[1].rank)
    if racer.arrived is not None:
        return f"{winners(standing)} arrived first, at step {racer.arrived.step:,}"
    loss = f"{racer.loss:.3g}".replace("-", "−")
    return f"{look.name} leads, loss {loss}"


def winners(standing: Sequence[tuple[RacerLook, RacerFrame]]) -> str:
    """Return the names of the racers in the first place, or how many they are."""
    names = [look.name for look, racer in standing if racer.rank == 1]
    return " and ".join(names) if len(names) <= MOST_NAMES else f"{len(names)} racers"
