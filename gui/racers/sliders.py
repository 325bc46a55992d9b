"""Some hyperparameters of a racer as sliders: the first ones are always visible, the others fold up beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.language.number_spec import NumberSpec
from gui.session.session import Session
from gui.widgets.link_button import LinkButton
from gui.widgets.numbers.value_slider import ValueSlider

SHOWN_FIRST = 2
"""Hyperparameters that are always visible; the others open beneath."""
GAP_PX = 4


class RacerSliders(QWidget):
    """A slider a hyperparameter.  `told` brings a sentence about a number that is none, and "" once there is one.

    Those that are folded up are made when they are first wanted: most never are, and they are most of a card.
    """

    told = Signal(str)

    def __init__(self, session: Session, key: int) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._rows: tuple[NumberSpec, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_PX)
        self._made: dict[str, ValueSlider] = {}
        self.more = MoreButton()
        self.more.turned.connect(self._fold)
        self._column.addWidget(self.more)
        session.hyperparameter_changed.connect(self._follow)
        self.hide()

    @property
    def sliders(self) -> dict[str, ValueSlider]:
        """The sliders of all hyperparameters, by their names; those that are folded up are made for it."""
        self._make(len(self._rows))
        self._fold(self.more.opened)
        return dict(self._made)

    def show_rows(self, rows: Sequence[NumberSpec]) -> None:
        """Have a slider for each of `rows`, in the place of those that there are, at what is set."""
        if tuple(rows) == self._rows:
            self._follow_all()
            return
        self._rows = tuple(rows)
        for slider in self._made.values():
            self._column.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        self._made = {}
        self._make(SHOWN_FIRST)
        self.more.fold([row.name for row in rows[SHOWN_FIRST:]])
        self.setVisible(bool(rows))

    def _make(self, count: int) -> None:
        """Have the first `count` sliders made."""
        for number, row in enumerate(self._rows[:count]):
            if row.name not in self._made:
                self._made[row.name] = self._slider(row)
                self._column.insertWidget(number, self._made[row.name])

    def _fold(self, opened: bool) -> None:
        """Show all sliders, or the first ones alone."""
        if opened:
            self._make(len(self._rows))
        for slider in list(self._made.values())[SHOWN_FIRST:]:
            slider.setVisible(opened)

    def _slider(self, row: NumberSpec) -> ValueSlider:
        session, key = self._session, self._key
        racer = session.racer(key)
        slider = ValueSlider(row, racer.values.get(row.name, row.default), racer.ranges.get(row.name))
        slider.range_changed.connect(lambda *ends: session.set_hyperparameter_range(key, row.name, *ends))
        slider.changed.connect(lambda value: self._set(row.name, value))
        slider.refused.connect(self.told)
        return slider

    def _set(self, name: str, value: float) -> None:
        self.told.emit("")
        self._session.set_hyperparameter(self._key, name, value)

    def _follow(self, key: int, name: str, value: float) -> None:
        """Show a value that was set elsewhere."""
        if key == self._key and name in self._made:
            self._made[name].show_value(value)

    def _follow_all(self) -> None:
        values = self._session.racer(self._key).values
        for name, slider in self._made.items():
            slider.show_value(values.get(name, slider.value))


class MoreButton(LinkButton):
    """Opens and folds up what is shown only on demand, and names it; hidden where there is nothing more.

    `turned` tells whether it is open now.
    """

    turned = Signal(bool)

    def __init__(self) -> None:
        super().__init__("more")
        self._names: Sequence[str] = ()
        self.opened = False
        self.clicked.connect(lambda: self.open(not self.opened))

    def fold(self, names: Sequence[str]) -> None:
        """Stand for these from now on; what was open stays open."""
        self._names = names
        self.setVisible(bool(names))
        self.open(self.opened and bool(names))

    def open(self, opened: bool) -> None:
        """Open, or fold up."""
        self.opened = opened
        self.turned.emit(opened)
        self.show_icon("fewer" if opened else "more")
        self.setText("fewer" if opened else ", ".join(self._names))
        self.setToolTip("Fewer hyperparameters" if opened else "More hyperparameters")
