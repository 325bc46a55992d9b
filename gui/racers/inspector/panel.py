"""The panel with the equations of one racer and the numbers of the step that is shown, which follow the race."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from engine.live.frame import RacerFrame
from engine.race.step_values.record import StepValues
from gui.background.worker import Worker
from gui.formula.drawing import Room
from gui.look.offscreen import pixel_ratio
from gui.look.racer_colours import drawn_colour
from gui.look.theme import SCROLL_BAR_PX, Theme
from gui.racers.inspector.arrangement import Arranged
from gui.racers.inspector.reading import Form, form_of, numbers_of_step, picture_of_step
from gui.racers.inspector.sheet import Sheet
from gui.session.session import Session
from gui.widgets.icon_button import IconButton
from gui.widgets.steady_label import SteadyLabel
from gui.widgets.wheel import ChoiceBox

DOT_PX, GAP_PX = 12, 8
HEIGHT_PX = 110
"""The least height in which numbers can be read."""
REWRITE_S = 0.1
"""The least time between two updates of the numbers during a race."""
PAUSE_MS = 40
"""The delay from a change of the width to another picture."""
UNKNOWN = "The values of this step are not known."
NOT_YET = "The numbers come with the race's next frame."


class InspectorPanel(QFrame):
    """The step of one racer.

    Attributes
    ----------
    closed : signal
        The panel closes.
    key_changed : signal
        Another racer is inspected.
    key : int or None
        The racer; None while the panel is closed.
    values : StepValues or None
        The step whose numbers are shown, None where there are none.
    """

    closed = Signal()
    key_changed = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Inspector")
        self.setMinimumHeight(HEIGHT_PX)
        self._session, self._theme = session, theme
        self.key: int | None = None
        self.values: StepValues | None = None
        self._newest: RacerFrame | None = None
        self._form: Form | None = None
        self._asked: Form | None = None
        self._written_at = 0.0
        self._drawer = Worker("inspector")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._show_step)
        self.dot, self.racers, self.step = QLabel(), ChoiceBox(), SteadyLabel()
        self.sheet, self.message = Sheet(), QLabel()
        self._area, self._body, self._pages = QScrollArea(), QWidget(), QStackedLayout()
        self._dress()
        self._arrange()
        self.racers.activated.connect(self._choose)
        session.racers_changed.connect(self._follow)
        session.looks_changed.connect(self._name_racers)
        self.hide()

    def _dress(self) -> None:
        self.dot.setFixedSize(DOT_PX, DOT_PX)
        self.racers.setAccessibleName("Inspected racer")
        self.racers.setToolTip("The racer whose equations are shown")
        self.step.setObjectName("muted")
        self._area.setObjectName("typeset")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(self.sheet)
        self.message.setObjectName("muted")
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_PX)
        for part in (self.dot, self.racers, self.step):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(IconButton("close", "Close the inspector (Escape)", self.close_inspector))
        self._body.setLayout(self._pages)
        self._pages.addWidget(self._area)
        self._pages.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 6)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)

    @property
    def up_to_date(self) -> bool:
        """Whether the picture of the newest step is drawn."""
        return self.key is None or not (self._pause.isActive() or self._asked != self._form)

    def open_racer(self, key: int) -> None:
        """Show the equations of this racer."""
        if key != self.key:
            self.key, self._newest, self.values = key, None, None
            self._say(NOT_YET)
            self.key_changed.emit()
        self._name_racers()
        self.show()

    def close_inspector(self) -> None:
        """Close the panel."""
        self.key = self._newest = self.values = None
        self._asked = self._form
        self.hide()
        self.key_changed.emit()
        self.closed.emit()

    def show_racer(self, racer: RacerFrame, settled: bool) -> None:
        """Show the step of the racer's newest frame; during a race no more often than a person can read numbers."""
        if racer.watched is None:
            return
        self._newest = racer
        now = time.monotonic()
        if settled or now - self._written_at >= REWRITE_S:
            self._written_at = now
            self._show_step()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._name_racers()
        self._show_step()

    def end(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._drawer.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new width."""
        super().resizeEvent(event)
        self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_inspector()
        else:
            super().keyPressEvent(event)

    def _show_step(self) -> None:
        """Show the numbers of the newest step; where they do not fit into the picture, have another one drawn first."""
        if self._newest is None or self._newest.watched is None or self.key is None:
            return
        watched = self._newest.watched
        values = watched.shown
        if values is None or not values.lines:
            self.values = values
            self._asked = self._form
            self._name_step(values, watched.made is None)
            self._say(UNKNOWN if values is None else values.reason)
            return
        form = form_of(values, self._room, self._theme.text)
        if form == self._form:
            self._asked, self.values = form, values
            self._name_step(values, watched.made is None)
            self.sheet.show_numbers(numbers_of_step(values, self.sheet.spots))
            self._pages.setCurrentWidget(self._area)
        elif form != self._asked:
            self._asked = form
            self._drawer.ask("step", partial(_drawn, values, form), self._take)

    @property
    def _room(self) -> Room:
        # The height does not matter, and would ask for another picture.
        return Room(self._body.width() - SCROLL_BAR_PX, 0.0, pixel_ratio(self))

    def _take(self, answer: tuple[StepValues, Form, Arranged | str]) -> None:
        values, form, picture = answer
        if form != self._asked:
            return
        self._form = form
        if isinstance(picture, str):
            self._say(picture)
            return
        numbers = numbers_of_step(values, picture.spots)
        self.sheet.show_picture(picture, numbers, self._theme.syntax["number"])
        self._show_step()

    def _name_step(self, values: StepValues | None, coming: bool) -> None:
        if values is None:
            self.step.setText("")
            return
        what = f"Step {values.update:,}, which comes first" if coming else f"Step {values.update:,}"
        self.step.setText(f"{what}. {values.reason}" if values.lines and values.reason else what)

    def _say(self, sentence: str) -> None:
        """Show a sentence in the place of equations."""
        self.message.setText(sentence)
        self._pages.setCurrentWidget(self.message)

    def _choose(self, number: int) -> None:
        self.open_racer(self._session.racers[number].key)

    def _name_racers(self) -> None:
        """Show the names of all racers, and the look of the one that is inspected."""
        keys = [racer.key for racer in self._session.racers]
        if self.key not in keys:
            return
        with QSignalBlocker(self.racers):
            self.racers.clear()
            self.racers.addItems([racer.name for racer in self._session.racers])
            self.racers.setCurrentIndex(keys.index(self.key))
        colour = drawn_colour(self._session.racer(self.key).colour, self._theme)
        self.dot.setStyleSheet(f"background: {colour}; border-radius: {DOT_PX // 2}px;")

    def _follow(self) -> None:
        """Show the racers that there are now; close the panel if its racer was removed."""
        if self.key is not None and self.key not in [racer.key for racer in self._session.racers]:
            self.close_inspector()
        self._name_racers()


def _drawn(values: StepValues, form: Form) -> tuple[StepValues, Form, Arranged | str]:
    return values, form, picture_of_step(values, form)
