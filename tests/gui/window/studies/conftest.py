"""Every study is closed after a test, so that the main window is the active one again."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog

from gui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def closed_afterwards(window: MainWindow) -> Iterator[None]:
    yield
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.activateWindow()
