"""The popover that asks for the name and the note of a saved landscape, and says why a name is refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.widgets.popover import Popover

WIDTH_PX, MARGIN_PX, GAP_PX = 320, 12, 8


class LandscapeForm(Popover):
    """Two fields.  `written` is emitted with a name and a note.

    Parameters
    ----------
    owner : QWidget
    heading, name, note : str
        The heading, and the texts with which the fields begin.
    mistake_in : callable
        Returns why a name is refused, as a sentence, or "".
    """

    written = Signal(str, str)

    def __init__(self, owner: QWidget, heading: str, name: str, note: str, mistake_in: Callable[[str], str]) -> None:
        super().__init__(owner)
        self.setFixedWidth(WIDTH_PX)
        self._mistake_in = mistake_in
        title = QLabel(heading)
        title.setObjectName("heading")
        self.name = self._field("Name", name)
        self.note = self._field("What it teaches, in a sentence", note)
        self.message = QLabel()
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.message.hide()
        self.keep = QPushButton("Save")
        self.keep.clicked.connect(self._write)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        for part in (title, self.name, self.message, self.note, self.keep):
            layout.addWidget(part)

    def _field(self, name: str, text: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setObjectName("wide")
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.returnPressed.connect(self._write)
        return field

    def _write(self) -> None:
        name, note = self.name.text().strip(), self.note.text().strip()
        sentence = self._mistake_in(name)
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.take_room()
        if not sentence:
            self.written.emit(name, note)
            self.close()
