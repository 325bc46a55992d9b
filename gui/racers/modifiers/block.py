"""A modifier on a racer's card: a chip with a button that removes it, the curve of a schedule, and its sliders."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.language.errors import FormulaError
from engine.optimizers.racer_modifiers import RacerModifier
from engine.rules.modifiers.schedule import Schedule, typed_schedule
from engine.rules.modifiers.schedule_curve import curve_of
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.racers.modifiers.schedule_field import ScheduleField
from gui.racers.modifiers.schedule_line import ScheduleLine
from gui.racers.sliders import RacerSliders
from gui.session.session import Session
from gui.widgets.icon_button import IconButton
from gui.widgets.numbers.value_slider import ValueSlider

GAP_PX = 4
CROSS_PX = 20
CURVE_POINTS = 160
"""One point for every two pixels of the widest curve."""


class ModifierBlock(QWidget):
    """The modifier `number` of a racer."""

    def __init__(self, session: Session, key: int, number: int, modifier: RacerModifier, theme: Theme) -> None:
        super().__init__()
        self.word = modifier.word
        self._session, self._key, self._number, self._modifier = session, key, number, modifier
        self._delay, self._step = 0.0, 0
        self.line = ScheduleLine(drawn_colour(session.racer(key).colour, theme))
        self.formula = ScheduleField(theme) if modifier.typed else None
        self.message = QLabel()
        self.own_sliders = RacerSliders(session, key)
        self.cross = IconButton("remove", f"Remove {modifier.word}", self._remove, size=CROSS_PX)
        self._arrange()
        self.own_sliders.refused.connect(self._show_message)
        if self.formula is not None:
            self.formula.edited.connect(self._type)

    @property
    def sliders(self) -> dict[str, ValueSlider]:
        """The sliders by the names of the hyperparameters."""
        return self.own_sliders.sliders

    def show_modifier(self, modifier: RacerModifier, delay: float) -> None:
        """Show a modifier of the same word, which may have other hyperparameters.

        A schedule begins `delay` steps late where a warm-up goes before it.
        """
        self._modifier, self._delay = modifier, delay
        self.chip.setToolTip(modifier.entry.summary)
        self.own_sliders.show_specs(modifier.specs)
        if self.formula is not None and isinstance(modifier.entry, Schedule) and not self.formula.hasFocus():
            self.formula.show_formula(modifier.entry.formula.strip())
            self._show_message("")
        self.show_curve()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        if self.formula is not None:
            self.formula.set_theme(theme)

    def show_curve(self) -> None:
        """Draw the curve of a schedule with its present hyperparameters."""
        entry = self._modifier.entry
        if isinstance(entry, Schedule):
            values = self._modifier.own(self._session.racer(self._key).values)
            self.line.show_curve(curve_of(entry, values, self._delay, self._step, CURVE_POINTS))
            self.line.show_step(self._step)

    def show_step(self, step: int) -> None:
        """Put the dot at a step of the race; draw the curve again where the step is not on it."""
        curve, before = self.line.curve, self._step
        self._step = step
        if curve is not None and (step > curve.steps[-1] or step < before):
            self.show_curve()
        self.line.show_step(step)

    def _arrange(self) -> None:
        schedule = isinstance(self._modifier.entry, Schedule)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        head = QHBoxLayout()
        head.setSpacing(2 * GAP_PX)
        head.addWidget(self._make_chip())
        head.addWidget(self.line, 1)
        self.line.setVisible(schedule)
        if not schedule:
            head.addStretch(1)
        column.addLayout(head)
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.message.hide()
        for widget in filter(None, (self.formula, self.message, self.own_sliders)):
            column.addWidget(widget)

    def _make_chip(self) -> QFrame:
        self.chip = QFrame()
        self.chip.setObjectName("chip")
        self.chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self.chip)
        layout.setContentsMargins(9, 0, 2, 0)
        layout.setSpacing(GAP_PX // 2)
        layout.addWidget(QLabel(self.word))
        layout.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignVCenter)
        return self.chip

    def _remove(self) -> None:
        self._session.remove_modifier(self._key, self._number)

    def _type(self, formula: str) -> None:
        """Take a correct formula; for any other show what is wrong, while the last correct one stays in the race."""
        assert self.formula is not None
        errors: list[FormulaError] = []
        try:
            self._session.replace_modifier(self._key, self._number, typed_schedule(formula).name)
        except FormulaError as error:
            errors = [error, *error.also]
        self._show_message(str(errors[0]) if errors else "")
        self.formula.show_errors(errors)

    def _show_message(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
