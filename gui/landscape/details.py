"""All that is known of one landscape, beside the tiles."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.landscape.transform_popover import transform_told
from gui.session.landscape_data import data_summary
from gui.session.saved_landscape import data_of, height_of, transform_of
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from landscapes import Landscape

WIDTH_PX, GAP_PX = 256, 6
PICTURE = QSize(WIDTH_PX, 144)
"""Its upper and lower parts are cut off: the words below need the room."""

PICTURED_PX, LEAST_HEIGHT_PX = 330, 180
"""The height from which on there is a picture, and that in which a few lines and the buttons stand."""


class LandscapeDetails(QWidget):
    """A picture, words, and what can be done.

    Attributes
    ----------
    star, take, describe, remove : buttons
        To be connected; the last two are there for one's own landscapes alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH_PX)
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE)
        self.name = ElidedLabel()
        self.name.setObjectName("title")
        self.star = IconButton("star empty", "Make it a favourite", lambda: None)
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
        """Have a picture where there is room for words beside it; the tile that is pointed at is one already."""
        super().resizeEvent(event)
        self.picture.setVisible(self.height() >= PICTURED_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the room without a picture."""
        return QSize(WIDTH_PX, LEAST_HEIGHT_PX)

    def show_landscape(self, landscape: Landscape | None, picture: QPixmap | None, favourite: bool, own: bool) -> None:
        """Show what is known of a landscape, or that none is meant."""
        there = landscape is not None
        for button in (self.star, self.take):
            button.setEnabled(there)
        for button in (self.describe, self.remove):
            button.setVisible(own and there)
        self.show_picture(picture if there else None)
        self.star.show_icon("star" if favourite else "star empty")
        tip = "Take it out of the favourites" if favourite else "Make it a favourite"
        self.star.setToolTip(tip)
        self.star.setAccessibleName(tip)
        self.name.setText(landscape.name if landscape is not None else "No landscape fits")
        self.words.setText(description(landscape) if landscape is not None else "Try fewer words, or fewer tags.")

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show a picture, or none before it has come."""
        if picture is None:
            self.picture.clear()
            return
        top = (picture.height() - PICTURE.height()) // 2
        self.picture.setPixmap(picture.copy(0, top, PICTURE.width(), PICTURE.height()))


def description(landscape: Landscape) -> str:
    """Return what is known of a landscape, as rich text."""
    formula = escape(landscape.formula)
    values = ", ".join(f"{name} = {value:g}" for name, value in landscape.parameters.items())
    across, up = ("{:g} … {:g}".format(*span).replace("-", "−") for span in landscape.domain)
    told = [
        escape(landscape.note),
        f"<code>{formula.replace(chr(10), '<br>')}</code>" + (f"<br>with {escape(values)}" if values else ""),
        f"{minima_told(landscape)}; x {across}, y {up}",
        escape(data_summary(data_of(landscape))),
        escape(lie_told(landscape)),
        escape(", ".join(landscape.tags)),
        escape(landscape.remark),
        f"From: {escape(landscape.source)}",
    ]
    return "".join(f"<p>{paragraph}</p>" for paragraph in told if paragraph)


def minima_told(landscape: Landscape) -> str:
    """Return how many global minima are known."""
    count = len(landscape.minima)
    if landscape.continuum:
        return "A whole line or area of minima"
    return "No minimum is known" if not count else "1 minimum" if count == 1 else f"{count} minima"


def lie_told(landscape: Landscape) -> str:
    """Return how a landscape of one's own lies and what its height means, "" where that was not chosen."""
    height = height_of(landscape)
    return ", ".join(filter(None, (transform_told(transform_of(landscape)), f"{height} height" if height else "")))
