"""The list of what every key does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.background.busy_sign import busy
from gui.look.theme import FRAME_PX

TEXT_PX, BAR_PX = 400, 14
COLUMN_GAP_PX, KEY_GAP_PX, ROW_GAP_PX, HEADING_GAP_PX = 40, 24, 5, 8
VIEWS_ROWS = 14
"""How many rows high the paragraphs on the views are, about."""


class KeyboardList(QDialog):
    """Actions with their keys, menu by menu, and how the views are used."""

    def __init__(self, parent: QWidget, keys: Mapping[str, Mapping[str, str]], views: Sequence[QWidget]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        page = QScrollArea(widgetResizable=True)
        page.setObjectName("page")
        page.setFrameShape(QFrame.Shape.NoFrame)
        content = _page(keys, views)
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


def _page(keys: Mapping[str, Mapping[str, str]], views: Sequence[QWidget]) -> QWidget:
    """Return the page: two columns of menus that are about as high, and beneath the lower one a paragraph a view."""
    page = QWidget()
    layout = QHBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(COLUMN_GAP_PX)
    titles = list(keys)
    half = min(range(1, len(titles)), key=lambda half: _height(keys, titles[:half], titles[half:]))
    for column, part in enumerate((titles[:half], titles[half:])):
        rows = QGridLayout()
        rows.setHorizontalSpacing(KEY_GAP_PX)
        rows.setVerticalSpacing(ROW_GAP_PX)
        for title in part:
            _add_menu(rows, title, keys[title])
        if column == 0:
            _add_views(rows, views)
        rows.setRowStretch(rows.rowCount(), 1)
        layout.addLayout(rows)
    return page


def _height(keys: Mapping[str, Mapping[str, str]], left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many rows high two columns of menus are, the first with the paragraphs beneath it."""
    left_rows, right_rows = (sum(len(keys[title]) + 1 for title in part) for part in (left, right))
    return max(left_rows + VIEWS_ROWS, right_rows)


def _add_menu(rows: QGridLayout, title: str, keys: Mapping[str, str]) -> None:
    """Add a menu's title, and a row for each of its actions that has keys."""
    _add_heading(rows, title)
    for does, names in keys.items():
        row = rows.rowCount()
        rows.addWidget(QLabel(does), row, 0)
        rows.addWidget(_label(names, "rank"), row, 1)


def _add_heading(rows: QGridLayout, title: str) -> None:
    """Add a title, apart from what stands above it."""
    heading = _label(title.upper(), "heading")
    heading.setContentsMargins(0, HEADING_GAP_PX if rows.count() else 0, 0, 0)
    rows.addWidget(heading, rows.rowCount(), 0, 1, 2)


def _add_views(rows: QGridLayout, views: Sequence[QWidget]) -> None:
    """Add how each view is used."""
    _add_heading(rows, "By hand")
    for view in views:
        text = _label(f"{view.accessibleName()}: {view.toolTip()}.", "muted")
        text.setWordWrap(True)
        text.setFixedWidth(TEXT_PX)
        # A text in several lines says how high it is only for a width.
        text.ensurePolished()
        text.setFixedHeight(text.heightForWidth(TEXT_PX))
        rows.addWidget(text, rows.rowCount(), 0, 1, 2)


def _label(text: str, name: str) -> QLabel:
    """Return a label with the look of this name."""
    label = QLabel(text)
    label.setObjectName(name)
    return label


def open_key_list(window: QWidget, keys: Mapping[str, Mapping[str, str]], views: Sequence[QWidget]) -> KeyboardList:
    """Open the list of keys; return it."""
    # A hundred labels are measured before the first one is seen.
    with busy("the list of keys"):
        listed = KeyboardList(window, keys, views)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.open()
    return listed
