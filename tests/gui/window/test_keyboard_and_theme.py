"""The window without a mouse, in the system's colours, and after a mistake of ours."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSlider
from pytestqt.qtbot import QtBot

from gui.background.busy_sign import busy_sign
from gui.look.theme import DARK, LIGHT
from gui.window.keyboard.tab_order import next_stop, tab_stops
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.person import pixels, settle, wait_until

pytestmark = pytest.mark.one_window


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_Home])
@pytest.mark.parametrize("view", ["contour", "curves", "surface"])
def test_a_key_in_any_view_resets_the_views(qtbot: QtBot, same_window: MainWindow, key: Qt.Key, view: str) -> None:
    panel = same_window.contour.panels[0]
    whole = panel.visible_bounds()
    panel.getPlotItem().getViewBox().setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    assert panel.visible_bounds() != whole
    if view == "surface" and not same_window.surface.available:
        pytest.skip("There is no 3-D view here.")
    blocks = iter(same_window.surface.panels)
    focus = {"contour": panel, "curves": same_window.curves, "surface": next(blocks, None)}[view]
    focus.setFocus()
    qtbot.keyClick(focus, key)
    assert np.array(panel.visible_bounds()) == pytest.approx(np.array(whole))


def test_r_in_a_field_is_a_letter(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.contour.panels[0]
    panel.getPlotItem().getViewBox().setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    zoomed = panel.visible_bounds()
    window.formula_bar.editor.setFocus()
    window.formula_bar.editor.clear()
    qtbot.keyClicks(window.formula_bar.editor, "r = x")
    assert window.formula_bar.editor.toPlainText() == "r = x"
    assert panel.visible_bounds() == zoomed


def test_the_list_of_keys_tells_every_shortcut_of_the_menus(qtbot: QtBot, window: MainWindow) -> None:
    reasons = list[str]()
    busy_sign().changed.connect(reasons.append)
    listed = window.show_keys()
    assert reasons == ["the list of keys"], "the wait cursor is shown meanwhile"
    text = listed.text()
    for menu in window.menuBar().actions():
        assert f"\n{menu.text().replace('&', '').upper()}\n" in f"\n{text}", "menu by menu"
        for action in menu.menu().actions():
            if not action.shortcut().isEmpty():
                assert action.shortcut().toString() in text and action.text().replace("&", "").split(" ...")[0] in text
    assert "Ctrl+0, R, Home" in text and "arrow keys" in text
    listed.reject()


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_space_presses_the_button_with_the_keyboard_and_plays_elsewhere(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[0]
    card.eye.setFocus()
    qtbot.keyClick(card.eye, Qt.Key.Key_Space)
    assert not window.session.racers[0].visible
    settle(qtbot, window)
    assert not window.frame.playing
    window.contour.panels[0].setFocus()
    qtbot.keyClick(window.contour.panels[0], Qt.Key.Key_Space)
    wait_until(qtbot, lambda: window.frame.playing)


def test_tab_reaches_every_control_and_each_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    reached = set()
    window.contour.panels[0].setFocus()
    for _ in range(400):
        focus = QApplication.focusWidget()
        if focus in reached:
            break
        reached.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    for kind in (QAbstractButton, QLineEdit, QSlider, QComboBox):
        for control in window.findChildren(kind):
            if control.isVisible() and control.isEnabled() and control.objectName() != "qt_spinbox_lineedit":
                name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
                assert name, control
                assert control in reached, name
    assert window.formula_bar.editor in reached


def test_tab_goes_from_control_to_control_as_a_person_reads(window: MainWindow) -> None:
    lr, cards = window.racers_panel.cards[0].sliders["lr"], window.racers_panel.cards
    stops = tab_stops(window)
    transport, bar = window.transport, window.formula_bar
    in_order = (
        bar.landscape.button, bar.slopes, bar.editor, window.surface.panels[0] if window.surface.panels else bar.editor,
        window.contour.panels[0], window.curves, transport.play, transport.step, transport.scrub, transport.speed,
        transport.rate, cards[0].colour, cards[0].name, cards[0].eye, lr.slider, lr.field, lr.range, cards[1].colour,
        window.racers_panel.add, window.racers_panel.noise,
    )  # fmt: skip
    places = [stops.index(control) for control in in_order]
    assert places == sorted(places)


def test_tab_and_shift_tab_go_round_all_stops_in_one_order(window: MainWindow) -> None:
    stops = tab_stops(window)
    assert [next_stop(window, stop, True) for stop in stops] == stops[1:] + stops[:1]
    assert [next_stop(window, stop, False) for stop in stops] == stops[-1:] + stops[:-1]


def test_tab_goes_into_what_has_the_keyboard_by_a_click(window: MainWindow) -> None:
    cards = window.racers_panel.scroll_area
    inside = [stop for stop in tab_stops(window) if cards.isAncestorOf(stop)]
    assert cards not in inside and len(inside) > 4
    assert (next_stop(window, cards, True), next_stop(window, cards, False)) == (inside[0], inside[-1])


def test_shift_tab_goes_back_the_way_of_tab(qtbot: QtBot, window: MainWindow) -> None:
    window.transport.play.setFocus()
    way = []
    for _ in range(5):
        way.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    for control in reversed(way):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is control


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_keyboard_is_seen_on_every_control(qtbot: QtBot, window: MainWindow, theme: str) -> None:
    window.session.set_theme(theme)
    window.bottom_panel.edit(window.session.racers[0].key)
    settle(qtbot, window)
    views = window.contour.panels[0]
    controls = [one for one in tab_stops(window) if isinstance(one, (QAbstractButton, QLineEdit, QSlider, QComboBox))]
    assert len(controls) > 60
    for control in controls:
        views.setFocus()
        before = pixels(control)
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        changed = np.abs(pixels(control) - before).max(axis=2) > 40
        # More than the text cursor alone changes.
        assert changed.any(axis=0).sum() > 6, control.accessibleName()


def test_the_keyboard_is_seen_on_the_views_too(qtbot: QtBot, opengl: None, window: MainWindow) -> None:
    window.session.choose(CATALOGUE["LinearRegression"])
    wait_until(qtbot, window.bottom_panel.data.isVisible)
    settle(qtbot, window)
    panel, block, data = window.contour.panels[0], window.surface.panels[0], window.bottom_panel.data
    seen = {panel: panel, block: window.surface, window.curves: window.curves, data: data}
    for theme in ("dark", "light"):
        window.session.set_theme(theme)
        settle(qtbot, window)
        for view, around in seen.items():
            outlined = []
            for focus in (window.transport.play, view):
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
                settle(qtbot, window)
                accent = QColor(window.theme.accent).getRgb()[:3]
                found = np.abs(pixels(around) - [*accent]).max(axis=2) < 40
                edges = [side[:2].any(axis=0).mean() for side in (found, found[::-1], found.T, found.T[::-1])]
                outlined.append(min(edges) > 0.8)
            assert outlined == [False, True], view.accessibleName()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_checked_box_bears_a_white_tick(qtbot: QtBot, window: MainWindow, theme: str) -> None:
    window.session.set_theme(theme)
    window.bottom_panel.edit(window.session.racers[0].key)
    settle(qtbot, window)
    box = window.bottom_panel.rule.beside
    box.setEnabled(True)
    ticks = []
    for checked in (True, False):
        box.setChecked(checked)
        square = pixels(box)[:, 2:12]
        accent = np.abs(square - [*QColor(window.theme.accent).getRgb()[:3]]).max(axis=2) < 20
        ticks.append(bool(accent.any()) and int((square.min(axis=2) > 200).sum()) > 5)
    assert ticks == [True, False]


def test_the_window_follows_the_system_while_it_runs(qtbot: QtBot, window: MainWindow) -> None:
    changed = QApplication.styleHints().colorSchemeChanged
    assert window.session.theme == "system" and window.theme is DARK
    changed.emit(Qt.ColorScheme.Light)
    assert window.theme is LIGHT
    settle(qtbot, window)
    assert pixels(window.racers_panel).mean() > 150
    changed.emit(Qt.ColorScheme.Dark)
    assert window.theme is DARK


def test_another_theme_and_another_session_show_the_wait_cursor_until_they_are_painted(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown = QApplication.overrideCursor
    for change in (window.theme_choice.switch, lambda: window.session.take(window.session.choices())):
        wait_until(qtbot, lambda: shown() is None)
        change()
        assert shown() is not None and shown().shape() == Qt.CursorShape.WaitCursor
        wait_until(qtbot, lambda: shown() is None)
        settle(qtbot, window)


def test_a_theme_that_was_chosen_stays_whatever_the_system_does(qtbot: QtBot, window: MainWindow) -> None:
    system, dark, light = window.menus.themes.actions()
    assert system.isChecked()
    light.trigger()
    assert window.theme is LIGHT and light.isChecked() and not system.isChecked()
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window.theme is LIGHT
    dark.trigger()
    assert window.theme is DARK
