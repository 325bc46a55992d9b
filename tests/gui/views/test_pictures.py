"""The picture that `--picture` writes shows the pixels of the 3-D view, wherever the pointer is."""

from pathlib import Path

import pytest
from PySide6.QtGui import QCursor, QImage
from pytestqt.qtbot import QtBot

from gui.shell import app
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.views.surface.test_embedding import colours, shades


def test_a_written_picture_shows_the_pixels_of_the_view(
    qtbot: QtBot, opengl: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {}
    close = MainWindow.close

    def look_and_close(window: MainWindow) -> bool:
        view = window.surface.panels[0]
        place = view.mapTo(window, view.rect().topLeft())
        seen.update(left=place.x(), top=place.y(), picture=colours(view.grabFramebuffer()))
        return close(window)

    monkeypatch.setattr(MainWindow, "close", look_and_close)
    path = tmp_path / "race.png"
    choices = app.OpeningChoices(LANDSCAPES["Beale"], ["Adam", "SGD"], theme="dark")
    assert app.picture(choices, path, 40, (1200, 800)) == 0
    written, picture = colours(QImage(str(path))), seen["picture"]
    rows, columns = picture.shape[:2]
    part = written[seen["top"] : seen["top"] + rows, seen["left"] : seen["left"] + columns]
    assert shades(picture) > 500
    assert (part == picture).all(axis=2).mean() > 0.95, "all but the switch in the corner"


def test_a_pointer_over_a_card_changes_nothing_in_a_picture(qtbot: QtBot, opengl: None, tmp_path: Path) -> None:
    pictures = []
    for place in ((1080, 300), (1599, 999)):
        QCursor.setPos(*place)
        path = tmp_path / f"{place[0]}.png"
        choices = app.OpeningChoices(LANDSCAPES["Beale"], ["Adam", "SGD"], theme="dark")
        assert app.picture(choices, path, 40, (1200, 800)) == 0
        pictures.append(colours(QImage(str(path))))
    assert (pictures[0] == pictures[1]).all()
