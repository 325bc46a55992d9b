"""The mouse over the legend of a plot: which racer it points at, and which one it chooses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from gui.views.legend import Legend


class LegendPointer(QObject):
    """Hears the mouse over a plot, whose legend ignores it so that the plane can be dragged beneath.

    Attributes
    ----------
    hovered : signal of int or None
        The number of the racer whose name is pointed at, None where there is none.
    chosen : signal of int
        The number of the racer whose name was clicked.
    """

    hovered = Signal(object)
    chosen = Signal(int)

    def __init__(self, plot: QAbstractScrollArea, legend: Legend) -> None:
        super().__init__(plot)
        self._legend = legend
        self._at: int | None = None
        self._pressed: QPoint | None = None
        plot.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse; keep from the plot only the double click that would reset the view beneath a name."""
        if isinstance(event, QMouseEvent):
            place = event.position().toPoint()
            self._point_at(self._racer_at(place))
            if event.button() == Qt.MouseButton.LeftButton:
                self._follow_button(event, place)
            return event.type() == QEvent.Type.MouseButtonDblClick and self._at is not None
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return False

    def _follow_button(self, event: QMouseEvent, place: QPoint) -> None:
        """Choose the racer on whose name the button was pressed and released; with Ctrl a click places the start."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._pressed = None if held else place
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            way, self._pressed = place - self._pressed, None
            if self._at is not None and way.manhattanLength() < QApplication.startDragDistance():
                self.chosen.emit(self._at)

    def _racer_at(self, place: QPoint) -> int | None:
        return self._legend.racer_at(place - self._legend.pos())

    def _point_at(self, number: int | None) -> None:
        if number != self._at:
            self._at = number
            self.hovered.emit(number)
