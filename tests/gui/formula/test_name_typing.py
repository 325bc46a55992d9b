"""What happens in the window while a name is being typed, and what does not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from engine.language.display.completion import is_beginning_at
from engine.live import live_race
from gui.window.main_window import MainWindow
from tests.gui.person import settle, type_formula, wait_until

pytestmark = pytest.mark.one_window

STANDING = "x^2 + 2*y^2"


def formula_is_shown(qtbot: QtBot, window: MainWindow, text: str) -> None:
    wait_until(qtbot, lambda: window.frame.formula.text == text and window.frame.formula.error is None)
    settle(qtbot, window)


@pytest.mark.parametrize("typed", ["x + s", "x + si", "x + sin", "2*co", "e", "radius = 2*x; y + rad"])
def test_the_beginning_of_a_known_name_is_waited_for(typed: str) -> None:
    assert is_beginning_at(typed, len(typed))


@pytest.mark.parametrize("typed", ["x", "y", "x + s*", "pi", "k*x + zz", "s*x + s", "2", "x + ", "x + sin("])
def test_what_is_no_beginning_is_taken_at_once(typed: str) -> None:
    assert not is_beginning_at(typed, len(typed))


def test_half_a_name_makes_neither_slider_nor_landscape(
    qtbot: QtBot, same_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, bar = same_window, same_window.formula_bar
    monkeypatch.setattr(live_race, "STOOD_S", 0.0)
    type_formula(qtbot, window, STANDING)
    formula_is_shown(qtbot, window, STANDING)
    terrain, seen = window.frame.terrain.number, set()
    window.controller.frame_ready.connect(lambda frame: seen.add(frame.formula.text))
    for letter in " + s":
        qtbot.keyClick(bar.editor, letter)
    wait_until(qtbot, lambda: window.frame.answered == window.controller.runner.newest_request)
    assert bar.name_typing.under_way and not bar.sliders
    assert window.frame.terrain.number == terrain, "the landscape stays, and is not drawn anew"
    qtbot.keyClicks(bar.editor, "in(y)")
    formula_is_shown(qtbot, window, f"{STANDING} + sin(y)")
    assert seen == {STANDING, f"{STANDING} + sin(y)"}, "no beginning of sin was a landscape"


def test_a_parameter_called_s_is_there_when_the_word_is_finished(qtbot: QtBot, same_window: MainWindow) -> None:
    window, bar = same_window, same_window.formula_bar
    type_formula(qtbot, window, "x^2 + y^2*s")
    assert window.session.formula != "x^2 + y^2*s"
    formula_is_shown(qtbot, window, "x^2 + y^2*s")
    assert list(bar.sliders) == ["s"], "after a pause"
    type_formula(qtbot, window, "x^2 + k*y^2 + s + x")
    assert window.session.formula == "x^2 + k*y^2 + s + x", "an operator ends the word"
    type_formula(qtbot, window, "y^2 + t")
    assert window.session.formula != "y^2 + t"
    qtbot.keyClick(bar.editor, Qt.Key.Key_Home)
    assert window.session.formula == "y^2 + t", "the cursor that leaves the word ends it"
    type_formula(qtbot, window, "x^2 + y^2 + t")
    window.contour.panels[0].setFocus()
    assert window.session.formula == "x^2 + y^2 + t", "the keyboard that goes elsewhere ends it"
    type_formula(qtbot, window, "x^4 + y^2 + c")
    qtbot.keyClick(bar.editor, Qt.Key.Key_Return)
    assert window.session.formula.strip() == "x^4 + y^2 + c", "Return ends it"


@pytest.mark.own_window
def test_sliders_stay_where_they_are_while_a_person_types(qtbot: QtBot, same_window: MainWindow) -> None:
    window, bar = same_window, same_window.formula_bar
    type_formula(qtbot, window, "k1*x^2 + k2*y^2 + k3*x")
    formula_is_shown(qtbot, window, "k1*x^2 + k2*y^2 + k3*x")
    window.session.set_parameter("k2", 3.0)
    bar.sliders["k2"].show_value(3.0)
    places = {name: slider.geometry() for name, slider in bar.sliders.items()}
    height = bar.height()
    bar.editor.setFocus()
    cursor = bar.editor.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(17, QTextCursor.MoveMode.KeepAnchor)
    bar.editor.setTextCursor(cursor)
    qtbot.keyClick(bar.editor, Qt.Key.Key_Backspace)
    wait_until(qtbot, lambda: "k2" not in window.frame.formula.parameters)
    wait_until(qtbot, lambda: not bar.sliders["k2"].isEnabled())
    assert {name: slider.geometry() for name, slider in bar.sliders.items()} == places and bar.height() == height
    qtbot.keyClicks(bar.editor, "+ k2*y^2 ")
    wait_until(qtbot, lambda: "k2" in window.frame.formula.parameters)
    wait_until(qtbot, bar.sliders["k2"].isEnabled)
    assert bar.sliders["k2"].value == window.frame.formula.parameters["k2"] == 3.0, "it comes back with its value"
    assert {name: slider.geometry() for name, slider in bar.sliders.items()} == places
    type_formula(qtbot, window, "k3*y^2 + x^2 + 1")
    formula_is_shown(qtbot, window, "k3*y^2 + x^2 + 1")
    assert list(bar.sliders) == ["k3"], "what is gone goes when nobody types any more"


def test_while_a_mistake_stands_the_landscape_that_stood_is_seen(
    qtbot: QtBot, same_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, bar = same_window, same_window.formula_bar
    monkeypatch.setattr(live_race, "STOOD_S", 30.0)
    window.session.set_formula("x^2 + y^2 + 7")
    window.session.name_landscape("named")
    window.controller._send_formula()
    formula_is_shown(qtbot, window, "x^2 + y^2 + 7")
    type_formula(qtbot, window, "y^4 + x^2")
    formula_is_shown(qtbot, window, "y^4 + x^2")
    qtbot.keyClicks(bar.editor, " +")
    wait_until(qtbot, lambda: window.frame.formula.error is not None)
    assert window.frame.formula.text.startswith("y^4"), "while a person types on, nothing goes back and forth"
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2 + y^2 + 7")
    settle(qtbot, window)
    assert window.frame.formula.error is not None and bar.message.isVisible()
    qtbot.keyClicks(bar.editor, " 1")
    formula_is_shown(qtbot, window, "y^4 + x^2 + 1")
