"""The field in the rule panel's head that asks under which name a rule is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.files.optimizer_library import OptimizerLibrary
from gui.files.records.saved_entries import LONGEST_NAME
from gui.look.theme import SPACING_PX

FIELD_WIDTH_PX = 180


class RuleSaving(QWidget):
    """A field for a name.  `ended` is emitted with the name, or with "" where saving was cancelled."""

    ended = Signal(str)

    def __init__(self, optimizer_library: OptimizerLibrary) -> None:
        super().__init__()
        self._optimizer_library = optimizer_library
        self.field = QLineEdit()
        self.field.setAccessibleName("Name of the saved optimizer")
        self.field.setPlaceholderText("Name")
        self.field.setFixedWidth(FIELD_WIDTH_PX)
        self.field.setMaxLength(LONGEST_NAME)
        self.save, self.cancel = QPushButton("Save"), QPushButton("Cancel")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING_PX)
        for widget in (self.field, self.save, self.cancel):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._show_effect)
        self.field.returnPressed.connect(self._end)
        self.save.clicked.connect(self._end)
        self.cancel.clicked.connect(lambda: self.ended.emit(""))
        self.hide()

    def begin(self, name: str) -> None:
        """Ask for a name, with `name` as the proposal."""
        self.field.setText(name)
        self._show_effect(name)
        self.field.selectAll()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit("")
        else:
            super().keyPressEvent(event)

    def _show_effect(self, text: str) -> None:
        """Show on the button what saving under this name does."""
        taken = self._optimizer_library.find(text.strip()) is not None
        self.save.setText("Replace" if taken else "Save")
        self.save.setToolTip("You have an optimizer of this name: this one replaces it" if taken else "")
        self.save.setEnabled(bool(text.strip()))

    def _end(self) -> None:
        if self.field.text().strip():
            self.ended.emit(self.field.text().strip())
