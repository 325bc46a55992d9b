"""The key of the arrows: a sample of each stroke, what it means, and by how much it is longer than what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.theme import Theme
from gui.views.contour.arrows.scales import number_of
from gui.views.contour.arrows.strokes import draw_arrow, draw_ellipse
from gui.views.label_place import Places, free_place, places_of
from gui.views.legend import OPACITY

SAMPLE_PX, GAP_PX, PADDING_PX, RADIUS_PX = 30, 7, 5, 6
FONT_PX = 11
FIRST_PLACE = 1
"""Of `gui.views.label_place.places_of`: the lower left corner."""
ELLIPSE_PX = (13.0, 5.0)
"""The radii of the sample of the ellipse."""
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "gradient": "way down, −g ×{}",
        "momentum": "momentum, −m ×{}",
        "step": "step taken ×{}",
        "rate": "reach of a slope of {}",
    }
)
"""What each kind means, with its factor."""
NOBODY: Mapping[str, str] = MappingProxyType(
    {
        "gradient": "way down: unknown here",
        "momentum": "momentum: no racer has one",
        "step": "step taken: unknown here",
        "rate": "reach of a slope: no rule tells",
    }
)
"""What is said instead where no racer has it."""


class ArrowKey(QLabel):
    """A small table in a corner of a plot, which ignores the mouse; it moves away where it would cover a racer.

    Each picture of the plot beneath paints it anew, so that it is a picture that Qt paints without asking Python.

    Attributes
    ----------
    texts : tuple of str
        What the rows say.
    """

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Key of the arrows")
        font = self.font()
        font.setPixelSize(FONT_PX)
        self.setFont(font)
        self.texts: tuple[str, ...] = ()
        self._kinds: tuple[str, ...] = ()
        self._explained: object = None
        self._ratio = 0.0
        self._theme, self._place = theme, FIRST_PLACE
        self._placed = QRect(), QRect()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._draw()

    def show_scales(self, kinds: Sequence[str], factors: Mapping[str, float]) -> None:
        """Explain these kinds; those without a factor are not drawn."""
        ratio = self.devicePixelRatioF()
        if (explained := (tuple(kinds), dict(factors), ratio)) == self._explained:
            return
        self._explained = explained
        texts = tuple(
            WORDS[kind].format(number_of(factors[kind])) if kind in factors else NOBODY[kind] for kind in kinds
        )
        if (texts, ratio) != (self.texts, self._ratio):
            self.texts, self._kinds, self._ratio = texts, tuple(kinds), ratio
            self.setAccessibleDescription("; ".join(texts))
            self._fit()
        self.setVisible(bool(texts))

    def is_misplaced(self, plot: QRect, heads: Sequence[QPoint], legends: Sequence[QRect]) -> bool:
        """Return whether it covers one of these, or belongs elsewhere because it or the plot has another size."""
        mine = self.geometry()
        if (plot, mine) != self._placed or any(mine.intersects(legend) for legend in legends):
            return True
        return any(mine.contains(head) for head in heads)

    def place(self, plot: QRect, marks: Places) -> None:
        """Stand in a corner of a plot where it covers none of the `marks`, pixels of the parent, if there is one."""
        place = free_place(plot, self.size(), self._place, marks, lambda: marks)
        self._place = self._place if place is None else place
        self.move(places_of(plot, self.size())[self._place])
        self._placed = plot, self.geometry()

    def changeEvent(self, event: QEvent) -> None:
        """Take the size of the texts in another font, which a presentation brings and takes away."""
        super().changeEvent(event)
        # The base's constructor sends such an event too, before there are texts.
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "texts"):
            self._fit()

    def _fit(self) -> None:
        """Take the size that the texts need, and paint them anew."""
        self.setFixedSize(self._needed)
        self._draw()

    @property
    def _needed(self) -> QSize:
        metrics = self.fontMetrics()
        width = SAMPLE_PX + GAP_PX + max((metrics.horizontalAdvance(text) for text in self.texts), default=0)
        return QSize(width, len(self.texts) * self._row_px) + QSize(2 * PADDING_PX, 2 * PADDING_PX)

    @property
    def _row_px(self) -> int:
        return self.fontMetrics().height() + 2

    def _draw(self) -> None:
        """Draw the picture of the samples and what they mean."""
        if self.texts:
            picture = QPixmap((self.size().toSizeF() * self._ratio).toSize())
            picture.setDevicePixelRatio(self._ratio)
            picture.fill(Qt.GlobalColor.transparent)
            self._paint(QPainter(picture))
            self.setPixmap(picture)

    def _paint(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.panel)
        ground.setAlphaF(OPACITY)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_PX, RADIUS_PX)
        for row, (kind, text) in enumerate(zip(self._kinds, self.texts, strict=True)):
            top = PADDING_PX + row * self._row_px
            middle = top + self._row_px / 2.0
            if kind == "rate":
                draw_ellipse(
                    painter, QPointF(PADDING_PX + SAMPLE_PX / 2.0, middle), ELLIPSE_PX, theme.text, theme.panel
                )
            else:
                begin, end = QPointF(PADDING_PX + 1.0, middle), QPointF(PADDING_PX + SAMPLE_PX, middle)
                draw_arrow(painter, kind, begin, end, theme.text, theme.panel)
            painter.setPen(QColor(theme.text))
            place = QRect(PADDING_PX + SAMPLE_PX + GAP_PX, top, self.width(), self._row_px)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()
