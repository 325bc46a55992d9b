"""Long trails in the 3-D view are cut into dashes once, and drawn finer a few at a time."""

import time
from dataclasses import replace

import numpy as np
import pytest

from engine.live.frame import RacerFrame
from engine.race.trail import Trail
from gui.views import polyline
from gui.views.dashes import DASHES, SOLID, Dash
from gui.views.racer_look import RacerLook
from gui.views.surface.items import trail_segments
from gui.views.surface.items.trail_dashes import TrailDashes
from gui.views.surface.items.trail_segments import Segments, TrailSegments
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import bowl, pixels, settle, terrain

BOUNDS = ((0.0, 1.0), (0.0, 1.0))
SIDE_PX = 1024
ROWS = 20_000
WALK = np.clip(0.5 + np.cumsum(np.random.default_rng(3).normal(0, 0.01, (ROWS, 2)), axis=0), -0.5, 1.5)
RACERS, ZOOM = 40, 0.2
LEAST_GAIN = 10


def trail(rows: int, generation: int = 0) -> Trail:
    return Trail(generation, np.arange(rows), WALK[:rows], np.zeros(rows))


def drawn_length(pieces: Segments) -> float:
    return float(np.hypot(*(pieces[:, 2:] - pieces[:, :2]).T).sum())


@pytest.mark.parametrize("dash", DASHES[1:])
def test_a_trail_that_grows_has_the_dashes_of_one_that_came_at_once(dash: Dash) -> None:
    segments = TrailSegments()
    grown = TrailDashes(segments)
    for rows in range(2, 1000, 9):
        segments.follow(trail(rows), BOUNDS, SIDE_PX)
        grown.pieces(dash, 0)
    whole = TrailDashes(segments).pieces(dash, 0)
    np.testing.assert_allclose(grown.pieces(dash, 0), whole, atol=1e-5)
    later = grown.pieces(dash, segments.count // 2)
    np.testing.assert_allclose(later, whole[-len(later) :], atol=1e-5)
    assert 0.3 * len(whole) < len(later) < 0.7 * len(whole)
    assert len(grown.pieces(dash, segments.count)) == 0


def test_a_solid_trail_is_its_segments() -> None:
    segments = TrailSegments()
    segments.follow(trail(500), BOUNDS, SIDE_PX)
    np.testing.assert_array_equal(TrailDashes(segments).pieces(SOLID, 5), segments.segments[5:])


def test_another_trail_and_another_pattern_have_dashes_of_their_own() -> None:
    segments = TrailSegments()
    dashes = TrailDashes(segments)
    segments.follow(trail(500), BOUNDS, SIDE_PX)
    long, dotted = dashes.pieces(DASHES[1], 0).copy(), dashes.pieces(DASHES[2], 0).copy()
    assert drawn_length(dotted) < 0.3 * drawn_length(long)
    np.testing.assert_array_equal(dashes.pieces(DASHES[1], 0), long)
    segments.follow(trail(50, generation=1), BOUNDS, SIDE_PX)
    assert 0.0 < drawn_length(dashes.pieces(DASHES[1], 0)) < 0.3 * drawn_length(long)


def test_a_camera_that_turns_has_no_trail_cut_again() -> None:
    segments = TrailSegments()
    dashes, taken = TrailDashes(segments), []
    segments.follow(trail(ROWS), BOUNDS, SIDE_PX)
    for _ in range(20):
        began = time.thread_time()
        dashes.pieces(DASHES[1], 0)
        taken.append(time.thread_time() - began)
    assert LEAST_GAIN * np.median(taken[1:]) < taken[0]


def test_a_right_trail_waits_for_its_finer_drawing_and_a_wrong_one_does_not() -> None:
    segments = TrailSegments()
    segments.follow(trail(5000), BOUNDS, SIDE_PX)
    coarse = segments.segments.copy()
    assert not segments.follow(trail(5000), BOUNDS, 4 * SIDE_PX, may_refine=False)
    assert segments.is_outdated
    np.testing.assert_array_equal(segments.segments, coarse)
    assert segments.follow(trail(5000), BOUNDS, 4 * SIDE_PX)
    assert not segments.is_outdated and segments.count > len(coarse)
    segments.follow(trail(100, generation=1), BOUNDS, SIDE_PX, may_refine=False)
    assert not segments.is_outdated and segments.count < len(coarse)


def long_racers() -> tuple[list[RacerLook], list[RacerFrame]]:
    places = 3.0 * (WALK - 0.5)
    trails = [Trail(number, np.arange(ROWS), places, np.zeros(ROWS)) for number in range(RACERS)]
    looks = [RacerLook(f"racer {number}", "#ff8800") for number in range(RACERS)]
    return looks, [RacerFrame((0.0, 1.0), 0.0, "running", 1, each) for each in trails]


def test_after_a_zoom_long_trails_are_drawn_finer_a_few_in_each_picture(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    view.show_racers(*long_racers())
    settle(view)
    pictures = []
    view.frameSwapped.connect(lambda: pictures.append(view.up_to_date))
    view.opts["distance"] *= ZOOM
    view.update()
    settle(view)
    assert len(pictures) > 1 and pictures[-1] and not pictures[0]


def test_the_trails_of_those_who_stay_are_not_thinned_again_when_a_racer_goes(
    view: SurfaceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, racers = long_racers()
    view.show_racers(looks, racers)
    before = pixels(view)
    thinned = []
    monkeypatch.setattr(
        trail_segments, "rows_to_draw", lambda *given: thinned.append(given) or polyline.rows_to_draw(*given)
    )
    view.show_racers(looks[1:], racers[1:])
    assert (pixels(view) != before).any() and not thinned
    view.show_racers([looks[0]], [replace(racers[0], trail=trail(5, generation=RACERS))])
    assert (pixels(view) != before).any()
    assert len(thinned) == 1
