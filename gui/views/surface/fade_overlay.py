"""An overlay in the colour of the window that fades out, so that a view loaded after the window fades in."""

from __future__ import annotations

from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme

FADE_MS = 180
"""Duration of the fade, from the first picture below the overlay."""


class FadeOverlay(QWidget):
    """A widget that covers its parent, fades out and deletes itself."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(parent.rect())
        self._colour = QColor(theme.window)
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(FADE_MS)
        self._fading.setStartValue(1.0)
        self._fading.setEndValue(0.0)
        self._fading.valueChanged.connect(self._set_opacity)
        self._fading.finished.connect(self.deleteLater)
        self.show()

    def fade(self) -> None:
        """Begin to fade, if that has not begun yet."""
        if self._fading.state() == QVariantAnimation.State.Stopped:
            self._fading.start()

    def _set_opacity(self, opacity: float) -> None:
        self._colour.setAlphaF(opacity)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the widget with the colour of the window at the present opacity."""
        QPainter(self).fillRect(self.rect(), self._colour)
