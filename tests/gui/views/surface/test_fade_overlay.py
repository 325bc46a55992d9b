"""What comes after the window does not jump: the 3-D view fades in where its place was."""

from pytestqt.qtbot import QtBot

from gui.look.theme import DARK
from gui.views.surface.fade_overlay import FadeOverlay
from gui.views.surface.panels import SurfacePanels
from tests.gui.views.scenery import SIZE, bowl, terrain

PATIENCE_MS = 30_000


def test_the_3d_view_comes_after_the_window_beneath_a_veil_that_fades(qtbot: QtBot, opengl: None) -> None:
    panels = SurfacePanels(DARK)
    qtbot.addWidget(panels)
    panels.resize(*SIZE)
    panels.show_terrain(terrain(1, bowl))
    panels.show()
    qtbot.waitExposed(panels)
    assert not panels.panels and not panels.up_to_date, "nothing is drawn in 3-D before it is called for"
    panels.load()
    qtbot.waitUntil(lambda: panels.findChild(FadeOverlay) is not None, timeout=PATIENCE_MS)
    fade_overlay = panels.findChild(FadeOverlay)
    assert fade_overlay.geometry() == panels.rect() and not panels.up_to_date
    place = panels.panels[0].geometry()
    qtbot.waitUntil(lambda: panels.findChild(FadeOverlay) is None and panels.up_to_date, timeout=PATIENCE_MS)
    assert panels.panels[0].geometry() == place and panels.shown_terrain == 1
    panels.end()
