"""Fields for whole numbers in the windows of studies, each beneath its name, and a line that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.widgets.numbers.number_field import NumberField

FIELD_PX, NAME_GAP_PX = 84, 2


def count_field(subject: str, most: int, take: Callable[[int], object], tip: str = "", unit: str = "") -> NumberField:
    """Return a field for a whole number from 1 to `most`, which is handed to `take`."""
    field = NumberField(subject, FIELD_PX, "{:.0f}".format, whole=True, limits=lambda: (1.0, float(most)), unit=unit)
    field.setToolTip(tip or subject)
    field.entered.connect(lambda value: take(round(value)))
    return field


def beneath(name: str, control: QWidget) -> QWidget:
    """Return a control beneath its name, which can be hidden together."""
    holder, label = QWidget(), QLabel(name)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    label.setObjectName("muted")
    label.setBuddy(control)
    column.setSpacing(NAME_GAP_PX)
    column.addWidget(label)
    column.addWidget(control)
    return holder


def row_of(*columns: QWidget) -> QHBoxLayout:
    """Return columns side by side."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for column in columns:
        row.addWidget(column)
    row.addStretch(1)
    return row


class Mistake(QLabel):
    """A line that says what is wrong; hidden while nothing is.

    Parameters
    ----------
    keeps_room : bool
        Whether the room of a line stays free while it is hidden, so that nothing beside it changes its size.
    """

    def __init__(self, keeps_room: bool = False) -> None:
        super().__init__()
        self.setObjectName("error")
        self.setWordWrap(True)
        if keeps_room:
            policy = self.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            self.setSizePolicy(policy)
            self.setMinimumHeight(self.fontMetrics().lineSpacing())
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, or with "" none."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
