"""A plot of two axes: pyqtgraph's view box, axes and title, without the menus and controls of its own plot item.

pyqtgraph's plot item adds fifty widgets and eight menus to each plot, which are never shown here: with thirty plots
they would be most of the widgets that a change of the theme must update.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

from gui.views.focus_outline import draw_focus_outline

ROWS, COLUMNS = 3, 2
TITLE_PLACE, BOX_PLACE = (0, 1), (1, 1)
AXIS_PLACES = {"left": (1, 0), "bottom": (2, 1)}
ABOVE_IMAGES = 0.5
"""The axes' place in the drawing order; items that are drawn over the axes have 1 and more."""
TITLE_PX = 30


class PlotArea(pg.GraphicsWidget):
    """A view box with its axes and a title.  The methods have the names of those of pyqtgraph's `PlotItem`."""

    def __init__(self, axes: Mapping[str, pg.AxisItem]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._box = pg.ViewBox(parent=self, enableMenu=False)
        self._axes = {side: axes.get(side) or pg.AxisItem(side, parent=self) for side in AXIS_PLACES}
        self.titleLabel = pg.LabelItem(parent=self)
        self._grid = QGraphicsGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.setLayout(self._grid)
        self._grid.addItem(self._box, *BOX_PLACE)
        self._grid.addItem(self.titleLabel, *TITLE_PLACE)
        for side, axis in self._axes.items():
            axis.linkToView(self._box)
            # Numbers are written as they are, never scaled by a power of a thousand that the axis names elsewhere.
            axis.enableAutoSIPrefix(False)
            axis.setZValue(ABOVE_IMAGES)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
            self._grid.addItem(axis, *AXIS_PLACES[side])
        self._share_room()
        self.setTitle("")

    def _share_room(self) -> None:
        """Give the view box all room that the axes and the title do not need."""
        for row in range(ROWS):
            self._grid.setRowMinimumHeight(row, 0)
            self._grid.setRowPreferredHeight(row, 0)
        for column in range(COLUMNS):
            self._grid.setColumnMinimumWidth(column, 0)
            self._grid.setColumnPreferredWidth(column, 0)
        row, column = BOX_PLACE
        self._grid.setRowStretchFactor(row, 1)
        self._grid.setColumnStretchFactor(column, 1)

    def getViewBox(self) -> pg.ViewBox:
        """Return the view box, which holds the items of the plot."""
        return self._box

    def getAxis(self, side: str) -> pg.AxisItem:
        """Return the axis "left" or "bottom"."""
        return self._axes[side]

    def setTitle(self, title: str, **look: object) -> None:
        """Show a title, given as HTML; "" removes the line of the title."""
        height = TITLE_PX if title else 0
        self.titleLabel.setVisible(bool(title))
        self.titleLabel.setMaximumHeight(height)
        self._grid.setRowFixedHeight(TITLE_PLACE[0], height)
        if title:
            self.titleLabel.setText(title, **look)


class Plot(pg.GraphicsView):
    """A widget that is one plot.  `fill_asked` is emitted by a double click beside its axes' rectangle."""

    fill_asked = Signal()

    def __init__(self, axes: Mapping[str, pg.AxisItem] | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.enableMouse(False)
        # A scene takes every drag by default, and then refuses it; a file is for the window.
        for widget in (self, self.viewport()):
            widget.setAcceptDrops(False)
        self._area = PlotArea(axes or {})
        self.setCentralItem(self._area)

    def getPlotItem(self) -> PlotArea:
        """Return the graphics item that holds the view box, the axes and the title."""
        return self._area

    def is_within_axes(self, position: QPointF) -> bool:
        """Return whether a position of the widget lies in the rectangle of the axes, and not on or beside them."""
        return bool(self._area.getViewBox().sceneBoundingRect().contains(self.mapToScene(position.toPoint())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot, and an outline while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            draw_focus_outline(self.viewport(), self.viewport().rect())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the outline."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the outline."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the whole window where the double click was on the title, on an axis or beside them."""
        if self.is_within_axes(event.position()):
            super().mouseDoubleClickEvent(event)
        else:
            self.fill_asked.emit()
