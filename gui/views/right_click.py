"""Right clicks on a view of the landscape, which drags with the right button are not."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from engine.language.types import Point


class FindsPoints(Protocol):
    """A view that knows which point of the plane is drawn where."""

    def point_under(self, position: QPointF) -> Point | None:
        """Return the point of the plane at a position of the widget, None if there is none."""


class RightClick(QObject):
    """Hears the right clicks on a widget, and the key that opens menus.

    The system's own event for menus is not used: it may come when the button is pressed, before it is known whether
    the view is dragged.

    Attributes
    ----------
    asked : signal of (point, place)
        A menu is asked for, at this point of the plane, or None, and at this place of the screen.
    """

    asked = Signal(object, QPoint)

    def __init__(self, widget: QWidget, view: FindsPoints) -> None:
        super().__init__(widget)
        self._widget, self._view = widget, view
        self._pressed: QPointF | None = None
        widget.installEventFilter(self)
        if isinstance(widget, QAbstractScrollArea):
            widget.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit `asked` when the right button is released where it was pressed; leave the event to the widget."""
        if isinstance(event, QContextMenuEvent):
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                self.asked.emit(None, self._widget.mapToGlobal(self._widget.rect().center()))
            return True
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.RightButton:
            self._follow(event)
        return False

    def _follow(self, event: QMouseEvent) -> None:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = event.position()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            way, self._pressed = event.position() - self._pressed, None
            if way.manhattanLength() < QApplication.startDragDistance():
                self.asked.emit(self._view.point_under(event.position()), event.globalPosition().toPoint())
