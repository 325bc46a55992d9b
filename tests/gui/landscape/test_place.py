"""Start and domain are set by numbers, by a click in either view and with the arrow keys, but by no other keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.widgets.numbers.number_field import NumberField
from gui.window.main_window import MainWindow
from tests.gui.person import settle, wait_until

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def enter(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_start_and_domain_are_typed_as_a_formula_is_read(qtbot: QtBot, same_window: MainWindow) -> None:
    window, session = same_window, same_window.session
    qtbot.keyClick(window, Qt.Key.Key_G, CONTROL | SHIFT)
    popover = QApplication.activePopupWidget()
    assert popover is not None and QApplication.focusWidget() is popover.start[0]
    enter(qtbot, popover.start[0], "pi/2")
    enter(qtbot, popover.start[1], "-3")
    assert session.start == (pytest.approx(1.5707963267948966), -3.0)
    (low_x, high_x), (low_y, high_y) = popover.domain
    enter(qtbot, low_x, "9")
    assert popover.message.isVisible() and "below" in popover.message.text() and session.bounds[0] == (-6.0, 6.0)
    enter(qtbot, high_x, "2*8")
    assert not popover.message.isVisible() and session.bounds == ((9.0, 16.0), (-6.0, 6.0))
    enter(qtbot, low_y, "much")
    assert '"much"' in popover.message.text() and session.bounds[1] == (-6.0, 6.0)
    enter(qtbot, low_y, "-2^3")
    assert session.bounds == ((9.0, 16.0), (-8.0, 6.0)) and not popover.message.isVisible()
    enter(qtbot, high_y, "1e400")
    assert popover.message.isVisible()
    popover.reset.click()
    assert session.bounds == session.domain and not popover.message.isVisible()
    assert high_y.text() == "6"
    popover.close()
    wait_until(qtbot, lambda: window.frame.start == session.start and window.frame.terrain.bounds == session.domain)
    place = window.formula_bar.landscape.place
    assert "1.57, −3" in place.text() and "x −6 … 6" in place.toolTip()


def test_a_click_with_control_places_the_start_in_either_view_and_both_say_so(
    qtbot: QtBot, opengl: None, same_window: MainWindow
) -> None:
    window, session = same_window, same_window.session
    settle(qtbot, window)
    contour, block = window.contour.panels[0], window.surface.panels[0]
    for view, pressed in ((contour, contour.viewport()), (block, block)):
        before, middle = session.start, QPoint(view.width() // 2 + 20, view.height() // 2 + 10)
        QTest.mouseClick(pressed, LEFT, Qt.KeyboardModifier.NoModifier, middle)
        assert session.start == before
        QTest.mouseClick(pressed, LEFT, CONTROL, middle)
        assert session.start != before
        assert view.toolTip().startswith("Ctrl and click to place the start")
        settle(qtbot, window)


@pytest.mark.parametrize(
    "held", [CONTROL, Qt.KeyboardModifier.MetaModifier, Qt.KeyboardModifier.AltModifier], ids=["Ctrl", "Super", "Alt"]
)
def test_arrow_keys_of_the_desktop_do_not_move_the_start(
    qtbot: QtBot, same_window: MainWindow, held: Qt.KeyboardModifier
) -> None:
    panel, session = same_window.contour.panels[0], same_window.session
    panel.setFocus()
    before, seen = session.start, panel.visible_bounds()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Minus):
        qtbot.keyClick(panel, key, held)
    assert session.start == before and panel.visible_bounds() == seen
    qtbot.keyClick(panel, Qt.Key.Key_Left, SHIFT)
    assert session.start != before
