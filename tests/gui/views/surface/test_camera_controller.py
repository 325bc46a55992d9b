"""The turntable and the racer that is followed, in one view and in several that are linked."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from engine.live.frame import RacerFrame
from gui.look.theme import DARK
from gui.views.surface.camera_controller import LEADER, NOBODY, TURNTABLE_DEGREES_S, CameraController
from gui.views.surface.key_bindings import FRONT, HOME, TOP
from gui.views.surface.panels import SurfacePanels
from gui.views.surface.scene_coordinates import scene_places
from tests.gui.views.scenery import bowl, fan, racer, terrain

KEYS = (7, 8, 9, 11)
GROUND = terrain(1, bowl)
PATIENCE_MS = 20_000
A_WHILE_MS = 400
NOWHERE = [(np.nan, 1.0), (np.inf, np.inf), (1e300, 0.0), (2.5, 1.0)]


@pytest.fixture
def panels(qtbot: QtBot, opengl: None) -> Iterator[SurfacePanels]:
    window, panels = QMainWindow(), SurfacePanels(DARK)
    qtbot.addWidget(window)
    window.setCentralWidget(panels)
    window.resize(600, 500)
    window.show()
    qtbot.waitExposed(window)
    panels.load()
    panels.show_terrain(GROUND)
    panels.show_racers(*fan(len(KEYS), 5))
    qtbot.waitUntil(lambda: panels.up_to_date, timeout=PATIENCE_MS)
    yield panels
    panels.end()


@pytest.fixture
def controller(panels: SurfacePanels) -> CameraController:
    return CameraController(panels)


def race(controller: CameraController, *points: tuple[float, float]) -> None:
    """Show racers at these points, the first as the leader."""
    racers: list[RacerFrame] = [racer([(0.0, 0.0), point], rank=rank) for rank, point in enumerate(points, start=1)]
    controller.show_racers(GROUND, KEYS[: len(points)], racers)


def centre(panels: SurfacePanels) -> tuple[float, float, float]:
    return panels.panels[0].camera.centre


def in_scene(point: tuple[float, float]) -> object:
    return pytest.approx(tuple(scene_places(GROUND, np.array([point]))[0]), abs=1e-6)


def test_the_turntable_turns_about_the_upright_axis_at_its_pace(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController
) -> None:
    before, began = panels.panels[0].camera, time.monotonic()
    controller.set_turning(True)
    qtbot.waitUntil(lambda: panels.panels[0].camera.azimuth - before.azimuth % 360.0 > 3.0, timeout=PATIENCE_MS)
    after, most = panels.panels[0].camera, TURNTABLE_DEGREES_S * (time.monotonic() - began)
    assert 3.0 < after.azimuth - before.azimuth % 360.0 <= most
    assert after == replace(before, azimuth=after.azimuth)
    controller.set_turning(False)
    qtbot.wait(A_WHILE_MS)
    assert panels.panels[0].camera == after


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_7, Qt.Key.Key_Home])
def test_any_hand_on_the_camera_stops_the_turntable(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController, key: Qt.Key
) -> None:
    controller.set_turning(True)
    qtbot.keyClick(panels.panels[0], key)
    assert not controller.turns
    stopped = panels.panels[0].camera
    qtbot.wait(A_WHILE_MS)
    assert panels.panels[0].camera == stopped


def test_a_pointer_that_only_looks_does_not_stop_it(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController
) -> None:
    controller.set_turning(True)
    qtbot.mouseMove(panels.panels[0], panels.panels[0].rect().center())
    qtbot.wait(50)
    assert controller.turning


def test_hidden_or_minimised_it_costs_nothing_and_goes_on_afterwards(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController
) -> None:
    controller.set_turning(True)
    qtbot.waitUntil(lambda: panels.panels[0].camera.azimuth != HOME.azimuth, timeout=PATIENCE_MS)
    panels.hide()
    rested, began = panels.panels[0].camera, time.process_time()
    qtbot.wait(A_WHILE_MS)
    assert not controller.turning and controller.turns
    assert panels.panels[0].camera == rested
    assert time.process_time() - began < 0.25 * A_WHILE_MS / 1e3
    panels.show()
    assert controller.turning
    qtbot.waitUntil(lambda: panels.panels[0].camera != rested, timeout=PATIENCE_MS)
    panels.window().showMinimized()
    qtbot.waitUntil(lambda: not controller.turning, timeout=PATIENCE_MS)
    panels.window().showNormal()
    qtbot.waitUntil(lambda: controller.turning, timeout=PATIENCE_MS)


def test_switched_on_while_nobody_sees_it_it_waits(panels: SurfacePanels, controller: CameraController) -> None:
    panels.hide()
    controller.set_turning(True)
    assert controller.turns and not controller.turning
    panels.show()
    assert controller.turning


def test_a_followed_racer_stays_in_the_middle_while_hands_set_distance_and_angles(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController
) -> None:
    view, before = panels.panels[0], panels.panels[0].camera
    race(controller, (0.5, 0.5), (1.0, 2.0))
    controller.follow(KEYS[1])
    assert centre(panels) == in_scene((1.0, 2.0))
    assert (view.camera.distance, view.camera.azimuth) == (before.distance, before.azimuth)
    ((x, y),) = view.on_screen([(1.0, 2.0)])
    assert (x, y) == pytest.approx((view.width() / 2, view.height() / 2), abs=0.1)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Plus):
        qtbot.keyClick(view, key)
    handled = view.camera
    assert handled.distance < before.distance and handled.azimuth != before.azimuth
    assert handled.centre == in_scene((1.0, 2.0))
    race(controller, (0.5, 0.5), (1.2, 1.7))
    assert view.camera == replace(handled, centre=view.camera.centre) and centre(panels) == in_scene((1.2, 1.7))


def test_the_leader_is_whoever_leads(panels: SurfacePanels, controller: CameraController) -> None:
    race(controller, (0.5, 0.5), (1.0, 2.0))
    controller.follow(LEADER)
    assert centre(panels) == in_scene((0.5, 0.5))
    behind, ahead = (racer([point], rank=rank) for point, rank in (((0.4, 0.4), 2), ((0.9, 1.9), 1)))
    controller.show_racers(GROUND, KEYS[:2], [behind, ahead])
    assert centre(panels) == in_scene((0.9, 1.9))


@pytest.mark.parametrize("point", NOWHERE)
def test_a_racer_that_leaves_the_block_leaves_the_camera_where_it_was_last_inside(
    panels: SurfacePanels, controller: CameraController, point: tuple[float, float]
) -> None:
    race(controller, (0.5, 0.5))
    controller.follow(KEYS[0])
    race(controller, (1.9, 1.0))
    race(controller, point)
    assert centre(panels) == in_scene((1.9, 1.0))
    assert controller.followed == KEYS[0]
    race(controller, (0.1, 0.2))
    assert centre(panels) == in_scene((0.1, 0.2)), "it has been restarted"


def test_a_racer_that_is_nowhere_from_the_beginning_moves_nothing(
    panels: SurfacePanels, controller: CameraController
) -> None:
    before = panels.panels[0].camera
    race(controller, (np.nan, np.nan))
    controller.follow(KEYS[0])
    assert panels.panels[0].camera == before


def test_a_removed_racer_is_followed_no_longer(panels: SurfacePanels, controller: CameraController) -> None:
    race(controller, (0.5, 0.5), (1.0, 2.0))
    controller.follow(KEYS[1])
    race(controller, (0.6, 0.5))
    assert controller.followed == NOBODY
    left = panels.panels[0].camera
    race(controller, (0.9, 0.9))
    assert panels.panels[0].camera == left


def test_a_side_turns_round_the_followed_racer_and_home_ends_it(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController
) -> None:
    race(controller, (1.0, 2.0))
    controller.follow(KEYS[0])
    qtbot.keyClick(panels.panels[0], Qt.Key.Key_7)
    assert panels.panels[0].camera.elevation == 90.0 and centre(panels) == in_scene((1.0, 2.0))
    controller.show_standard_view(FRONT)
    assert panels.panels[0].camera.elevation == 0.0 and centre(panels) == in_scene((1.0, 2.0))
    panels.reset_view()
    assert controller.followed == NOBODY and panels.seen_from == HOME


def test_the_turntable_goes_round_the_followed_racer(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController
) -> None:
    race(controller, (1.0, 2.0))
    controller.follow(KEYS[0])
    controller.set_turning(True)
    before = panels.panels[0].camera
    qtbot.waitUntil(lambda: panels.panels[0].camera.azimuth != before.azimuth, timeout=PATIENCE_MS)
    race(controller, (1.1, 1.9))
    assert centre(panels) == in_scene((1.1, 1.9)) and controller.turns


def test_all_views_of_a_grid_are_seen_from_the_same_place(
    qtbot: QtBot, panels: SurfacePanels, controller: CameraController
) -> None:
    qtbot.keyClick(panels.panels[0], Qt.Key.Key_Left)
    panels.set_layout("side by side")
    qtbot.waitUntil(lambda: len(panels.panels) == 4 and panels.up_to_date, timeout=PATIENCE_MS)

    def cameras() -> list[object]:
        QApplication.processEvents()
        return [panel.seen_from for panel in panels.panels]

    def linked() -> bool:
        first, *others = cameras()
        return all(other == first for other in others)

    assert linked(), "new ones begin where the first is"
    race(controller, (0.5, 0.5), (1.0, 2.0))
    for change in (
        lambda: qtbot.keyClick(panels.panels[2], Qt.Key.Key_Right),
        lambda: qtbot.keyClick(panels.panels[3], Qt.Key.Key_1),
        lambda: controller.show_standard_view(TOP), lambda: controller.set_parallel(True),
        lambda: controller.follow(KEYS[1]),
        lambda: qtbot.keyClick(panels.panels[1], Qt.Key.Key_Minus), lambda: controller.follow(NOBODY),
        lambda: panels.reset_view(),
    ):  # fmt: skip
        change()
        assert linked()
    controller.set_turning(True)
    qtbot.wait(A_WHILE_MS)
    assert linked() and panels.panels[3].camera.azimuth != HOME.azimuth
    assert panels.panels[3].camera.parallel, "reset goes home and leaves the kind of picture"


def test_perspective_is_kept_by_a_side_and_told_to_the_menu(
    panels: SurfacePanels, controller: CameraController
) -> None:
    told: list[bool] = []
    controller.changed.connect(lambda: told.append(controller.parallel))
    controller.set_parallel(True)
    controller.show_standard_view(FRONT)
    assert controller.parallel and told[-1]
    controller.set_parallel(False)
    assert not controller.parallel and not told[-1]
    assert panels.panels[0].seen_from == FRONT
