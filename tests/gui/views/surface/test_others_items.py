"""What others add to the 3-D view: pyqtgraph's stock items stand on our landscape as if they belonged to it."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.look.theme import RACER_COLOURS
from gui.views.racer_look import RacerLook
from gui.views.surface.scene_coordinates import RELIEF
from gui.views.surface.view import SurfaceView
from tests.gui.views.scenery import bowl, count_of, fan, pixels, racer, settle, terrain

ROSE, GREEN = "#ff00a0", "#00ff00"
ROSE_PAINT = (1.0, 0.0, 160 / 255, 1.0)
LIFT = 0.05
"""Height by which items on the ground are raised, so that the mesh does not hide them."""


def hill(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.exp(-4.0 * np.hypot(x, y - 1.0) ** 2)


def on_ground(view: SurfaceView, points: list[tuple[float, float]], lift: float = LIFT) -> np.ndarray:
    return view.scene_places(np.array(points)) + (0.0, 0.0, lift)


def scatter(
    view: SurfaceView, points: list[tuple[float, float]], options: str = "opaque", lift: float = LIFT
) -> object:
    from pyqtgraph.opengl import GLScatterPlotItem

    return GLScatterPlotItem(pos=on_ground(view, points, lift), color=ROSE_PAINT, size=12.0, glOptions=options)


def line(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLLinePlotItem

    places = on_ground(view, [(x, 0.0) for x in np.linspace(-1.5, 1.5, 60)])
    return GLLinePlotItem(pos=places, color=ROSE_PAINT, width=1.0, glOptions="opaque")


def mesh(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLMeshItem, MeshData

    ball = MeshData.sphere(rows=12, cols=16, radius=0.15)
    item = GLMeshItem(meshdata=ball, color=ROSE_PAINT, glOptions="opaque", smooth=True)
    item.translate(*on_ground(view, [(0.5, 0.5)])[0])
    return item


def text(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLTextItem
    from PySide6.QtGui import QColor, QFont

    return GLTextItem(pos=on_ground(view, [(0.5, 0.5)])[0], text="HERE", color=QColor(ROSE), font=QFont("", 24))


def box(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLBoxItem
    from PySide6.QtGui import QColor, QVector3D

    return GLBoxItem(size=QVector3D(0.5, 0.5, 0.9), color=QColor(ROSE), glOptions="opaque")


def bars(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLBarGraphItem

    item = GLBarGraphItem(pos=np.array([[0.0, 0.0, 0.0]]), size=np.array([[0.2, 0.2, 0.9]]))
    item.setColor(ROSE_PAINT)
    item.setGLOptions("opaque")
    return item


def grid(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLGridItem
    from PySide6.QtGui import QVector3D

    item = GLGridItem(size=QVector3D(2, 2, 1), color=ROSE, glOptions="opaque", antialias=False)
    item.translate(0.0, 0.0, RELIEF)
    return item


def surface(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLSurfacePlotItem

    side = np.linspace(-0.5, 0.5, 20)
    heights = np.full((20, 20), RELIEF)
    return GLSurfacePlotItem(x=side, y=side, z=heights, color=ROSE_PAINT, glOptions="opaque")


def image(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLImageItem

    item = GLImageItem(np.full((8, 8, 4), (255, 0, 160, 255), np.uint8), glOptions="opaque")
    item.scale(0.1, 0.1, 1.0)
    item.translate(-0.4, -0.4, RELIEF)
    return item


def volume(view: SurfaceView) -> object:
    from pyqtgraph.opengl import GLVolumeItem

    item = GLVolumeItem(np.full((8, 8, 8, 4), (255, 0, 160, 255), np.uint8), glOptions="translucent")
    item.scale(0.1, 0.1, 0.1)
    item.translate(-0.4, -0.4, 0.1)
    return item


def legend(view: SurfaceView) -> object:
    from pyqtgraph import ColorMap
    from pyqtgraph.opengl import GLGradientLegendItem

    return GLGradientLegendItem(gradient=ColorMap([0.0, 1.0], [ROSE, ROSE]), labels={}, size=(20, 100))


STOCK = [scatter, line, mesh, text, box, bars, grid, surface, image, volume, legend]


def drawn_by(view: SurfaceView) -> np.ndarray:
    """Return the picture on the screen, because `grab` leaves out what QPainter draws on a view."""
    settle(view)
    image = view.grabFramebuffer().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)


def rose(picture: np.ndarray) -> np.ndarray:
    """Return which pixels are rose, in light or in shade."""
    red, green, blue = np.moveaxis(picture, 2, 0)
    return (red > 40) & (green < 24) & (abs(blue - red * 160 / 255) < 12)


def make(kind: Callable, view: SurfaceView) -> object:
    return kind(view, [(0.5, 0.5)]) if kind is scatter else kind(view)


@pytest.fixture
def raced(view: SurfaceView) -> SurfaceView:
    """Return a view of a bowl with four racers."""
    view.show_terrain(terrain(1, bowl))
    view.show_minima([(0.0, 1.0)])
    view.show_racers(*fan(4, 40))
    settle(view)
    return view


@pytest.mark.parametrize("kind", STOCK, ids=lambda kind: kind.__name__)
def test_a_stock_item_is_seen_and_leaves_nothing_behind(
    raced: SurfaceView, capfd: pytest.CaptureFixture[str], kind: Callable
) -> None:
    before = pixels(raced)
    item = make(kind, raced)
    raced.addItem(item)
    assert rose(drawn_by(raced)).sum() > rose(before).sum() + 20
    raced.removeItem(item)
    assert (pixels(raced) == before).all()
    assert "Error" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("kind", STOCK, ids=lambda kind: kind.__name__)
def test_beside_a_stock_item_the_picture_is_the_one_without_it(raced: SurfaceView, kind: Callable) -> None:
    before = drawn_by(raced)
    raced.addItem(make(kind, raced))
    raced.orbit(20.0, 0.0)
    drawn_by(raced)
    raced.orbit(-20.0, 0.0)
    after = drawn_by(raced)
    rows, columns = np.nonzero((before != after).any(axis=2))
    covered = rose(after)[rows, columns]
    assert covered.mean() > 0.4, "only what the item covers, and its softened edges, is another picture"


def test_a_point_is_seen_where_the_view_says_it_is(raced: SurfaceView) -> None:
    point = (-1.2, 2.1)
    before = pixels(raced)
    raced.addItem(scatter(raced, [point], lift=0.0, options="additive"))
    rows, columns = np.nonzero((pixels(raced) != before).any(axis=2))
    x, y = raced.on_screen([point])[0]
    assert abs(columns.mean() - x) < 1.5 and abs(rows.mean() - y) < 1.5


def test_a_loss_of_ones_own_stands_at_its_height(raced: SurfaceView) -> None:
    view = raced
    shown = view._ground.terrain
    places = view.scene_places(np.array([[0.5, 0.5]]), np.array([float(shown.values.max())]))
    assert places[0] == pytest.approx((0.25, -0.25, RELIEF), abs=1e-6)


def test_what_a_hill_hides_is_not_seen(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, hill, kind="linear"))
    camera = view.camera
    angle = np.radians(camera.azimuth)
    behind = (-1.0 * np.cos(angle) * 0.9, 1.0 - 1.0 * np.sin(angle) * 0.9)
    before = (1.0 * np.cos(angle) * 0.9, 1.0 + 1.0 * np.sin(angle) * 0.9)
    view.set_camera(type(camera)(12.0, camera.azimuth, camera.distance, camera.centre, camera.parallel, camera.field))
    hidden, seen = scatter(view, [behind]), scatter(view, [before])
    view.addItem(hidden)
    assert count_of(pixels(view), ROSE) == 0
    view.addItem(seen)
    assert count_of(pixels(view), ROSE) > 60
    view.removeItem(seen)
    hidden.setGLOptions("additive")
    assert (pixels(view).max(axis=2) >= 255).sum() > 60, "what is said to lie above everything does"


def test_marks_lie_on_top_of_the_items_of_others(view: SurfaceView) -> None:
    view.show_terrain(terrain(1, bowl))
    looks, racers = (RacerLook("one", GREEN),), (racer([(0.5, 0.5), (0.6, 0.5)]),)
    view.show_racers(looks, racers)
    alone = pixels(view)
    x, y = view.on_screen([(0.6, 0.5)])[0]
    head = np.s_[int(y) - 3 : int(y) + 4, int(x) - 3 : int(x) + 4]
    view.addItem(scatter(view, [(0.6, 0.5)], options="translucent", lift=0.0))
    assert (pixels(view)[head] == alone[head]).all()


@pytest.mark.parametrize("kind", STOCK, ids=lambda kind: kind.__name__)
def test_an_item_stays_in_frames_in_which_only_trails_grow(view: SurfaceView, kind: Callable) -> None:
    view.show_terrain(terrain(1, bowl))
    view.addItem(make(kind, view))
    way = [(-1.5 + 0.03 * step, 2.4) for step in range(60)]
    look = RacerLook("one", RACER_COLOURS[0])
    for length in range(5, 60, 5):
        view.show_racers((look,), (racer(way[:length]),))
        grown = drawn_by(view)
    assert rose(grown).sum() > 20
    view.orbit(20.0, 0.0)
    drawn_by(view)
    view.orbit(-20.0, 0.0)
    anew = drawn_by(view)
    assert (np.abs(grown - anew).max(axis=2) > 40).mean() < 2e-3


def test_a_foreign_item_is_moved_and_taken_out_with_its_children(raced: SurfaceView) -> None:
    before = pixels(raced)
    parent, child = scatter(raced, [(0.5, 0.5)]), scatter(raced, [(-0.5, 0.5)])
    child.setParentItem(parent)
    raced.addItem(parent)
    both = count_of(pixels(raced), ROSE)
    child.hide()
    assert 0.3 * both < count_of(pixels(raced), ROSE) < 0.7 * both
    raced.clear()
    assert (pixels(raced) == before).all()


def test_state_that_an_item_leaves_behind_does_not_change_ours(raced: SurfaceView) -> None:
    from OpenGL import GL
    from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

    class Careless(GLGraphicsItem):
        def paint(self) -> None:
            GL.glEnable(GL.GL_CULL_FACE)
            GL.glCullFace(GL.GL_FRONT_AND_BACK)
            GL.glEnable(GL.GL_SCISSOR_TEST)
            GL.glScissor(0, 0, 10, 10)
            GL.glDepthMask(False)
            GL.glColorMask(True, False, False, False)
            GL.glDepthFunc(GL.GL_NEVER)
            GL.glEnable(GL.GL_STENCIL_TEST)
            GL.glStencilFunc(GL.GL_NEVER, 0, 255)
            GL.glBlendEquation(GL.GL_FUNC_REVERSE_SUBTRACT)
            GL.glActiveTexture(GL.GL_TEXTURE5)

    before = pixels(raced)
    raced.addItem(Careless())
    for _ in range(3):
        raced.update()
        assert (pixels(raced) == before).all()
    raced.orbit(10.0, 0.0)
    pixels(raced)
    raced.orbit(-10.0, 0.0)
    assert (pixels(raced) == before).all()


def test_an_item_that_raises_is_hidden_and_told_once(
    raced: SurfaceView, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

    class Broken(GLGraphicsItem):
        broken = True

        def paint(self) -> None:
            if self.broken:
                raise ValueError("no data yet")

    before = pixels(raced)
    item, point = Broken(), scatter(raced, [(0.5, 0.5)])
    raced.addItem(item)
    raced.addItem(point)
    with qtbot.captureExceptions() as caught:
        for _ in range(5):
            raced.update()
            drawn = pixels(raced)
    assert [str(error) for _, error, _ in caught] == ["no data yet"]
    assert (
        "Broken" in raced._failure_label.text()
        and "no data yet" in raced._failure_label.text()
        and raced._failure_label.isVisible()
    )
    assert count_of(drawn, ROSE) > 20 and not raced.refused
    item.broken = False
    item.show()
    pixels(raced)
    assert raced._failure_label.isHidden(), "it is drawn again, and nothing is told any more"
    raced.clear()
    assert (pixels(raced) == before).all()
    assert "Error while drawing" not in "".join(capfd.readouterr())


def test_an_item_that_cannot_even_begin_is_hidden_too(opengl: None, qtbot: QtBot) -> None:
    from gui.views.opengl import load_pyqtgraph_opengl

    load_pyqtgraph_opengl()
    from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

    from gui.look.theme import DARK

    class Broken(GLGraphicsItem):
        def initializeGL(self) -> None:
            raise ValueError("nothing to begin with")

    view = SurfaceView(DARK)
    qtbot.addWidget(view)
    view.show_terrain(terrain(1, bowl))
    view.addItem(Broken())
    with qtbot.captureExceptions() as caught:
        view.show()
        assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 500
    assert len(caught) == 1 and "nothing to begin with" in view._failure_label.text()
