"""The foot of the window."""

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import go_to, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window


def test_it_tells_what_the_landscape_teaches_and_nothing_of_a_typed_one(qtbot: QtBot, window: MainWindow) -> None:
    assert LANDSCAPES["Himmelblau"].note in window.status.note.text()
    assert LANDSCAPES["Himmelblau"].source in window.status.note.toolTip()
    type_formula(qtbot, window, "x^2 + y^2")
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2 + y^2")
    assert window.status.note.text() == ""


def first_arrival(window: MainWindow) -> int:
    return min(racer.arrived.step for racer in window.frame.racers if racer.arrived is not None)


def test_it_names_the_leader_once_the_race_has_begun(qtbot: QtBot, window: MainWindow) -> None:
    assert window.status.leader.text() == ""
    go_to(qtbot, window, 50)
    first = next(racer for racer in window.frame.racers if racer.rank == 1)
    name = window.session.racers[window.frame.racers.index(first)].name
    assert window.status.leader.text() == f"{name} leads, loss {first.loss:.3g}".replace("-", "−")
    assert window.status.speeds.text() == "paused at step 50"
    go_to(qtbot, window, 100)
    assert window.status.leader.text() == f"{name} arrived first, at step {first_arrival(window)}"


def test_while_racing_it_tells_how_fast_it_goes(qtbot: QtBot, window: MainWindow) -> None:
    window.controller.toggle()
    wait_until(qtbot, lambda: "steps/s" in window.status.speeds.text() and "frames/s" in window.status.speeds.text())


def test_it_tells_the_place_and_the_loss_under_the_pointer(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.contour.panels[0]
    box = panel.getPlotItem().getViewBox()
    qtbot.mouseMove(panel.viewport(), panel.mapFromScene(box.mapViewToScene(QPointF(3.0, 2.0))))
    wait_until(qtbot, lambda: window.status.place.text().startswith("x 3"))
    assert " f " in window.status.place.text()


def test_a_narrow_window_cuts_the_note_and_nothing_else(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 10)
    window.resize(900, 700)
    settle(qtbot, window)
    for label in (window.status.leader, window.status.speeds):
        assert label.width() >= label.sizeHint().width()
    assert window.status.note.width() < window.status.note.sizeHint().width()


def test_where_the_start_has_no_loss_it_tells_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    type_formula(qtbot, window, "sqrt(-1 - x^2)")
    wait_until(qtbot, lambda: "drag" in window.status.leader.text())
    assert {card.loss.text() for card in window.racers_panel.cards} == {"no loss here"}
