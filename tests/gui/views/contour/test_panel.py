"""One plot of the contour view."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from tests.gui.person import go_to, pixels, settle

MANY_COLOURS = 3_000
MOVES = 30
WHITE = 235
"""Least value of each channel, of 255, that counts as white: stars are white, the ground is not."""


def test_while_the_sharper_part_is_away_the_whole_landscape_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    panel = window.contour.panels[0]
    panel.show_image(QImage(), panel.visible_bounds(), detail=True)
    assert len(np.unique(pixels(panel).reshape(-1, 3), axis=0)) > MANY_COLOURS


def test_a_minimum_that_comes_into_sight_bears_its_star(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.contour.panels[0]
    box = panel.getPlotItem().getViewBox()
    x, y = next((x, y) for x, y in window.contour.minima if x > 3.0 and y < 0.0)
    panel.show_bounds(((x - 6.5, x - 0.5), (-3.0, 3.0)))
    settle(qtbot, window)
    box.translateBy(x=0.7)
    settle(qtbot, window)
    place = panel.mapFromScene(box.mapViewToScene(QPointF(x, y)))
    column, row = place.x(), place.y()
    assert pixels(panel)[row - 1 : row + 2, column - 1 : column + 2].max() > WHITE


def test_a_view_that_moves_is_not_drawn_anew_at_every_place(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 50)
    settle(qtbot, window)
    panel, arrived = window.contour.panels[0], []
    panel.layers.all.arrived.connect(arrived.append)
    for _ in range(MOVES):
        panel.getPlotItem().getViewBox().translateBy(x=0.01)
        qtbot.wait(10)
    settle(qtbot, window)
    assert 1 <= len(arrived) <= MOVES // 2
    assert arrived[-1].viewport.bounds == panel.visible_bounds()
