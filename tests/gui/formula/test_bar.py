"""Typing in the formula bar: names are offered, brackets found, slopes shown, and undo reaches over landscapes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import colour_count, pixels, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.formula_bar.editor, key)


def test_a_function_is_offered_with_its_signature_put_in_and_its_arguments_told(
    window: MainWindow, qtbot: QtBot
) -> None:
    bar = window.formula_bar
    type_formula(qtbot, window, "x + smooth")
    assert "smoothstep(u, v, s)" in [entry.signature for entry in bar.assistant.list.shown]
    assert window.rect().contains(bar.assistant.list.geometry())
    press(qtbot, window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert bar.editor.toPlainText() == "x + smoothstep()" and not bar.assistant.list.isVisible()
    assert "smoothstep" in bar.reading.tip.text() and ">u</b>" in bar.reading.tip.text()
    qtbot.keyClicks(bar.editor, "0, 1, y")
    assert ">s</b>" in bar.reading.tip.text(), "the third argument is being typed"
    wait_until(qtbot, lambda: window.frame.formula.text == "x + smoothstep(0, 1, y)")


def test_parameters_and_definitions_of_the_text_are_offered_too(window: MainWindow, qtbot: QtBot) -> None:
    type_formula(qtbot, window, "steepness*x^2; ")
    type_formula(qtbot, window, "radius = hypot(x, y); steepness*radius + ste")
    listed = window.formula_bar.assistant.list
    assert "steepness" in [entry.text for entry in listed.shown]
    qtbot.keyClicks(window.formula_bar.editor, "epness*ra")
    assert "radius" in [entry.text for entry in listed.shown]
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not listed.isVisible() and window.formula_bar.editor.hasFocus()


def test_the_bracket_at_the_cursor_is_marked_with_its_partner(window: MainWindow, qtbot: QtBot) -> None:
    editor = window.formula_bar.editor
    type_formula(qtbot, window, "(x + (y - 1)^2)*2")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    marked = [selection.cursor.selectionStart() for selection in editor.extraSelections()]
    assert marked == [0, 14]
    accent = window.theme.accent
    here = colour_count(pixels(editor), accent)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    assert editor.extraSelections() == [] and colour_count(pixels(editor), accent) < here


def test_undo_brings_back_the_text_and_the_landscape_before(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.formula
    window.session.choose(LANDSCAPES["Beale"])
    wait_until(qtbot, lambda: window.frame.formula.text == LANDSCAPES["Beale"].formula)
    editor = window.formula_bar.editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(qtbot, lambda: window.frame.formula.text == before)
    assert editor.toPlainText() == before
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    wait_until(qtbot, lambda: window.frame.formula.text == LANDSCAPES["Beale"].formula)


def test_the_slopes_are_typeset_beneath_the_formula_where_they_are_wanted(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.formula_bar
    type_formula(qtbot, window, "x^2*sin(y)")
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2*sin(y)")
    settle(qtbot, window)
    alone = bar.typeset.sheet.height()
    bar.slopes.click()
    settle(qtbot, window)
    assert bar.typeset.sheet.height() > 2 * alone
    bar.slopes.click()
    settle(qtbot, window)
    assert bar.typeset.sheet.height() == alone
