"""The offer of lessons at the first start; it stands beside the views, and goes for good once it is declined."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gui.look.theme import SPACING_PX

MARGIN_PX = 14
TITLE = "New here?"
WORDS = (
    "Ten short scenes tell what Adam is made of, and why. Each plays by itself, stops, and asks what you expect; then"
    " the race answers. What is in the window now comes back afterwards."
)
LATER = "They are always found under Help > Lessons."
BEGIN, DECLINE = "Begin", "No, thank you"


class LessonOffer(QFrame):
    """What lessons are, with `begin` and `decline`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson")
        self.setAccessibleName("Offer of lessons")
        self.begin, self.decline = QPushButton(BEGIN), QPushButton(DECLINE)
        self.begin.setObjectName("accent")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, SPACING_PX)
        column.setSpacing(SPACING_PX)
        for text, name in ((TITLE, "title"), (WORDS, ""), (LATER, "muted")):
            label = QLabel(text)
            label.setObjectName(name)
            label.setWordWrap(True)
            column.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(self.decline)
        row.addStretch()
        row.addWidget(self.begin)
        column.addSpacing(SPACING_PX)
        column.addLayout(row)
        column.addStretch()
