"""The place under the pointer: whatever is projected onto the screen is found there again, or what hides it."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QVector3D

from engine.loss.heights import LinearScale
from engine.loss.terrain import Terrain
from gui.views.surface.camera import Camera, Place, Ray, axes_of, fitted, projection_of, ray_through, view_of
from gui.views.surface.key_bindings import FRONT, HOME, TOP
from gui.views.surface.picking import ground_hit
from gui.views.surface.scene_coordinates import BASE, RELIEF, heights_at

SIZE = (480, 520)
MARGINS_PX = (52.0, 40.0, 26.0, 34.0)
NEAR = 1e-6
ALONG = np.linspace(0.0, 1.0, 6000)[:-1]
"""Shares of the way from the camera to a place at which a ray is compared with the ground."""
PICK_LIMIT_MS = 0.9
"""Three times what it may take, for machines busy with other tests."""

cameras = st.builds(
    lambda up, around, parallel, factor: fitted(
        Camera(up, around, parallel=parallel), SIZE, MARGINS_PX, (BASE, RELIEF)
    ).zoomed(factor),
    st.floats(0, 90), st.floats(-180, 180), st.booleans(), st.floats(0.6, 2.0),
)  # fmt: skip
grounds = st.builds(
    lambda seed, rows, columns, power: np.random.default_rng(seed).random((rows, columns)).astype(np.float32) ** power,
    st.integers(0, 2**32), st.integers(2, 40), st.integers(2, 40), st.floats(0.2, 8.0),
)  # fmt: skip
inside = st.floats(-0.99, 0.99)


def terrain(heights: np.ndarray) -> Terrain:
    return Terrain(1, ((-1.0, 1.0), (-1.0, 1.0)), heights, heights.astype(np.float64), LinearScale(0.0, 1.0))


def over(heights: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the heights (n,) of places (n, 3) above the ground; beside the domain there is no ground."""
    above = places[:, 2] - RELIEF * heights_at(terrain(heights), (places[:, :2] + 1.0) / 2.0)
    return np.where(np.abs(places[:, :2]).max(axis=1) <= 1.0, above, np.inf)


def on_ground(heights: np.ndarray, x: float, y: float) -> np.ndarray:
    return np.array([x, y, RELIEF * heights_at(terrain(heights), np.array([[x + 1.0, y + 1.0]]) / 2.0)[0]])


def projected(camera: Camera, place: np.ndarray) -> tuple[float, float]:
    """Return the pixel of a place, from the upper left corner, computed without a single-precision matrix."""
    right, up, towards = axes_of(camera)
    away = place - np.array(camera.eye)
    depth = camera.distance if camera.parallel else -(away @ towards)
    unit = SIZE[0] / 2.0 / (camera.half_field * depth)
    return SIZE[0] / 2.0 + unit * (away @ right), SIZE[1] / 2.0 - unit * (away @ up)


def way_to(ray: Ray, place: np.ndarray) -> np.ndarray:
    """Return places (n, 3) along a ray, from in front of the block to just in front of a place."""
    length = (place - ray.origin) @ ray.direction / (ray.direction @ ray.direction)
    begin = ray.begin if np.isfinite(ray.begin) else length - 8.0
    return ray.origin + (begin + ALONG * (length - begin))[:, None] * ray.direction


def pick(heights: np.ndarray, camera: Camera, place: np.ndarray) -> tuple[Ray, Place | None]:
    ray = ray_through(camera, SIZE, *projected(camera, place))
    return ray, ground_hit(heights, ray)


@settings(deadline=None)
@given(grounds, cameras, inside, inside)
def test_a_point_of_the_ground_is_found_where_it_is_seen_unless_nearer_ground_or_a_wall_hides_it(
    heights: np.ndarray, camera: Camera, x: float, y: float
) -> None:
    place = on_ground(heights, x, y)
    ray, hit = pick(heights, camera, place)
    before = way_to(ray, place)
    if hit is None:
        assert over(heights, before).min() <= NEAR, "a wall is before it, or the ground that the wall is cut from"
        return
    found = np.array(hit)
    assert abs(over(heights, found[None])[0]) < NEAR, "it lies on the ground"
    assert projected(camera, found) == pytest.approx(projected(camera, place), abs=1e-4), "under the pointer"
    assert (found - place) @ ray.direction < NEAR, "and no further away than what was pointed at"
    assert over(heights, way_to(ray, found)).min() > -NEAR, "with nothing before it"
    if np.linalg.norm(found - place) > 1e-3:
        rest = before[(before - found) @ ray.direction > 0.0]
        assert over(heights, rest).min(initial=0.0) <= NEAR, "it hides what was pointed at"


@settings(deadline=None)
@given(grounds, cameras, inside, inside)
def test_what_is_found_is_what_the_picture_shows_there(heights: np.ndarray, camera: Camera, x: float, y: float) -> None:
    column, row = SIZE[0] * (x + 1.0) / 2.0, SIZE[1] * (y + 1.0) / 2.0
    hit = ground_hit(heights, ray_through(camera, SIZE, column, row))
    if hit is not None:
        seen = (projection_of(camera, (0, 0, *SIZE), SIZE) * view_of(camera)).map(QVector3D(*hit))
        assert (SIZE[0] * (1 + seen.x()) / 2, SIZE[1] * (1 - seen.y()) / 2) == pytest.approx((column, row), abs=0.05)


@settings(deadline=None)
@given(grounds, st.booleans(), inside, inside)
def test_from_the_top_everything_is_found(heights: np.ndarray, parallel: bool, x: float, y: float) -> None:
    camera = TOP.camera(SIZE, MARGINS_PX, (BASE, RELIEF))
    place = on_ground(heights, x, y)
    _, hit = pick(heights, Camera(**{**vars(camera), "parallel": True}), place)
    assert hit == pytest.approx(tuple(place), abs=1e-5)


@pytest.mark.parametrize("parallel", [False, True])
def test_beside_the_block_there_is_nothing(parallel: bool) -> None:
    camera = Camera(**{**vars(HOME.camera(SIZE, MARGINS_PX, (BASE, RELIEF))), "parallel": parallel})
    heights = np.random.default_rng(0).random((20, 20)).astype(np.float32)
    for corner in ((1.0, 1.0), (SIZE[0] - 1.0, 1.0), (1.0, SIZE[1] - 1.0), (SIZE[0] - 1.0, SIZE[1] - 1.0)):
        assert ground_hit(heights, ray_through(camera, SIZE, *corner)) is None


@pytest.mark.parametrize("parallel", [False, True])
def test_a_wall_is_no_ground(parallel: bool) -> None:
    camera = Camera(**{**vars(FRONT.camera(SIZE, MARGINS_PX, (BASE, RELIEF))), "parallel": parallel})
    heights = np.full((20, 20), 0.5, np.float32)
    on_wall = projected(camera, np.array([0.1, -1.0, 0.2 * RELIEF]))
    assert ground_hit(heights, ray_through(camera, SIZE, *on_wall)) is None


def test_in_a_hole_there_is_nothing_and_beyond_it_the_ground_again() -> None:
    heights = np.full((41, 41), 0.5, np.float32)
    heights[15:26, 15:26] = np.nan
    camera = HOME.camera(SIZE, MARGINS_PX, (BASE, RELIEF))
    assert pick(heights, camera, np.array([0.0, 0.0, 0.5 * RELIEF]))[1] is None
    beyond = np.array([-0.7, 0.7, 0.5 * RELIEF])
    assert pick(heights, camera, beyond)[1] == pytest.approx(tuple(beyond), abs=1e-9)
    assert ground_hit(np.full((9, 9), np.nan, np.float32), ray_through(camera, SIZE, 240.0, 260.0)) is None


def test_a_hill_behind_a_hole_is_seen_over_it() -> None:
    heights = np.zeros((41, 41), np.float32)
    heights[10:15] = np.nan
    heights[20:] = 1.0
    camera = Camera(20.0, -90.0, distance=5.0)
    hill = np.array([0.0, 0.02, 0.9 * RELIEF])
    _, hit = pick(heights, camera, hill)
    assert hit is not None and -0.05 <= hit[1] <= 0.02 and hit[2] > 0.5 * RELIEF


def test_flat_ground_at_the_lowest_height_is_found() -> None:
    heights = np.zeros((5, 5), np.float32)
    place = np.array([0.3, -0.4, 0.0])
    for elevation in (5.0, 40.0, 90.0):
        assert pick(heights, Camera(elevation, 20.0, distance=6.0), place)[1] == pytest.approx(tuple(place), abs=1e-9)


def test_picking_takes_a_small_part_of_a_frame() -> None:
    heights = np.random.default_rng(0).random((512, 512)).astype(np.float32) * np.float32(0.2)
    camera, taken = Camera(8.0, -50.0, distance=5.0), []
    for column in np.linspace(40, 440, 300):
        began = time.thread_time()
        ground_hit(heights, ray_through(camera, SIZE, column, 250.0))
        taken.append(1e3 * (time.thread_time() - began))
    assert np.median(taken) < PICK_LIMIT_MS
