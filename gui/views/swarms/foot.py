"""What stands beneath the swarms: a switch for respawning, how many members began anew, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.look.theme import SPACING_PX

RESPAWN = "Respawn starts that have arrived or left"
RESPAWN_TIP = (
    "Starts that have come to rest or left begin anew, drawn at random from what was visible when they were released"
)
RESPAWNED = "{:,} began anew."


class SwarmFoot(QWidget):
    """The row; `respawn_chosen` is emitted when a person turns the switch."""

    respawn_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Swarms")
        self.respawn, self.note = QCheckBox(RESPAWN), QLabel()
        self.respawn.setToolTip(RESPAWN_TIP)
        self.respawn.setAccessibleName("Respawn members of swarms")
        self.respawn.clicked.connect(self.respawn_chosen)
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING_PX, 2, SPACING_PX, 2)
        layout.setSpacing(2 * SPACING_PX)
        layout.addWidget(self.respawn)
        layout.addWidget(self.note, 1)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the row, of which the note may take several lines."""
        return self._row.totalHeightForWidth(width)

    def show_note(self, respawn: bool, respawned: int, sentence: str) -> bool:
        """Show whether members respawn, how many did, and a sentence; return whether the room for it may differ."""
        self.respawn.setChecked(respawn)
        words = " ".join(part for part in (RESPAWNED.format(respawned) if respawned else "", sentence) if part)
        if words == self.note.text():
            return False
        self.note.setText(words)
        return True
