"""A small plot of a schedule, with a dot at the step of the race."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.rules.modifiers.schedule_curve import ScheduleCurve
from gui.look.offscreen import pixel_ratio, theme_palette

HEIGHT_PX, LEAST_WIDTH_PX = 28, 60
MARGIN_PX = 4.0
"""The margin around the curve, in which half of the dot lies at either end."""
LINE_PX, BASE_PX, DOT_PX = 1.5, 1.0, 3.5


class ScheduleLine(QWidget):
    """The factor of a learning rate over the steps; the curve is cached as a picture, because only the dot moves."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT_PX)
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._colour = colour
        self._curve: ScheduleCurve | None = None
        self._picture: QPixmap | None = None
        self._low, self._high = 0.0, 1.0
        self._step = 0
        self._painted = QPointF()

    @property
    def curve(self) -> ScheduleCurve | None:
        """The curve that is drawn."""
        return self._curve

    @property
    def dot(self) -> QPointF:
        """Where the dot is, in pixels."""
        assert self._curve is not None
        step = min(max(float(self._step), self._curve.steps[0]), self._curve.steps[-1])
        factor = np.interp(step, self._curve.steps, self._curve.factors)
        return self._point(step, factor if np.isfinite(factor) else 0.0)

    def sizeHint(self) -> QSize:
        """Return the preferred size."""
        return QSize(2 * LEAST_WIDTH_PX, HEIGHT_PX)

    def show_curve(self, curve: ScheduleCurve) -> None:
        """Draw another curve."""
        self._curve, self._picture = curve, None
        finite = curve.factors[np.isfinite(curve.factors)]
        self._low, self._high = min(finite.min(initial=0.0), 0.0), max(finite.max(initial=1.0), 1.0)
        self.setToolTip(f"The factor of the learning rate from step 1 to step {curve.steps[-1]:,.0f}")
        self.update()

    def show_step(self, step: int) -> None:
        """Put the dot at a step; repaint only where it moves by a pixel or more."""
        self._step = step
        if self._curve is not None and (self.dot - self._painted).manhattanLength() >= 1.0:
            self.update()

    def show_colour(self, colour: str) -> None:
        """Give the dot another colour."""
        if colour != self._colour:
            self._colour = colour
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the curve again for the new size."""
        self._picture = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the curve in the colours of another theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._picture = None
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture of the curve, and the dot."""
        if self._curve is None:
            return
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        self._painted = self.dot
        painter.drawEllipse(self._painted, DOT_PX, DOT_PX)
        painter.end()

    def _drawn(self) -> QPixmap:
        """Return the curve, and the line at factor 0 beneath it, as a picture."""
        ratio, palette = pixel_ratio(self), theme_palette(self)
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self._point(1.0, 0.0).y()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), BASE_PX))
        painter.drawLine(QPointF(MARGIN_PX, base), QPointF(self.width() - MARGIN_PX, base))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), LINE_PX))
        painter.drawPath(self._path())
        painter.end()
        return picture

    def _path(self) -> QPainterPath:
        """Return the path through all finite factors, with gaps where others are."""
        assert self._curve is not None
        path, on = QPainterPath(), False
        for step, factor in zip(self._curve.steps.tolist(), self._curve.factors.tolist(), strict=True):
            finite = np.isfinite(factor)
            if finite:
                (path.lineTo if on else path.moveTo)(self._point(step, factor))
            on = bool(finite)
        return path

    def _point(self, step: float, factor: float) -> QPointF:
        """Return where a point of the curve lies, in pixels; the range always includes the factors 0 and 1."""
        assert self._curve is not None
        first, last = self._curve.steps[[0, -1]].tolist()
        across, up = (step - first) / (last - first), (factor - self._low) / (self._high - self._low)
        return QPointF(
            MARGIN_PX + across * (self.width() - 2 * MARGIN_PX),
            self.height() - MARGIN_PX - up * (self.height() - 2 * MARGIN_PX),
        )
