"""The curves of a quantity beneath the loss chart, in the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from engine.race.curves.quantities import ANGLE, SHARPNESS
from gui.look.racer_colours import drawn_colour
from gui.views.quantities.view import QuantityPlot
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, has_colour, pixels, settle, wait_until

pytestmark = pytest.mark.one_window

STEPS = 60
ADAM = 3
"""The number of the racer of a first start that has m."""


@pytest.fixture
def raced(qtbot: QtBot, same_window: MainWindow) -> MainWindow:
    go_to(qtbot, same_window, STEPS)
    return same_window


def choose(qtbot: QtBot, window: MainWindow, quantity: str, racers: int = 1) -> QuantityPlot:
    """Choose a quantity in the chart's menu, and wait until so many racers have their whole curve."""
    menu, plot = window.chart_menu.quantities, window.charts.quantities
    menu.fill()
    next(action for action in menu.actions() if action.data() == quantity).trigger()

    def is_drawn() -> bool:
        whole = [curve for *_, curve in plot.content.visible() if curve.steps[-1] == STEPS]
        return plot.content.quantity == quantity and len(whole) == racers

    wait_until(qtbot, is_drawn)
    settle(qtbot, window)
    return plot


def place_of(plot: QuantityPlot, window: MainWindow, step: float) -> QPoint:
    first, last = window.curves.bounds[0]
    return QPoint(round(plot.area.left() + (step - first) / (last - first) * plot.area.width()), plot.area.center().y())


def point_at(plot: QuantityPlot, place: QPoint) -> None:
    for at in (place + QPoint(1, 0), place):
        QTest.mouseMove(plot.viewport(), at)


def test_a_state_is_drawn_in_its_racers_colour_on_the_steps_of_the_loss_and_read(
    qtbot: QtBot, raced: MainWindow
) -> None:
    assert not raced.charts.quantities.isVisible() and all(racer.drawn is None for racer in raced.frame.racers)
    loss_height = raced.curves.height()
    plot = choose(qtbot, raced, "m")
    assert plot.isVisible() and plot.title_button.text() == "m ▾" and plot.note == "x solid, y dashed"
    assert raced.curves.height() > 0.6 * loss_height
    assert (
        plot.area.left() == raced.curves.pointer.area.left() and plot.area.width() == raced.curves.pointer.area.width()
    )
    picture = pixels(plot)
    shown = [has_colour(picture, drawn_colour(racer.colour, raced.theme), 30) for racer in raced.session.racers]
    assert shown == [False, False, False, True]
    point_at(plot, place_of(plot, raced, 30.0))
    x, y = raced.frame.racers[ADAM].drawn.values[:, 29]
    head, line = plot.reading_box.lines
    assert head == "step 30 · m" and line.startswith("Adam ")
    assert [float(part.replace("−", "-")) for part in line.removeprefix("Adam ").split(", ")] == pytest.approx(
        [x, y], rel=1e-3
    )
    assert raced.curves.pointer.line_at == pytest.approx(30.0, abs=0.5)
    plot.close_button.click()
    settle(qtbot, raced)
    assert not plot.isVisible() and raced.curves.height() == loss_height
    wait_until(qtbot, lambda: all(racer.drawn is None for racer in raced.frame.racers))
    raced.history.undo()
    assert plot.isVisible() and raced.session.quantity == "m"


def test_a_click_goes_to_a_step_and_both_charts_show_the_same_part(qtbot: QtBot, raced: MainWindow) -> None:
    plot = choose(qtbot, raced, ANGLE, racers=4)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place_of(plot, raced, 20.0))
    wait_until(qtbot, lambda: raced.frame.step == 20)
    raced.curves.show_part(((10.0, 40.0), raced.curves.bounds[1]))
    settle(qtbot, raced)
    assert plot.getPlotItem().getViewBox().viewRange()[0] == pytest.approx([10.0, 40.0])
    QTest.mouseMove(raced.curves.viewport(), raced.curves.pointer.area.center())
    assert plot.line_at == pytest.approx(raced.curves.pointer.line_at)
    plot.whole_asked.emit()
    settle(qtbot, raced)
    assert raced.curves.bounds[0][0] == 0.0


def test_sharpness_has_the_edge_of_stability_of_each_racer(qtbot: QtBot, raced: MainWindow) -> None:
    plot = choose(qtbot, raced, SHARPNESS, racers=4)
    assert plot.logarithmic and "2/lr dashed" in plot.note
    point_at(plot, place_of(plot, raced, 50.0))
    edges = {line.split(" ")[0]: line.rsplit(" ", 1)[1] for line in plot.reading_box.lines[1:]}
    assert edges == {"SGD": "500", "Momentum": "1333", "RMSProp": "66.67", "Adam": "16.67"}


def test_the_menu_of_a_card_offers_what_its_rule_names(qtbot: QtBot, raced: MainWindow) -> None:
    card = raced.racers_panel.cards[ADAM]
    at = card.rect().center()
    QApplication.sendEvent(card, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, card.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = next(action.menu() for action in menu.actions() if action.menu() is not None)
    names = {action.data(): action for action in offered.actions() if action.data()}
    assert {"m", "v", "m_hat", "v_hat", "g", ANGLE} <= names.keys() and "w" not in names
    names["v_hat"].trigger()
    menu.close()
    assert raced.session.quantity == "v_hat"
    wait_until(qtbot, lambda: raced.charts.quantities.quantity == "v_hat")


def test_where_no_racer_has_it_the_plot_says_so(qtbot: QtBot, raced: MainWindow) -> None:
    raced.session.set_quantity("m")
    raced.session.set_look(raced.session.racers[ADAM].key, visible=False)
    wait_until(qtbot, lambda: raced.charts.quantities.note == "no racer that is shown has it")


def test_the_wheel_over_the_plot_zooms_along_the_steps_alone(qtbot: QtBot, raced: MainWindow) -> None:
    plot = choose(qtbot, raced, "m")
    up = raced.curves.bounds[1]
    plot.zoom_asked.emit(30.0, 360.0)
    (first, last), still = raced.curves.bounds
    assert first > 0.0 and still == up
    assert plot.getPlotItem().getViewBox().viewRange()[0] == pytest.approx([first, last])
    assert first < 30.0 < last
