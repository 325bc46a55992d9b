"""The wait cursor is shown while the program is busy, and goes once everything is painted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.background.busy_sign import busy, busy_sign


def cursor() -> Qt.CursorShape | None:
    """Return the cursor that is shown over every widget, None where each shows its own."""
    shown = QApplication.overrideCursor()
    return shown.shape() if shown is not None else None


def test_the_wait_cursor_is_shown_until_the_work_and_its_paints_are_done(qtbot: QtBot) -> None:
    painted_under: list[Qt.CursorShape | None] = []

    class Painted(QWidget):
        def paintEvent(self, _: object) -> None:
            painted_under.append(cursor())

    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(painted_under))
    painted_under.clear()
    reasons: list[str] = []
    busy_sign().changed.connect(reasons.append)
    with busy("a change"):
        assert cursor() == Qt.CursorShape.WaitCursor
        widget.update()
    qtbot.waitUntil(lambda: cursor() is None)
    assert painted_under == [Qt.CursorShape.WaitCursor]
    assert reasons == ["a change", ""]


def test_work_within_work_and_work_after_work_show_one_cursor(qtbot: QtBot) -> None:
    with busy("a change"):
        with busy("a part of it"):
            assert busy_sign().reason == "a part of it"
        assert cursor() == Qt.CursorShape.WaitCursor
    with busy("the next"):
        pass
    qtbot.waitUntil(lambda: cursor() is None)
    assert busy_sign().reason == ""


def test_the_wait_cursor_goes_after_work_that_fails(qtbot: QtBot) -> None:
    with pytest.raises(ValueError), busy("a change"):
        raise ValueError
    qtbot.waitUntil(lambda: cursor() is None)
