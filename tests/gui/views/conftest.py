"""Fixtures of a 3-D view in a window of its own."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.look.theme import DARK
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import SIZE


@pytest.fixture
def view(qtbot: QtBot, opengl: None) -> Iterator[SurfaceView]:
    view = SurfaceView(DARK)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show()
    qtbot.waitExposed(view)
    yield view
