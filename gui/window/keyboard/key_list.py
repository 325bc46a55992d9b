"""The list of what every key does."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.background.busy_sign import busy
from gui.look.theme import FRAME_PX

WIDTH_PX, BAR_PX = 640, 14
PAIRS = 2
"""Columns of actions with their keys: a single one would be higher than a screen."""


class KeyboardList(QDialog):
    """Actions with their keys, and below them how the views are used."""

    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]], views: Sequence[QWidget]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        page = QScrollArea(widgetResizable=True)
        page.setObjectName("page")
        page.setFrameShape(QFrame.Shape.NoFrame)
        content = _rows(keys, views)
        page.setWidget(content)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(page)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        # As high as everything in it, or as the screen.
        inner, chrome = content.sizeHint(), self.sizeHint() - page.sizeHint()
        room = parent.screen().availableSize() - QSize(*FRAME_PX)
        self.resize((inner + chrome + QSize(BAR_PX, 2 * page.frameWidth())).boundedTo(room))

    def text(self) -> str:
        """Return all text of the list."""
        return "\n".join(label.text() for label in self.findChildren(QLabel))


def _rows(keys: Sequence[tuple[str, str]], views: Sequence[QWidget]) -> QWidget:
    """Return the page: the actions, then a paragraph a view."""
    page = QWidget()
    layout = QGridLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(24)
    rows = math.ceil(len(keys) / PAIRS)
    for number, (does, names) in enumerate(keys):
        pair, row = divmod(number, rows)
        key = QLabel(names)
        key.setObjectName("rank")
        layout.addWidget(QLabel(does), row, 2 * pair)
        layout.addWidget(key, row, 2 * pair + 1)
    for row, view in enumerate(views, rows):
        text = QLabel(f"{view.accessibleName()}: {view.toolTip()}.")
        text.setObjectName("muted")
        text.setWordWrap(True)
        text.setFixedWidth(WIDTH_PX)
        # A text in several lines says how high it is only for a width.
        text.ensurePolished()
        text.setFixedHeight(text.heightForWidth(WIDTH_PX))
        layout.addWidget(text, row, 0, 1, 2 * PAIRS)
    return page


def open_key_list(window: QWidget, keys: Sequence[tuple[str, str]], views: Sequence[QWidget]) -> KeyboardList:
    """Open the list of keys; return it."""
    # A hundred labels are measured before the first one is seen.
    with busy("the list of keys"):
        listed = KeyboardList(window, keys, views)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.open()
    return listed
