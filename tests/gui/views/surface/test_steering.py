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
from gui.views.surface.keys import FRONT, HOME, TOP
from gui.views.surface.panels import SurfacePanels
from gui.views.surface.places import scene_places
from gui.views.surface.steering import LEADER, NOBODY, TURNTABLE_DEGREES_S, Steering
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
    panels.wake()
    panels.show_terrain(GROUND)
    panels.show_racers(*fan(len(KEYS), 5))
    qtbot.waitUntil(lambda: panels.up_to_date, timeout=PATIENCE_MS)
    yield panels
    panels.end()


@pytest.fixture
def steering(panels: SurfacePanels) -> Steering:
    return Steering(panels)


def race(steering: Steering, *points: tuple[float, float]) -> None:
    """Show racers at these points, the first as the leader."""
    racers: list[RacerFrame] = [racer([(0.0, 0.0), point], rank=rank) for rank, point in enumerate(points, start=1)]
    steering.show_racers(GROUND, KEYS[: len(points)], racers)


def centre(panels: SurfacePanels) -> tuple[float, float, float]:
    return panels.panels[0].camera.centre


def in_scene(point: tuple[float, float]) -> object:
    return pytest.approx(tuple(scene_places(GROUND, np.array([point]))[0]), abs=1e-6)


def test_the_turntable_turns_about_the_upright_axis_at_its_pace(
    qtbot: QtBot, panels: SurfacePanels, steering: Steering
) -> None:
    before, began = panels.panels[0].camera, time.monotonic()
    steering.set_turning(True)
    qtbot.waitUntil(lambda: panels.panels[0].camera.azimuth - before.azimuth % 360.0 > 3.0, timeout=PATIENCE_MS)
    after, most = panels.panels[0].camera, TURNTABLE_DEGREES_S * (time.monotonic() - began)
    assert 3.0 < after.azimuth - before.azimuth % 360.0 <= most
    assert after == replace(before, azimuth=after.azimuth)
    steering.set_turning(False)
    qtbot.wait(A_WHILE_MS)
    assert panels.panels[0].camera == after


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_7, Qt.Key.Key_Home])
def test_any_hand_on_the_camera_stops_the_turntable(
    qtbot: QtBot, panels: SurfacePanels, steering: Steering, key: Qt.Key
) -> None:
    steering.set_turning(True)
    qtbot.keyClick(panels.panels[0], key)
    assert not steering.turns
    stopped = panels.panels[0].camera
    qtbot.wait(A_WHILE_MS)
    assert panels.panels[0].camera == stopped


def test_a_pointer_that_only_looks_does_not_stop_it(qtbot: QtBot, panels: SurfacePanels, steering: Steering) -> None:
    steering.set_turning(True)
    qtbot.mouseMove(panels.panels[0], panels.panels[0].rect().center())
    qtbot.wait(50)
    assert steering.turning


def test_hidden_or_minimised_it_costs_nothing_and_goes_on_afterwards(
    qtbot: QtBot, panels: SurfacePanels, steering: Steering
) -> None:
    steering.set_turning(True)
    qtbot.waitUntil(lambda: panels.panels[0].camera.azimuth != HOME.azimuth, timeout=PATIENCE_MS)
    panels.hide()
    rested, began = panels.panels[0].camera, time.process_time()
    qtbot.wait(A_WHILE_MS)
    assert not steering.turning and steering.turns
    assert panels.panels[0].camera == rested
    assert time.process_time() - began < 0.25 * A_WHILE_MS / 1e3
    panels.show()
    assert steering.turning
    qtbot.waitUntil(lambda: panels.panels[0].camera != rested, timeout=PATIENCE_MS)
    panels.window().showMinimized()
    qtbot.waitUntil(lambda: not steering.turning, timeout=PATIENCE_MS)
    panels.window().showNormal()
    qtbot.waitUntil(lambda: steering.turning, timeout=PATIENCE_MS)


def test_switched_on_while_nobody_sees_it_it_waits(panels: SurfacePanels, steering: Steering) -> None:
    panels.hide()
    steering.set_turning(True)
    assert steering.turns and not steering.turning
    panels.show()
    assert steering.turning


def test_a_followed_racer_stays_in_the_middle_while_hands_set_distance_and_angles(
    qtbot: QtBot, panels: SurfacePanels, steering: Steering
) -> None:
    view, before = panels.panels[0], panels.panels[0].camera
    race(steering, (0.5, 0.5), (1.0, 2.0))
    steering.follow(KEYS[1])
    assert centre(panels) == in_scene((1.0, 2.0))
    assert (view.camera.distance, view.camera.azimuth) == (before.distance, before.azimuth)
    ((x, y),) = view.on_screen([(1.0, 2.0)])
    assert (x, y) == pytest.approx((view.width() / 2, view.height() / 2), abs=0.1)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Plus):
        qtbot.keyClick(view, key)
    handled = view.camera
    assert handled.distance < before.distance and handled.azimuth != before.azimuth
    assert handled.centre == in_scene((1.0, 2.0))
    race(steering, (0.5, 0.5), (1.2, 1.7))
    assert view.camera == replace(handled, centre=view.camera.centre) and centre(panels) == in_scene((1.2, 1.7))


def test_the_leader_is_whoever_leads(panels: SurfacePanels, steering: Steering) -> None:
    race(steering, (0.5, 0.5), (1.0, 2.0))
    steering.follow(LEADER)
    assert centre(panels) == in_scene((0.5, 0.5))
    behind, ahead = (racer([point], rank=rank) for point, rank in (((0.4, 0.4), 2), ((0.9, 1.9), 1)))
    steering.show_racers(GROUND, KEYS[:2], [behind, ahead])
    assert centre(panels) == in_scene((0.9, 1.9))


@pytest.mark.parametrize("point", NOWHERE)
def test_a_racer_that_leaves_the_block_leaves_the_camera_where_it_was_last_inside(
    panels: SurfacePanels, steering: Steering, point: tuple[float, float]
) -> None:
    race(steering, (0.5, 0.5))
    steering.follow(KEYS[0])
    race(steering, (1.9, 1.0))
    race(steering, point)
    assert centre(panels) == in_scene((1.9, 1.0))
    assert steering.followed == KEYS[0]
    race(steering, (0.1, 0.2))
    assert centre(panels) == in_scene((0.1, 0.2)), "it has been restarted"


def test_a_racer_that_is_nowhere_from_the_beginning_moves_nothing(panels: SurfacePanels, steering: Steering) -> None:
    before = panels.panels[0].camera
    race(steering, (np.nan, np.nan))
    steering.follow(KEYS[0])
    assert panels.panels[0].camera == before


def test_a_removed_racer_is_followed_no_longer(panels: SurfacePanels, steering: Steering) -> None:
    race(steering, (0.5, 0.5), (1.0, 2.0))
    steering.follow(KEYS[1])
    race(steering, (0.6, 0.5))
    assert steering.followed == NOBODY
    left = panels.panels[0].camera
    race(steering, (0.9, 0.9))
    assert panels.panels[0].camera == left


def test_a_side_turns_round_the_followed_racer_and_home_ends_it(
    qtbot: QtBot, panels: SurfacePanels, steering: Steering
) -> None:
    race(steering, (1.0, 2.0))
    steering.follow(KEYS[0])
    qtbot.keyClick(panels.panels[0], Qt.Key.Key_7)
    assert panels.panels[0].camera.elevation == 90.0 and centre(panels) == in_scene((1.0, 2.0))
    steering.stand(FRONT)
    assert panels.panels[0].camera.elevation == 0.0 and centre(panels) == in_scene((1.0, 2.0))
    panels.reset_view()
    assert steering.followed == NOBODY and panels.seen_from == HOME


def test_the_turntable_goes_round_the_followed_racer(qtbot: QtBot, panels: SurfacePanels, steering: Steering) -> None:
    race(steering, (1.0, 2.0))
    steering.follow(KEYS[0])
    steering.set_turning(True)
    before = panels.panels[0].camera
    qtbot.waitUntil(lambda: panels.panels[0].camera.azimuth != before.azimuth, timeout=PATIENCE_MS)
    race(steering, (1.1, 1.9))
    assert centre(panels) == in_scene((1.1, 1.9)) and steering.turns


def test_all_views_of_a_grid_are_seen_from_the_same_place(
    qtbot: QtBot, panels: SurfacePanels, steering: Steering
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
    race(steering, (0.5, 0.5), (1.0, 2.0))
    for change in (
        lambda: qtbot.keyClick(panels.panels[2], Qt.Key.Key_Right),
        lambda: qtbot.keyClick(panels.panels[3], Qt.Key.Key_1),
        lambda: steering.stand(TOP), lambda: steering.set_parallel(True), lambda: steering.follow(KEYS[1]),
        lambda: qtbot.keyClick(panels.panels[1], Qt.Key.Key_Minus), lambda: steering.follow(NOBODY),
        lambda: panels.reset_view(),
    ):  # fmt: skip
        change()
        assert linked()
    steering.set_turning(True)
    qtbot.wait(A_WHILE_MS)
    assert linked() and panels.panels[3].camera.azimuth != HOME.azimuth
    assert panels.panels[3].camera.parallel, "reset goes home and leaves the kind of picture"


def test_perspective_is_kept_by_a_side_and_told_to_the_menu(panels: SurfacePanels, steering: Steering) -> None:
    told: list[bool] = []
    steering.changed.connect(lambda: told.append(steering.parallel))
    steering.set_parallel(True)
    steering.stand(FRONT)
    assert steering.parallel and told[-1]
    steering.set_parallel(False)
    assert not steering.parallel and not told[-1]
    assert panels.panels[0].seen_from == FRONT
