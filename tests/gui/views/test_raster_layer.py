"""A layer that a worker draws: what was cleared stays away, though its image was being drawn at that moment."""

import threading
from collections.abc import Iterator

import pyqtgraph as pg
import pytest
from pytestqt.qtbot import QtBot

from gui.background.worker import Worker
from gui.views.raster_layer import Drawing, RasterLayer, Viewport

PATIENCE_S = 20.0


class Painter:
    """Draws once it is let; `begun` is set while it waits."""

    def __init__(self) -> None:
        self.begun, self.let = threading.Event(), threading.Event()

    def draw(self, viewport: Viewport, content: str) -> Drawing:
        self.begun.set()
        assert self.let.wait(PATIENCE_S)
        return Drawing(viewport, viewport.blank(), caption=content)


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def layer(qtbot: QtBot, painter: Painter) -> Iterator[RasterLayer[str]]:
    plot, worker = pg.PlotWidget(), Worker("a layer")
    qtbot.addWidget(plot)
    plot.getPlotItem().disableAutoRange()
    layer = RasterLayer(plot.getPlotItem().getViewBox(), worker, painter.draw)
    plot.getPlotItem().addItem(layer)
    plot.show()
    qtbot.waitExposed(plot)
    yield layer
    painter.let.set()
    worker.end()


def cleared_while_drawn(layer: RasterLayer[str], painter: Painter) -> list[str]:
    """Clear a layer while an image of it is being drawn; return a list that fills with the captions of images shown."""
    shown: list[str] = []
    layer.arrived.connect(lambda drawing: shown.append(drawing.caption))
    layer.show_content("left")
    assert painter.begun.wait(PATIENCE_S)
    layer.clear()
    return shown


def test_an_image_that_comes_after_its_content_was_cleared_is_not_shown(
    qtbot: QtBot, layer: RasterLayer[str], painter: Painter
) -> None:
    shown = cleared_while_drawn(layer, painter)
    painter.let.set()
    qtbot.waitUntil(lambda: layer.up_to_date)
    assert shown == []


def test_after_it_was_cleared_a_layer_shows_new_content(
    qtbot: QtBot, layer: RasterLayer[str], painter: Painter
) -> None:
    shown = cleared_while_drawn(layer, painter)
    layer.show_content("new")
    painter.let.set()
    qtbot.waitUntil(lambda: layer.up_to_date)
    assert {*shown} == {"new"}
