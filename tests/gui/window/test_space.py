"""Space starts and holds the race, whatever was done before, everywhere but in a text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.landscape.data.table_popover import TablePopover
from gui.racers.optimizer_list import OptimizerList
from gui.window.main_window import MainWindow
from tests.gui.person import settle, type_formula, wait_until

pytestmark = pytest.mark.one_window

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Act = Callable[[QtBot, MainWindow], None]


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click at a place of a widget through its window, as a mouse does."""
    place = widget.rect().center() if at is None else at
    QTest.mouseClick(widget.window().windowHandle(), LEFT, NONE, widget.mapTo(widget.window(), place))


def press(key: Qt.Key) -> None:
    """Press a key in the widget that has the keyboard's focus."""
    QTest.keyClick(QApplication.focusWidget(), key)


def plays(qtbot: QtBot, window: MainWindow) -> bool:
    """Return whether Space starts the race and then pauses it."""
    settle(qtbot, window)
    before = window.frame.playing
    for playing in (not before, before):
        press(Qt.Key.Key_Space)
        settle(qtbot, window)
        if window.frame.playing != playing:
            return False
    return True


def enter_a_number(qtbot: QtBot, window: MainWindow) -> None:
    field = window.racers_panel.cards[0].sliders["lr"].field
    click(field)
    field.selectAll()
    qtbot.keyClicks(field, "0.02")
    press(Qt.Key.Key_Return)


def only_click_a_number(qtbot: QtBot, window: MainWindow) -> None:
    click(window.transport.step)


def enter_a_name(qtbot: QtBot, window: MainWindow) -> None:
    name = window.racers_panel.cards[0].name
    click(name)
    qtbot.keyClicks(name, "s")
    press(Qt.Key.Key_Return)


def add_a_racer(qtbot: QtBot, window: MainWindow) -> None:
    click(window.racers_panel.add)
    listed = window.findChild(OptimizerList)
    qtbot.keyClicks(listed.search, "Lion")
    press(Qt.Key.Key_Return)
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)


def close_a_popover(qtbot: QtBot, window: MainWindow) -> None:
    click(window.racers_panel.noise)
    press(Qt.Key.Key_Escape)


def close_a_popover_that_a_formula_had_opened(qtbot: QtBot, window: MainWindow) -> None:
    window.formula_bar.editor.setFocus()
    window.formula_bar.landscape.open_picker()
    press(Qt.Key.Key_Escape)


def close_a_popover_of_a_button_under_tab(qtbot: QtBot, window: MainWindow) -> None:
    window.racers_panel.noise.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Escape)


def pick_a_landscape(qtbot: QtBot, window: MainWindow) -> None:
    click(window.formula_bar.landscape.button)
    qtbot.keyClicks(QApplication.focusWidget(), "Beale")
    press(Qt.Key.Key_Return)
    wait_until(qtbot, lambda: window.session.landscape == "Beale")


def click_a_button(qtbot: QtBot, window: MainWindow) -> None:
    click(window.racers_panel.cards[0].eye)


def click_a_button_while_typing(qtbot: QtBot, window: MainWindow) -> None:
    window.formula_bar.editor.setFocus()
    click(window.racers_panel.cards[0].eye)


def switch_a_box(qtbot: QtBot, window: MainWindow) -> None:
    window.bottom_panel.edit(window.session.racers[0].key)
    settle(qtbot, window)
    click(window.bottom_panel.rule.beside, QPoint(8, window.bottom_panel.rule.beside.height() // 2))


def drag_a_slider(qtbot: QtBot, window: MainWindow) -> None:
    click(window.transport.speed)


@pytest.mark.parametrize(
    "act",
    [
        enter_a_number, only_click_a_number, enter_a_name, add_a_racer, close_a_popover,
        close_a_popover_that_a_formula_had_opened, close_a_popover_of_a_button_under_tab, pick_a_landscape,
        click_a_button, click_a_button_while_typing, switch_a_box, drag_a_slider,
    ],
    ids=lambda act: act.__name__,
)  # fmt: skip
def test_space_starts_and_holds_the_race_after(qtbot: QtBot, same_window: MainWindow, act: Act) -> None:
    same_window.contour.panels[0].setFocus()
    act(qtbot, same_window)
    assert plays(qtbot, same_window), QApplication.focusWidget()


def test_space_starts_the_race_after_a_line_was_fitted(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("mass,length\n" + "".join(f"{n},{2 * n + 1}\n" for n in range(9)), encoding="utf-8")
    window.formula_bar.editor.setFocus()
    window.tables.open(str(file))
    wait_until(qtbot, lambda: window.findChild(TablePopover) is not None)
    click(window.findChild(TablePopover).fit)
    wait_until(qtbot, lambda: window.session.data is not None)
    assert plays(qtbot, window)


def test_a_button_reached_with_tab_is_pressed_by_space(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[0]
    card.edit.setFocus()
    press(Qt.Key.Key_Tab)
    assert card.eye.hasFocus()
    for visible in (False, True):
        press(Qt.Key.Key_Space)
        assert window.session.racers[0].visible is visible
    assert card.eye.hasFocus()


def test_space_in_a_text_is_a_blank(qtbot: QtBot, window: MainWindow) -> None:
    name, step = window.racers_panel.cards[0].name, window.transport.step
    for field, text in ((name, "My Adam"), (step, "2 * 10")):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
        assert field.text() == text
    press(Qt.Key.Key_Return)
    wait_until(qtbot, lambda: window.frame.step == 20)
    assert not window.frame.playing and window.session.racers[0].name == "My Adam"


def test_a_refused_number_keeps_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    field = window.transport.step
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "-3")
    press(Qt.Key.Key_Return)
    assert field.hasFocus() and window.transport.message.isVisible()


def test_enter_gives_the_keyboard_back_to_the_view_that_had_it(qtbot: QtBot, window: MainWindow) -> None:
    for view in (window.curves, window.contour.panels[0]):
        view.setFocus()
        enter_a_number(qtbot, window)
        assert QApplication.focusWidget() is view


def test_what_is_chosen_in_a_popover_may_take_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    window.contour.panels[0].setFocus()
    window.racers_panel.noise.open_popover()
    window.formula_bar.editor.setFocus()
    QApplication.activePopupWidget().close()
    assert window.formula_bar.editor.hasFocus()


def test_a_click_on_a_button_of_a_popover_leaves_the_keyboard_in_its_search(qtbot: QtBot, window: MainWindow) -> None:
    click(window.formula_bar.landscape.button)
    picker = QApplication.activePopupWidget()
    click(picker.chips.switches["saved"])
    assert picker.chips.on == ["saved"] and QApplication.focusWidget() is picker.search
    press(Qt.Key.Key_Escape)


def test_shortcuts_work_from_within_a_number_field(qtbot: QtBot, window: MainWindow) -> None:
    field, editor = window.transport.step, window.formula_bar.editor
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert editor.hasFocus() and editor.textCursor().hasSelection()
    panel = window.contour.panels[0]
    panel.getPlotItem().getViewBox().setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.session.bounds != window.session.domain
    qtbot.keyClicks(field, "12")
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert field.selectedText() == field.text(), "the keys that edit a text stay the field's"


def test_blanks_around_a_formula_change_nothing(qtbot: QtBot, window: MainWindow) -> None:
    editor = window.formula_bar.editor
    type_formula(qtbot, window, "x^2 + 2*y^2")
    settle(qtbot, window)
    press(Qt.Key.Key_Escape)
    window.contour.panels[0].setFocus()
    press(Qt.Key.Key_Period)
    wait_until(qtbot, lambda: window.frame.step == 1)
    editor.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_Space):
        press(key)
    settle(qtbot, window)
    assert editor.toPlainText() == " x^2 + 2*y^2 "
    assert (window.session.formula, window.frame.step) == ("x^2 + 2*y^2", 1)
    press(Qt.Key.Key_End)
    qtbot.keyClicks(editor, "+ x")
    settle(qtbot, window)
    assert window.session.formula == " x^2 + 2*y^2 + x" and window.frame.step == 0


def test_an_offer_finds_its_place_behind_a_blank(qtbot: QtBot, window: MainWindow) -> None:
    type_formula(qtbot, window, "x^(2/3) + y^2")
    settle(qtbot, window)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Space)
    offer, text = window.frame.formula.hints[0].replacement, window.frame.formula.text
    window.formula_bar.reading.chosen.emit(offer)
    assert window.formula_bar.editor.toPlainText() == f" {text[: offer.start]}{offer.text}{text[offer.end :]}"
