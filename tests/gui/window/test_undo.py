"""Ctrl+Z takes back whatever a person changed, in the session, in its controls and in the race; the menu says what."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from engine.data.tables.file import read_table
from engine.live.commands import Pause, Play
from gui.session import edit_history
from gui.session.table_models import line_formula, line_through
from gui.window.main_window import MainWindow
from gui.window.menus import keys_of
from gui.window.window_menus import EDIT
from tests.gui.person import PATIENCE_MS, drag, go_to, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(same_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    # On a busy machine more time goes by between two keys than between two of a person.
    monkeypatch.setattr(edit_history, "JOIN_S", PATIENCE_MS / 1000.0)
    same_window.history.clear()
    return same_window


def undo(qtbot: QtBot, window: MainWindow, on: QWidget | None = None) -> None:
    qtbot.keyClick(on or window.contour.panels[0], Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)


def redo(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.contour.panels[0], Qt.Key.Key_Z, CONTROL | SHIFT)
    settle(qtbot, window)


def entries(window: MainWindow) -> list[tuple[str, bool]]:
    """Return what the Edit menu says, and whether it can be chosen."""
    (menu,) = (action.menu() for action in window.menuBar().actions() if action.text() == "&Edit")
    return [(entry.text().replace("&", ""), entry.isEnabled()) for entry in menu.actions()]


def test_a_removed_racer_comes_back_with_its_rule_its_place_and_its_trail(window: MainWindow, qtbot: QtBot) -> None:
    session, rule = window.session, "w = w - lr*sign(g)"
    session.set_rule(session.racers[1].key, rule)
    go_to(qtbot, window, 60)
    window.history.note()
    before, trails = list(session.racers), [racer.trail for racer in window.frame.racers]
    card = window.racers_panel.cards[1]
    next(button for button in card.findChildren(QAbstractButton) if button.toolTip() == "Remove").click()
    settle(qtbot, window)
    assert [racer.key for racer in session.racers] == [before[0].key, *(racer.key for racer in before[2:])]
    assert window.notice.label.text() == f"{before[1].name} was removed." and window.notice.isVisible()
    assert entries(window)[0] == (f"Undo removing {before[1].name}", True)
    window.notice.back.click()
    settle(qtbot, window)
    assert session.racers == before and session.racers[1].rule == rule
    assert not window.notice.isVisible() and entries(window)[1] == (f"Redo removing {before[1].name}", True)
    for racer, trail in zip(window.frame.racers, trails, strict=True):
        assert np.array_equal(racer.trail.positions, trail.positions)
    redo(qtbot, window)
    assert len(window.frame.racers) == len(before) - 1
    undo(qtbot, window)
    assert window.racers_panel.cards[1].name.text() == before[1].name and not window.notice.isVisible()


def test_a_drag_of_a_slider_is_one_edit_and_its_undo_moves_the_handle_under_the_running_race(
    window: MainWindow, qtbot: QtBot
) -> None:
    go_to(qtbot, window, 20)
    racer = window.session.racers[3]
    slider = window.racers_panel.cards[3].sliders["lr"].slider
    notch, settings = slider.value(), racer.values["lr"]
    window.controller.runner.post(Play())
    for share in (0.9, 0.2):
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, slider.height() // 2))
        for step in range(1, 6):
            place = QPoint(round(slider.width() * (0.5 + (share - 0.5) * step / 5)), slider.height() // 2)
            QTest.mouseMove(slider, place)
            qtbot.wait(20)
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place)
        qtbot.wait(60)
    assert window.history.stack.count() == 2
    dragged = slider.value()
    undo(qtbot, window)
    assert slider.value() > dragged
    undo(qtbot, window)
    assert (slider.value(), window.session.racer(racer.key).values["lr"]) == (notch, settings)
    assert entries(window) == [("Undo", False), (f"Redo lr of {racer.name}", True)]
    window.controller.runner.post(Pause())
    settle(qtbot, window)
    assert window.frame.step > 20, "the race goes on"


def test_undo_after_another_landscape_brings_back_landscape_start_and_domain(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.set_bounds(((-4.0, 4.0), (-3.0, 3.0)))
    session.set_start(1.0, 2.0)
    settle(qtbot, window)
    before = session.choices()
    session.choose(window.library.find("Rosenbrock"))
    settle(qtbot, window)
    window.formula_bar.sliders["a"].slider.setValue(900)
    settle(qtbot, window)
    assert entries(window)[0] == ("Undo the parameter a", True)
    undo(qtbot, window)
    assert window.frame.formula.parameters["a"] == 1.0 and window.formula_bar.sliders["a"].value == 1.0
    assert window.contour.minima, "the minima are known for this value"
    undo(qtbot, window)
    assert session.choices() == before
    assert window.formula_bar.editor.toPlainText() == before.formula
    assert window.frame.terrain.bounds == before.bounds and window.frame.start == (1.0, 2.0)
    redo(qtbot, window)
    assert window.formula_bar.landscape.button.text() == "Rosenbrock"


def test_a_formula_with_a_mistake_comes_back_over_the_landscape_that_it_was_typed_on(
    window: MainWindow, qtbot: QtBot
) -> None:
    type_formula(qtbot, window, "x^2 + 3*y^2")
    settle(qtbot, window)
    qtbot.keyClicks(window.formula_bar.editor, " +")
    settle(qtbot, window)
    assert window.history.stack.count() == 1, "what is typed fast is one edit"
    window.session.choose(window.library.find("Beale"))
    settle(qtbot, window)
    undo(qtbot, window)
    assert window.formula_bar.editor.toPlainText() == "x^2 + 3*y^2 +"
    assert window.frame.formula.text == "x^2 + 3*y^2" and window.frame.formula.error is not None
    undo(qtbot, window)
    assert window.session.landscape == "Himmelblau" and window.frame.formula.error is None
    assert entries(window) == [("Undo", False), ("Redo the formula", True)]


def test_a_table_is_raced_on_again_after_undo_without_a_new_mistake(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "line.csv"
    path.write_text("u,v\n" + "".join(f"{number},{2 * number + 1}\n" for number in range(12)))
    window.session.choose(line_through(str(path), read_table(str(path)), ("u", "v"), False))
    settle(qtbot, window)
    assert window.frame.columns.rows == 12
    window.session.choose(window.library.find("Beale"))
    settle(qtbot, window)
    undo(qtbot, window)
    assert window.frame.columns.rows == 12 and window.session.data.path == str(path)
    assert window.formula_bar.editor.toPlainText() == line_formula("u", "v", False)
    undo(qtbot, window)
    assert entries(window) == [("Undo", False), ("Redo the formula", True)] and window.frame.columns is None


def test_a_text_keeps_its_own_undo_while_it_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_speed(77.0)
    settle(qtbot, window)
    type_formula(qtbot, window, "x^2")
    undo(qtbot, window, window.formula_bar.editor)
    assert window.session.speed == 77.0 and window.session.formula != "x^2"
    field = window.transport.rate
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "12")
    undo(qtbot, window, field)
    assert window.session.speed == 77.0 and field.text() == "77", "what is being typed is the field's"
    window.session.set_views("contour")
    settle(qtbot, window)
    undo(qtbot, window, field)
    assert window.session.views == "both" and field.text() == "77", "where nothing is typed, undo is the window's"


def test_the_camera_is_taken_back_drag_by_drag_and_what_the_turntable_does_is_no_edit(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = window.surface.panels[0]
    home = view.camera
    window.camera_controller.set_turning(True)
    wait_until(qtbot, lambda: view.camera.azimuth != home.azimuth)
    window.camera_controller.set_turning(False)
    settle(qtbot, window)
    assert window.history.stack.count() == 0
    middle = QPointF(view.width() / 2, view.height() / 2)
    drag(view, middle, middle + QPointF(80, 30))
    settle(qtbot, window)
    turned = view.camera
    qtbot.keyClick(view, Qt.Key.Key_7)
    settle(qtbot, window)
    assert window.history.stack.count() == 2 and view.camera.elevation == 90.0
    undo(qtbot, window)
    assert view.camera.azimuth == pytest.approx(turned.azimuth) and view.camera.elevation == turned.elevation
    assert view.camera.distance == pytest.approx(turned.distance)
    undo(qtbot, window)
    assert view.camera == home
    redo(qtbot, window)
    assert view.camera.azimuth == pytest.approx(turned.azimuth)


def test_a_rule_that_is_taken_back_is_shown_in_its_editor(window: MainWindow, qtbot: QtBot) -> None:
    racer = window.session.racers[0]
    window.bottom_panel.edit(racer.key)
    panel = window.bottom_panel.rule
    panel.beside.setChecked(False)
    panel.editor.put("w = w - lr*g/norm(g)")
    settle(qtbot, window)
    assert window.session.racer(racer.key).rule == "w = w - lr*g/norm(g)"
    undo(qtbot, window)
    assert panel.editor.toPlainText() == racer.rule_text and window.session.racer(racer.key).rule == ""
    redo(qtbot, window)
    assert panel.editor.toPlainText() == "w = w - lr*g/norm(g)"
    panel.close_rule()


def test_what_is_typed_into_a_rule_of_the_catalogue_is_one_edit_with_the_copy_that_it_makes(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_history, "JOIN_S", PATIENCE_MS)
    session, edits = window.session, window.history.stack.count()
    before = session.racers
    window.bottom_panel.edit(before[0].key)
    panel = window.bottom_panel.rule
    assert panel.beside.isChecked()
    panel.editor.moveCursor(QTextCursor.MoveOperation.End)
    for typed in ("/2", "0"):
        qtbot.keyClicks(panel.editor, typed)
        wait_until(qtbot, lambda: panel.has_read)
        window.history.note()
    edited = session.racers[-1]
    assert len(session.racers) == len(before) + 1 and edited.rule.endswith("/20")
    assert window.history.stack.count() == edits + 1
    undo(qtbot, window)
    assert session.racers == before
    redo(qtbot, window)
    assert session.racers[-1] == edited
    panel.close_rule()


def test_a_slider_in_a_popover_follows_undo_from_its_own_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    popover = window.formula_bar.landscape.open_transform()
    slider = popover.sliders["angle"]
    slider.slider.setValue(800)
    settle(qtbot, window)
    assert window.session.transform.angle > 0
    undo(qtbot, window, slider.slider)
    assert window.session.transform.angle == 0.0 and slider.value == 0.0
    popover.close()


def test_ends_of_a_slider_that_a_typed_number_has_moved_come_back_with_the_number(
    window: MainWindow, qtbot: QtBot
) -> None:
    slider = window.racers_panel.cards[0].sliders["lr"]
    before, tip = slider.value, slider.toolTip()
    slider.field.setFocus()
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, "1e6")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert slider.toolTip() != tip and window.history.stack.count() == 1
    undo(qtbot, window)
    assert slider.value == before and slider.toolTip() == tip


def test_the_list_of_keys_names_undo_and_redo_whatever_the_menu_says_now(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_start(1.0, 2.0)
    settle(qtbot, window)
    names = [action.text() for action in window.findChildren(QAction)]
    assert "&Undo the start" in names
    listed = keys_of(window)["Edit"]
    assert [listed[entry.text.replace("&", "")] for entry in EDIT] == ["Ctrl+Z", "Ctrl+Shift+Z, Ctrl+Y"]
