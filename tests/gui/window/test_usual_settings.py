"""The table of usual settings races a row in a click, and undo brings the person's own race back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.background.busy_sign import busy_sign
from gui.window.help.usual_settings import UsualSettings, open_usual_settings
from gui.window.main_window import MainWindow
from landscapes.lessons.usual_settings import USUAL_SETTINGS
from tests.gui.person import PATIENCE_MS, settle, wait_until


def table_of(window: MainWindow) -> UsualSettings:
    return open_usual_settings(window, window.session, window.controller.runner)


def test_a_click_races_a_row_and_undo_brings_the_race_before_back(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.choices()
    entry = next(action for action in window.menuBar().actions()[-1].menu().actions() if "sual" in action.text())
    entry.trigger()
    table = window.findChild(UsualSettings)
    assert table is not None and table.isVisible() and table_of(window) is table
    told = " ".join(label.text() for label in table.findChildren(QLabel))
    assert all(row.lower in told and row.higher in told and row.usual in told for row in USUAL_SETTINGS)
    titles = [row.title for row in USUAL_SETTINGS]
    table.buttons[titles.index("beta2 of Adam")].click()
    session = window.session
    assert session.formula == "x^4 + y^4" and session.start == (1.5, -1.0)
    assert [racer.values["beta2"] for racer in session.racers] == [0.9, 0.99, 0.999]
    assert len({racer.name for racer in session.racers}) == 3
    qtbot.waitUntil(lambda: window.frame.playing and window.frame.step > 3, timeout=PATIENCE_MS)
    table.buttons[titles.index("batch of all that learn from data")].click()
    wait_until(qtbot, lambda: window.frame.columns is not None)
    assert session.landscape == "LinearRegression" and session.batch == 1
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.formula == "x^4 + y^4" and session.batch is None
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.choices() == before
    table.close()
    settle(qtbot, window)


def test_a_row_is_put_in_the_place_of_the_race_in_two_steps_under_the_wait_cursor(
    qtbot: QtBot, window: MainWindow
) -> None:
    table, session = table_of(window), window.session
    reasons, counts = list[str](), list[int]()
    busy_sign().changed.connect(reasons.append)
    session.racers_changed.connect(lambda: counts.append(len(session.racers)))
    titles = [row.title for row in USUAL_SETTINGS]
    table.buttons[titles.index("beta2 of Adam")].click()
    assert counts == [0, 3], "with each racer alone, all views would be made again"
    qtbot.waitUntil(lambda: reasons == ["another race", ""], timeout=PATIENCE_MS)
    table.close()
    settle(qtbot, window)
