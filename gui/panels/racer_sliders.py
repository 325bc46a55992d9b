"""Some hyperparameters of a racer as sliders: the first ones are always visible, the others fold up beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.optimizers import Hyperparameter
from gui.panels.link_button import LinkButton
from gui.panels.value_slider import ValueSlider
from gui.session import Session

SHOWN_FIRST = 2
"""Hyperparameters that are always visible; the others open beneath."""
GAP_PX = 4


class RacerSliders(QWidget):
    """A slider a hyperparameter.  `told` brings a sentence about a number that is none, and "" once there is one."""

    told = Signal(str)

    def __init__(self, session: Session, key: int) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._rows: tuple[Hyperparameter, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_PX)
        self.sliders: dict[str, ValueSlider] = {}
        self.more = MoreButton()
        self._column.addWidget(self.more)
        session.hyperparameter_changed.connect(self._follow)
        self.hide()

    def show_rows(self, rows: Sequence[Hyperparameter]) -> None:
        """Have a slider for each of `rows`, in the place of those that there are, at what is set."""
        if tuple(rows) == self._rows:
            self._follow_all()
            return
        self._rows = tuple(rows)
        for slider in self.sliders.values():
            self._column.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        self.sliders = {row.name: self._made(row) for row in rows}
        for number, slider in enumerate(self.sliders.values()):
            self._column.insertWidget(number, slider)
        self.more.fold(list(self.sliders)[SHOWN_FIRST:], list(self.sliders.values())[SHOWN_FIRST:])
        self.setVisible(bool(rows))

    def _made(self, row: Hyperparameter) -> ValueSlider:
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
        if key == self._key and name in self.sliders:
            self.sliders[name].show_value(value)

    def _follow_all(self) -> None:
        values = self._session.racer(self._key).values
        for name, slider in self.sliders.items():
            slider.show_value(values.get(name, slider.value))


class MoreButton(LinkButton):
    """Opens and folds up what is shown only on demand, and names it; hidden where there is nothing more."""

    def __init__(self) -> None:
        super().__init__("more")
        self._names: Sequence[str] = ()
        self._widgets: Sequence[QWidget] = ()
        self._opened = False
        self.clicked.connect(lambda: self.open(not self._opened))

    def fold(self, names: Sequence[str], widgets: Sequence[QWidget]) -> None:
        """Stand for these from now on; what was open stays open."""
        self._names, self._widgets = names, widgets
        self.setVisible(bool(names))
        self.open(self._opened and bool(names))

    def open(self, opened: bool) -> None:
        """Open, or fold up."""
        self._opened = opened
        for widget in self._widgets:
            widget.setVisible(opened)
        self.show_icon("fewer" if opened else "more")
        self.setText("fewer" if opened else ", ".join(self._names))
        self.setToolTip("Fewer hyperparameters" if opened else "More hyperparameters")
