"""What the formula bar offers to put in: one of two readings, a root for negative numbers; a click does it."""

import re

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from tests.gui.person import settle, type_formula, wait_until
from tests.gui.racers.test_rule_panel import edit

pytestmark = pytest.mark.one_window


def told(label: QLabel) -> str:
    """Return the text of a label without its markup."""
    return re.sub("<[^>]*>", "", label.text())


def click_link(qtbot: QtBot, label: QLabel, number: int) -> None:
    """Click the link with this number at the leftmost point at which the label has it."""
    seen: list[str] = []
    label.linkHovered.connect(seen.append)
    places = [QPoint(x, label.height() // 2) for x in range(0, label.width(), 3)]
    none = Qt.MouseButton.NoButton
    for place in places:
        glob = QPointF(label.mapToGlobal(place))
        move = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), glob, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(label, move)
        if str(number) in seen:
            qtbot.mouseClick(label, Qt.MouseButton.LeftButton, pos=place)
            return
    raise AssertionError(f"there is no link {number} in {label.text()}")


def test_each_of_two_readings_is_a_click_away_and_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.formula_bar
    type_formula(qtbot, window, "b^2x + y^2")
    wait_until(qtbot, lambda: bar.message.isVisible())
    settle(qtbot, window)
    assert told(bar.message) == "This may mean two things. Write b^(2*x) or b^2*x."
    click_link(qtbot, bar.message, 1)
    wait_until(qtbot, lambda: window.frame.formula.text == "b^2*x + y^2")
    settle(qtbot, window)
    assert bar.editor.toPlainText() == "b^2*x + y^2" and not bar.message.isVisible()
    qtbot.keyClick(bar.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bar.editor.toPlainText() == "b^2x + y^2"


def test_an_empty_half_of_the_picture_comes_with_the_root_that_fills_it(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.formula_bar
    window.session.set_bounds(((-2.0, 2.0), (-2.0, 2.0)))
    type_formula(qtbot, window, "x^(2/3) + y^2")
    wait_until(qtbot, lambda: bar.reading.hint.isVisible())
    settle(qtbot, window)
    assert 'is no number where "x" is negative' in told(bar.reading.hint) and not bar.message.isVisible()
    assert bar.reading.rect().contains(bar.reading.words.geometry())
    click_link(qtbot, bar.reading.hint, 0)
    wait_until(qtbot, lambda: window.frame.formula.text == "cbrt(x)^2 + y^2")
    settle(qtbot, window)
    assert not bar.reading.hint.isVisible()


def test_the_hint_comes_and_goes_with_what_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.formula_bar
    window.session.set_bounds(((1.0, 2.0), (1.0, 2.0)))
    type_formula(qtbot, window, "(x + a)^(1/3) + y")
    wait_until(qtbot, lambda: window.frame.formula.text == "(x + a)^(1/3) + y")
    settle(qtbot, window)
    assert not bar.reading.hint.isVisible()
    window.session.set_parameter("a", -1.5)
    wait_until(qtbot, lambda: bar.reading.hint.isVisible())
    window.session.set_parameter("a", 1.0)
    wait_until(qtbot, lambda: not bar.reading.hint.isVisible())


def test_a_mistake_takes_the_place_of_the_hint(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.formula_bar
    window.session.set_bounds(((-2.0, 2.0), (-2.0, 2.0)))
    type_formula(qtbot, window, "x^(1/3)")
    wait_until(qtbot, lambda: bar.reading.hint.isVisible())
    qtbot.keyClicks(bar.editor, " + ")
    wait_until(qtbot, lambda: bar.message.isVisible())
    assert not bar.reading.hint.isVisible()
    qtbot.keyClicks(bar.editor, "y")
    wait_until(qtbot, lambda: bar.reading.hint.isVisible() and not bar.message.isVisible())


def test_what_was_offered_for_another_text_is_not_put_in(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.formula_bar
    type_formula(qtbot, window, "e^2x")
    wait_until(qtbot, lambda: bar.message.isVisible() and 'href="0"' in bar.message.text())
    bar.editor.blockSignals(True)
    bar.editor.setPlainText("something else")
    bar.editor.blockSignals(False)
    bar.message.linkActivated.emit("0")
    assert bar.editor.toPlainText() == "something else"


def test_a_rule_is_offered_both_readings_too(window: MainWindow, qtbot: QtBot) -> None:
    panel = edit(qtbot, window)
    panel.editor.put("w = w - lr*beta^2t*g")
    settle(qtbot, window)
    assert "beta^(2*t)" in panel.message.sentence
    click_link(qtbot, panel.message, 0)
    settle(qtbot, window)
    assert panel.editor.toPlainText() == "w = w - lr*beta^(2*t)*g" and not panel.message.isVisible()


def test_where_there_is_little_room_a_hint_is_brief_and_leaves_the_formula_to_be_read(
    window: MainWindow, qtbot: QtBot
) -> None:
    bar = window.formula_bar
    window.session.set_bounds(((-2.0, 2.0), (-2.0, 2.0)))
    type_formula(qtbot, window, "(x - 1)^(4/3) + (y + sin(x)*y)^2")
    wait_until(qtbot, lambda: bar.reading.hint.isVisible())
    settle(qtbot, window)
    assert "is no number" in bar.reading.hint.sentence
    window.resize(1000, 760)
    settle(qtbot, window)
    assert bar.reading.hint.sentence == 'Real root: "cbrt(x - 1)^4"'
    assert bar.reading.words.x() >= bar.typeset.sheet.width()
    assert "is no number" in bar.reading.hint.toolTip()
    window.resize(1400, 900)
    settle(qtbot, window)
    assert "is no number" in bar.reading.hint.sentence
