"""A plot of two axes: pyqtgraph's view box, axes and title, without the menus and controls of its own plot item.

Those are fifty widgets and eight menus a plot, which nobody sees here: with thirty plots they would be most of what
is to be dressed in another theme.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

ROWS, COLUMNS = 3, 2
TITLE_PLACE, BOX_PLACE = (0, 1), (1, 1)
AXIS_PLACES = {"left": (1, 0), "bottom": (2, 1)}
ABOVE_IMAGES = 0.5
"""How far in front the axes stand; what is to be drawn over them stands at 1 and more."""
TITLE_PX = 30


class PlotArea(pg.GraphicsWidget):
    """A view box between its axes, beneath a title.  Its parts go by the names of pyqtgraph's `PlotItem`."""

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
        """Give all room to the view box that the others do not ask for."""
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
        """Return what holds the items of the plot."""
        return self._box

    def getAxis(self, side: str) -> pg.AxisItem:
        """Return the axis "left" or "bottom"."""
        return self._axes[side]

    def setTitle(self, title: str, **look: object) -> None:
        """Write a title, as HTML; "" takes its line away."""
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
        """Return what the plot is made of."""
        return self._area
