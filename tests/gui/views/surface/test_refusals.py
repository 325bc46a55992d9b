"""Where there is no OpenGL, or a driver that refuses: a sentence in the place of the 3-D view, and all else goes on."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.look.theme import DARK
from gui.views.surface.items import gl_objects, marks_item, shaders, shared_resources
from gui.views.surface.items.gl_objects import OpenGLError
from gui.views.surface.view import SurfaceView
from tests.gui.views.offered import run_program
from tests.gui.views.scenery import SIZE, bowl, fan, pixels, terrain

WINDOW = """
import time
from engine.live.commands import Step
from gui.shell.app import make_application, open_window
from gui.session.session import Session
from landscapes import LANDSCAPES
application = make_application()
window = open_window(Session(LANDSCAPES["Beale"], ["Adam"]), "dark", None, False)
window.precompiler.end()
window.show()

def until(holds):
    end = time.monotonic() + 40
    while not holds() and time.monotonic() < end:
        application.processEvents()
        time.sleep(0.005)
    assert holds()

until(lambda: window.frame is not None and window.contour.landscape_shown)
window.controller.runner.post(Step(50))
until(lambda: window.frame.step == 50)
until(lambda: window.up_to_date)
assert not window.surface.available and not window.surface.panels
notice = window.surface.notice
assert "OpenGL" in notice.text() and notice.isVisible() and notice.size() == window.surface.size()
assert not window.grab().isNull()
window.close()
print("it races")
"""


@pytest.mark.parametrize(
    "surroundings",
    [{"QT_QPA_PLATFORM": "offscreen"}, {"MESA_GL_VERSION_OVERRIDE": "3.0"}, {"MESA_GL_VERSION_OVERRIDE": "2.1"}],
    ids=["none", "3.0", "2.1"],
)
def test_without_the_opengl_that_it_needs_the_window_races_without_3d(
    opengl: None, surroundings: dict[str, str]
) -> None:
    done = run_program(WINDOW, **surroundings)
    assert "it races" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr, done.stderr


def made(qtbot: QtBot) -> SurfaceView:
    view = SurfaceView(DARK)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show_terrain(terrain(1, bowl))
    view.show_racers(*fan(2, 20))
    view.show()
    return view


def says(view: SurfaceView, words: str) -> bool:
    """Return whether a message with these words replaces the picture."""
    picture = pixels(view)
    written = np.abs(picture - picture[0, 0]).max(axis=2) > 60
    return words in view._refusal_label.text() and 200 < written.sum() < 0.1 * written.size


@pytest.mark.parametrize("refused", [shaders.TOP_FRAGMENT, shaders.MARK_FRAGMENT], ids=["ground", "marks"])
def test_a_shader_that_is_refused_is_told_in_the_place_of_the_picture(
    qtbot: QtBot, opengl: None, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    real = gl_objects.Program

    def without(vertex: str, fragment: str) -> gl_objects.Program:
        return real(vertex, "#version 330\nnot a shader" if fragment == refused else fragment)

    monkeypatch.setattr(shared_resources, "Program", without)
    assert says(made(qtbot), "error")


def test_a_size_that_is_refused_is_told_and_another_one_is_tried(
    qtbot: QtBot, opengl: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = gl_objects.framebuffer

    def small_only(pixels: tuple[int, int], samples: int) -> object:
        if max(pixels) > 500:
            raise OpenGLError(gl_objects.REFUSED_SIZE.format(*pixels))
        return real(pixels, samples)

    monkeypatch.setattr(gl_objects, "framebuffer", small_only)
    view = made(qtbot)
    assert says(view, "480 x 520 pixels is refused")
    view.resize(400, 400)
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 500 and not view.refused
    view.resize(*SIZE)
    assert says(view, "480 x 520 pixels is refused")


def test_a_mistake_of_ours_is_told_once_and_not_in_every_frame(
    qtbot: QtBot, opengl: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = []

    def mistaken(*_: object) -> None:
        calls.append(1)
        raise IndexError("a mistake of ours")

    monkeypatch.setattr(marks_item, "mark_rows", mistaken)
    with qtbot.captureExceptions() as caught:
        view = made(qtbot)
        pixels(view)
        told = len(caught)
        for _ in range(5):
            view.repaint()
        assert says(view, "something went wrong (IndexError)")
    assert told == len(caught) == len(calls)
    assert told <= 2, "once a size"
    assert "Error while drawing" not in "".join(capfd.readouterr())
