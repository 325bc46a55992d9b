"""A red sentence goes as soon as what it is about succeeds, by whatever way."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.widgets.notice import Notice
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, settle, wait_until

pytestmark = pytest.mark.one_window


def mistype(qtbot: QtBot, field: object, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_what_was_said_of_a_step_or_a_speed_goes_with_the_next_control_of_time(
    qtbot: QtBot, same_window: MainWindow
) -> None:
    transport, session = same_window.transport, same_window.session
    go_to(qtbot, same_window, 50)
    for act in (
        lambda: transport.scrub.setValue(1), lambda: transport.speed.setValue(10), lambda: session.set_speed(20.0),
        lambda: mistype(qtbot, transport.step, "3"), transport.play.click,
    ):  # fmt: skip
        mistype(qtbot, transport.step, "much")
        assert transport.message.isVisible() and '"much"' in transport.message.text()
        act()
        assert not transport.message.isVisible(), transport.message.text()
    settle(qtbot, same_window)
    transport.play.click()
    wait_until(qtbot, lambda: not same_window.frame.playing)


def test_what_was_said_of_a_slider_goes_when_its_number_is_set_elsewhere(qtbot: QtBot, same_window: MainWindow) -> None:
    window, session = same_window, same_window.session
    session.set_formula("x^2 + a*y^2")
    wait_until(qtbot, lambda: "a" in window.formula_bar.sliders)
    message, slider = window.formula_bar.message, window.formula_bar.sliders["a"]
    for act in (lambda: slider.slider.setValue(100), lambda: slider.show_value(3.5)):
        mistype(qtbot, slider.field, "much")
        assert '"much"' in message.text() and message.isVisible()
        act()
        assert not message.text() and not message.isVisible()


def test_what_could_not_be_done_is_no_longer_said_once_it_could(
    qtbot: QtBot, same_window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, notice = same_window, same_window.notice
    window.go_back()
    assert notice.isVisible()
    window.start_afresh()
    window.go_back()
    assert not notice.isVisible()
    window.session.set_views("3-D")
    window.adopt_view()
    assert "contour view" in notice.label.text()
    window.session.set_views("both")
    window.adopt_view()
    assert not notice.isVisible()
    table = tmp_path / "table.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    table.write_text("no numbers at all")
    window.table_opening.choose()
    wait_until(qtbot, notice.isVisible)
    table.write_text("a,b\n1,2\n2,4\n3,7\n")
    window.table_opening.choose()
    wait_until(qtbot, lambda: not notice.isVisible())
    for popover in window.findChildren(type(window.formula_bar.landscape.open_transform()).__mro__[1]):
        popover.close()


def test_a_success_takes_back_only_what_was_said_about_it(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.notify("The table has no numbers.", about="table")
    notice.notify("", about="session")
    assert notice.isVisibleTo(None) and notice.label.text() == "The table has no numbers."
    notice.notify("", about="table")
    assert notice.isHidden()


def test_why_a_rule_cannot_be_edited_goes_when_another_can(qtbot: QtBot, same_window: MainWindow) -> None:
    window, session = same_window, same_window.session
    session.add_racer("BFGS")
    solver = session.racers[-1].key
    window.bottom_panel.edit(solver)
    card = window.racers_panel.column.card(solver)
    assert not card.message.isHidden()
    window.bottom_panel.edit(session.racers[0].key)
    assert card.message.isHidden()
    window.bottom_panel.rule.close_rule()


def test_what_was_said_of_a_file_goes_when_another_one_of_its_kind_is_opened(
    qtbot: QtBot, same_window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, notice = same_window, same_window.notice
    session, functions = tmp_path / "race.derby", tmp_path / "mine.py"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(session), ""))
    window.session_files.save_as()
    broken = tmp_path / "broken.derby"
    broken.write_text("no session")
    window.session_files.open(broken)
    assert "broken.derby cannot be opened" in notice.label.text() and notice.isVisible()
    window.session_files.open(session)
    assert not notice.isVisible()

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(functions), ""))
    monkeypatch.setattr(window.function_opening, "_may_run", lambda path: True)
    functions.write_text("lowest = 3")
    window.function_opening.choose()
    wait_until(qtbot, lambda: notice.isVisible() and "has no function" in notice.label.text())
    functions.write_text("def bowl(x, y):\n    return x*x + y*y\n")
    window.function_opening.choose()
    wait_until(qtbot, lambda: window.session.function is not None and not notice.isVisible())
    window.controller.leave_function()
