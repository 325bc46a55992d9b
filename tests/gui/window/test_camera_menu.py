"""Both views of the real window under one hand, and the menu of the 3-D view's camera."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.views.surface.key_bindings import FRONT, HOME, TOP
from gui.views.surface.view import SurfaceView
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, settle, wait_until

pytestmark = pytest.mark.one_window

CTRL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton
PLACE = (1.0, -2.5)
"""A point of Himmelblau's landscape that no hill hides from the front."""


@pytest.fixture
def view(qtbot: QtBot, opengl: None, window: MainWindow) -> SurfaceView:
    settle(qtbot, window)
    return window.surface.panels[0]


def menu_entry(window: MainWindow, text: str) -> QAction:
    entries = [*window.camera_menu.actions(), *window.camera_menu.follow.actions()]
    return next(action for action in entries if action.text().replace("&", "").split("\t")[0] == text)


def move(widget: QWidget, place: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    where = QPointF(widget.mapToGlobal(place.toPoint()))
    event = QMouseEvent(QEvent.Type.MouseMove, place, where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def test_the_pointer_in_the_3d_view_is_marked_in_both_and_told_below(
    qtbot: QtBot, window: MainWindow, view: SurfaceView
) -> None:
    without = view.grab().toImage()
    move(view, QPointF(*view.on_screen([PLACE])[0]))
    words = window.status.place.text()
    assert words.startswith("x ") and " f " in words
    x, y = (float(word) for word in (words.split()[1], words.split()[3]))
    assert (x, y) == pytest.approx(PLACE, abs=0.15)
    assert f"f {window.frame.terrain.loss_near(x, y):.5g}" in words
    lines = window.contour.panels[0]._pointer
    assert all(line.isVisible() for line in lines)
    assert [line.value() for line in lines] == pytest.approx([y, x], abs=1e-3)
    settle(qtbot, window)
    assert view.grab().toImage() != without, "the cross is there"
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    settle(qtbot, window)
    assert window.status.place.text() == "" and not any(line.isVisible() for line in lines)
    assert view.grab().toImage() == without


def test_a_pointer_that_comes_over_the_screen_is_told_without_a_button(
    qtbot: QtBot, window: MainWindow, view: SurfaceView
) -> None:
    QCursor.setPos(view.mapToGlobal(view.rect().center()))
    wait_until(qtbot, lambda: " f " in window.status.place.text())
    QCursor.setPos(window.racers_panel.mapToGlobal(window.racers_panel.rect().center()))
    wait_until(qtbot, lambda: window.status.place.text() == "")


def test_a_click_with_ctrl_in_the_3d_view_starts_the_race_there(
    qtbot: QtBot, window: MainWindow, view: SurfaceView
) -> None:
    go_to(qtbot, window, 30)
    qtbot.mouseClick(view, LEFT, CTRL, QPointF(*view.on_screen([PLACE])[0]).toPoint())
    assert window.session.start == pytest.approx(PLACE, abs=0.15)
    wait_until(qtbot, lambda: window.frame.step == 0 and window.frame.start == window.session.start)


def test_the_same_click_in_the_contour_view_does_the_same(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 30)
    panel = window.contour.panels[0]
    box, before = panel.getPlotItem().getViewBox(), window.session.start
    place = panel.mapFromScene(box.mapViewToScene(QPointF(*PLACE)))
    qtbot.mouseClick(panel.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert window.session.start == before
    shown = panel.visible_bounds()
    qtbot.mouseClick(panel.viewport(), LEFT, CTRL, place)
    assert window.session.start == pytest.approx(PLACE, abs=0.05)
    assert panel.visible_bounds() == shown
    wait_until(qtbot, lambda: window.frame.step == 0 and window.frame.start == window.session.start)
    start = window.session.start
    qtbot.mouseClick(panel.viewport(), LEFT, CTRL, panel.viewport().rect().bottomLeft() + QPointF(2, -2).toPoint())
    assert window.session.start == start, "beside the plot there is no point"


def test_a_drag_with_ctrl_in_the_contour_view_places_no_start(qtbot: QtBot, window: MainWindow) -> None:
    panel, before = window.contour.panels[0], window.session.start
    viewport, place = panel.viewport(), QPointF(panel.viewport().rect().center())
    for kind, where, button in (
        (QEvent.Type.MouseButtonPress, place, LEFT), (QEvent.Type.MouseMove, place + QPointF(60, 0), LEFT),
        (QEvent.Type.MouseButtonRelease, place, LEFT),
    ):  # fmt: skip
        glob = QPointF(viewport.mapToGlobal(where.toPoint()))
        QApplication.sendEvent(viewport, QMouseEvent(kind, where, glob, button, LEFT, CTRL))
    assert window.session.start == before


def test_the_menu_shows_the_sides_and_switches_what_the_keys_switch(
    qtbot: QtBot, window: MainWindow, view: SurfaceView
) -> None:
    menu_entry(window, "From the top").trigger()
    assert view.seen_from == TOP
    orthographic = menu_entry(window, "Orthographic")
    orthographic.trigger()
    assert view.camera.parallel and orthographic.isChecked()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_5)
    assert not view.camera.parallel and not orthographic.isChecked()
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert view.seen_from == FRONT
    turntable = menu_entry(window, "Turntable")
    turntable.trigger()
    assert window.camera_controller.turning and turntable.isChecked()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert not window.camera_controller.turning and not turntable.isChecked()
    menu_entry(window, "Home").trigger()
    assert view.seen_from == HOME


def test_a_digit_or_a_letter_turns_the_3d_view_only_where_it_has_the_keyboard(
    qtbot: QtBot, window: MainWindow, view: SurfaceView
) -> None:
    for widget in (window.contour.panels[0], window.formula_bar.editor):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_7)
        qtbot.keyClick(widget, Qt.Key.Key_T)
        assert view.seen_from == HOME
    assert "7" in window.formula_bar.editor.toPlainText()


def test_the_list_of_keys_tells_those_of_the_3d_view_and_what_hands_do(window: MainWindow, opengl: None) -> None:
    listed = window.show_keys()
    text = listed.text()
    for words in ("From the top\n7, T", "From the front\n1", "From the side\n3, S", "Orthographic\n5, O"):
        assert words in text
    assert "3-D view: Ctrl and click to place the start; drag" in text and text.count("Ctrl and click") == 2
    listed.reject()


def test_a_racer_is_followed_by_its_name_until_it_is_removed(
    qtbot: QtBot, window: MainWindow, view: SurfaceView
) -> None:
    session = window.session
    session.set_look(session.racers[0].key, name="Fish & chips")
    names = [action.text() for action in window.camera_menu.follow.actions()]
    assert names == ["Nobody", "The leader", "Fish && chips", *[racer.name for racer in session.racers[1:]]]
    assert menu_entry(window, "Nobody").isChecked()
    adam = session.racers[-1]
    menu_entry(window, adam.name).trigger()
    assert menu_entry(window, adam.name).isChecked() and not menu_entry(window, "Nobody").isChecked()
    go_to(qtbot, window, 40)
    ((x, y),) = view.on_screen([window.frame.racers[-1].position])
    assert (x, y) == pytest.approx((view.width() / 2, view.height() / 2), abs=1.0)
    session.remove_racer(adam.key)
    wait_until(qtbot, lambda: len(window.frame.racers) == 3)
    settle(qtbot, window)
    assert menu_entry(window, "Nobody").isChecked()
    assert adam.name not in [action.text() for action in window.camera_menu.follow.actions()]


def test_the_reset_ends_what_moves_the_camera(qtbot: QtBot, window: MainWindow, view: SurfaceView) -> None:
    menu_entry(window, "The leader").trigger()
    menu_entry(window, "Turntable").trigger()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_R)
    assert not menu_entry(window, "Turntable").isChecked() and menu_entry(window, "Nobody").isChecked()
    go_to(qtbot, window, 20)
    assert view.seen_from == HOME
