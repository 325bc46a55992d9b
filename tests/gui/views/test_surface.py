"""The 3-D view in a real window: what it draws, what it survives, what it costs."""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from engine.frame import RacerFrame, Trail
from engine.heights import HEIGHTS, fit_scale
from engine.terrain import Terrain
from gui.theme import DARK, LIGHT, RACER_COLOURS
from gui.views import surface_renderer
from gui.views.look import RacerLook
from gui.views.surface import SurfaceView
from gui.views.surface_card import OpenGLError
from gui.views.surface_renderer import opengl_available
from gui.views.surface_scene import BASE, RELIEF, Scene

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
SIZE = (480, 520)
COLOUR_DISTANCE = 30
HEAD_PX, DOT_PX = 7, 5
"""Half a racer's ball, and half of one point of its population with the rim."""
REPAINTS = 300
VIEWS = 12
PATIENCE_S = 20.0
RACERS = 8
SHOW_LIMIT_MS = 6.0
"""Three times what it may take, for machines busy with other tests."""


def terrain(
    number: int, loss: Callable[[np.ndarray, np.ndarray], np.ndarray], samples: int = 128, kind: str = "log"
) -> Terrain:
    x, y = np.meshgrid(np.linspace(*BOUNDS[0], samples), np.linspace(*BOUNDS[1], samples))
    with np.errstate(all="ignore"):
        values = np.broadcast_to(np.asarray(loss(x, y), dtype=np.float64), x.shape)
    scale = fit_scale(values, kind)
    return Terrain(number, BOUNDS, scale.heights(values), values, scale)


def bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x**2 + (y - 1) ** 2


def racer(points: Sequence[tuple[float, float]], generation: int = 0, rank: int = 1) -> RacerFrame:
    positions = np.array(points, dtype=np.float64)
    trail = Trail(generation, np.arange(len(positions)), positions, np.zeros(len(positions)))
    return RacerFrame((float(positions[-1, 0]), float(positions[-1, 1])), 0.0, "running", rank, trail)


def fan(count: int, length: int) -> tuple[tuple[RacerLook, ...], tuple[RacerFrame, ...]]:
    """Return racers that leave the middle in different directions, each a bit shorter than the domain."""
    racers = []
    for number in range(count):
        angle, way = 2 * np.pi * number / count, np.linspace(0.0, 1.6, length)
        racers.append(racer(np.stack([way * np.cos(angle), 1 + way * np.sin(angle)], axis=1).tolist(), rank=number + 1))
    looks = tuple(RacerLook(f"racer {number}", RACER_COLOURS[number]) for number in range(count))
    return looks, tuple(racers)


def settle(view: SurfaceView) -> None:
    """Wait for the newest picture."""
    deadline = time.monotonic() + PATIENCE_S
    while not view.up_to_date and time.monotonic() < deadline:
        QApplication.processEvents()
        time.sleep(0.001)
    assert view.up_to_date, "the picture did not come"


def pixels(view: SurfaceView) -> np.ndarray:
    """Return what a person sees once the newest picture has come, int (rows, columns, 3)."""
    settle(view)
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].astype(int)


def drag(view: SurfaceView, start: QPointF, end: QPointF) -> None:
    """Press the left button, move and release."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, place, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left), (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):  # fmt: skip
        where = view.mapToGlobal(place)
        QApplication.sendEvent(view, QMouseEvent(kind, place, where, button, held, Qt.KeyboardModifier.NoModifier))


def of_colour(picture: np.ndarray, colour: str) -> np.ndarray:
    wanted = QColor(colour)
    return np.abs(picture - [wanted.red(), wanted.green(), wanted.blue()]).max(axis=2) < COLOUR_DISTANCE


def count_of(picture: np.ndarray, colour: str) -> int:
    return int(of_colour(picture, colour).sum())


def ground(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows and columns of all that is not background."""
    return np.nonzero(np.abs(picture - picture[0, 0]).max(axis=2) > 8)


@pytest.fixture
def view(qtbot: QtBot, opengl: None) -> Iterator[SurfaceView]:
    view = SurfaceView(DARK)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.end()


def test_without_a_screen_there_is_no_opengl_and_that_is_told(qapp: QApplication) -> None:
    if qapp.platformName() == "offscreen":
        assert not opengl_available()
    else:
        assert isinstance(opengl_available(), bool)


def test_before_the_first_terrain_the_view_is_empty(view: SurfaceView) -> None:
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) == 1


def test_a_terrain_is_drawn_with_many_shades(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 500


def test_racers_are_drawn_in_their_colours_and_change_the_picture(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    before = pixels(view)
    view.show_racers(*fan(RACERS, 60))
    after = pixels(view)
    assert (before != after).any(axis=2).sum() > 1000
    for colour in RACER_COLOURS[:RACERS]:
        assert count_of(after, colour) > count_of(before, colour) + 20, colour


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
    assert view.camera.eye().z() > RELIEF + BASE
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
    second.end()
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
        began = time.perf_counter()
        view.show_racers(looks, racers)
        QApplication.processEvents()
        taken.append(1e3 * (time.perf_counter() - began))
    assert np.median(taken) < SHOW_LIMIT_MS


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

    monkeypatch.setattr(surface_renderer, "ScenePainter", refuse)
    view = SurfaceView(DARK)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show()
    view.show_terrain(terrain(1, bowl))
    picture = pixels(view)
    assert (np.abs(picture - picture[0, 0]).max(axis=2) > 60).sum() > 200, "a sentence stands there"
    view.end()


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


def test_racers_at_one_place_share_a_disc(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, _ = fan(4, 2)
    view.show_racers(looks, [racer([(0.5, 1.2)], rank=number) for number in range(1, 5)])
    shares = [count_of(pixels(view), look.colour) for look in looks]
    assert min(shares) > 5
    assert max(shares) < 4 * min(shares)


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
    scene = Scene(DARK, ground, (), (), (), None, view.camera, SIZE, 1.0, view.font())
    ((x, y),) = scene.on_screen([place])
    row, column = round(view.height() / 2 - y), round(view.width() / 2 + x)
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
    scene = Scene(DARK, ground, (), (), (), None, view.camera, SIZE, 1.0, view.font())
    new = of_colour(dotted, look.colour) & ~of_colour(without, look.colour)
    for x, y in scene.on_screen(seen):
        row, column = round(view.height() / 2 - y), round(view.width() / 2 + x)
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
    assert apart.mean() < 0.002


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
