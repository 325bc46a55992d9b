"""The controls of the maps of settings: what is shown, of whom, for how many steps, and over which axes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.session.session import Session
from gui.session.study_choices import MAP_KINDS, MOST_STEPS, AxisChoice
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.segments import Segments
from gui.widgets.wheel import ChoiceBox
from gui.window.studies.fields import FIELD_PX, beneath, count_field, row_of
from gui.window.studies.settings_map.axis_row import AxisRow
from gui.window.studies.settings_map.numbers import Number

MAP, CURVE = MAP_KINDS
KIND_TIPS = {MAP: "Two settings of one racer", CURVE: "One setting of every racer: the loss that is reached"}
RESULT_TIPS = {
    "loss": "The loss that is reached",
    "steps": "The steps to the goal",
    "escape": "The step at which racers left the finite numbers",
}


class MapControls(QWidget):
    """The controls.  `refused` is emitted with what is wrong, or with ""."""

    refused = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        choose, choice = session.set_settings_map, session.settings_map
        self.kind, self.result = (
            Segments("Kind", KIND_TIPS, choice.kind),
            Segments("Colour", RESULT_TIPS, choice.result),
        )
        self.racer = ChoiceBox()
        self.racer.setAccessibleName("Racer of the map")
        self.steps = count_field("The number of steps", MOST_STEPS, lambda n: choose(steps=n), "Steps of each racer")
        self.goal = NumberField("The goal", FIELD_PX)
        self.goal.setToolTip("The loss to which steps are counted")
        self.axes = AxisRow("x"), AxisRow("y")
        self.kind.chosen.connect(lambda kind: choose(kind=kind))
        self.result.chosen.connect(lambda result: choose(result=result))
        self.racer.activated.connect(lambda _: choose(racer=self.racer.currentText(), axes=()))
        self.goal.entered.connect(lambda goal: choose(goal=goal))
        for field in (self.steps, self.goal):
            field.refused.connect(self.refused)
        for place, row in enumerate(self.axes):
            row.refused.connect(self.refused)
            row.chosen.connect(lambda axis, place=place: self._choose_axis(place, axis))
        self._shown: tuple[AxisChoice, ...] = ()
        self._arrange()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._of_maps = beneath("Racer", self.racer), beneath("Colour", self.result), beneath("Goal", self.goal)
        racer, colour, goal = self._of_maps
        layout.addLayout(row_of(beneath("Show", self.kind), racer, colour, goal, beneath("Steps", self.steps)))
        for row in self.axes:
            layout.addWidget(row)

    def show_choice(self, racer: str, axes: tuple[AxisChoice, ...], numbers: Mapping[str, Number]) -> None:
        """Show what is chosen, with the axes that are drawn."""
        choice = self._session.settings_map
        is_map = choice.kind == MAP
        self.kind.show_choice(choice.kind)
        self.result.show_choice(choice.result)
        names = [racer.name for racer in self._session.racers]
        if [self.racer.itemText(row) for row in range(self.racer.count())] != names:
            self.racer.clear()
            self.racer.addItems(names)
        self.racer.setCurrentText(racer)
        self.steps.show_value(choice.steps)
        for row, axis in zip(self.axes, axes, strict=False):
            row.show_axis(axis, numbers)
        self.axes[1].setVisible(is_map and len(axes) > 1)
        for part in self._of_maps:
            part.setVisible(is_map)
        self._shown = axes

    def show_goal(self, goal: float) -> None:
        """Show to which loss steps were counted."""
        self.goal.show_value(goal)

    def _choose_axis(self, place: int, axis: AxisChoice) -> None:
        """Choose an axis; where the other one was that number, they change places."""
        axes = list(self._shown)
        other = 1 - place
        if len(axes) > other and axes[other].name == axis.name:
            axes[other] = axes[place]
        axes[place] = axis
        self._session.set_settings_map(axes=tuple(axes))
