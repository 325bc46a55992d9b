"""The page of every method: maps of the catalogue, the surest first, from which a race is made."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine import OPTIMIZERS
from gui.views.basins.map_list import map_rect
from gui.window.main_window import MainWindow
from gui.window.many.every_method import CELLS, EveryMethod, every_racer
from tests.gui.person import wait_until

pytestmark = pytest.mark.one_window
SOME = ("SGD", "Adam", "NelderMead", "GradientFlow")


def test_a_click_on_a_name_adds_it_and_one_on_a_map_starts_there(qtbot: QtBot, window: MainWindow) -> None:
    assert [settings.optimizer for settings in every_racer()] == list(OPTIMIZERS)
    some = [settings for settings in every_racer() if settings.optimizer in SOME]
    wish = window.landscape_views.maps.wish_for(some, CELLS, 200)
    assert wish is not None
    page = EveryMethod(window, window.session, wish, window.theme)
    page.show()
    wait_until(qtbot, lambda: page.is_finished)
    assert sorted(page.names) == sorted(settings.optimizer for settings in some)
    shares = [float(shown.words.split()[0]) for shown in page.page.maps.maps]
    assert shares == sorted(shares, reverse=True) and shares[0] > 90.0
    tile = page.page.visualRect(page.page.maps.index(0))
    place = map_rect(tile)
    where = place.topLeft() + QPoint(place.width() // 4, place.height() // 4)
    qtbot.mouseClick(page.page.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert np.allclose(window.session.start, (-3.0, 3.0), atol=0.1)
    qtbot.mouseClick(page.page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 10, tile.bottom() - 10))
    assert window.session.racers[-1].optimizer == page.names[0]
    page.reject()
