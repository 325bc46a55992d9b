"""The card of a racer that cannot race, because the file of its function has not been run since the program started."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.session.choices import RacerChoice
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from gui.widgets.text_button import TextButton

DOT_PX, GAP_PX = 18, 8
ABSENT = "{} was not run, because a Python file is a program. Run it if you trust it."
RUN = "Run it"


class AbsentCard(QFrame):
    """A racer's name, the place of its function, and two buttons.

    `run_asked` is emitted with the place of the function that is to be run, `remove_asked` with the racer's key.
    """

    run_asked = Signal(object)
    remove_asked = Signal(int)

    def __init__(self, choice: RacerChoice, theme: Theme) -> None:
        super().__init__()
        place = choice.place
        if place is None:
            raise ValueError(f"{choice.name} runs no function, so it cannot be absent.")
        self.setObjectName("card")
        self.setAccessibleName(f"Absent: {choice.name}")
        self.key, self.place = choice.key, place
        self.dot = QLabel()
        self.dot.setFixedSize(DOT_PX, DOT_PX)
        self._colour = choice.colour
        self.set_theme(theme)
        self.name = ElidedLabel(choice.name)
        self.name.setObjectName("muted")
        self.message = QLabel(ABSENT.format(place.label))
        self.message.setObjectName("muted")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setToolTip(place.path)
        self.run = TextButton(RUN, "offer")
        self.run.setAccessibleName(f"{RUN}: {choice.name}")
        self.run.clicked.connect(lambda: self.run_asked.emit(place))
        self.remove = IconButton("remove", "Remove", lambda: self.remove_asked.emit(self.key))
        self.remove.setAccessibleName(f"Remove: {choice.name}")
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        colour = drawn_colour(self._colour, theme)
        self.dot.setStyleSheet(f"border: 2px solid {colour}; border-radius: {DOT_PX // 2}px;")

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_PX)
        head.addWidget(self.dot)
        head.addWidget(self.name, 1)
        head.addWidget(self.run)
        head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.message)

    def show_message(self, sentence: str) -> None:
        """Show why the racer cannot race."""
        self.message.setText(sentence)
        self.message.setObjectName("error")
        self.message.style().polish(self.message)
