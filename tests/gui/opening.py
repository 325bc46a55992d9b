"""Actions of tests that open a Python file in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from gui.window.function_opening import RUN
from gui.window.main_window import MainWindow


def press(word: str) -> list[str]:
    """Press a button of the dialog that opens next; return a list that then contains the dialog's text."""
    said: list[str] = []

    def when_open() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, when_open)
            return
        said.append(box.text())
        next(button for button in box.findChildren(QPushButton) if button.text().replace("&", "") == word).click()

    QTimer.singleShot(20, when_open)
    return said


def open_file(window: MainWindow, monkeypatch: pytest.MonkeyPatch, path: Path, word: str = RUN) -> str:
    """Choose a file in the dialog and press a button of the warning; return the warning's text."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    said = press(word)
    window.function_opening.choose()
    return said[0]
