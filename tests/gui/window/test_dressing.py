"""A window that gets its style sheet once it is made, as at the start, looks like one that is made beneath it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look import style
from gui.look.theme import DARK, LIGHT, Theme
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.conftest import wait_for_picture
from tests.gui.person import put_away, settle

SIZES = (1400, 900), (1000, 700)
Dress = Callable[[QApplication, Theme], None]


def places(qtbot: QtBot, before: Dress, after: Dress, theme: Theme) -> list[tuple[str, str, QRect, int]]:
    """Return every visible widget of a window by its kind and name, with its place and the size of its letters."""
    application = QApplication.instance()
    before(application, theme)
    window = MainWindow(Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)), theme)
    after(application, theme)
    found = []
    for size in SIZES:
        window.resize(*size)
        window.show()
        wait_for_picture(qtbot, window)
        settle(qtbot, window)
        found += [
            (type(widget).__name__, widget.objectName(), widget.geometry(), widget.fontInfo().pixelSize())
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
        ]
    put_away(window)
    return found


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_widget_has_the_same_place_and_letters(qtbot: QtBot, opengl: None, theme: Theme) -> None:
    at_once = places(qtbot, style.apply, lambda *_: None, theme)
    at_last = places(qtbot, style.apply_palette, style.apply_sheet, theme)
    assert len(at_once) > 200
    assert at_last == at_once
