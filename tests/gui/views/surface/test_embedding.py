"""The landscape and its view in windows of others: docked, floated, hidden, moved between screens, and thrown away."""

import gc
import re
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from docs import make_functions
from gui.look.theme import DARK
from gui.views.surface.view import SurfaceView
from tests.gui.views.offered import LOOKING, run_program
from tests.gui.views.scenery import SIZE, bowl, fan, pixels, settle, terrain

pytestmark = pytest.mark.thorough

PAGE = make_functions.PAGE.with_name("embedding.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CYCLES = 100
WARM_UP = 20
"""Number of cycles after which the caches of Qt, the driver and the allocator are full."""
MOST_GROWTH_BYTES = 12 * 2**20
"""Largest growth over `CYCLES`: one leaked picture of 2 MiB in every cycle would be 200 MiB."""


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def colours(image: QImage) -> np.ndarray:
    """Return a picture as int (rows, columns, 3)."""
    whole = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(whole.constBits(), np.uint8).reshape(whole.height(), whole.bytesPerLine() // 4, 4)
    return raw[:, : whole.width(), 2::-1].astype(int)


def shades(picture: np.ndarray) -> int:
    return len(np.unique(picture.reshape(-1, 3), axis=0))


@pytest.fixture
def raced(view: SurfaceView) -> SurfaceView:
    view.show_terrain(terrain(1, bowl))
    view.show_racers(*fan(4, 40))
    settle(view)
    return view


@pytest.fixture
def docked(raced: SurfaceView, qtbot: QtBot) -> Iterator[tuple[SurfaceView, QDockWidget]]:
    """Return the view in a dock of a window."""
    window, dock = QMainWindow(), QDockWidget("3-D")
    qtbot.addWidget(window)
    window.setCentralWidget(QWidget())
    raced.setFixedSize(*SIZE)
    dock.setWidget(raced)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.show()
    qtbot.waitExposed(window)
    yield raced, dock
    raced.setParent(None)


def grows(cycle: Callable[[int], None], cycles: int = CYCLES) -> int:
    """Return the growth of the process's memory over some cycles, in bytes."""
    for number in range(WARM_UP):
        cycle(number)
    gc.collect()
    before = resident_bytes()
    for number in range(cycles):
        cycle(number)
    gc.collect()
    return resident_bytes() - before


@pytest.mark.parametrize("program", PROGRAMS, ids=["item", "view", "stock item"])
def test_a_program_of_the_page_shows_a_landscape(opengl: None, tmp_path: Path, program: str) -> None:
    done = run_program(LOOKING + program, str(tmp_path))
    assert done.returncode == 0 and "Error" not in done.stderr, done.stderr
    picture = colours(QImage(str(tmp_path / "0.png")))
    assert shades(picture) > 500
    if "GLScatterPlotItem" in program:
        assert (np.abs(picture - (255, 0, 153)).max(axis=2) < 12).sum() > 500
    assert len(program.split("application = ")[1].splitlines()) < 17, "about ten lines"


def test_the_page_tells_what_is_so() -> None:
    from gui.views.surface.camera import REACH
    from gui.views.surface.scene_coordinates import RELIEF
    from gui.views.surface.view import KEPT, ON_TOP

    for figure in (f"from 0 to {RELIEF}", f"further than {REACH}", f"of {KEPT} or less, or {ON_TOP} or more"):
        assert figure in " ".join(PAGE.split())


def test_in_a_dock_the_pictures_show_the_pixels_of_the_view(docked: tuple[SurfaceView, QDockWidget]) -> None:
    view, dock = docked
    picture = colours(view.grabFramebuffer())
    assert shades(picture) > 500
    assert (pixels(view) == picture).all()
    height, width = picture.shape[:2]
    for above in (dock, view.window()):
        place = view.mapTo(above, view.rect().topLeft())
        whole = colours(above.grab().toImage())
        assert (whole[place.y() : place.y() + height, place.x() : place.x() + width] == picture).all()
    assert (view.renderToArray((width, height))[..., 2::-1] == picture).all()


def test_floated_and_docked_again_it_is_the_same_picture(docked: tuple[SurfaceView, QDockWidget]) -> None:
    view, dock = docked
    before = pixels(view)
    for floating in (True, False, True, False):
        dock.setFloating(floating)
        QApplication.processEvents()
        view.update()
        assert (pixels(view) == before).all()


def test_docking_hundreds_of_times_leaks_nothing(docked: tuple[SurfaceView, QDockWidget]) -> None:
    view, dock = docked
    before = pixels(view)

    def cycle(_: int) -> None:
        for floating in (True, False):
            dock.setFloating(floating)
            QApplication.processEvents()
            settle(view)

    assert grows(cycle) < MOST_GROWTH_BYTES
    assert (pixels(view) == before).all()


def test_moving_between_windows_hundreds_of_times_leaks_nothing(raced: SurfaceView, qtbot: QtBot) -> None:
    before = pixels(raced)
    windows = [QWidget(), QWidget()]
    for window in windows:
        qtbot.addWidget(window)
        QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
        window.show()
        qtbot.waitExposed(window)
    raced.setFixedSize(*SIZE)

    def cycle(number: int) -> None:
        windows[number % 2].layout().addWidget(raced)
        QApplication.processEvents()
        settle(raced)

    assert grows(cycle) < MOST_GROWTH_BYTES
    assert (pixels(raced) == before).all()
    raced.setParent(None)


def test_hiding_and_minimising_hundreds_of_times_leaks_nothing(raced: SurfaceView) -> None:
    before = pixels(raced)

    def cycle(number: int) -> None:
        if number % 2:
            raced.hide()
            raced.show()
        else:
            raced.showMinimized()
            raced.showNormal()
        QApplication.processEvents()
        settle(raced)

    assert grows(cycle) < MOST_GROWTH_BYTES
    assert (pixels(raced) == before).all()


def test_views_made_and_deleted_by_hundreds_leak_nothing(raced: SurfaceView) -> None:
    before = pixels(raced)
    ground = terrain(2, bowl)

    def cycle(number: int) -> None:
        view = SurfaceView(DARK)
        view.resize(480, 480)
        view.show()
        view.show_terrain(ground)
        settle(view)
        view.close()
        view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert grows(cycle) < MOST_GROWTH_BYTES
    raced.update()
    assert (pixels(raced) == before).all()


def test_a_view_is_drawn_while_python_collects_another(raced: SurfaceView) -> None:
    """The end of a view that nobody holds leaves no context current."""
    before = pixels(raced)
    thresholds = gc.get_threshold()
    for number in range(12):
        other = SurfaceView(DARK)
        other.show()
        settle(other)
        other.close()
        del other
        gc.set_threshold(1 + number)
        try:
            for _ in range(10):
                raced.repaint()
        finally:
            gc.set_threshold(*thresholds)
    assert (pixels(raced) == before).all()


CONTEXT_LOST = """
import numpy as np
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
application = QApplication([])
from gui.views.opengl import load_pyqtgraph_opengl
load_pyqtgraph_opengl()
from gui.look.theme import DARK
from gui.views.surface.view import SurfaceView
from gui.views.surface.items.ground_item import GroundItem
from pyqtgraph.opengl import GLViewWidget
from tests.gui.views.scenery import bowl, fan, settle, terrain
from tests.gui.views.surface.test_embedding import colours, shades

def picture(view):
    for _ in range(10):
        application.processEvents()
    view.update()
    return colours(view.grabFramebuffer())

plain = GLViewWidget()
plain.addItem(GroundItem(terrain(1, bowl)))
ours = SurfaceView(DARK)
ours.show_terrain(terrain(1, bowl))
ours.show_racers(*fan(4, 40))
for view in (ours, plain):
    windows = [QWidget(), QWidget()]
    for window in windows:
        QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
        window.show()
    view.setFixedSize(400, 400)
    windows[1].layout().addWidget(view)
    before = picture(view)
    assert shades(before) > 500
    for number in range(30):
        windows[number % 2].layout().addWidget(view)
        assert (picture(view) == before).all(), number
print("all the same")
"""


def test_where_contexts_are_not_shared_each_new_one_shows_the_same(opengl: None) -> None:
    done = run_program(CONTEXT_LOST)
    assert "all the same" in done.stdout, done.stderr
    assert "Error" not in done.stderr, done.stderr


SCALED = """
import numpy as np
from gui.shell.app import make_application
application = make_application()
from gui.views.opengl import load_pyqtgraph_opengl
load_pyqtgraph_opengl()
from gui.look.theme import DARK
from gui.views.surface import view as module
from gui.views.surface.items import shared_resources
if "samples" in __import__("sys").argv:
    shared_resources.in_software = lambda name: False
from tests.gui.views.scenery import bowl, fan, pixels, racer, settle, terrain
from tests.gui.views.surface.test_embedding import colours, shades
for size in ((335, 337), (339, 341), (400, 300)):
    view = module.SurfaceView(DARK)
    view.resize(*size)
    view.show()
    view.show_terrain(terrain(1, bowl))
    looks, racers = fan(4, 40)
    view.show_racers(looks, [racer(list(map(tuple, one.trail.positions[:20]))) for one in racers])
    settle(view)
    view.show_racers(looks, racers)
    kept = pixels(view)
    height, width = kept.shape[:2]
    straight = view.renderToArray((width, height))[..., 2::-1]
    assert (width, height) == (view.deviceWidth(), view.deviceHeight())
    assert shades(kept) > 500
    assert (np.abs(kept - straight).max(axis=2) > 24).mean() < 2e-3, size
    print("edges", np.abs(np.diff(kept.max(axis=2), axis=1)).max())
"""


@pytest.mark.parametrize("factor", ["1", "1.25", "1.5", "2"])
def test_at_any_pixel_ratio_the_kept_picture_is_the_whole_picture(opengl: None, factor: str) -> None:
    done = run_program(SCALED, QT_SCALE_FACTOR=factor)
    assert done.stdout.count("edges") == 3, done.stderr


def test_with_samples_the_kept_picture_is_smoothed_as_well(opengl: None) -> None:
    done = run_program(SCALED, "samples")
    assert done.stdout.count("edges") == 3, done.stderr


def test_on_a_screen_with_more_pixels_the_picture_is_as_sharp_and_comes_back(
    raced: SurfaceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pixels(raced)
    width, height = SIZE
    monkeypatch.setattr(SurfaceView, "devicePixelRatioF", lambda self: 2.0)
    fine = raced.renderToArray((2 * width, 2 * height))[..., 2::-1].astype(int)
    coarse = fine.reshape(height, 2, width, 2, 3).mean(axis=(1, 3))
    assert np.abs(coarse - before).mean() < 3.0
    monkeypatch.undo()
    raced.update()
    assert (pixels(raced) == before).all()


def test_a_picture_between_two_frames_takes_nothing_from_the_trails(raced: SurfaceView) -> None:
    looks, racers = fan(4, 60)
    longer = tuple(one for one in racers)
    raced.show_racers(looks, longer)
    raced.renderToArray((200, 200))
    frame = pixels(raced)
    raced.orbit(10.0, 0.0)
    pixels(raced)
    raced.orbit(-10.0, 0.0)
    assert (np.abs(frame - pixels(raced)).max(axis=2) > 40).mean() < 2e-3


def test_a_view_that_was_never_shown_gives_its_picture(opengl: None, qtbot: QtBot) -> None:
    view = SurfaceView(DARK)
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show_terrain(terrain(1, bowl))
    assert shades(view.renderToArray((300, 300))[..., :3].astype(int)) > 500


def test_a_transform_moves_the_landscape(opengl: None, qtbot: QtBot) -> None:
    from pyqtgraph.opengl import GLViewWidget

    from gui.views.surface.items.ground_item import GroundItem

    view, ground = GLViewWidget(), GroundItem(terrain(1, bowl))
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.setCameraPosition(distance=8)
    view.addItem(ground)
    view.show()
    qtbot.waitExposed(view)

    def extent() -> tuple[float, float, int]:
        columns = np.nonzero(colours(view.grabFramebuffer()).max(axis=2) > 8)[1]
        return float(columns.mean()), float(np.ptp(columns)), len(columns)

    middle, width, area = extent()
    ground.scale(2.0, 2.0, 2.0)
    assert extent()[1] > 1.7 * width and extent()[2] > 3.0 * area
    ground.resetTransform()
    assert extent() == (middle, width, area)
    ground.translate(0.0, 1.5, 0.0)
    assert abs(extent()[0] - middle) > 30
    ground.hide()
    assert not (colours(view.grabFramebuffer()) > 8).any()
    view.removeItem(ground)
    view.addItem(ground)
    ground.show()
    ground.resetTransform()
    assert extent() == (middle, width, area)
