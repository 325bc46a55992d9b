"""The controls of time, in one row: restart, back, play, step; step and speed, each as a field and a slider."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.language.types import Point
from engine.live.commands import GoBack, Restart, Seek, Step
from engine.live.frame import Frame
from gui.look.theme import Theme
from gui.session.choices import FASTEST, SLOWEST
from gui.widgets.icon_button import IconButton
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.steady_label import SteadyLabel
from gui.widgets.wheel import Slider
from gui.widgets.yielding_row import YieldingRow
from gui.window.controller import Controller
from gui.window.menus import Callback
from landscapes.landscape import Range

NOTCHES = 500
SPEEDS = SLOWEST, FASTEST
FURTHEST_STEP = 1_000_000
"""The largest step that can be typed where the race has not been yet: the runner is at it for seconds."""
LARGEST_SLIDER = 2**31 - 1
PAGES = 20
"""Strokes of a page key that cross the slider of steps."""
SEEK_REST_MS = 250
"""How long after a seek the slider stays where it was dragged: frames from before are still on their way."""
STEP_WIDTH_PX, SPEED_WIDTH_PX, SPEED_SLIDER_PX = 88, 76, 90
LEAST_SLIDER_PX = 48
BUTTON_PX, PLAY_PX, GROUP_GAP_PX, GAP_PX = 30, 38, 10, 4
PLAY_TIP, PAUSE_TIP = "Play (Space)", "Pause (Space)"
HINTS = ("Space to race", "·  Ctrl+click: start here")
"""What stands beside Play before a race; the second part only where there is room for it."""
OVER = "Everyone is done: Space goes on"
OVER_TIP = "Every racer has arrived, has diverged, or moves no more"


class Transport(QWidget):
    """The controls of time."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller, self._session, self._runner = controller, controller.session, controller.runner
        self._frame: Frame | None = None
        self._race: tuple[str, Point] | None = None
        self._hints = True
        self._rest = QTimer(self, singleShot=True, interval=SEEK_REST_MS)
        self._rest.timeout.connect(self._show_again)
        self.message = QLabel()
        self.message.setObjectName("error")
        # A long sentence must not make the window wider.
        self.message.setWordWrap(True)
        self.message.hide()
        self.controls = YieldingRow(GAP_PX)
        row = self.controls.row
        self._add_buttons(row, controller)
        self.hints = tuple(QLabel(hint) for hint in HINTS)
        for hint in self.hints:
            hint.setObjectName("good")
            row.addWidget(hint)
        row.addSpacing(GROUP_GAP_PX)
        step = self._add_steps(row)
        row.addSpacing(GROUP_GAP_PX)
        words = self._add_speed(row)
        self.controls.give_way([self.hints[0], self.furthest, self.epoch, *words, step, self.hints[1]])
        for field in (self.step, self.rate):
            field.refused.connect(self._refuse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.controls)
        layout.addWidget(self.message)
        self._session.speed_changed.connect(self._show_speed)
        self._show_speed()

    @property
    def callbacks(self) -> Mapping[str, Callback]:
        """What the entries of the menus do about steps, by their names."""
        post = self._controller.runner.post
        return {
            "toggle": self._controller.toggle,
            "step on": partial(post, Step()),
            "step back": partial(post, GoBack()),
            "restart": partial(post, Restart()),
        }

    def set_theme(self, theme: Theme) -> None:
        """Make the fields as wide as their texts, which a theme may magnify, and the buttons as large beside them."""
        for button in self.buttons:
            button.magnify(theme.magnification)
        self.step.setFixedWidth(theme.px(STEP_WIDTH_PX))
        self.rate.setFixedWidth(theme.px(SPEED_WIDTH_PX))
        self.controls.fit()

    def show_frame(self, frame: Frame) -> None:
        """Show the step, and whether the race runs."""
        self._frame = frame
        before = self._room
        is_over = frame.is_over and frame.step > 0
        for label, hint in zip(self.hints, (OVER, "") if is_over else HINTS, strict=True):
            is_due = self._hints and not frame.playing and (is_over or not frame.step)
            label.setText(hint if is_due else "")
        self.hints[0].setToolTip(OVER_TIP if is_over else "")
        self.play.show_icon("pause" if frame.playing else "play")
        self.play.setToolTip(PAUSE_TIP if frame.playing else PLAY_TIP)
        self.step.show_value(frame.step)
        race = (frame.formula.text, frame.start)
        furthest = frame.step if race != self._race else max(frame.step, self.scrub.maximum())
        self._race = race
        if not (self.scrub.isSliderDown() or self._rest.isActive()):
            self._show_step(frame.step, min(furthest, LARGEST_SLIDER))
        self.epoch.setText("" if frame.epoch is None else f"·  epoch {frame.epoch:,}")
        if before != self._room:
            self.controls.fit()

    def leave_hints(self, to_others: bool) -> None:
        """Say nothing of what could be done now while others say it."""
        if self._hints == to_others:
            self._hints = not to_others
            self._show_again()

    @property
    def _room(self) -> list[object]:
        """What decides how much room the changing labels ask for."""
        counts = (self.furthest, self.epoch)
        return [label.text() for label in self.hints] + [label.width() * bool(label.text()) for label in counts]

    def _show_again(self) -> None:
        if self._frame is not None:
            self.show_frame(self._frame)

    def _add_buttons(self, row: QHBoxLayout, controller: Controller) -> None:
        post = controller.runner.post
        self.play = IconButton("play", PLAY_TIP, controller.toggle, "primary", PLAY_PX)
        self.play.setAccessibleName("Play or pause")
        self.buttons = (
            IconButton("restart", "Restart at step 0 (Ctrl+R)", partial(post, Restart()), size=BUTTON_PX),
            IconButton("back", "Go one step back (,)", partial(post, GoBack()), size=BUTTON_PX),
            self.play,
            IconButton("step", "Make one step (.)", partial(post, Step()), size=BUTTON_PX),
        )
        for button in self.buttons:
            button.clicked.connect(self._succeed)
            row.addWidget(button)

    def _add_steps(self, row: QHBoxLayout) -> QLabel:
        """Add the controls of the step; return its label."""
        self.step = NumberField("Step", STEP_WIDTH_PX, "{:.0f}".format, whole=True, limits=self._steps)
        self.step.setToolTip(f"The step; type another to go to, 0 to {FURTHEST_STEP:,} (Ctrl+G)")
        self.step.entered.connect(self.go_to)
        self.scrub = Slider(0)
        self.scrub.setAccessibleName("Step slider")
        self.scrub.setToolTip("Drag to any step that was reached")
        self.scrub.valueChanged.connect(self._seek)
        self.furthest = self._muted("of 0")
        self.furthest.setToolTip("The furthest step that was reached")
        self.epoch = self._muted("")
        self.epoch.setToolTip("How often the racers have gone through all rows of the data set")
        word = self._muted("step")
        for widget in (word, self.step, self.furthest, self.epoch):
            row.addWidget(widget)
        self.scrub.setMinimumWidth(LEAST_SLIDER_PX)
        row.addWidget(self.scrub, 1)
        return word

    def _add_speed(self, row: QHBoxLayout) -> list[QLabel]:
        """Add the controls of the speed; return its labels."""
        self.speed = Slider(NOTCHES)
        self.speed.setMinimumWidth(LEAST_SLIDER_PX)
        self.speed.setMaximumWidth(SPEED_SLIDER_PX)
        self.speed.setAccessibleName("Speed slider")
        self.speed.setToolTip(f"{SLOWEST:g} to {FASTEST:,.0f} steps per second, log scale")
        self.speed.valueChanged.connect(lambda notch: self._session.set_speed(speed_at(notch)))
        self.rate = NumberField("Speed", SPEED_WIDTH_PX, speed_written, limits=lambda: SPEEDS, unit="steps per second")
        self.rate.setToolTip(f"Steps per second, {SLOWEST:g} to {FASTEST:,.0f}")
        self.rate.entered.connect(self._session.set_speed)
        name, unit = self._muted("speed"), self._muted("steps/s")
        for widget in (name, self.speed, self.rate, unit):
            row.addWidget(widget)
        return [unit, name]

    def _steps(self) -> Range:
        """Return the first and the last step that can be gone to."""
        return 0.0, float(max(FURTHEST_STEP, self.scrub.maximum()))

    def _succeed(self) -> None:
        """Take back what was said of a text that was no number: something else was done since."""
        for field in (self.step, self.rate):
            field.discard()

    def go_to(self, step: float) -> None:
        """Go to a step, and hold."""
        self._succeed()
        self._runner.post(Seek(int(step)))

    def _seek(self, step: int) -> None:
        self._succeed()
        self._rest.start()
        self._runner.post(Seek(step))

    def _show_step(self, step: int, furthest: int) -> None:
        self.scrub.blockSignals(True)
        self.scrub.setMaximum(furthest)
        self.scrub.setPageStep(max(furthest // PAGES, 1))
        self.scrub.setValue(min(step, furthest))
        self.scrub.blockSignals(False)
        self.furthest.setText(f"of {furthest:,}")

    def _show_speed(self) -> None:
        speed = self._session.speed
        self._succeed()
        self.speed.blockSignals(True)
        self.speed.setValue(round(NOTCHES * math.log(speed / SLOWEST) / math.log(FASTEST / SLOWEST)))
        self.speed.blockSignals(False)
        self.rate.show_value(speed)

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    def _muted(self, text: str) -> QLabel:
        label = SteadyLabel(text)
        label.setObjectName("muted")
        return label


def speed_written(speed: float) -> str:
    """Return a speed as its field shows it: to four digits, or to one step a second."""
    return f"{speed:.4g}" if speed < 1000.0 else f"{speed:.0f}"


def speed_at(notch: int) -> float:
    """Return the steps per second at a notch of the speed slider, to three digits."""
    return float(f"{SLOWEST * (FASTEST / SLOWEST) ** (notch / NOTCHES):.3g}")
