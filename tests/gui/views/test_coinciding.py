"""Trails that coincide are both seen, and the seeds of a racer are seen as a cloud."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from engine import Race, compile_loss
from engine.live.race_controller import racer_frames
from gui.views.coinciding import alternating
from gui.views.dashes import dashed, length_of
from gui.views.racer_look import RacerLook
from gui.window.main_window import MainWindow
from tests.gui.person import PATIENCE_MS, go_to, has_colour, pixels, settle

pytestmark = pytest.mark.one_window

TOLERANCE = 1e-6
LOOKS = [RacerLook(str(number), colour) for number, colour in enumerate(("#ff0000", "#00ff00", "#0000ff", "#ffff00"))]


def race_of(*racers: str, steps: int = 50) -> Race:
    race = Race(compile_loss("x^2 + 3*y^2 + x*y"), racers, start=(2.0, 1.5))
    race.advance(steps)
    return race


def test_racers_on_one_trail_take_turns_and_others_stay_as_they_are() -> None:
    race = race_of("SGD(lr=0.01)", "Adam(lr=0.1)", "Momentum(lr=0.01, momentum=0)", "SGD(lr=0.01)")
    looks = alternating(LOOKS, racer_frames(race, TOLERANCE))
    assert looks[1] == LOOKS[1]
    line = np.array([(0.0, 10.0), (500.0, 10.0)])
    covered = np.zeros(500, int)
    for number in (0, 2, 3):
        for left, _, right, _ in dashed(line, looks[number].dash, 0.0, (1000.0, 20.0)):
            covered[round(left) : round(right)] += 1
    assert (covered == 1).all(), "every place has one colour, and each colour has its share"
    assert length_of(line) == 500.0


def test_racers_that_meet_at_the_minimum_share_no_trail() -> None:
    frames = racer_frames(race_of("SGD(lr=0.1)", "SGD(lr=0.15)", steps=3000), TOLERANCE)
    assert frames[0].position == pytest.approx(frames[1].position, abs=1e-9)
    assert alternating(LOOKS[:2], frames) == LOOKS[:2]


def test_long_thinned_trails_are_compared_at_steps_that_both_have() -> None:
    frames = racer_frames(race_of("SGD(lr=1e-6)", "SGD(lr=1e-6)", steps=2**21), TOLERANCE)
    assert len(frames[0].trail.steps) != len(frames[1].trail.steps)
    looks = alternating(LOOKS[:2], frames)
    assert looks[0].dash != looks[1].dash


def test_thirty_racers_at_one_minimum_cost_a_frame_little() -> None:
    frames = racer_frames(race_of(*(f"SGD(lr={0.05 + number / 500})" for number in range(30)), steps=2000), TOLERANCE)
    looks = [RacerLook(str(number), "#ffffff") for number in range(30)]
    assert alternating(looks, frames) == looks
    taken = []
    for _ in range(5):
        began = time.thread_time()
        alternating(looks, frames)
        taken.append(time.thread_time() - began)
    assert min(taken) < 0.003


def test_both_colours_of_coinciding_racers_are_seen_in_both_views(
    qtbot: QtBot, opengl: None, window: MainWindow
) -> None:
    session = window.session
    for racer in session.racers[1:]:
        session.remove_racer(racer.key)
    session.duplicate_racer(session.racers[0].key)
    go_to(qtbot, window, 200)
    first, second = (racer.colour for racer in session.racers)
    box = window.contour.panels[0].getPlotItem().getViewBox()
    trail = window.frame.racers[0].trail.positions
    low, high = trail[:30].min(axis=0), trail[:30].max(axis=0)
    box.setRange(xRange=(low[0], high[0]), yRange=(low[1], high[1]), padding=0.1)
    settle(qtbot, window)
    for view in (window.contour, window.surface):
        picture = pixels(view)
        assert has_colour(picture, first, 20) and has_colour(picture, second, 20)


def test_all_seeds_of_a_noisy_racer_are_seen_as_a_cloud(qtbot: QtBot, opengl: None, window: MainWindow) -> None:
    session = window.session
    for racer in session.racers[1:]:
        session.remove_racer(racer.key)
    go_to(qtbot, window, 5)
    assert window.frame.racers[0].cloud is None
    session.set_randomness(noise="noise", sigma=300.0, seeds=30)
    qtbot.waitUntil(lambda: window.frame.racers[0].cloud is not None, timeout=PATIENCE_MS)
    go_to(qtbot, window, 20)
    cloud = window.frame.racers[0].cloud
    assert cloud.shape == (30, 2) and len(np.unique(cloud, axis=0)) == 30
    assert cloud[0] == pytest.approx(window.frame.racers[0].position), "the first seed is the racer"
    before = {view: pixels(view) for view in (window.contour, window.surface)}
    session.set_look(session.racers[0].key, visible=False)
    settle(qtbot, window)
    panel = window.contour.panels[0]
    box, without = panel.getPlotItem().getViewBox(), pixels(window.contour)
    scene = [box.mapViewToScene(QPointF(*place)) for place in cloud]
    seen = [window.contour.mapFromGlobal(panel.mapToGlobal(panel.mapFromScene(place))) for place in scene]
    inside = [(at.y(), at.x()) for at in seen if panel.geometry().contains(at)]
    changed = [np.abs(before[window.contour][at] - without[at]).max() > 20 for at in inside]
    assert len(inside) > 15 and np.mean(changed) > 0.9, "where a seed is, there is a dot"
    assert (before[window.surface] != pixels(window.surface)).any(axis=2).sum() > 300
