"""The loss chart under a person's pointer, in the real window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.live.commands import Restart
from gui.look.theme import RACER_COLOURS
from gui.views.curves.number_axes import plain_text
from gui.window.main_window import MainWindow
from tests.gui.person import colour_count, drag, go_to, has_colour, pixels, settle, wait_until

pytestmark = pytest.mark.one_window


def place_of(window: MainWindow, along: float, up: float = 0.5) -> QPointF:
    """Return the position in the chart at a place along its axis, and at a share of its height from the top."""
    area, (first, last) = window.curves.pointer.area, window.curves.bounds[0]
    return QPointF(area.left() + (along - first) / (last - first) * area.width(), area.top() + up * area.height())


def point_at(window: MainWindow, position: QPointF) -> None:
    curves = window.curves
    for at in (position + QPointF(1.0, 0.0), position):
        QTest.mouseMove(curves.viewport(), at.toPoint())


def turn_wheel(window: MainWindow, position: QPointF, notches: int) -> None:
    viewport = window.curves.viewport()
    glob = QPointF(viewport.mapToGlobal(position.toPoint()))
    none, still = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(position, glob, QPoint(), QPoint(0, 120 * notches), none, still, Qt.ScrollPhase.NoScrollPhase,
                        False)  # fmt: skip
    QApplication.sendEvent(viewport, wheel)


def curve_of(window: MainWindow, number: int, step: int) -> QPointF:
    """Return the position in the chart of a racer's curve at a step."""
    loss = window.frame.racers[number].trail.losses[step]
    floor, ceiling = window.curves.bounds[1]
    return place_of(window, step, (ceiling - np.log10(loss)) / (ceiling - floor))


@pytest.fixture
def raced(qtbot: QtBot, same_window: MainWindow) -> MainWindow:
    go_to(qtbot, same_window, 60)
    return same_window


def test_the_pointer_reads_all_losses_and_leaves_nothing_behind(qtbot: QtBot, raced: MainWindow) -> None:
    point_at(raced, place_of(raced, 25.0, 0.9))
    pointer = raced.curves.pointer
    pairs = zip(raced.session.racers, raced.frame.racers, strict=True)
    losses = {choice.name: racer.trail.losses[25] for choice, racer in pairs}
    wanted = [f"{name} {plain_text(losses[name])}" for name in sorted(losses, key=losses.get)]
    # pyqtgraph handles at most a hundred moves of the mouse a second, so the last may wait.
    wait_until(qtbot, pointer.reading_box.isVisible)
    assert list(pointer.reading_box.lines) == ["step 25", *wanted]
    assert pointer.line_at == pytest.approx(25.0, abs=0.5)
    box = pointer.reading_box.geometry()
    assert raced.curves.rect().contains(box) and not box.contains(place_of(raced, 25.0, 0.9).toPoint())
    pointer.leave()
    assert not pointer.reading_box.isVisible() and pointer.line_at is None


def test_a_click_and_a_drag_go_to_a_step_and_the_axis_keeps_its_end(qtbot: QtBot, raced: MainWindow) -> None:
    before = raced.curves.bounds[0]
    QTest.mouseClick(raced.curves.viewport(), Qt.MouseButton.LeftButton, pos=place_of(raced, 20.0).toPoint())
    wait_until(qtbot, lambda: raced.frame.step == 20)
    settle(qtbot, raced)
    assert raced.transport.step.text() == "20"
    assert raced.curves.bounds[0] == before, "a person can go forth again"
    drag(raced.curves.viewport(), place_of(raced, 30.0), place_of(raced, 50.0))
    wait_until(qtbot, lambda: raced.frame.step == 50)
    drag(raced.curves.viewport(), place_of(raced, 30.0), place_of(raced, -3.0))
    wait_until(qtbot, lambda: raced.frame.step == 0)
    assert not raced.frame.playing
    raced.controller.runner.post(Restart())
    wait_until(qtbot, lambda: raced.curves.bounds[0] == (0.0, 10.0))


def test_the_wheel_zooms_and_a_double_click_shows_everything_where_the_race_was(
    qtbot: QtBot, raced: MainWindow
) -> None:
    curves, whole = raced.curves, raced.curves.bounds
    turn_wheel(raced, place_of(raced, 30.0), 3)
    (first, last), up = curves.bounds
    assert first > whole[0][0] and last < whole[0][1] and up != whole[1]
    assert (30.0 - first) / (last - first) == pytest.approx(30.0 / whole[0][1], abs=0.02)
    settle(qtbot, raced)
    assert curves.bounds[0] == (first, last), "the part stays when it is drawn anew"
    at = place_of(raced, 30.0).toPoint()
    QTest.mouseClick(curves.viewport(), Qt.MouseButton.LeftButton, pos=at)
    wait_until(qtbot, lambda: raced.frame.step == 30)
    QTest.mouseDClick(curves.viewport(), Qt.MouseButton.LeftButton, pos=at)
    # Qt's double click leaves the button pressed, in all tests that follow.
    QTest.mouseRelease(curves.viewport(), Qt.MouseButton.LeftButton, pos=at)
    wait_until(qtbot, lambda: raced.frame.step == 60)
    settle(qtbot, raced)
    assert curves.bounds == whole
    turn_wheel(raced, QPointF(10.0, place_of(raced, 0.0).y()), 2)
    assert curves.bounds[0] == whole[0] and curves.bounds[1] != whole[1], "over an axis, along that axis alone"
    raced.chart_menu.whole.trigger()
    assert curves.bounds == whole


def test_the_axes_are_chosen_in_the_menu(qtbot: QtBot, raced: MainWindow) -> None:
    curves, menu, session = raced.curves, raced.chart_menu, raced.session
    assert curves.axes_button.menu() is menu and curves.axes_button.text().startswith("log · by step")
    by_name = {action.data(): action for action in (*menu.loss_axes.actions(), *menu.curve_axes.actions())}
    by_name["linear"].trigger()
    settle(qtbot, raced)
    assert not curves.logarithmic and curves.bounds[1][0] == pytest.approx(0.0, abs=30.0)
    assert by_name["linear"].isChecked() and not by_name["logarithmic"].isChecked()
    by_name["logarithmic"].trigger()
    by_name["evaluations"].trigger()
    session.add_racer("BFGS")
    settle(qtbot, raced)
    point_at(raced, place_of(raced, 5.0))
    assert curves.pointer.reading_box.lines[0] == "5 evaluations"
    assert "by evaluation" in curves.axes_button.text()
    by_name["epoch"].trigger()
    settle(qtbot, raced)
    assert "by step" in curves.axes_button.text(), "there are no epochs without data"
    curves.pointer.leave()


def test_a_racer_that_is_pointed_at_stands_out_everywhere(qtbot: QtBot, raced: MainWindow) -> None:
    ours, other = RACER_COLOURS[3], RACER_COLOURS[0]

    def seen() -> tuple[int, int]:
        picture = pixels(raced.contour.panels[0])
        return colour_count(picture, ours), colour_count(picture, other)

    before = seen()
    point_at(raced, curve_of(raced, 3, 40))
    wait_until(qtbot, lambda: raced.curves.pointer.hovered == 3)
    settle(qtbot, raced)
    assert seen()[0] > 1.1 * before[0] and seen()[1] < 0.6 * before[1]
    assert [card.is_hovered for card in raced.racers_panel.cards] == [False, False, False, True]
    assert has_colour(pixels(raced.racers_panel.cards[3])[:3], ours, least=100)
    trail = raced.surface.panels[0]
    assert [look.raised for look in trail._trails._looks] == [False, False, False, True]
    raced.curves.pointer.leave()
    settle(qtbot, raced)
    assert seen() == before
    assert not any(card.is_hovered for card in raced.racers_panel.cards)
    assert not any(look.faded for look in trail._trails._looks)


def test_a_name_in_the_legend_raises_its_racer_on_the_chart(qtbot: QtBot, raced: MainWindow) -> None:
    panel = raced.contour.panels[0]
    before = colour_count(pixels(raced.curves), RACER_COLOURS[1])
    legend = panel._legend
    assert legend.isVisible()
    row = (legend.height() - 10) / (len(raced.session.racers) + 2)
    second = legend.pos() + QPoint(legend.width() // 2, round(5 + 1.5 * row))
    for at in (second - QPoint(1, 0), second):
        QTest.mouseMove(panel.viewport(), at)
    wait_until(qtbot, lambda: raced.racers_panel.cards[1].is_hovered)
    settle(qtbot, raced)
    assert colour_count(pixels(raced.curves), RACER_COLOURS[1]) > 1.2 * before
    QTest.mouseMove(panel.viewport(), QPoint(panel.width() // 2, panel.height() // 2))
    wait_until(qtbot, lambda: not raced.racers_panel.cards[1].is_hovered)


def test_no_axis_scales_its_numbers(qtbot: QtBot, raced: MainWindow) -> None:
    for side in (1e-4, 3e6):
        raced.session.set_bounds(((-side, side), (-side, side)))
        settle(qtbot, raced)
        for axis in (raced.contour.panels[0].getPlotItem().getAxis(name) for name in ("left", "bottom")):
            assert "x0" not in axis.labelString() and "x1" not in axis.labelString() and "e+" not in axis.labelString()
            assert axis.autoSIPrefixScale == 1.0
