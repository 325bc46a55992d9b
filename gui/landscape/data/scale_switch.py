"""A check box that standardises the columns that the formula reads, and gives it back as it was."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from engine.data.rows import TableData
from engine.data.scaling import is_standardised, standardised
from gui.landscape.data.scale_words import STANDARDISE, WHY
from gui.session.session import Session
from gui.session.table_models import model_scaled_otherwise, text_scaled_otherwise


class ScaleSwitch(QCheckBox):
    """Hidden for a loss that does not run over columns of a file, or reads none of them."""

    def __init__(self, session: Session) -> None:
        super().__init__("standardise the columns")
        self.setAccessibleName("Standardise the columns")
        self.setToolTip(f"{STANDARDISE.capitalize()}. {WHY}\nUncheck it for the formula as it was.")
        self._session = session
        self.toggled.connect(self._take)
        session.formula_changed.connect(self.follow)
        session.landscape_chosen.connect(self.follow)
        self.follow()

    @property
    def is_wanted(self) -> bool:
        """Whether the formula reads a column of a file that can be standardised."""
        data, text = self._session.data, self._session.formula
        return isinstance(data, TableData) and (is_standardised(text, data.names) or self._scaled != text)

    @property
    def _scaled(self) -> str:
        data, text = self._session.data, self._session.formula
        return standardised(text, data.names[:-1]) if isinstance(data, TableData) else text

    def follow(self) -> None:
        """Show whether the formula standardises the columns."""
        data = self._session.data
        self.blockSignals(True)
        self.setChecked(isinstance(data, TableData) and is_standardised(self._session.formula, data.names))
        self.blockSignals(False)
        self.setVisible(self.is_wanted)

    def _take(self, checked: bool) -> None:
        data, text = self._session.data, self._session.formula
        if not isinstance(data, TableData) or is_standardised(text, data.names) == checked:
            return
        model = model_scaled_otherwise(data, text)
        if model is not None:
            self._session.choose(model)
        else:
            self._session.set_formula(text_scaled_otherwise(data, text))
