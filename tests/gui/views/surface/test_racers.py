"""Racers in the 3-D view: their trails, heads and populations stand on the ground, and cost little."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.live.frame import RacerFrame
from engine.loss.heights import HEIGHTS
from engine.race.trail import Trail
from gui.look.theme import RACER_COLOURS
from gui.views.dashes import DASHES
from gui.views.racer_look import RacerLook
from gui.views.surface.key_bindings import TOP
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import (
    bowl,
    count_of,
    drag,
    fan,
    of_colour,
    pixels,
    racer,
    settle,
    terrain,
)

HEAD_PX, DOT_PX, BRIGHT = 7, 5, 100
"""Radii of a racer's head and of a point of its population with its rim, and a brightness above that of any rim."""
RACERS = 8
SHOW_LIMIT_MS = 15.0
"""Three times what it may take, for machines busy with other tests."""


def flat(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.0 * x


def test_racers_are_drawn_in_their_colours_and_change_the_picture(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    before = pixels(view)
    view.show_racers(*fan(RACERS, 60))
    after = pixels(view)
    assert (before != after).any(axis=2).sum() > 1000
    for colour in RACER_COLOURS[:RACERS]:
        assert count_of(after, colour) > count_of(before, colour) + 20, colour


def test_a_dashed_trail_has_gaps(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, flat))
    view.set_camera(TOP)
    look, along = RacerLook("one", RACER_COLOURS[0]), [(x, 1.0) for x in np.linspace(-1.8, 1.6, 200)]
    gaps = []
    for dash in DASHES[:2]:
        view.show_racers([replace(look, dash=dash)], [racer([*along, (1.9, 1.0)])])
        drawn = of_colour(pixels(view), look.colour)
        seen = [drawn[round(y) - 1 : round(y) + 2, round(x)].any() for x, y in view.on_screen(along)]
        gaps.append(int((np.diff(seen) != 0).sum()) // 2)
    assert gaps[0] == 0 and gaps[1] >= 5


def test_a_hidden_racer_leaves_no_trace(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    before = pixels(view)
    looks, racers = fan(3, 60)
    view.show_racers([RacerLook(look.name, look.colour, visible=False) for look in looks], racers)
    assert (before == pixels(view)).all()


def test_a_racer_that_leaves_the_domain_is_hidden_and_its_trail_ends_at_the_edge(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    empty = pixels(view)
    look = [RacerLook("one", RACER_COLOURS[0])]
    view.show_racers(look, [racer([(0.0, 1.0), (2.0, 1.0)])])
    at_edge = pixels(view)
    view.show_racers(look, [racer([(0.0, 1.0), (1e200, 1.0)], generation=1)])
    beyond = pixels(view)
    assert count_of(beyond, RACER_COLOURS[0]) > 20
    inside = (at_edge != empty).any(axis=2)
    assert not ((beyond != empty).any(axis=2) & ~inside).any()


@pytest.mark.parametrize("point", [(np.nan, 1.0), (np.inf, -np.inf), (1e308, -1e308)])
def test_racers_that_are_nowhere_are_passed_over(view: SurfaceView, point: tuple[float, float]) -> None:
    view.show_terrain(terrain(1, bowl))
    view.show_racers([RacerLook("one", RACER_COLOURS[0])], [racer([(0.0, 1.0), (0.5, 1.0), point])])
    assert count_of(pixels(view), RACER_COLOURS[0]) > 20


def test_showing_eight_growing_racers_takes_little_of_a_frame(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, _ = fan(RACERS, 2)
    steps = np.cumsum(np.random.default_rng(0).normal(0, 0.01, (RACERS, 3000, 2)), axis=1)
    taken = []
    for rows in range(2000, 3000, 20):
        racers = [
            RacerFrame((0.0, 1.0), 0.0, "running", 1, Trail(0, np.arange(rows), points[:rows], np.zeros(rows)))
            for points in steps
        ]
        began = time.thread_time()
        view.show_racers(looks, racers)
        QApplication.processEvents()
        taken.append(1e3 * (time.thread_time() - began))
    assert np.median(taken) < SHOW_LIMIT_MS


def test_racers_at_one_place_share_a_disc(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, _ = fan(4, 2)
    before = pixels(view)
    view.show_racers(looks, [racer([(0.5, 1.2)], rank=number) for number in range(1, 5)])
    after = pixels(view)
    drawn = after[(before != after).any(axis=2) & (after.max(axis=2) > BRIGHT)]
    # Compared by the ratios of red, green and blue, which the shading of a ball does not change.
    paints = np.array([QColor(look.colour).getRgb()[:3] for look in looks])
    nearest = (drawn @ (paints / np.linalg.norm(paints, axis=1)[:, None]).T).argmax(axis=1)
    shares = np.bincount(nearest, minlength=len(looks))
    assert min(shares) > 20
    assert max(shares) < 2 * min(shares)


def test_a_racer_on_a_minimum_bears_its_star(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, _ = fan(1, 2)
    view.show_racers(looks, [racer([(0.0, 1.0)])])
    without = count_of(pixels(view), "#ffffff")
    view.show_minima([(0.0, 1.0)])
    after = pixels(view)
    assert count_of(after, "#ffffff") > without + 10
    assert count_of(after, looks[0].colour) > 20


@pytest.mark.parametrize("kind", HEIGHTS)
def test_a_racer_stands_on_the_ground_at_any_kind_of_height(view: SurfaceView, kind: str) -> None:
    ground, place = terrain(1, bowl, kind=kind), (1.2, 1.0)
    looks, _ = fan(1, 2)
    view.show_terrain(ground)
    view.show_racers(looks, [racer([place])])
    picture = pixels(view)
    ((x, y),) = view.on_screen([place])
    row, column = round(y), round(x)
    rows, columns = np.nonzero(of_colour(picture, looks[0].colour))
    assert (np.median(rows), np.median(columns)) == pytest.approx((row, column), abs=HEAD_PX)


def test_the_points_of_a_population_are_dots_on_the_ground_where_they_are(view: SurfaceView) -> None:
    ground, (look,) = terrain(1, bowl), [RacerLook("one", RACER_COLOURS[0])]
    view.show_terrain(ground)
    view.show_racers([look], [racer([(0.0, 1.0)])])
    without = pixels(view)
    seen = [(1.2, 1.0), (-1.0, 0.2), (0.5, 2.4), (-0.6, 1.9)]
    nowhere = [(np.nan, 1.0), (1e300, 0.0), (5.0, 1.0)]
    many = replace(racer([(0.0, 1.0)], generation=1), population=np.array(seen + nowhere))
    view.show_racers([look], [many])
    dotted = pixels(view)
    new = of_colour(dotted, look.colour) & ~of_colour(without, look.colour)
    for x, y in view.on_screen(seen):
        row, column = round(y), round(x)
        around = slice(row - DOT_PX, row + DOT_PX + 1), slice(column - DOT_PX, column + DOT_PX + 1)
        rows, columns = np.nonzero(new[around])
        assert rows.size >= 4, "a dot that a person sees"
        assert (rows.mean(), columns.mean()) == pytest.approx((DOT_PX, DOT_PX), abs=2.0), "with its middle on the point"
        new[around] = False
    assert not new.any(), "and no other"
    view.show_racers([replace(look, visible=False)], [many])
    assert not of_colour(pixels(view), look.colour).any()
    view.show_racers([look], [racer([(0.0, 1.0)], generation=2)])
    assert (pixels(view) == without).all()


def test_trails_drawn_as_they_grow_look_like_trails_drawn_at_once(view: SurfaceView, qtbot: QtBot) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, whole = fan(4, 60)
    for rows in range(2, 61, 2):
        grown = [racer(one.trail.positions[:rows].tolist(), rank=one.rank) for one in whole]
        view.show_racers(looks, grown)
        settle(view)
    growing = pixels(view)
    drag(view, QPointF(200, 200), QPointF(240, 220))
    assert (pixels(view) != growing).any()
    view.reset_view()
    apart = np.abs(pixels(view) - growing).max(axis=2) > 40
    # A trail that is drawn at once has fewer joints, whose soft ends differ.
    assert apart.mean() < 0.003


def test_a_restarted_race_wipes_the_trails_that_were_kept(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, racers = fan(4, 60)
    beginning = [racer([(0.0, 1.0)], generation=1, rank=number) for number in range(1, 5)]
    view.show_racers(looks, beginning)
    before = pixels(view)
    view.show_racers(looks, racers)
    assert (pixels(view) != before).any()
    view.show_racers(looks, [racer([(0.0, 1.0)], generation=2, rank=number) for number in range(1, 5)])
    assert (pixels(view) == before).all()
