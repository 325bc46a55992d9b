"""A plot of two axes: pyqtgraph's view box, axes and title, without the menus and controls of its own plot item.

pyqtgraph's plot item adds fifty widgets and eight menus to each plot, which are never shown here: with thirty plots
they would be most of the widgets that a change of the theme must update.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

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
    """A widget that is one plot."""

    def __init__(self, axes: Mapping[str, pg.AxisItem] | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.enableMouse(False)
        self._area = PlotArea(axes or {})
        self.setCentralItem(self._area)

    def getPlotItem(self) -> PlotArea:
        """Return the graphics item that holds the view box, the axes and the title."""
        return self._area
