"""The strip beneath the field: the formula as it is read, close to its text, and what is to be said beside it."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.formula.reading import LINE_PX
from gui.window.main_window import MainWindow
from tests.gui.person import pixels, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window

NEAR_PX = 22
"""Largest distance from the field to a formula of one line below it."""
LONG = " + ".join(f"a_{number}*cos({number}*x*y)" for number in range(1, 12))


def typed(qtbot: QtBot, window: MainWindow, text: str) -> None:
    type_formula(qtbot, window, text)
    settled(qtbot, window, text)


def typed_on(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.keyClicks(window.formula_bar.editor, text)
    settled(qtbot, window, window.formula_bar.editor.toPlainText())


def settled(qtbot: QtBot, window: MainWindow, text: str) -> None:
    wait_until(qtbot, lambda: window.frame.formula.error is not None or window.frame.formula.text == text)
    settle(qtbot, window)


def test_the_formula_is_read_close_beneath_its_text(window: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot, window)
    bar = window.formula_bar
    field = bar.editor.geometry()
    beneath = pixels(bar)[field.bottom() + 4 : -4, field.left() : field.right()]
    inked = np.flatnonzero((np.abs(beneath - beneath[0, 0]).max(axis=2) > 60).any(axis=1))
    assert inked[0] < NEAR_PX


def test_a_mistake_is_told_beside_the_formula_and_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    bar, reading = window.formula_bar, window.formula_bar.reading
    typed(qtbot, window, "x^2 + y^2")
    height, sheet = bar.height(), reading.typeset.sheet.geometry()
    typed_on(qtbot, window, ")")
    assert reading.words.isVisible() and 'no "("' in reading.message.text()
    assert reading.words.x() >= sheet.right() and reading.rect().contains(reading.words.geometry())
    assert (bar.height(), reading.typeset.sheet.geometry()) == (height, sheet)
    typed(qtbot, window, "x^2 + y^2")
    assert not reading.words.isVisible()


def test_a_mistake_and_the_arguments_of_a_call_are_told_one_above_the_other(window: MainWindow, qtbot: QtBot) -> None:
    typed(qtbot, window, "x + max(y, ")
    reading = window.formula_bar.reading
    assert reading.message.isVisible() and "the largest" in reading.tip.text()
    assert reading.tip.y() == reading.message.y() + LINE_PX
    assert reading.words.width() >= max(label.sizeHint().width() for label in (reading.message, reading.tip))


def test_where_the_formula_leaves_no_room_a_mistake_lies_over_its_end(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(900, 700)
    typed(qtbot, window, LONG)
    typed_on(qtbot, window, " + sinn(x)")
    reading = window.formula_bar.reading
    assert reading.words.geometry().bottomRight() == reading.rect().bottomRight()
    assert reading.words.width() > reading.message.sizeHint().width()
