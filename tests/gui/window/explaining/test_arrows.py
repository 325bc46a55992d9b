"""Arrows at the racers' heads: chosen in the View menu, kept, undone, and true to the race."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from engine import compile_loss
from gui.look.racer_colours import drawn_colour
from gui.session.choices import ARROWS
from gui.views.contour.arrows.key import ArrowKey
from gui.window.explaining.arrow_menu import ArrowMenu
from gui.window.main_window import MainWindow
from tests.gui.person import COLOUR_DISTANCE, go_to, pixels, settle, wait_until

pytestmark = pytest.mark.one_window

MOMENTUM, ADAM = 1, 3


def switch(qtbot: QtBot, window: MainWindow, kind: str) -> None:
    window.findChild(ArrowMenu).switches[kind].trigger()
    settle(qtbot, window)


def key_of(window: MainWindow) -> ArrowKey:
    return window.contour.panels[0].arrows.key


def show_alone(window: MainWindow, number: int) -> None:
    for other, racer in enumerate(window.session.racers):
        window.session.set_look(racer.key, visible=other == number)


def test_each_is_a_switch_of_the_view_menu_kept_in_the_session_and_undone_in_one_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    go_to(qtbot, window, 10)
    assert not key_of(window).isVisible()
    for kind in ARROWS:
        switch(qtbot, window, kind)
    assert window.session.choices().arrows == list(ARROWS)
    assert len(key_of(window).texts) == len(ARROWS) and key_of(window).isVisible()
    window.history.undo()
    settle(qtbot, window)
    assert window.session.arrows == list(ARROWS[:-1]) and len(key_of(window).texts) == len(ARROWS) - 1
    for kind in ARROWS[:-1]:
        switch(qtbot, window, kind)
    assert not key_of(window).isVisible() and all(racer.watched is None for racer in window.frame.racers)


def test_the_way_down_points_against_the_gradient_on_the_picture(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 12)
    show_alone(window, ADAM)
    settle(qtbot, window)
    panel = window.contour.panels[0]
    before = pixels(panel)
    switch(qtbot, window, "gradient")
    key_of(window).hide()
    after = pixels(panel)
    racer, watched = window.session.racers[ADAM], window.frame.racers[ADAM].watched
    red, green, blue = (int(drawn_colour(racer.colour, window.theme)[at : at + 2], 16) for at in (1, 3, 5))
    coloured = np.abs(after - [red, green, blue]).max(axis=2) < COLOUR_DISTANCE
    rows, columns = np.nonzero(coloured & (np.abs(after - before).max(axis=2) > COLOUR_DISTANCE))
    x, y = watched.made.before_position
    box = panel.getPlotItem().getViewBox()
    begin, unit = (panel.mapFromScene(box.mapViewToScene(QPointF(*place))) for place in ((x, y), (x + 1, y + 1)))
    gx, gy = compile_loss(window.session.formula).gradient(x, y)
    down = np.array([-gx * (unit.x() - begin.x()), -gy * (unit.y() - begin.y())])
    ways = np.column_stack([columns - begin.x(), rows - begin.y()])
    farthest = ways[np.hypot(*ways.T).argmax()]
    assert np.hypot(*farthest) > 20
    assert farthest @ down / np.hypot(*farthest) / np.hypot(*down) > 0.97


def test_arrows_are_the_values_of_the_step_and_go_back_with_the_race(qtbot: QtBot, window: MainWindow) -> None:
    for kind in ARROWS:
        window.session.show_arrows(kind, True)
    for step in (12, 5):
        go_to(qtbot, window, step)
        marks, racers = window.contour.panels[0].arrows.shown, window.frame.racers
        trail = racers[MOMENTUM].trail.positions
        assert marks[MOMENTUM].origin == tuple(trail[step - 1])
        np.testing.assert_allclose(marks[MOMENTUM].vectors["step"], trail[step] - trail[step - 1])
        adam = racers[ADAM].watched.made
        assert marks[ADAM].vectors["momentum"] == tuple(-part for part in adam.value("m"))
        rate = 0.12 / (np.sqrt(adam.value("v_hat")) + 1e-8)
        np.testing.assert_allclose(marks[ADAM].vectors["rate"], rate)
        assert marks[MOMENTUM].vectors["rate"] == pytest.approx((0.0015, 0.0015))
        assert "momentum" not in marks[0].vectors, "plain descent keeps none"


def test_a_typed_rule_has_them_by_what_its_lines_do(qtbot: QtBot, window: MainWindow) -> None:
    session, racer = window.session, window.session.racers[0]
    session.set_rule(racer.key, "u = 0.8*u - lr*g\nw = w + u")
    show_alone(window, 0)
    window.session.show_arrows("momentum", True)
    go_to(qtbot, window, 6)
    (mark,) = window.contour.panels[0].arrows.shown
    watched = window.frame.racers[0].watched
    assert mark.vectors["momentum"] == watched.made.value("u"), "it points down already"
    assert key_of(window).texts[0].startswith("momentum, −m ×")


def test_side_by_side_each_plot_has_its_arrows(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_layout("side by side")
    window.session.show_arrows("step", True)
    go_to(qtbot, window, 8)
    assert [len(panel.arrows.shown) for panel in window.contour.panels] == [1, 1, 1, 1]
    assert all(panel.arrows.key.texts[0].startswith("step taken ×") for panel in window.contour.panels)


def in_3d(window: MainWindow) -> np.ndarray:
    return pixels(window.surface.panels[0])


def test_the_3d_view_has_them_too_from_the_same_switches_and_a_key_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 12)
    show_alone(window, ADAM)
    settle(qtbot, window)
    before = in_3d(window)
    switch(qtbot, window, "momentum")
    key = window.surface.arrows.key
    assert key.isVisible() and key.texts[0].startswith("momentum, −m ×")
    key.hide()
    racer = window.session.racers[ADAM]
    red, green, blue = (int(drawn_colour(racer.colour, window.theme)[at : at + 2], 16) for at in (1, 3, 5))
    after = in_3d(window)
    coloured = np.abs(after - [red, green, blue]).max(axis=2) < COLOUR_DISTANCE
    rows, columns = np.nonzero(coloured & (np.abs(after - before).max(axis=2) > COLOUR_DISTANCE))
    view, watched = window.surface.panels[0], window.frame.racers[ADAM].watched
    (x, y), (mx, my) = watched.made.before_position, watched.made.value("m")
    begin, end = view.on_screen([(x, y), (x - 0.05 * mx, y - 0.05 * my)])
    ways = np.column_stack([columns - begin[0], rows - begin[1]])
    farthest, way = ways[np.hypot(*ways.T).argmax()], np.subtract(end, begin)
    assert np.hypot(*farthest) > 15
    assert farthest @ way / np.hypot(*farthest) / np.hypot(*way) > 0.9
    switch(qtbot, window, "momentum")
    assert not key.isVisible()
    np.testing.assert_array_equal(in_3d(window), before)


def test_side_by_side_all_3d_views_have_their_arrows_at_one_scale(qtbot: QtBot, window: MainWindow) -> None:
    # Else its ellipse, at the scale of all, lies under its head.
    window.session.set_hyperparameter(window.session.racers[MOMENTUM].key, "lr", 0.004)
    go_to(qtbot, window, 8)
    window.session.set_layout("side by side")
    settle(qtbot, window)
    wait_until(qtbot, lambda: len(window.surface.panels) == 4)
    before = [pixels(panel) for panel in window.surface.panels]
    window.session.show_arrows("rate", True)
    settle(qtbot, window)
    changed = [
        (pixels(panel) != old).any(axis=2).sum() for panel, old in zip(window.surface.panels, before, strict=True)
    ]
    assert min(changed) > 20 and len(window.surface.arrows.factors) == 1
