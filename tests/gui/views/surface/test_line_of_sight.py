"""What the home view shows: no known minimum is behind a hill where any elevation shows it."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

import gui.views.surface.view as surface_view
from engine.loss.heights import fit_scale, suited_kind
from engine.loss.loss import Loss
from engine.loss.terrain import Terrain, sample_terrain
from gui.look.theme import DARK
from gui.views.surface.camera import Camera
from gui.views.surface.items.shared_resources import SharedResources
from gui.views.surface.key_bindings import HOME, TOP
from gui.views.surface.line_of_sight import hidden, hidden_minima
from gui.views.surface.scene_coordinates import scene_places
from gui.views.surface.view import SurfaceView
from landscapes import LANDSCAPES
from tests.gui.views.scenery import bowl, terrain

SMALL, WIDE = (430, 350), (900, 500)
"""The 3-D view in a small window, and where it fills one: low elevations fill both best."""
SIDE = 128
NEAR = 0.06
"""In the scene: so far from a minimum, what is seen is the hollow around it."""
LIMIT_S = 0.02
"""Ten times what the choice may take, for machines busy with other tests."""


def ground_of(name: str) -> Terrain:
    landscape = LANDSCAPES[name]
    loss = Loss(landscape.formula, dict(landscape.parameters))
    sampled = sample_terrain(loss.value, landscape.domain, SIDE, SIDE, 1)
    return sampled.scaled(fit_scale(sampled.values, suited_kind(sampled.values)), 1)


def ridge(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.exp(-30.0 * y**2)


@pytest.mark.parametrize("parallel", [False, True])
@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize("name", ["Himmelblau", "Rosenbrock", "Beale", "Booth", "ThreeHumpCamel"])
def test_the_home_view_shows_every_minimum(view: SurfaceView, name: str, size: tuple[int, int], parallel: bool) -> None:
    minima = LANDSCAPES[name].minima
    ground = ground_of(name)
    view.resize(*size)
    view.show_terrain(ground)
    view.show_minima(minima)
    view.set_camera(replace(HOME, parallel=parallel))
    for place, (x, y) in zip(scene_places(ground, np.array(minima)), view.on_screen(minima), strict=True):
        met = view.ground_under(QPointF(x, y))
        assert met is not None and np.linalg.norm(np.array(met) - place) < NEAR, (name, view.camera)


def test_a_higher_elevation_is_taken_only_where_it_shows_more(view: SurfaceView) -> None:
    view.resize(*WIDE)
    view.show_terrain(ground_of("Booth"))
    view.show_minima(LANDSCAPES["Booth"].minima)
    low = view.camera.elevation
    view.show_terrain(replace(ground_of("Himmelblau"), number=2))
    view.show_minima(LANDSCAPES["Himmelblau"].minima)
    assert low == min(HOME.elevations) < view.camera.elevation


def test_what_no_elevation_shows_is_looked_at_from_high_up(view: SurfaceView) -> None:
    view.resize(*WIDE)
    view.show_terrain(ground_of("Easom"))
    view.show_minima(LANDSCAPES["Easom"].minima)
    assert hidden_minima(ground_of("Easom"), LANDSCAPES["Easom"].minima, view.camera)
    assert view.camera.elevation == max(HOME.elevations)


def test_the_block_lies_still_while_a_landscape_without_known_minima_changes(view: SurfaceView) -> None:
    view.resize(*WIDE)
    view.show_terrain(ground_of("Himmelblau"))
    view.show_minima(LANDSCAPES["Himmelblau"].minima)
    before = view.camera
    view.show_minima(())
    view.show_terrain(terrain(2, bowl))
    assert view.camera == before


def test_a_camera_that_a_person_moved_stays_when_the_landscape_changes(view: SurfaceView, qtbot: QtBot) -> None:
    view.resize(*WIDE)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    before = view.camera
    view.show_terrain(ground_of("Himmelblau"))
    view.show_minima(LANDSCAPES["Himmelblau"].minima)
    assert view.camera == before


@pytest.mark.parametrize("parallel", [False, True])
def test_behind_a_ridge_is_hidden_from_low_and_seen_from_above_and_a_hole_hides_nothing(parallel: bool) -> None:
    wall = terrain(1, lambda x, y: ridge(x, y - 1.0), kind="linear")
    places = np.array([(0.0, 0.5, 0.0), (0.0, -0.5, 0.0)])
    low = Camera(20.0, -90.0, 6.0, parallel=parallel)
    assert hidden(wall.heights, places, low).tolist() == [True, False]
    assert not hidden(wall.heights, places, Camera(TOP.elevations[0], -90.0, 6.0, parallel=parallel)).any()
    assert not hidden(np.where(wall.heights > 0.01, np.nan, wall.heights), places, low).any()


def test_a_landscape_without_minima_is_judged_by_its_lowest_ground_and_one_of_holes_by_nothing() -> None:
    camera = Camera(20.0, -90.0, 6.0)
    behind = terrain(1, lambda x, y: ridge(x, y - 1.0) - 0.1 * np.exp(-20.0 * (x**2 + (y - 2.0) ** 2)), kind="linear")
    before = terrain(2, lambda x, y: ridge(x, y - 1.0) - 0.1 * np.exp(-20.0 * (x**2 + y**2)), kind="linear")
    holes = terrain(3, lambda x, y: np.nan * x)
    assert [hidden_minima(ground, (), camera) for ground in (behind, before, holes)] == [1, 0, 0]
    assert hidden_minima(behind, [(1e300, np.inf)], camera) == 1, "a minimum outside counts for nothing"


def test_the_choice_takes_no_time(view: SurfaceView) -> None:
    view.show_terrain(ground_of("Himmelblau"))
    view.show_minima(LANDSCAPES["Himmelblau"].minima)
    took = []
    for turn in range(5):
        began = time.perf_counter()
        view.set_camera(replace(HOME, azimuth=HOME.azimuth + turn))
        took.append(time.perf_counter() - began)
    assert min(took) < LIMIT_S


def test_views_of_one_size_and_landscape_choose_their_camera_once(
    qtbot: QtBot, opengl: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, ground, minima, asked = SharedResources(), ground_of("Himmelblau"), LANDSCAPES["Himmelblau"].minima, []
    monkeypatch.setattr(surface_view, "hidden_minima", lambda *sees: asked.append(sees) or hidden_minima(*sees))
    views = [SurfaceView(DARK, shared) for _ in range(3)]
    for view, size in zip(views, (SMALL, SMALL, WIDE), strict=True):
        qtbot.addWidget(view)
        view.resize(*size)
        view.set_camera(HOME)
        view.show_minima(minima)
    looks = []
    for view in views:
        view.show_terrain(ground)
        looks.append(len(asked))
    assert looks[1] == looks[0] < looks[2] and views[0].camera == views[1].camera != views[2].camera
    views[1].show_minima(minima[:1])
    assert len(asked) > looks[2], "other minima are looked for anew"
