"""The part of the picker that shows the details of one landscape."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.landscape.transform_popover import transform_text
from gui.session.landscape_data import data_summary
from gui.session.saved_landscape import data_of, height_of, transform_of
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from landscapes import Landscape

WIDTH_PX, GAP_PX = 256, 6
PICTURE = QSize(WIDTH_PX, 144)
"""Smaller than the thumbnail, whose upper and lower edges are cut off, since the text below needs the room."""

PICTURED_PX, LEAST_HEIGHT_PX = 330, 180
"""The least height with a picture, and the least height with a few lines and the buttons."""


class LandscapeDetails(QWidget):
    """A picture, a text and buttons.

    Attributes
    ----------
    star, take, describe, remove : buttons
        The owner connects them; the last two are shown for saved landscapes only.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH_PX)
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE)
        self.name = ElidedLabel()
        self.name.setObjectName("title")
        self.star = IconButton("favourite not", "Add to the favourites", lambda: None)
        self.words = QLabel()
        self.words.setAccessibleName("About this landscape")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.take = QPushButton("Race here")
        self.describe, self.remove = QPushButton("Rename ..."), QPushButton("Remove")
        for button in (self.take, self.describe, self.remove):
            button.setAutoDefault(False)
        self.take.setObjectName("accent")
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.star)
        page = QScrollArea(widgetResizable=True)
        page.setObjectName("page")
        page.setFrameShape(QFrame.Shape.NoFrame)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setWidget(self.words)
        buttons = QHBoxLayout()
        buttons.addWidget(self.describe)
        buttons.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.picture)
        layout.addLayout(head)
        layout.addWidget(page, 1)
        layout.addLayout(buttons)
        layout.addWidget(self.take)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the picture only where it leaves room for the text; the selected tile shows it anyway."""
        super().resizeEvent(event)
        self.picture.setVisible(self.height() >= PICTURED_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the size without a picture."""
        return QSize(WIDTH_PX, LEAST_HEIGHT_PX)

    def show_landscape(self, landscape: Landscape | None, picture: QPixmap | None, favourite: bool, own: bool) -> None:
        """Show the details of a landscape, or that none fits the search."""
        exists = landscape is not None
        for button in (self.star, self.take):
            button.setEnabled(exists)
        for button in (self.describe, self.remove):
            button.setVisible(own and exists)
        self.show_picture(picture if exists else None)
        self.star.show_icon("favourite" if favourite else "favourite not")
        tip = "Remove from the favourites" if favourite else "Add to the favourites"
        self.star.setToolTip(tip)
        self.star.setAccessibleName(tip)
        self.name.setText(landscape.name if landscape is not None else "No landscape fits")
        self.words.setText(description(landscape) if landscape is not None else "Try fewer words, or fewer tags.")

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show a picture; nothing where it is not drawn yet."""
        if picture is None:
            self.picture.clear()
            return
        top = (picture.height() - PICTURE.height()) // 2
        self.picture.setPixmap(picture.copy(0, top, PICTURE.width(), PICTURE.height()))


def description(landscape: Landscape) -> str:
    """Return the details of a landscape as rich text."""
    formula = escape(landscape.formula)
    values = ", ".join(f"{name} = {value:g}" for name, value in landscape.parameters.items())
    across, up = ("{:g} … {:g}".format(*span).replace("-", "−") for span in landscape.domain)
    paragraphs = [
        escape(landscape.note),
        f"<code>{formula.replace(chr(10), '<br>')}</code>" + (f"<br>with {escape(values)}" if values else ""),
        f"{minima_text(landscape)}; x {across}, y {up}",
        escape(data_summary(data_of(landscape))),
        escape(view_text(landscape)),
        escape(", ".join(landscape.tags)),
        escape(landscape.remark),
        f"From: {escape(landscape.source)}",
    ]
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)


def minima_text(landscape: Landscape) -> str:
    """Return in words how many global minima are known."""
    count = len(landscape.minima)
    if landscape.continuum:
        return "A whole line or area of minima"
    return "No minimum is known" if not count else "1 minimum" if count == 1 else f"{count} minima"


def view_text(landscape: Landscape) -> str:
    """Return the transform and the height that a saved landscape was saved with, "" where it has neither."""
    height = height_of(landscape)
    return ", ".join(filter(None, (transform_text(transform_of(landscape)), f"{height} height" if height else "")))
