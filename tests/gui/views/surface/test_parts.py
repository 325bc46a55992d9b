"""What the 3-D view computes before anything is drawn: segments, texels, the camera's place, numbers."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QVector3D

from engine.loss.heights import LogScale
from engine.race.trail import Trail
from gui.views.surface.camera import Camera, filled, fitted, projection_of, view_of
from gui.views.surface.items.axes_painter import loss_ticks, nice_numbers
from gui.views.surface.items.ground_mesh import MESH, block, texels
from gui.views.surface.items.trail_segments import FEW, MOST_SEGMENTS, PIECE, TrailSegments, clip_segments
from gui.views.surface.items.trails_item import crowd_of
from gui.views.surface.key_bindings import HOME
from tests.pace import is_within

MOST_SECONDS = 0.004
"""Time limit: ten times the usual time, for machines busy with other tests."""
BOUNDS = ((0.0, 1.0), (0.0, 1.0))
SIDE_PX = 1024
WALK = np.clip(0.5 + np.cumsum(np.random.default_rng(1).normal(0, 0.01, (20_000, 2)), axis=0), -0.5, 1.5)
TURNS = np.linspace(0.0, 60.0, 400_000)
LONG = 0.5 + 0.45 * np.exp(-TURNS / 20.0)[:, None] * np.column_stack([np.cos(TURNS), np.sin(TURNS)])


def trail(rows: int, generation: int = 0) -> Trail:
    return Trail(generation, np.arange(rows), WALK[:rows], np.zeros(rows))


def test_a_racer_at_full_speed_costs_no_more_for_its_long_trail() -> None:
    steps = np.arange(1_000_000)
    places = np.random.default_rng(4).uniform(0.4, 0.6, (len(steps), 2))
    segments = TrailSegments()
    taken = []
    for rows in range(500_000, 1_000_000, 20_000):
        grown = Trail(0, steps[:rows], places[:rows], places[:rows, 0])
        began = time.thread_time()
        segments.follow(grown, BOUNDS, SIDE_PX)
        taken.append(time.thread_time() - began)
    assert is_within(float(np.median(taken)), MOST_SECONDS)


def ravine(steps: int) -> Trail:
    """Return a trail of so many steps that jumps from side to side of a ravine, ever closer to its bottom."""
    number = np.arange(steps)
    across = 0.5 + 0.4 * (-1.0) ** number * np.exp(-3e-4 * number)
    places = np.column_stack([0.05 + 0.9 * number / steps, across])
    return Trail(0, number, places, np.zeros(steps))


@pytest.mark.parametrize("side_px", [1024, 8192])
def test_no_drawn_line_of_a_long_trail_departs_from_the_true_one_by_more_than_half_a_pixel(side_px: int) -> None:
    spiral = np.linspace(0.0, 40.0, 25_000)
    radius = 0.45 * np.exp(-spiral / 15.0)
    places = np.column_stack([0.5 + radius * np.cos(spiral), 0.5 + radius * np.sin(spiral)])
    segments = TrailSegments()
    for rows in range(1000, len(places) + 1, 1000):
        segments.follow(Trail(0, np.arange(rows), places[:rows], np.zeros(rows)), BOUNDS, side_px)
    # Once more while the race is paused.
    segments.follow(Trail(0, np.arange(len(places)), places, np.zeros(len(places))), BOUNDS, side_px, settled=True)
    drawn = segments.segments.astype(float)
    samples = np.concatenate([drawn[:, :2] + share * (drawn[:, 2:] - drawn[:, :2]) for share in (0.0, 0.25, 0.5, 0.75)])
    nearest = [np.hypot(*(places - sample).T).min() for sample in samples[:: max(len(samples) // 500, 1)]]
    assert max(nearest) * side_px < 0.5 + 0.5 * side_px * np.hypot(*np.diff(places, axis=0).T).max()
    assert drawn[0, :2] == pytest.approx(places[0], abs=1e-6)


def crossings(segments: TrailSegments) -> int:
    """Return how often the drawn line crosses the bed of the ravine."""
    return np.count_nonzero(np.diff(np.sign(segments.segments[:, 1] - 0.5)))


def test_what_was_left_out_in_a_race_is_drawn_once_it_is_paused_and_not_before() -> None:
    segments, whole = TrailSegments(), ravine(1000)
    for rows in range(100, 1001, 100):
        grown = Trail(0, whole.steps[:rows], whole.positions[:rows], whole.losses[:rows])
        segments.follow(grown, BOUNDS, SIDE_PX)
    assert crossings(segments) < 600
    assert not segments.follow(whole, BOUNDS, SIDE_PX), "a camera that turns during a race has nothing thinned anew"
    assert segments.follow(whole, BOUNDS, SIDE_PX, settled=True)
    assert crossings(segments) > 980
    assert not segments.follow(whole, BOUNDS, SIDE_PX, settled=True)


def test_each_jump_across_a_ravine_is_drawn() -> None:
    segments = TrailSegments()
    segments.follow(ravine(1000), BOUNDS, SIDE_PX)
    assert crossings(segments) > 980


def test_a_trail_that_grows_row_by_row_is_the_trail_that_came_at_once() -> None:
    slowly, at_once = TrailSegments(), TrailSegments()
    for rows in range(1, 600, 7):
        slowly.follow(trail(rows), BOUNDS, SIDE_PX)
    slowly.follow(trail(600), BOUNDS, SIDE_PX)
    at_once.follow(trail(600), BOUNDS, SIDE_PX)
    assert slowly.rewritten == 1
    assert slowly.segments[-1] == pytest.approx(at_once.segments[-1], abs=1e-6)
    assert abs(slowly.count - at_once.count) < 0.1 * at_once.count


@pytest.mark.parametrize("crowd", [1, 2, 4, 8])
def test_a_trail_never_needs_more_than_its_room(crowd: int) -> None:
    segments = TrailSegments()
    leaps = np.random.default_rng(2).uniform(0, 1, (20_000, 2))
    for rows in range(100, 20_000, 300):
        segments.follow(Trail(0, np.arange(rows), leaps[:rows], np.zeros(rows)), BOUNDS, SIDE_PX, crowd=crowd)
        assert 0 < segments.count <= MOST_SEGMENTS // crowd


def test_many_trails_share_the_vertices_of_few() -> None:
    crowds = [crowd_of(trails) for trails in (0, 1, FEW, FEW + 1, 2 * FEW, 2 * FEW + 1, 4 * FEW)]
    assert crowds == [1, 1, 1, 2, 2, 4, 4]
    for trails in range(1, 100):
        assert trails <= FEW * crowd_of(trails) < 2 * max(trails, FEW)


def test_another_trail_is_drawn_in_haste_where_there_is_no_time_and_exactly_once_there_is() -> None:
    whole = Trail(0, np.arange(len(LONG)), LONG, np.zeros(len(LONG)))
    hasty, exact = TrailSegments(), TrailSegments()
    began = time.thread_time()
    assert hasty.follow(whole, BOUNDS, SIDE_PX, may_refine=False)
    assert is_within(time.thread_time() - began, MOST_SECONDS)
    assert hasty.is_outdated
    np.testing.assert_allclose(hasty.segments[[0, -1]].reshape(2, 2, 2)[[0, 1], [0, 1]], LONG[[0, -1]], atol=1e-6)
    assert hasty.follow(whole, BOUNDS, SIDE_PX) and not hasty.is_outdated
    exact.follow(whole, BOUNDS, SIDE_PX)
    np.testing.assert_array_equal(hasty.segments, exact.segments)


def test_an_unchanged_trail_is_not_looked_at_and_a_changed_one_is_made_anew() -> None:
    segments = TrailSegments()
    assert segments.follow(trail(50), BOUNDS, SIDE_PX)
    assert not segments.follow(trail(50), BOUNDS, SIDE_PX)
    assert segments.follow(trail(50, generation=1), BOUNDS, SIDE_PX)
    assert segments.rewritten == 2


def test_a_racer_that_stands_still_adds_nothing() -> None:
    segments = TrailSegments()
    still = np.full((100, 2), 0.5)
    segments.follow(Trail(0, np.arange(50), still[:50], np.zeros(50)), BOUNDS, SIDE_PX)
    assert not segments.follow(Trail(0, np.arange(100), still, np.zeros(100)), BOUNDS, SIDE_PX)


def test_long_steps_are_cut_so_that_they_follow_the_ground() -> None:
    segments = TrailSegments()
    segments.follow(Trail(0, np.arange(2), np.array([[0.1, 0.1], [0.9, 0.5]]), np.zeros(2)), BOUNDS, SIDE_PX)
    pieces = np.abs(segments.segments[:, 2:] - segments.segments[:, :2]).max(axis=1)
    assert pieces.max() <= PIECE * 1.01
    assert segments.segments[1:, :2] == pytest.approx(segments.segments[:-1, 2:], abs=1e-6)


@given(st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 4), min_size=1, max_size=20))
def test_clipped_segments_lie_in_the_domain(ends: list[tuple[float, float, float, float]]) -> None:
    segments = np.array(ends)
    starts, stops = clip_segments(segments[:, :2], segments[:, 2:])
    for places in (starts, stops):
        assert ((places > -1e-6) & (places < 1 + 1e-6)).all()


def test_a_segment_inside_is_not_clipped() -> None:
    start, end = np.array([[0.2, 0.3]]), np.array([[0.2, 0.9]])
    assert clip_segments(start, end)[0].tolist() == start.tolist()
    assert clip_segments(start, end)[1] == pytest.approx(end)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9, 1.0])
def test_texels_are_finite_and_holes_are_closed_ground(share: float) -> None:
    random = np.random.default_rng(3)
    heights = random.random((40, 60)).astype(np.float32)
    heights[random.random(heights.shape) < share] = np.nan
    packed = texels(heights)
    assert np.isfinite(packed).all()
    assert ((packed[..., 1] == 0) == np.isnan(heights)).all()


def test_slopes_are_heights_a_side() -> None:
    x, y = np.meshgrid(np.linspace(0, 1, 30), np.linspace(0, 1, 20))
    packed = texels((0.3 * x + 0.5 * y).astype(np.float32))
    assert packed[..., 2] == pytest.approx(np.full((20, 30), 0.3), abs=1e-4)
    assert packed[..., 3] == pytest.approx(np.full((20, 30), 0.5), abs=1e-4)


def test_the_block_is_a_top_four_walls_and_a_floor() -> None:
    corners, triangles, top = block(MESH)
    assert triangles.max() == len(corners) - 1
    assert (corners[triangles[:top], 2] == 1).all()
    assert (corners[triangles[-6:], 2] == 0).all()


@given(st.integers(120, 2000), st.integers(120, 2000), st.floats(0, 90), st.floats(-180, 180), st.booleans())
def test_the_camera_sees_every_corner(
    width: int, height: int, elevation: float, azimuth: float, parallel: bool
) -> None:
    size = (width, height)
    camera = fitted(Camera(elevation, azimuth, parallel=parallel), size, (20.0, 20.0, 10.0, 10.0), (-0.1, 0.8))
    matrix = projection_of(camera, (0, 0, *size), size) * view_of(camera)
    for corner in ((x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-0.1, 0.8)):
        assert max(abs(part) for part in matrix.map(QVector3D(*corner)).toTuple()) <= 1.0001


@given(st.integers(240, 1400), st.integers(220, 1000))
def test_no_other_elevation_fills_more_of_a_fresh_view(width: int, height: int) -> None:
    size, margins, heights = (width, height), (20.0, 20.0, 10.0, 10.0), (-0.1, 0.8)
    fresh = HOME.camera(size, margins, heights)
    for elevation in HOME.elevations:
        other = fitted(Camera(elevation, fresh.azimuth), size, margins, heights)
        assert filled(fresh, size, heights) >= filled(other, size, heights) - 1e-9


def test_what_a_trail_brought_last_is_known_even_where_all_of_it_is_made_anew() -> None:
    segments = TrailSegments()
    leaps = np.random.default_rng(2).uniform(0, 1, (20_000, 2))
    rewritten = 0
    for rows in range(100, 8000, 100):
        segments.follow(Trail(0, np.arange(rows), leaps[:rows], np.zeros(rows)), BOUNDS, SIDE_PX)
        assert segments.segments[-1, 2:] == pytest.approx(leaps[rows - 1], abs=1e-6)
        assert segments.fresh < segments.count
        if segments.rewritten > max(rewritten, 1):
            assert segments.segments[segments.fresh, :2] == pytest.approx(leaps[rows - 101], abs=0.05)
        rewritten = segments.rewritten
    assert segments.rewritten > 2 and segments.restarted == 1


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (-2, 2, ["−2", "−1", "0", "1", "2"]), (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (-1e-5, 3e-5, ["−1e−5", "0", "1e−5", "2e−5", "3e−5"]), (0, 4e7, ["0", "1e7", "2e7", "3e7", "4e7"]),
    ],
)  # fmt: skip
def test_numbers_along_the_edges_are_round(low: float, high: float, texts: list[str]) -> None:
    assert [text for _, text in nice_numbers(low, high, 5)] == texts


@pytest.mark.parametrize(("low", "high"), [(0, 2190), (1e14, 1.001e14), (-5, 5), (1e-12, 1e9), (-1e300, 1e300)])
def test_numbers_of_the_loss_rise_and_differ(low: float, high: float) -> None:
    ticks = loss_ticks(LogScale(low, high))
    heights, texts = zip(*ticks, strict=True)
    assert list(heights) == sorted(heights) and heights[0] >= 0 and heights[-1] <= 1.000001
    assert len(set(texts)) == len(texts) >= 3


def test_a_flat_landscape_has_one_number() -> None:
    assert loss_ticks(LogScale(3.0, 3.0)) == ((0.0, "3"),)
