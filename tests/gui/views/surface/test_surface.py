"""The 3-D view in a real window: the ground it draws, how it is looked at, what it survives."""

import gc
import sys
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from engine.loss.heights import fit_scale
from engine.loss.terrain import Terrain
from gui.look.theme import DARK, LIGHT
from gui.views.racer_look import RacerLook
from gui.views.surface.items import ground_item
from gui.views.surface.items.gl_objects import OpenGLError
from gui.views.surface.scene_coordinates import BASE, RELIEF
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import (
    SIZE,
    bowl,
    drag,
    fan,
    ground,
    pixels,
    racer,
    settle,
    terrain,
)

REPAINTS = 300
VIEWS = 12


def test_before_the_first_terrain_the_view_is_empty(view: SurfaceView) -> None:
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) == 1


def test_a_terrain_is_drawn_with_many_shades(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 500


@pytest.mark.parametrize(
    "loss",
    [
        lambda x, y: np.full_like(x, np.nan), lambda x, y: np.full_like(x, 3.0), lambda x, y: np.log(x),
        lambda x, y: 1 / (x * (y - 1)), lambda x, y: np.full_like(x, np.inf), lambda x, y: np.where(x > 0, np.inf, y),
        lambda x, y: np.exp(400 * x * y), lambda x, y: np.where(x > 0, 1e308, -1e308), lambda x, y: np.floor(3 * x),
    ],
    ids=["all holes", "flat", "log", "poles", "all infinite", "half infinite", "steep", "the largest numbers", "steps"],
)  # fmt: skip
def test_hostile_terrains_are_drawn(view: SurfaceView, capfd: pytest.CaptureFixture[str], loss: Callable) -> None:
    view.show_terrain(terrain(1, loss))
    view.show_racers(*fan(2, 30))
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 10
    assert "Error" not in capfd.readouterr().out


def test_a_terrain_with_two_samples_a_side_is_drawn(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl, samples=2))
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 10


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (2, 1), (1, 2), (2, 40)], ids=str)
def test_a_terrain_of_one_row_or_column_is_drawn(view: SurfaceView, shape: tuple[int, int]) -> None:
    values = np.linspace(0.0, 1.0, shape[0] * shape[1]).reshape(shape)
    scale = fit_scale(values, "linear")
    view.show_terrain(Terrain(1, ((-2.0, 2.0), (-1.0, 3.0)), scale.heights(values), values, scale))
    view.show_minima([(0.0, 1.0)])
    view.show_racers(*fan(2, 30))
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 10
    assert not view.refused


@pytest.mark.parametrize("far", [5.0, 1e6, 1e300, np.inf, np.nan])
def test_racers_far_outside_leave_the_landscape_as_it_is(view: SurfaceView, far: float) -> None:
    view.show_terrain(terrain(1, bowl))
    alone = pixels(view)
    look = RacerLook("lost", DARK.text)
    view.show_racers((look,), (racer([(far, far), (far, -far), (-far, far)]),))
    view.show_minima([(far, 0.0)])
    view.show_start((0.0, -far))
    apart = (pixels(view) != alone).any(axis=2)
    assert apart.mean() < 0.02 and not view.refused
    assert len(view.on_screen([(far, far)])) == 1


def test_a_hole_shows_what_lies_below(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, lambda x, y: np.where(bowl(x, y) < 0.5, np.nan, bowl(x, y))))
    with_hole = pixels(view)
    view.show_terrain(terrain(2, bowl))
    apart = (with_hole != pixels(view)).any(axis=2)
    columns = np.nonzero(apart)[1]
    assert apart.sum() > 500
    assert abs(columns.mean() - SIZE[0] / 2) < SIZE[0] / 6


@pytest.mark.parametrize("size", [(480, 520), (900, 300), (260, 700), (600, 650)])
def test_the_whole_block_fits_and_stands_in_the_middle(view: SurfaceView, qtbot: QtBot, size: tuple[int, int]) -> None:
    view.resize(*size)
    qtbot.wait(30)
    view.show_terrain(terrain(1, bowl))
    picture = pixels(view)
    rows, columns = ground(picture)
    height, width = picture.shape[:2]
    assert rows.min() > 3 and columns.min() > 3 and rows.max() < height - 3 and columns.max() < width - 3
    assert abs((columns.min() + columns.max()) / 2 - width / 2) < 0.1 * width
    assert np.ptp(columns) > width - 110 or np.ptp(rows) > height - 110, "only the numbers have a margin"


def test_dragging_turns_and_a_double_click_resets(view: SurfaceView, qtbot: QtBot) -> None:
    view.show_terrain(terrain(1, lambda x, y: x + 2 * y))
    home = pixels(view)
    before = view.camera
    drag(view, QPointF(200, 200), QPointF(260, 220))
    assert view.camera.azimuth < before.azimuth and view.camera.elevation > before.elevation
    assert (pixels(view) != home).any()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert (pixels(view) == home).all()


def test_keys_turn_pan_zoom_and_reset(view: SurfaceView, qtbot: QtBot) -> None:
    view.show_terrain(terrain(1, lambda x, y: x + 2 * y))
    home = pixels(view)
    shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
    keys = [(Qt.Key.Key_Left, none), (Qt.Key.Key_Up, none), (Qt.Key.Key_Up, shift), (Qt.Key.Key_Plus, none)]
    pictures = [home]
    for key, held in keys:
        qtbot.keyClick(view, key, held)
        pictures.append(pixels(view))
    assert all((before != after).any() for before, after in pairwise(pictures))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert (pixels(view) == home).all()


def test_the_wheel_zooms_but_never_through_the_ground(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    middle = QPointF(200, 200)
    for _ in range(80):
        event = QWheelEvent(
            middle, QPointF(view.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, event)
    assert view.cameraPosition().z() > RELIEF + BASE
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 100


def test_a_theme_changes_the_background_and_the_ground(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    dark = pixels(view)
    view.set_theme(LIGHT)
    light = pixels(view)
    assert QColor(LIGHT.window).getRgb()[:3] == tuple(light[0, 0])
    assert light[SIZE[1] // 2, SIZE[0] // 2].sum() > dark[SIZE[1] // 2, SIZE[0] // 2].sum()


def test_a_view_moved_to_another_window_draws_as_before(view: SurfaceView, qtbot: QtBot) -> None:
    view.show_terrain(terrain(1, bowl))
    view.show_racers(*fan(4, 40))
    before = pixels(view)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.setCentralWidget(view)
    window.show()
    qtbot.waitExposed(window)
    view.resize(*SIZE)
    assert (pixels(view) == before).mean() > 0.99
    view.setParent(None)


def test_a_second_view_that_comes_and_goes_does_not_blank_the_first(view: SurfaceView, qtbot: QtBot) -> None:
    view.show_terrain(terrain(1, bowl))
    before = pixels(view)
    second = SurfaceView(LIGHT)
    second.show()
    qtbot.waitExposed(second)
    second.show_terrain(terrain(2, bowl))
    assert len(np.unique(pixels(second).reshape(-1, 3), axis=0)) > 500
    second.close()
    second.deleteLater()
    qtbot.wait(30)
    assert (pixels(view) == before).all()


def test_nothing_is_drawn_anew_where_nothing_changed(view: SurfaceView, qtbot: QtBot) -> None:
    looks, racers = fan(4, 40)
    shown = terrain(1, bowl)

    def show() -> None:
        view.show_terrain(shown)
        view.show_minima([(0.0, 1.0)])
        view.show_start((0.5, 0.5))
        view.show_racers(looks, racers)

    show()
    settle(view)
    show()
    assert view.up_to_date
    view.show_start((0.6, 0.5))
    assert not view.up_to_date


def test_views_come_and_go_whenever_python_collects_them(qtbot: QtBot, opengl: None) -> None:
    for number in range(VIEWS):
        view = SurfaceView(DARK)
        view.resize(200, 200)
        view.show()
        view.show_terrain(terrain(1, bowl))
        assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 100
        view.close()
        if number % 2:
            view.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del view
        if number % 3 == 0:
            gc.collect()


def test_none_is_not_used_up_by_repainting(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    view.show_racers(*fan(4, 40))
    pixels(view)
    before = sys.getrefcount(None)
    for _ in range(REPAINTS):
        view.repaint()
    assert abs(sys.getrefcount(None) - before) < REPAINTS


def test_a_driver_that_refuses_is_told_in_the_view(qtbot: QtBot, opengl: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OpenGLError("this shader is too new.")

    monkeypatch.setattr(ground_item, "Program", refuse)
    view = SurfaceView(DARK)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show()
    view.show_terrain(terrain(1, bowl))
    picture = pixels(view)
    assert (np.abs(picture - picture[0, 0]).max(axis=2) > 60).sum() > 200, "a sentence stands there"


def test_a_hidden_view_draws_nothing_and_catches_up_when_it_is_shown(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    before = pixels(view)
    view.hide()
    view.show_terrain(terrain(2, lambda x, y: x + y))
    QApplication.processEvents()
    assert view.shown_terrain == 1
    view.show()
    assert (pixels(view) != before).any()


def test_the_view_can_be_reached_and_named_without_a_mouse(view: SurfaceView) -> None:
    assert view.accessibleName() == "3-D view"
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert view.minimumWidth() >= 200 and view.minimumHeight() >= 200
