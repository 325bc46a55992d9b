"""One plot of the contour view."""

import numpy as np
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.person import pixels, settle

MANY_COLOURS = 3_000


def test_while_the_sharper_part_is_away_the_whole_landscape_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    panel = window.contour.panels[0]
    panel.show_image(QImage(), panel.visible_bounds(), detail=True)
    assert len(np.unique(pixels(panel).reshape(-1, 3), axis=0)) > MANY_COLOURS
