"""Hands on the 3-D view: what the pointer means, where the start is placed, from where the block is seen."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.views.surface.camera import NEAREST, StandardView
from gui.views.surface.key_bindings import FRONT, HOME, SIDE, TOP
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import SIZE, bowl, count_of, drag, ground, pixels, terrain

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip
MIDDLE, BESIDE = QPointF(240, 260), QPointF(3, 3)
PLACE = (0.4, 1.3)
CLOSE_PX = 1.5
NOTCH = 120


def saddle(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x**2 - 2 * (y - 1) ** 2 + x


@pytest.fixture
def shown(view: SurfaceView) -> SurfaceView:
    view.show_terrain(terrain(1, saddle))
    return view


def told(view: SurfaceView) -> dict[str, list]:
    """Return lists, by signal, that fill with what the view emits from now on."""
    heard: dict[str, list] = {"pointer": [], "start": [], "camera": []}
    view.pointer_moved.connect(heard["pointer"].append)
    view.start_placed.connect(lambda x, y: heard["start"].append((x, y)))
    view.camera_moved.connect(heard["camera"].append)
    return heard


def at(view: SurfaceView, point: tuple[float, float]) -> QPointF:
    return QPointF(*view.on_screen([point])[0])


def move(view: SurfaceView, place: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, view.mapToGlobal(place), none, none, NONE)
    QApplication.sendEvent(view, event)


def click(view: SurfaceView, place: QPointF, held: Qt.KeyboardModifier = CTRL, way: QPointF | None = None) -> None:
    """Press the left button, move the mouse by `way`, and release the button."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    end = place + (way or QPointF())
    steps = [(QEvent.Type.MouseButtonPress, place, left, left), (QEvent.Type.MouseButtonRelease, end, left, none)]
    if way is not None:
        steps.insert(1, (QEvent.Type.MouseMove, end, none, left))
    for kind, where, button, buttons in steps:
        QApplication.sendEvent(view, QMouseEvent(kind, where, view.mapToGlobal(where), button, buttons, held))


def scroll(
    view: SurfaceView, angle: QPoint, fingers: QPoint | None = None, held: Qt.KeyboardModifier = NONE,
    place: QPointF = MIDDLE,
) -> None:  # fmt: skip
    """Turn the wheel, or move two fingers on a trackpad."""
    phase = Qt.ScrollPhase.NoScrollPhase if fingers is None else Qt.ScrollPhase.ScrollUpdate
    event = QWheelEvent(
        place, view.mapToGlobal(place), fingers or QPoint(), angle, Qt.MouseButton.NoButton, held, phase, False
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def gesture(view: SurfaceView, kind: Qt.NativeGestureType, value: float, place: QPointF = MIDDLE) -> None:
    event = QNativeGestureEvent(
        kind, QPointingDevice.primaryPointingDevice(), 2, place, place, view.mapToGlobal(place), value, QPointF()
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    assert event.isAccepted()


def test_the_pointer_tells_the_point_under_it_and_none_beside_the_ground(shown: SurfaceView) -> None:
    heard = told(shown)["pointer"]
    move(shown, at(shown, PLACE))
    assert heard[-1] == pytest.approx(PLACE, abs=0.02)
    move(shown, BESIDE)
    assert heard[-1] is None
    move(shown, MIDDLE)
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    assert heard[-2] is not None and heard[-1] is None


def test_the_pointer_tells_nothing_before_there_is_ground(view: SurfaceView) -> None:
    heard = told(view)["pointer"]
    move(view, MIDDLE)
    assert heard == []


def test_a_pointer_that_rests_means_another_point_once_the_camera_has_moved(shown: SurfaceView, qtbot: QtBot) -> None:
    heard = told(shown)["pointer"]
    move(shown, MIDDLE)
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert len(heard) == 2 and heard[1] == pytest.approx(shown.point_under(MIDDLE))


def test_the_mark_of_the_pointer_is_drawn_where_the_pointer_is(shown: SurfaceView) -> None:
    without = pixels(shown)
    shown.show_pointer(shown.point_under(MIDDLE))
    rows, columns = np.nonzero((pixels(shown) != without).any(axis=2))
    assert (columns.mean(), rows.mean()) == pytest.approx((MIDDLE.x(), MIDDLE.y()), abs=CLOSE_PX)


def test_a_click_with_ctrl_places_the_start_and_moves_nothing(shown: SurfaceView) -> None:
    heard, before = told(shown), shown.camera
    click(shown, at(shown, PLACE))
    assert heard["start"] == [pytest.approx(PLACE, abs=0.02)]
    click(shown, at(shown, PLACE), way=QPointF(2, 1))
    assert len(heard["start"]) == 2 and shown.camera == before, "a hand trembles"


def test_a_double_click_with_ctrl_places_the_start_too_and_resets_nothing(shown: SurfaceView, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    heard, before = told(shown), shown.camera
    click(shown, MIDDLE)
    qtbot.mouseDClick(shown, Qt.MouseButton.LeftButton, CTRL, MIDDLE.toPoint())
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, CTRL, MIDDLE.toPoint())
    assert len(heard["start"]) == 2 and shown.camera == before


@pytest.mark.parametrize(
    ("place", "held", "way"),
    [(BESIDE, CTRL, None), (MIDDLE, NONE, None), (MIDDLE, CTRL, QPointF(40, 10)), (MIDDLE, SHIFT, None)],
    ids=["beside the ground", "without Ctrl", "after a drag", "with Shift"],
)  # fmt: skip
def test_no_other_click_places_the_start(
    shown: SurfaceView, place: QPointF, held: Qt.KeyboardModifier, way: QPointF | None
) -> None:
    heard = told(shown)["start"]
    click(shown, place, held, way)
    assert heard == []


def test_a_drag_with_ctrl_pans(shown: SurfaceView) -> None:
    before = shown.camera
    click(shown, MIDDLE, way=QPointF(40, 10))
    assert shown.camera.centre != before.centre and shown.camera.azimuth == before.azimuth


KEYS = [
    ((Qt.Key.Key_Home,), HOME), ((Qt.Key.Key_7, Qt.Key.Key_T), TOP),
    ((Qt.Key.Key_1,), FRONT), ((Qt.Key.Key_3, Qt.Key.Key_S), SIDE),
]  # fmt: skip


@pytest.mark.parametrize("parallel", [False, True])
@pytest.mark.parametrize(
    ("key", "standard_view"), [(key, standard_view) for keys, standard_view in KEYS for key in keys]
)
def test_a_key_shows_the_whole_block_from_a_side_between_the_margins(
    view: SurfaceView, qtbot: QtBot, key: Qt.Key, standard_view: StandardView, parallel: bool
) -> None:
    view.show_terrain(terrain(1, bowl))
    view.set_camera(replace(view.camera.turned(31.0, 7.0).zoomed(0.4), parallel=parallel))
    heard = told(view)["camera"]
    qtbot.keyClick(view, key)
    assert (view.camera.elevation in standard_view.elevations, view.camera.azimuth) == (True, standard_view.azimuth)
    assert heard == [replace(standard_view, parallel=parallel)]
    picture = pixels(view)
    rows, columns = ground(picture)
    assert rows.min() > 0 and columns.min() > 0 and rows.max() < SIZE[1] - 1 and columns.max() < SIZE[0] - 1
    assert np.ptp(columns) > SIZE[0] - 130 or np.ptp(rows) > SIZE[1] - 110, "only the numbers have a margin"


def test_a_side_holds_for_another_size_too(shown: SurfaceView, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_7)
    shown.resize(300, 420)
    qtbot.wait(30)
    resized = shown.camera
    qtbot.keyClick(shown, Qt.Key.Key_7)
    assert shown.camera == resized


@pytest.mark.parametrize("key", [Qt.Key.Key_5, Qt.Key.Key_O])
def test_a_key_takes_perspective_away_and_gives_it_back(shown: SurfaceView, qtbot: QtBot, key: Qt.Key) -> None:
    home = pixels(shown)
    qtbot.keyClick(shown, key)
    assert shown.camera.parallel and (pixels(shown) != home).any()
    qtbot.keyClick(shown, key)
    assert not shown.camera.parallel and (pixels(shown) == home).all()


def test_without_perspective_the_top_is_as_true_as_a_map(shown: SurfaceView) -> None:
    shown.set_camera(replace(TOP, parallel=True))
    (x0, y0), (x1, y1), (x2, y2) = shown.on_screen([(-2.0, -1.0), (2.0, -1.0), (-2.0, 3.0)])
    assert (y0, x0) == pytest.approx((y1, x2), abs=0.01)
    assert x1 - x0 == pytest.approx(y0 - y2, rel=1e-5)
    (x, y) = shown.on_screen([PLACE])[0]
    assert (x - x0) / (x1 - x0) == pytest.approx((PLACE[0] + 2.0) / 4.0, abs=1e-5)
    assert (y0 - y) / (y0 - y2) == pytest.approx((PLACE[1] + 1.0) / 4.0, abs=1e-5)


def test_without_perspective_nothing_in_front_is_cut_away_however_near(shown: SurfaceView) -> None:
    shown.show_pointer(None)
    shown.set_camera(replace(FRONT, parallel=True))
    far = pixels(shown)[SIZE[1] // 2, SIZE[0] // 2]
    shown.set_camera(replace(shown.camera, distance=NEAREST, centre=(0.0, 0.8, 0.3)))
    near = pixels(shown)[SIZE[1] // 2, SIZE[0] // 2]
    assert np.abs(near - far).max() < 40, "the wall is still in front"


def test_a_zoom_keeps_the_ground_under_the_pointer(shown: SurfaceView) -> None:
    for parallel in (False, True):
        shown.set_camera(replace(HOME, parallel=parallel))
        place = at(shown, PLACE)
        for turn in (NOTCH, NOTCH, -NOTCH, NOTCH):
            scroll(shown, QPoint(0, turn), place=place)
            assert shown.point_under(place) == pytest.approx(PLACE, abs=0.02)
        assert shown.seen_from.distance < 6.0


@pytest.mark.parametrize("place", [MIDDLE, QPointF(240, 400), QPointF(120, 300), BESIDE])
@pytest.mark.parametrize("elevation", [2.0, 15.0, 38.0, 90.0])
def test_no_zoom_goes_into_the_ground(shown: SurfaceView, place: QPointF, elevation: float) -> None:
    shown.set_camera(replace(shown.camera, elevation=elevation))
    for _ in range(60):
        scroll(shown, QPoint(0, NOTCH), place=place)
        assert not shown.is_buried(shown.camera.eye)
    for _ in range(5):
        scroll(shown, QPoint(0, -NOTCH), place=place)
    assert shown.camera.distance > NEAREST, "and there is a way back"


def test_fingers_on_a_trackpad_turn_pan_with_shift_and_zoom_with_ctrl(shown: SurfaceView) -> None:
    home = shown.camera
    scroll(shown, QPoint(0, 40), QPoint(30, 10))
    turned = shown.camera
    assert turned.azimuth < home.azimuth and turned.elevation > home.elevation
    assert (turned.distance, turned.centre) == (home.distance, home.centre)
    scroll(shown, QPoint(0, 40), QPoint(30, 10), SHIFT)
    panned = shown.camera
    assert panned.centre != turned.centre
    assert (panned.azimuth, panned.distance) == (turned.azimuth, turned.distance)
    scroll(shown, QPoint(0, 40), QPoint(0, 10), CTRL)
    assert shown.camera.distance < panned.distance and shown.camera.azimuth == panned.azimuth


def test_fingers_turn_the_block_the_way_a_drag_does(shown: SurfaceView) -> None:
    drag(shown, QPointF(200, 200), QPointF(230, 210))
    dragged = shown.camera
    shown.reset_view()
    scroll(shown, QPoint(0, 40), QPoint(30, 10))
    assert shown.camera == dragged


def test_a_wheel_that_tells_pixels_but_no_gesture_zooms(shown: SurfaceView) -> None:
    before = shown.camera
    event = QWheelEvent(
        MIDDLE, shown.mapToGlobal(MIDDLE), QPoint(0, 30), QPoint(0, NOTCH), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(shown, event)
    assert shown.camera.distance < before.distance and shown.camera.azimuth == before.azimuth


def test_a_pinch_zooms_to_where_the_fingers_are_and_back(shown: SurfaceView) -> None:
    before, place = shown.camera, at(shown, PLACE)
    gesture(shown, Qt.NativeGestureType.BeginNativeGesture, 0.0, place)
    gesture(shown, Qt.NativeGestureType.ZoomNativeGesture, 0.2, place)
    assert shown.camera.distance < 0.9 * before.distance
    assert shown.point_under(place) == pytest.approx(PLACE, abs=0.02)
    gesture(shown, Qt.NativeGestureType.ZoomNativeGesture, -0.2, place)
    gesture(shown, Qt.NativeGestureType.EndNativeGesture, 0.0, place)
    assert shown.camera.distance == pytest.approx(before.distance)


def test_two_fingers_that_turn_turn_the_block_with_them(shown: SurfaceView) -> None:
    before = shown.camera
    gesture(shown, Qt.NativeGestureType.RotateNativeGesture, 15.0)
    assert shown.camera.azimuth == pytest.approx(before.azimuth + 15.0)
    assert shown.camera.elevation == before.elevation


def test_a_letter_with_ctrl_belongs_to_the_window(shown: SurfaceView, qtbot: QtBot) -> None:
    before = shown.camera
    qtbot.keyClick(shown, Qt.Key.Key_T, CTRL)
    assert shown.camera == before


def test_a_mark_stands_on_the_same_ground_with_and_without_perspective(shown: SurfaceView) -> None:
    shown.show_minima([PLACE])
    for seen_from in (HOME, TOP, replace(HOME, parallel=True), replace(TOP, parallel=True)):
        shown.set_camera(seen_from)
        picture, (x, y) = pixels(shown), shown.on_screen([PLACE])[0]
        around = picture[round(y) - 7 : round(y) + 8, round(x) - 7 : round(x) + 8]
        assert count_of(around, "#ffffff") > 15
