"""A view that draws in a common context shows the very pixels of one that draws in its own."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import DARK, LIGHT
from gui.views.surface.drawing_context import DrawingContext
from gui.views.surface.items.shared_resources import SharedResources
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import SIZE, bowl, fan, pixels, racer, settle, terrain

pytestmark = pytest.mark.thorough

PARTS = 2
"""Number of views that draw in the common context."""


@pytest.fixture
def views(qtbot: QtBot, opengl: None) -> Iterator[list[SurfaceView]]:
    """Yield a view that draws in its own context, and others that draw in the common one."""
    owner, resources = QObject(), SharedResources()
    context = DrawingContext(owner)
    made = [SurfaceView(DARK, resources)]
    made += [SurfaceView(DARK, resources, drawing_context=context) for _ in range(PARTS)]
    for view in made:
        view.resize(*SIZE)
        view.show()
        qtbot.waitExposed(view)
        view.show_terrain(terrain(1, bowl))
        view.show_racers(*fan(4, 30))
    yield made
    for view in made:
        view.close()
        view.deleteLater()


def assert_equal(views: list[SurfaceView]) -> None:
    own, *common = map(pixels, views)
    assert len(np.unique(own.reshape(-1, 3), axis=0)) > 500
    for picture in common:
        assert (picture == own).all()


def test_the_pixels_are_those_of_a_view_with_a_context_of_its_own(views: list[SurfaceView]) -> None:
    assert_equal(views)
    looks, longer = fan(4, 60)
    for view in views:
        view.show_racers(looks, longer)
    assert_equal(views)
    for view in views:
        view.show_racers(looks, [racer([*map(tuple, one.trail.positions.tolist()), (0.0, 0.0)]) for one in longer])
    assert_equal(views)
    for angle in (10.0, 5.0):
        for view in views:
            view.orbit(angle, 0.0)
        assert_equal(views)
    for view in views:
        view.set_theme(LIGHT)
    assert_equal(views)


def test_after_another_size_or_in_another_window_they_still_are(views: list[SurfaceView], qtbot: QtBot) -> None:
    for size in ((300, 320), (520, 400)):
        for view in views:
            view.resize(*size)
        assert_equal(views)
    windows = [QWidget() for _ in views]
    for view, window in zip(views, windows, strict=True):
        qtbot.addWidget(window)
        view.setFixedSize(400, 400)
        QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
        window.layout().addWidget(view)
        window.show()
        qtbot.waitExposed(window)
    QApplication.processEvents()
    assert_equal(views)
    for view in views:
        view.setParent(None)


def test_items_of_pyqtgraph_stand_between_the_landscape_and_its_marks(views: list[SurfaceView]) -> None:
    import pyqtgraph.opengl as gl

    points = np.random.default_rng(1).uniform(-1, 1, (100, 2)) + (0, 1)
    before = pixels(views[0])
    for view in views:
        places = view.scene_places(points) + (0, 0, 0.03)
        view.addItem(gl.GLScatterPlotItem(pos=places, size=6, color=(1, 0, 0.6, 1), glOptions="translucent"))
    assert_equal(views)
    assert (pixels(views[0]) != before).any()


def test_a_picture_of_another_size_is_the_same_too(views: list[SurfaceView]) -> None:
    own, *common = [view.renderToArray((240, 200)) for view in views]
    assert all((picture == own).all() for picture in common)
    assert_equal(views)


def test_others_are_drawn_on_after_one_of_them_is_deleted(views: list[SurfaceView], qtbot: QtBot) -> None:
    assert_equal(views)
    gone = views.pop()
    with qtbot.waitSignal(gone.destroyed):
        gone.close()
        gone.deleteLater()
    for view in views:
        view.orbit(10.0, 0.0)
        settle(view)
    assert_equal(views)
