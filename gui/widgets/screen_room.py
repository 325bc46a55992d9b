"""The size of a window that is opened: as it is wanted, if the screen has room for it and its frame."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gui.look.theme import FRAME_PX


def within_screen(beside: QWidget, width: int, height: int) -> QSize:
    """Return the size of a window on the screen on which `beside` is, at most as wanted."""
    return QSize(width, height).boundedTo(beside.screen().availableSize() - QSize(*FRAME_PX))
