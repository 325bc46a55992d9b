"""The rows of one racer in the window of the tuning: what is searched of each hyperparameter, and what was found."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QWidget

from engine.tuning.tune import TunedRacer
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.session.choices import RacerChoice
from gui.session.study_choices import SpaceChoice
from gui.views.curves.number_axes import plain_text
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.numbers.range_popover import range_mistake
from gui.widgets.text_button import TextButton
from gui.window.studies.fields import Mistake
from gui.window.studies.tuning.search import loss_before

TITLES = ("Searched", "from", "", "to", "scale", "now", "best", "may be off by")
NAME, LOW, TO, HIGH, SCALE, NOW, BEST, FACTOR = range(len(TITLES))
TIPS = {
    NOW: "The value of now, and the loss where a run with it ends",
    BEST: "The best value that was found, and the loss where a run with it ends",
    FACTOR: "By which factor the best value may be off before a tenth of the descent is lost: near 1 is sharp",
}
END_PX = 78
COLUMN_PX = {LOW: END_PX, TO: 14, HIGH: END_PX, SCALE: 56, NOW: 108, BEST: 112, FACTOR: 116}
"""Least widths of the columns: each racer has a grid of its own, and their columns must lie beneath each other."""
DIGITS = 4
USE, USED = "Use it", "In use"


def columns() -> QGridLayout:
    """Return an empty grid with the columns of every racer's rows."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(12)
    grid.setColumnStretch(NAME, 1)
    for column, width in COLUMN_PX.items():
        grid.setColumnMinimumWidth(column, width)
    return grid


def rows_of(racer: RacerChoice, spaces: list[SpaceChoice], theme: Theme) -> tuple[object, ...]:
    """Return what decides which rows a racer has and how they look, whatever is in them."""
    return racer.key, racer.name, drawn_colour(racer.colour, theme), *(space.name for space in spaces)


class RacerRows(QObject):
    """The rows of a racer, in a `section` of their own: Qt lays out only those that change.

    `changed` is emitted with what is to be searched of one hyperparameter, `used` with the settings that are to be
    used, by their names.
    """

    changed = Signal(object)
    used = Signal(int, dict)

    def __init__(self, racer: RacerChoice, spaces: list[SpaceChoice], theme: Theme) -> None:
        super().__init__()
        self.key, self._racer, self.identity = racer.key, racer, rows_of(racer, spaces, theme)
        self.spaces = {space.name: space for space in spaces}
        self.switches: dict[str, QCheckBox] = {}
        self.ends: dict[str, tuple[NumberField, NumberField]] = {}
        self.scales: dict[str, TextButton] = {}
        self._now, self._best, self._factor = (dict[str, QLabel]() for _ in range(3))
        self.loss_now, self.loss_best, self.mistake = QLabel(), QLabel(), Mistake()
        self.use = QPushButton(USE)
        self.use.setAutoDefault(False)
        self.use.setAccessibleName(f"Use the best settings of {racer.name}")
        self.use.clicked.connect(self._use)
        self.name = QLabel(racer.name)
        self.tuned: TunedRacer | None = None
        self._head = f'<span style="color: {drawn_colour(racer.colour, theme)}">●</span>&nbsp; <b>{{}}</b>'
        self.name.setText(self._head.format(_escaped(racer.name)))
        self.section = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        grid = columns()
        grid.addWidget(self.name, 0, NAME, 1, SCALE)
        for label, column in ((self.loss_now, NOW), (self.loss_best, BEST), (self.use, FACTOR)):
            grid.addWidget(label, 0, column)
        for number, space in enumerate(self.spaces.values(), start=1):
            self._add_row(grid, number, space)
        grid.addWidget(self.mistake, 1 + len(self.spaces), NAME, 1, len(TITLES))
        self.section.setLayout(grid)
        self.show_spaces(list(self.spaces.values()))
        self.show_racer(self._racer)
        self.show_found(None)

    def leave(self) -> None:
        """Delete the rows."""
        self.section.hide()
        self.section.deleteLater()

    def _add_row(self, grid: QGridLayout, row: int, space: SpaceChoice) -> None:
        name, who = space.name, self._racer.name
        switch, scale = QCheckBox(name), TextButton("", "flat")
        switch.setAccessibleName(f"Search {name} of {who}")
        switch.toggled.connect(lambda on: self._change(name, tuned=on))
        scale.setToolTip("Even on a log scale, or between the ends")
        scale.setAccessibleName(f"Scale of {name} of {who}")
        scale.clicked.connect(partial(self._switch_scale, name))
        self.switches[name], self.scales[name] = switch, scale
        self.ends[name] = (
            self._end(f"The least {name} of {who}", name),
            self._end(f"The largest {name} of {who}", name),
        )
        for labels in (self._now, self._best, self._factor):
            labels[name] = QLabel()
        low, high = self.ends[name]
        columns = {NAME: switch, LOW: low, TO: QLabel("to"), HIGH: high, SCALE: scale, NOW: self._now[name],
                   BEST: self._best[name], FACTOR: self._factor[name]}  # fmt: skip
        for column, widget in columns.items():
            grid.addWidget(widget, row, column)

    def _end(self, subject: str, name: str) -> NumberField:
        field = NumberField(subject, END_PX, "{:.5g}".format, keeps_refused=True)
        for signal in (field.entered, field.refused):
            signal.connect(lambda *_: self._take_ends(name))
        return field

    def show_spaces(self, spaces: list[SpaceChoice]) -> None:
        """Show what is searched."""
        self.spaces = {space.name: space for space in spaces}
        for name, space in self.spaces.items():
            switch = self.switches[name]
            switch.blockSignals(True)
            switch.setChecked(space.tuned)
            switch.blockSignals(False)
            self.scales[name].setText(space.scale)
            for field, end in zip(self.ends[name], (space.low, space.high), strict=True):
                field.show_value(end)
                field.setEnabled(space.tuned)
            self.scales[name].setEnabled(space.tuned)

    def show_racer(self, racer: RacerChoice) -> None:
        """Show the values of now."""
        self._racer = racer
        for name, label in self._now.items():
            label.setText(number_text(racer.values[name]))
        self._show_use()

    def show_found(self, tuned: TunedRacer | None) -> None:
        """Show the best that was found, or that nothing was."""
        self.tuned = tuned
        self.loss_now.setText("" if tuned is None else f"loss {number_text(loss_before(tuned))}")
        self.loss_best.setText("" if tuned is None else f"<b>loss {number_text(tuned.loss)}</b>")
        factors = {} if tuned is None else {curve.name: curve.factor for curve in tuned.curves}
        for name, label in self._best.items():
            best = None if tuned is None else tuned.settings.get(name)
            label.setText("" if best is None else f"<b>{number_text(best)}</b>")
            self._factor[name].setText(factor_text(factors[name]) if name in factors else "")
        self._show_use()

    def _show_use(self) -> None:
        self.use.setVisible(self.tuned is not None)
        if self.tuned is not None:
            used = all(self._racer.values.get(name) == value for name, value in self.tuned.settings.items())
            self.use.setText(USED if used else USE)
            self.use.setEnabled(not used)

    def _use(self) -> None:
        if self.tuned is not None:
            self.used.emit(self.key, dict(self.tuned.settings))

    def _change(self, name: str, **changes: object) -> None:
        """Search something else, unless it cannot be searched."""
        changed = replace(self.spaces[name], **changes)  # type: ignore[arg-type]
        mistake = range_mistake(changed.low, changed.high, changed.scale == "log")
        self.mistake.say(f"{name}: {mistake}" if mistake else "")
        if mistake:
            self.show_spaces(list(self.spaces.values()))
        elif changed != self.spaces[name]:
            self.changed.emit(changed)

    def _switch_scale(self, name: str) -> None:
        self._change(name, scale="linear" if self.spaces[name].scale == "log" else "log")

    def _take_ends(self, name: str) -> None:
        low, high = self.ends[name]
        mistake = low.mistake or high.mistake
        if mistake:
            self.mistake.say(mistake)
        else:
            self._change(name, low=low.value, high=high.value)


def number_text(number: float) -> str:
    """Return a number as the window writes it; infinity is what a diverged run reaches."""
    return plain_text(number, DIGITS) if math.isfinite(number) else "diverged"


def factor_text(factor: float) -> str:
    """Return how much a value may be off, in words."""
    return f"a factor of {factor:.3g}" if math.isfinite(factor) else "no factor from 0"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
