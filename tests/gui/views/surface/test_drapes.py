"""Pictures that lie on the ground of the 3-D view: basin maps and swarms."""

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from engine.language.types import Bounds, Point
from gui.look.theme import DARK
from gui.views.racer_look import RacerLook
from gui.views.surface.drapes import Drapes
from gui.views.surface.panels import SurfacePanels
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import SIZE, bowl, pixels, racer, settle, terrain

RED, GREEN = "#ff0000", "#00ff00"
WHOLE = ((-2.0, 2.0), (-1.0, 3.0))
NEAR, FAR, LEFT, RIGHT = (0.0, -0.7), (0.0, 2.7), (-1.7, 1.0), (1.7, 1.0)


@dataclass(frozen=True, eq=False)
class Laid:
    image: QImage
    bounds: Bounds


def laid(colour: str, part: QRect | None = None, bounds: Bounds = WHOLE, opacity: float = 1.0) -> Laid:
    """Return an image of 40 x 40 pixels of which a part, or all, has a colour."""
    image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    paint = QColor(colour)
    paint.setAlphaF(opacity)
    painter = QPainter(image)
    painter.fillRect(part or image.rect(), paint)
    painter.end()
    return Laid(image, bounds)


def seen_at(view: SurfaceView, point: Point) -> np.ndarray:
    """Return the mean colour about a point of the ground."""
    (x, y), picture = view.on_screen([point])[0], pixels(view)
    return picture[int(y) - 3 : int(y) + 4, int(x) - 3 : int(x) + 4].reshape(-1, 3).mean(axis=0)


def is_red(colour: np.ndarray) -> bool:
    return bool(colour[0] > 1.5 * colour[1] and colour[0] > 1.5 * colour[2])


def is_green(colour: np.ndarray) -> bool:
    return bool(colour[1] > 1.5 * colour[0] and colour[1] > 1.5 * colour[2])


def test_a_swarm_lies_where_its_members_are_and_is_taken_away(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    bare = pixels(view)
    view.drape(None, laid(RED, QRect(0, 0, 40, 10)))
    assert is_red(seen_at(view, FAR)) and not any(is_red(seen_at(view, point)) for point in (NEAR, LEFT, RIGHT))
    view.drape(None, laid(RED, QRect(0, 0, 8, 40)))
    assert is_red(seen_at(view, LEFT)) and not any(is_red(seen_at(view, point)) for point in (NEAR, FAR, RIGHT))
    view.drape(None, None)
    assert np.array_equal(pixels(view), bare)


def test_a_picture_of_a_part_of_the_plane_lies_on_that_part(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    view.drape(None, laid(RED, bounds=((1.0, 9.0), (-7.0, 3.0))))
    assert is_red(seen_at(view, RIGHT)) and not any(is_red(seen_at(view, point)) for point in (LEFT, NEAR, FAR))


def test_a_swarm_lies_over_a_basin_map_which_is_lit_as_the_ground_is(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    view.drape(laid(GREEN), laid(RED, QRect(0, 0, 8, 40)))
    assert is_red(seen_at(view, LEFT)) and is_green(seen_at(view, RIGHT))
    lights = [seen_at(view, point)[1] for point in (NEAR, FAR, RIGHT)]
    assert max(lights) - min(lights) > 10, "the form of the ground is still seen"


def test_a_thin_swarm_lets_the_ground_through(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    bare = seen_at(view, NEAR)
    view.drape(None, laid(RED, opacity=0.5))
    assert seen_at(view, NEAR) == pytest.approx(bare / 2 + np.array([127.5, 0, 0]), abs=3)


def test_a_drape_stays_where_the_view_moves_to_another_window(qtbot: QtBot, view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    view.drape(None, laid(RED))
    assert is_red(seen_at(view, NEAR))
    other = QMainWindow()
    qtbot.addWidget(other)
    other.resize(*SIZE)
    other.setCentralWidget(view)
    other.show()
    settle(view)
    assert is_red(seen_at(view, NEAR))
    view.setParent(None)


def test_each_of_several_views_has_its_own(qtbot: QtBot) -> None:
    panels = SurfacePanels(DARK)
    qtbot.addWidget(panels)
    panels.resize(900, 500)
    panels.show_terrain(terrain(1, bowl))
    looks = [RacerLook("one", "#8669e8"), RacerLook("two", "#e86969")]
    panels.show_racers(looks, [racer([(1.0, 1.0)])] * 2)
    panels.show()
    panels.load()
    panels.set_layout("side by side")
    panels.drapes.show_swarms([laid(RED), laid(GREEN)])
    qtbot.waitUntil(lambda: len(panels.panels) == 2 and panels.up_to_date, timeout=20_000)
    one, two = panels.panels
    assert is_red(seen_at(one, NEAR)) and is_green(seen_at(two, NEAR))
    panels.end()


def test_swarms_that_change_fast_are_drawn_with_pauses_and_the_newest_at_last(qtbot: QtBot) -> None:
    parent = QMainWindow()
    qtbot.addWidget(parent)
    drapes, taken = Drapes(parent), []
    drapes.due.connect(lambda: taken.append(drapes.of(0)[1]))
    many = [laid(RED) for _ in range(50)]
    for image in many:
        drapes.show_swarms([image])
    assert taken == many[:1] and drapes.wait
    qtbot.waitUntil(lambda: not drapes.wait, timeout=5000)
    assert taken == [many[0], many[-1]]
