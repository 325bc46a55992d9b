"""The sliders of a data set: the settings that it is made from, and how many rows a step learns from."""

from __future__ import annotations

from PySide6.QtCore import Signal

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData
from engine.language.number_spec import NumberSpec
from gui.landscape.data.scale_switch import ScaleSwitch
from gui.session.landscape_data import row_count
from gui.session.saved_landscape import DataSet
from gui.session.session import Session
from gui.widgets.numbers.slider_grid import SliderGrid
from gui.widgets.numbers.value_slider import ValueSlider

MOST_A_ROW = 4
BATCH = "batch"
BATCH_TIP = "rows that each step learns from; at the right end, all"


class DataSliders(SliderGrid):
    """One slider for each setting, and one for mini-batches; hidden for a loss without data.

    Attributes
    ----------
    refused : signal of str
        Why a typed number cannot be, in a sentence.
    """

    refused = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(MOST_A_ROW)
        self.session = session
        self._rows = 0.0
        self.scale = ScaleSwitch(session)
        session.landscape_chosen.connect(self._follow)
        session.data_changed.connect(self._follow_rows)
        session.batch_changed.connect(self._follow_batch)
        self._follow()

    def _follow(self) -> None:
        """Show the sliders of the present data set."""
        data = self.session.data
        for slider in self.sliders.values():
            slider.hide()
            slider.deleteLater()
        self.sliders = {}
        if data is not None:
            if isinstance(data, MadeData):
                for setting in GENERATORS[data.name].settings:
                    self._add(setting.name, self._made(setting, data))
            self._add(BATCH, self._made_batch(data))
        self.arrange()
        self.setVisible(data is not None)

    def arrange(self) -> None:
        """Lay out all sliders, and the switch of the columns' scale after them."""
        super().arrange()
        self.put(self.scale, len(self.sliders))

    def _add(self, name: str, slider: ValueSlider) -> None:
        self.sliders[name] = slider
        slider.refused.connect(self.refused)

    def _made(self, setting: NumberSpec, data: MadeData) -> ValueSlider:
        value = data.settings.get(setting.name, setting.default)
        slider = ValueSlider(setting, value, held=True)
        slider.changed.connect(lambda new: self.session.set_data_setting(setting.name, new))
        return slider

    def _made_batch(self, data: DataSet) -> ValueSlider:
        rows = self._rows = float(row_count(data))
        spec = NumberSpec(BATCH, rows, 1.0, rows, scale="log", unit="rows", help=BATCH_TIP, whole=True)
        slider = ValueSlider(spec, float(min(self.session.batch or rows, rows)), held=True)
        slider.changed.connect(lambda size: self.session.set_batch(None if size == rows else int(size)))
        return slider

    def _follow_batch(self) -> None:
        if BATCH in self.sliders:
            self.sliders[BATCH].show_value(min(float(self.session.batch or self._rows), self._rows))

    def _follow_rows(self) -> None:
        """Show settings that were set elsewhere; make the slider of batches anew for another number of rows."""
        data, before = self.session.data, self.sliders.get(BATCH)
        for setting in GENERATORS[data.name].settings if isinstance(data, MadeData) else ():
            if isinstance(data, MadeData) and setting.name in self.sliders:
                self.sliders[setting.name].show_value(data.settings.get(setting.name, setting.default))
        if data is None or before is None or row_count(data) == self._rows:
            return
        before.hide()
        before.deleteLater()
        self._add(BATCH, self._made_batch(data))
        self.arrange()
