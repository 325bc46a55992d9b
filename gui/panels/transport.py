"""Play, pause, step, back, restart, speed, and the step counter."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from engine.frame import Frame
from gui.controller import Controller

SLOWEST, FASTEST = 1.0, 100_000.0
NOTCHES = 500


class Transport(QWidget):
    """The controls of time."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._session = controller.session
        runner = controller.runner
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.play = self._button("Play", "Play or pause (Space)", controller.toggle)
        self.play.setObjectName("primary")
        self.play.setMinimumWidth(90)
        buttons = (
            self._button("Restart", "Back to step 0 (Ctrl+R)", lambda: runner.restart()),
            self._button("Back", "One step back (,)", lambda: runner.back(1)),
            self.play,
            self._button("Step", "One step (.)", lambda: runner.step(1)),
        )
        for button in buttons:
            layout.addWidget(button)
        self.counter = QLabel("step 0")
        self.counter.setMinimumWidth(120)
        layout.addSpacing(12)
        layout.addWidget(self.counter)
        layout.addStretch(1)
        caption = QLabel("speed")
        caption.setObjectName("muted")
        self.speed = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=NOTCHES)
        self.speed.setFixedWidth(190)
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("1 to 100,000 steps per second, log scale")
        self.speed.setValue(round(NOTCHES * math.log(self._session.speed) / math.log(FASTEST)))
        self.rate = QLabel(f"{self._session.speed:,.0f} steps/s")
        self.rate.setMinimumWidth(110)
        self.speed.valueChanged.connect(self._set_speed)
        for widget in (caption, self.speed, self.rate):
            layout.addWidget(widget)

    def show_frame(self, frame: Frame) -> None:
        """Show the step, and whether the race runs."""
        self.play.setText("Pause" if frame.playing else "Play")
        self.counter.setText(f"step {frame.step:,}")

    def _set_speed(self, notch: int) -> None:
        speed = SLOWEST * FASTEST ** (notch / NOTCHES)
        self.rate.setText(f"{speed:,.0f} steps/s")
        self._session.set_speed(speed)

    def _button(self, text: str, tip: str, action: object) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action)
        return button
