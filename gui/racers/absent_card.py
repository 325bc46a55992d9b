"""The card of a racer that cannot race: the file of its function was not run since the program was started."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from gui.session.choices import RacerChoice
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton

DOT_PX, GAP_PX = 18, 8
ABSENT = "Absent: {} was not run. A Python file is a program."
RUN = "Run it"


class AbsentCard(QFrame):
    """What is known of the racer.  `run_asked` tells the place of its function, `remove_asked` its key."""

    run_asked = Signal(object)
    remove_asked = Signal(int)

    def __init__(self, choice: RacerChoice) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(f"Absent: {choice.name}")
        self.key, self.place = choice.key, choice.place
        dot = QLabel()
        dot.setFixedSize(DOT_PX, DOT_PX)
        dot.setStyleSheet(f"border: 2px solid {choice.colour}; border-radius: {DOT_PX // 2}px;")
        self.name = ElidedLabel(choice.name)
        self.name.setObjectName("muted")
        self.message = QLabel(ABSENT.format(self.place.label))
        self.message.setObjectName("muted")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setToolTip(self.place.path)
        self.run = QToolButton(text=RUN)
        self.run.setObjectName("offer")
        self.run.setAccessibleName(f"{RUN}: {choice.name}")
        self.run.clicked.connect(lambda: self.run_asked.emit(self.place))
        remove = IconButton("remove", "Remove", lambda: self.remove_asked.emit(self.key))
        remove.setAccessibleName(f"Remove: {choice.name}")
        head = QHBoxLayout()
        head.setSpacing(GAP_PX)
        head.addWidget(dot)
        head.addWidget(self.name, 1)
        head.addWidget(self.run)
        head.addWidget(remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.message)

    def tell(self, sentence: str) -> None:
        """Say why it cannot race."""
        self.message.setText(sentence)
        self.message.setObjectName("error")
        self.message.style().polish(self.message)
