"""Sliders of a racer's hyperparameters; the first ones are always visible, a button unfolds the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.language.number_spec import NumberSpec
from gui.session.session import Session
from gui.widgets.link_button import LinkButton
from gui.widgets.numbers.value_slider import ValueSlider

SHOWN_FIRST = 2
"""The number of hyperparameters that are always visible."""
GAP_PX = 4


class RacerSliders(QWidget):
    """A slider for each hyperparameter.  `refused` is emitted with a sentence about a text that is no number, or "".

    Folded sliders are made when they are first unfolded: most never are, and they would be most of a card's widgets.
    """

    refused = Signal(str)

    def __init__(self, session: Session, key: int) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._specs: tuple[NumberSpec, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_PX)
        self._made: dict[str, ValueSlider] = {}
        self.more = MoreButton()
        self.more.toggled_open.connect(self._fold)
        self._column.addWidget(self.more)
        session.hyperparameter_changed.connect(self._follow)
        session.ranges_changed.connect(self._follow_ranges)
        self.hide()

    @property
    def sliders(self) -> dict[str, ValueSlider]:
        """The sliders of all hyperparameters, by their names; reading this makes the folded ones too."""
        self._make(len(self._specs))
        self._fold(self.more.opened)
        return dict(self._made)

    def show_specs(self, specs: Sequence[NumberSpec]) -> None:
        """Show a slider for each of `specs` at the racer's value, instead of the present sliders."""
        if tuple(specs) == self._specs:
            self._follow_all()
            return
        self._specs = tuple(specs)
        for slider in self._made.values():
            self._column.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        self._made = {}
        self._make(SHOWN_FIRST)
        self.more.fold([spec.name for spec in specs[SHOWN_FIRST:]])
        self.setVisible(bool(specs))

    def _make(self, count: int) -> None:
        """Make the first `count` sliders that do not exist."""
        for number, spec in enumerate(self._specs[:count]):
            if spec.name not in self._made:
                self._made[spec.name] = self._slider(spec)
                self._column.insertWidget(number, self._made[spec.name])

    def _fold(self, opened: bool) -> None:
        """Show all sliders, or the first ones alone."""
        if opened:
            self._make(len(self._specs))
        for slider in list(self._made.values())[SHOWN_FIRST:]:
            slider.setVisible(opened)

    def _slider(self, spec: NumberSpec) -> ValueSlider:
        session, key = self._session, self._key
        racer = session.racer(key)
        slider = ValueSlider(spec, racer.values.get(spec.name, spec.default), racer.ranges.get(spec.name))
        slider.range_changed.connect(lambda *ends: session.set_hyperparameter_range(key, spec.name, *ends))
        slider.changed.connect(lambda value: self._set(spec.name, value))
        slider.refused.connect(self.refused)
        return slider

    def _set(self, name: str, value: float) -> None:
        self.refused.emit("")
        self._session.set_hyperparameter(self._key, name, value)

    def _follow(self, key: int, name: str, value: float) -> None:
        """Show a value that was set elsewhere in the window."""
        if key == self._key and name in self._made:
            self._made[name].show_value(value)

    def _follow_all(self) -> None:
        self._follow_ranges()
        values = self._session.racer(self._key).values
        for name, slider in self._made.items():
            slider.show_value(values.get(name, slider.value))

    def _follow_ranges(self) -> None:
        """Show the ends that were set elsewhere in the window; the racer may be gone, before its card is."""
        for racer in self._session.racers:
            if racer.key == self._key:
                for name, slider in self._made.items():
                    slider.show_ends(racer.ranges.get(name))


class MoreButton(LinkButton):
    """The button that unfolds and folds sliders, with their names on it; hidden where there are none.

    `toggled_open` is emitted with whether they are unfolded now.
    """

    toggled_open = Signal(bool)

    def __init__(self) -> None:
        super().__init__("more")
        self._names: Sequence[str] = ()
        self.opened = False
        self.clicked.connect(lambda: self.open(not self.opened))

    def fold(self, names: Sequence[str]) -> None:
        """Take the names of the sliders; what was unfolded stays unfolded."""
        self._names = names
        self.setVisible(bool(names))
        self.open(self.opened and bool(names))

    def open(self, opened: bool) -> None:
        """Unfold, or fold."""
        self.opened = opened
        self.toggled_open.emit(opened)
        self.show_icon("fewer" if opened else "more")
        self.setText("fewer" if opened else ", ".join(self._names))
        self.setToolTip("Fewer hyperparameters" if opened else "More hyperparameters")
