"""Time: play, pause, step, back, restart, the step as a field and a slider, and the speed as both too."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSlider, QWidget

from engine.frame import Frame, Point
from gui.choices import FASTEST, SLOWEST
from gui.controller import Controller
from gui.panels.numbers import number_in

NOTCHES = 500
FURTHEST_STEP = 1_000_000
"""A typed step beyond, where the race has not been yet, would keep the runner from everything else for seconds."""
LARGEST_SLIDER = 2**31 - 1
PAGES = 20
"""Page keys cross the slider of steps in so many strokes."""
SEEK_REST_MS = 250
"""After a seek the slider follows the hand, not the frames that are still on their way."""
STEP_WIDTH_PX, SPEED_WIDTH_PX, SLIDER_WIDTH_PX = 90, 76, 130


class Transport(QWidget):
    """The controls of time."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._session, self._runner = controller.session, controller.runner
        self._frame: Frame | None = None
        self._race: tuple[str, Point] | None = None
        self._rest = QTimer(self, singleShot=True, interval=SEEK_REST_MS)
        self._rest.timeout.connect(lambda: self._frame and self.show_frame(self._frame))
        self.message = QLabel()
        self.message.setObjectName("error")
        self.message.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._make_steps(), 0, 0)
        layout.addLayout(self._make_buttons(controller), 1, 0)
        layout.addWidget(self.message, 2, 0)
        self._session.speed_changed.connect(self._show_speed)
        self._show_speed(self._session.speed)

    def show_frame(self, frame: Frame) -> None:
        """Show the step, and whether the race runs."""
        self._frame = frame
        self.play.setText("Pause" if frame.playing else "Play")
        if not (self.step.hasFocus() and self.step.isModified()):
            self.step.setText(f"{frame.step:,}")
        race = (frame.formula.text, frame.start)
        furthest = frame.step if race != self._race else max(frame.step, self.scrub.maximum())
        self._race = race
        if not (self.scrub.isSliderDown() or self._rest.isActive()):
            self._show_step(frame.step, min(furthest, LARGEST_SLIDER))

    def _make_steps(self) -> QHBoxLayout:
        self.step = self._field("Step", f"The step; type another, 0 to {FURTHEST_STEP:,}", STEP_WIDTH_PX)
        self.step.returnPressed.connect(self._type_step)
        self.scrub = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=0)
        self.scrub.setAccessibleName("Step slider")
        self.scrub.setToolTip("Drag to any step that was seen")
        self.scrub.valueChanged.connect(self._seek)
        self.furthest = self._muted("of 0")
        self.furthest.setToolTip("The furthest step that was seen")
        row = QHBoxLayout()
        for widget in (self._muted("step"), self.step, self.scrub, self.furthest):
            row.addWidget(widget)
        row.setStretchFactor(self.scrub, 1)
        return row

    def _make_buttons(self, controller: Controller) -> QHBoxLayout:
        runner = controller.runner
        self.play = self._button("Play", "Play or pause (Space)", controller.toggle)
        self.play.setObjectName("primary")
        self.play.setMinimumWidth(90)
        self.speed = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=NOTCHES)
        self.speed.setFixedWidth(SLIDER_WIDTH_PX)
        self.speed.setAccessibleName("Speed slider")
        self.speed.setToolTip(f"{SLOWEST:g} to {FASTEST:,.0f} steps per second, log scale")
        self.speed.valueChanged.connect(lambda notch: self._session.set_speed(speed_at(notch)))
        self.rate = self._field("Speed", f"Steps per second, {SLOWEST:g} to {FASTEST:,.0f}", SPEED_WIDTH_PX)
        self.rate.editingFinished.connect(self._type_speed)
        row = QHBoxLayout()
        for button in (
            self._button("Restart", "Back to step 0 (Ctrl+R)", lambda: runner.restart()),
            self._button("Back", "One step back (,)", lambda: runner.back(1)),
            self.play,
            self._button("Step", "One step (.)", lambda: runner.step(1)),
        ):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self._muted("speed"), self.speed, self.rate, self._muted("steps/s")):
            row.addWidget(widget)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape give up what was typed into a field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.step.setModified(False)
            self._refuse("")
            self._show_speed(self._session.speed)
            if self._frame is not None:
                self.show_frame(self._frame)
        return False

    def _type_step(self) -> None:
        step, most = number_in(self.step.text()), max(FURTHEST_STEP, self.scrub.maximum())
        if step is None or step != int(step) or not 0 <= step <= most:
            self._refuse(f"A step is a whole number from 0 to {most:,}, not {self.step.text() or 'nothing'}.")
            return
        self._refuse("")
        self.step.setModified(False)
        self._runner.seek(int(step))
        # Back among the controls: the next Space plays.
        self.scrub.setFocus()

    def _type_speed(self) -> None:
        speed = number_in(self.rate.text())
        if speed is None or not SLOWEST <= speed <= FASTEST:
            asked = self.rate.text() or "nothing"
            self._refuse(f"The speed is {SLOWEST:g} to {FASTEST:,.0f} steps per second, not {asked}.")
            self._show_speed(self._session.speed)
            return
        if self.rate.isModified():
            self._refuse("")
            self._session.set_speed(speed)

    def _seek(self, step: int) -> None:
        self._rest.start()
        self._runner.seek(step)

    def _show_step(self, step: int, furthest: int) -> None:
        self.scrub.blockSignals(True)
        self.scrub.setMaximum(furthest)
        self.scrub.setPageStep(max(furthest // PAGES, 1))
        self.scrub.setValue(min(step, furthest))
        self.scrub.blockSignals(False)
        self.furthest.setText(f"of {furthest:,}")

    def _show_speed(self, speed: float) -> None:
        self.speed.blockSignals(True)
        self.speed.setValue(round(NOTCHES * math.log(speed / SLOWEST) / math.log(FASTEST / SLOWEST)))
        self.speed.blockSignals(False)
        self.rate.setText(f"{speed:,.4g}" if speed < 1000 else f"{speed:,.0f}")

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    def _field(self, name: str, tip: str, width: int) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setToolTip(tip)
        field.setFixedWidth(width)
        field.installEventFilter(self)
        return field

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName("muted")
        return label

    def _button(self, text: str, tip: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: action())
        return button


def speed_at(notch: int) -> float:
    """Return the steps per second at a notch of the speed slider, to three digits."""
    return float(f"{SLOWEST * (FASTEST / SLOWEST) ** (notch / NOTCHES):.3g}")
