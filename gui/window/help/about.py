"""What the program is, and the versions of what it is made of, to be copied into a report."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.window.help.versions import VERSION, version_lines

WORDS = "Type a loss function, see it as a landscape, and race optimizers down it. Free software under the MIT license."


class About(QDialog):
    """The name, the purpose and the license of the program, and the versions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Descent Derby")
        name = QLabel(f"Descent Derby {VERSION}")
        name.setObjectName("title")
        words = QLabel(WORDS)
        words.setWordWrap(True)
        self.versions = QLabel("\n".join([*version_lines()[1:], f"Qt {qVersion()}"]))
        self.versions.setObjectName("muted")
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = QPushButton("Copy the versions")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{name.text()}\n{self.versions.text()}"))
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        for widget in (name, words, self.versions):
            layout.addWidget(widget)
        layout.addLayout(buttons)


def open_about(window: QWidget) -> About:
    """Show what the program is; return the dialog."""
    about = About(window)
    about.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    about.open()
    return about
