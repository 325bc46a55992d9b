"""A right click on the views of the landscape."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.views.legend import Legend
from gui.views.surface.key_bindings import TOP
from gui.window.main_window import MainWindow
from tests.gui.person import settle, wait_until

RIGHT = Qt.MouseButton.RightButton


def click(qtbot: QtBot, widget: QWidget, place: QPoint) -> QMenu:
    """Press the right button and release it; return the menu that has opened."""
    qtbot.mouseClick(widget, RIGHT, pos=place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "").split("\t")[0] == text)


def choose(menu: QMenu, text: str) -> None:
    """Choose an entry as a click does."""
    action = entry(menu, text)
    menu.close()
    action.trigger()


def test_a_right_click_on_the_contour_view_starts_there_and_takes_the_view_as_domain(
    qtbot: QtBot, window: MainWindow
) -> None:
    settle(qtbot, window)
    session, panel = window.session, window.contour.panels[0]
    place = panel.rect().center() + QPoint(40, 30)
    point = panel.point_under(QPointF(place))
    choose(click(qtbot, panel.viewport(), place), "Start here")
    assert session.start == pytest.approx(point)

    panel.show_bounds(((-3.0, 3.0), (-3.0, 3.0)))
    settle(qtbot, window)
    choose(click(qtbot, panel.viewport(), place), "Use this view as the domain")
    assert session.bounds[0] == pytest.approx((-3.0, 3.0))
    beside = click(qtbot, panel.viewport(), QPoint(5, panel.height() - 5))
    assert not entry(beside, "Start here").isEnabled(), "there is no landscape"
    beside.close()

    qtbot.mousePress(panel.viewport(), RIGHT, pos=place)
    qtbot.mouseMove(panel.viewport(), place + QPoint(50, 0))
    qtbot.mouseRelease(panel.viewport(), RIGHT, pos=place + QPoint(50, 0))
    assert QApplication.activePopupWidget() is None, "the view was dragged"


def test_a_right_click_on_a_name_in_the_legend_is_about_that_racer(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    panel = window.contour.panels[0]
    legend = panel.findChild(Legend)
    rows = [place for place in range(legend.height()) if legend.racer_at(QPoint(10, place)) == 2]
    menu = click(qtbot, panel.viewport(), legend.pos() + QPoint(10, rows[len(rows) // 2]))
    choose(menu, "Hide")
    assert [racer.visible for racer in window.session.racers] == [True, True, False, True]


def test_a_right_click_on_the_3d_view_starts_there_and_shows_its_sides(
    qtbot: QtBot, opengl: None, window: MainWindow
) -> None:
    settle(qtbot, window)
    view = window.surface.panels[0]
    place = next(
        place for x in range(80, view.width(), 40) for y in range(80, view.height(), 40)
        if view.point_under(QPointF(place := QPoint(x, y))) is not None
    )  # fmt: skip
    point = view.point_under(QPointF(place))
    choose(click(qtbot, view, place), "Start here")
    assert window.session.start == pytest.approx(point)
    choose(click(qtbot, view, place), "From the top")
    wait_until(qtbot, lambda: window.session.camera.standard == TOP.name)
