"""Which views of the landscape there are: 3-D, contour or both; what is hidden rests, and catches up."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files.record_file import RecordError
from gui.files.session_file import read_choices, write_choices
from gui.look import style
from gui.look.theme import DARK
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS, VIEWS
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import activated, go_to, has_colour, pixels, put_away, settle, wait_until

pytestmark = pytest.mark.one_window

ROOT = Path(__file__).parents[3]
CHOSEN = {"both": (True, True), "3-D": (True, False), "contour": (False, True)}
LOADED_LATER = """
import sys
from PySide6.QtCore import QStandardPaths
QStandardPaths.setTestModeEnabled(True)
from gui.shell.app import _wait, make_application, open_window
from gui.session.session import Session
from landscapes import CATALOGUE
application = make_application()
window = open_window(Session(CATALOGUE["Beale"], ["Adam"]), "dark", None, restore=False, views="contour")
window.show()
_wait(application, lambda: window.contour.landscape_shown and window.up_to_date, 60.0)
print("pyqtgraph.opengl" in sys.modules)
window.session.set_views("both")
_wait(application, lambda: window.surface.shown_terrain is not None, 60.0)
print("pyqtgraph.opengl" in sys.modules)
window.close()
"""


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[[str], MainWindow]]:
    """Yield a function that opens a window on a session with a choice of views."""
    windows = []

    def open_one(views: str) -> MainWindow:
        style.apply(QApplication.instance(), DARK)
        session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
        session.set_views(views)
        windows.append(MainWindow(session, DARK))
        windows[-1].resize(1200, 800)
        windows[-1].show()
        wait_until(qtbot, lambda: activated(windows[-1]))
        wait_until(qtbot, lambda: windows[-1].frame is not None)
        settle(qtbot, windows[-1])
        return windows[-1]

    yield open_one
    put_away(*windows)


def shown(window: MainWindow) -> tuple[bool, bool]:
    return window.surface.isVisible(), window.contour.isVisible()


@pytest.mark.parametrize("views", VIEWS)
def test_a_window_shows_the_views_that_its_session_chose(opened: Callable[[str], MainWindow], views: str) -> None:
    window = opened(views)
    assert shown(window) == CHOSEN[views]
    alone = next((view for view in (window.surface, window.contour) if views != "both" and view.isVisible()), None)
    assert alone is None or alone.width() == window.views.width(), "all the room is its own"


def test_each_choice_has_a_key_and_an_entry_of_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    for key, views in ((Qt.Key.Key_2, "3-D"), (Qt.Key.Key_3, "contour"), (Qt.Key.Key_1, "both")):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.session.views == views and shown(window) == CHOSEN[views]
        assert [action.data() for action in window.menus.views.actions() if action.isChecked()] == [views]
    listed = window.show_keys()
    for words in ("3-D and contour view", "3-D view alone", "Contour view alone", "Ctrl+1", "Ctrl+2", "Ctrl+3"):
        assert words in listed.text()
    listed.reject()


@pytest.mark.parametrize("name", ["3-D", "contour"])
def test_a_button_over_each_view_leaves_it_alone_and_brings_the_other_back(window: MainWindow, name: str) -> None:
    view = {"3-D": window.surface, "contour": window.contour}[name]
    assert view.controls.alone.isVisible() and "alone" in view.controls.alone.toolTip()
    view.controls.alone.click()
    assert window.session.views == name and shown(window) == CHOSEN[name]
    assert "Both" in view.controls.alone.toolTip()
    for control in (window.height_switch, view.controls.layout, view.controls.whole, view.controls.alone):
        assert control.parentWidget() is view and control.isVisible(), "what there was over both is over the one"
    view.controls.alone.click()
    assert window.session.views == "both" and shown(window) == (True, True)


def test_a_hidden_contour_view_has_nothing_sampled_or_drawn_and_catches_up(
    qtbot: QtBot, opengl: None, window: MainWindow
) -> None:
    window.session.set_views("3-D")
    settle(qtbot, window)
    before = window.contour.shown_terrain
    window.session.choose(LANDSCAPES["Beale"])
    wait_until(qtbot, lambda: window.frame.terrain.bounds == LANDSCAPES["Beale"].domain)
    go_to(qtbot, window, 40)
    qtbot.wait(300)
    assert window.frame.detail is None and window.contour.shown_terrain == before
    window.session.set_views("both")
    settle(qtbot, window)
    wait_until(qtbot, lambda: window.contour.shown_detail is not None)
    assert window.contour.shown_terrain == window.frame.terrain.number
    assert any(has_colour(pixels(window.contour), racer.colour) for racer in window.session.racers)


def test_a_hidden_3d_view_draws_nothing_and_catches_up(qtbot: QtBot, opengl: None, window: MainWindow) -> None:
    settle(qtbot, window)
    before = window.surface.shown_terrain
    window.session.set_views("contour")
    window.session.choose(LANDSCAPES["Beale"])
    wait_until(qtbot, lambda: window.frame.terrain.bounds == LANDSCAPES["Beale"].domain)
    settle(qtbot, window)
    assert window.surface.shown_terrain == before
    window.session.set_views("both")
    settle(qtbot, window)
    assert window.surface.shown_terrain == window.frame.terrain.number


def test_a_new_landscape_is_painted_in_the_contour_view_and_then_in_3d(
    qtbot: QtBot, opengl: None, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(qtbot, window)
    # What it waits for is the contour view's picture, and not a time that has passed.
    monkeypatch.setattr("gui.views.surface.panels.LONGEST_WAIT_MS", 60_000)
    seen_in_3d = []
    window.contour.landscape_painted.connect(lambda: seen_in_3d.append(window.surface.shown_terrain))
    for formula in ("x^2 + 3y^2", "sin(x) + y^2"):
        before = window.surface.shown_terrain
        seen_in_3d.clear()
        window.session.set_formula(formula)
        settle(qtbot, window)
        assert seen_in_3d[0] == before
        assert window.surface.shown_terrain == window.frame.terrain.number != before


def test_racers_that_come_while_a_view_is_hidden_have_their_panels_when_it_is_shown(
    qtbot: QtBot, opengl: None, window: MainWindow
) -> None:
    window.landscape_views.switch_layout()
    settle(qtbot, window)
    for hidden in ("3-D", "contour"):
        window.session.set_views(hidden)
        window.session.add_racer("Lion")
        count = len(window.session.racers)
        wait_until(qtbot, lambda count=count: len(window.frame.racers) == count)
        settle(qtbot, window)
        assert {len(window.surface.panels), len(window.contour.panels)} == {count - 1, count}
        window.session.set_views("both")
        settle(qtbot, window)
        assert len(window.surface.panels) == len(window.contour.panels) == count


def test_the_keyboard_goes_over_to_the_view_that_stays(qtbot: QtBot, opengl: None, window: MainWindow) -> None:
    settle(qtbot, window)
    window.contour.panels[0].setFocus()
    window.session.set_views("3-D")
    assert window.surface.isAncestorOf(QApplication.focusWidget())
    window.session.set_views("contour")
    assert window.contour.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    wait_until(qtbot, lambda: window.frame.playing)


def test_what_a_hidden_contour_view_would_show_does_not_become_the_domain(qtbot: QtBot, window: MainWindow) -> None:
    window.contour.panels[0].show_bounds(((0.0, 1.0), (0.0, 1.0)))
    window.session.set_views("3-D")
    bounds = window.session.bounds
    window.adopt_view()
    assert window.session.bounds == bounds and "Ctrl+1" in window.notice.label.text()


def test_the_3d_view_alone_is_loaded_without_a_contour_picture_before_it(
    qtbot: QtBot, opengl: None, opened: Callable[[str], MainWindow]
) -> None:
    window = opened("3-D")
    assert window.surface.shown_terrain == window.frame.terrain.number and not window.contour.landscape_shown
    assert window.surface.isAncestorOf(QApplication.focusWidget()), "Space starts the race"


def test_what_draws_in_3d_is_loaded_only_once_it_is_wanted(opengl: None) -> None:
    found = subprocess.run([sys.executable, "-c", LOADED_LATER], cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert found.stdout.split() == ["False", "True"], found.stderr


@pytest.mark.parametrize("views", VIEWS)
def test_a_picture_shows_the_views_that_are_asked_for(opengl: None, tmp_path: Path, views: str) -> None:
    picture = drawn(tmp_path, views, os.environ["QT_QPA_PLATFORM"])
    painted = np.abs(picture[220:480] - picture[220, 20]).max(axis=2) > 8
    filled = {
        "both": (painted[:, :400], painted[:, 450:780]),
        "3-D": (painted[:, 250:550],),
        "contour": (painted[:, 60:780],),
    }
    assert all(part.mean() > 0.4 for part in filled[views]), "the landscape fills the place of the view, or of both"
    alone = {"both": None, "3-D": painted[:, 700:780], "contour": None}[views]
    assert alone is None or alone.mean() < 0.2


def test_without_opengl_a_sentence_stands_where_the_3d_view_alone_would_be(tmp_path: Path) -> None:
    picture = drawn(tmp_path, "3-D", "offscreen")
    sentence = np.abs(picture[200:500, :700] - picture[220, 20]).max(axis=2) > 60
    assert 0.001 < sentence.mean() < 0.1


def drawn(folder: Path, views: str, platform: str) -> np.ndarray:
    """Return the picture that `--picture` writes, int (rows, columns, 3)."""
    path = folder / "race.png"
    arguments = ["--picture", str(path), "--steps", "20", "--size", "1200x800", "--theme", "dark", "--views", views]
    result = subprocess.run(
        [sys.executable, "main.py", "--landscape", "Himmelblau", "--racer", "Adam", *arguments],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": platform}, capture_output=True, text=True, timeout=110,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].astype(int)


def test_a_session_of_an_older_program_shows_both_views(tmp_path: Path) -> None:
    path = written(tmp_path, lambda session: session.pop("views"))
    assert read_choices(path).views == "both"


def test_a_session_keeps_its_views_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    assert read_choices(written(tmp_path, lambda session: None)).views == "contour"
    with pytest.raises(RecordError, match='"views"'):
        read_choices(written(tmp_path, lambda session: session.update(views="four")))


def written(folder: Path, change: Callable[[dict], object]) -> Path:
    """Write a session with the contour view alone and with a change; return its path."""
    path, session = folder / "session.json", Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
    session.set_views("contour")
    write_choices(path, session.choices())
    record = json.loads(path.read_text())
    change(record["session"])
    path.write_text(json.dumps(record))
    return path


@pytest.mark.parametrize("size", [(1280, 800), (1600, 1000)])
@pytest.mark.parametrize("name", ["Himmelblau", "Rosenbrock", "Booth"])
def test_the_switch_of_heights_and_the_buttons_stand_above_the_block(
    qtbot: QtBot, window: MainWindow, name: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.session.choose(LANDSCAPES[name])
    settle(qtbot, window)
    view, controls = window.surface.panels[0], (window.height_switch, window.surface.controls.fill)
    across, up = (np.linspace(*ends, 33) for ends in window.session.bounds)
    highest = min(y for _, y in view.on_screen([(x, y) for x in across for y in up]))
    lowest = max(control.mapTo(window, control.rect().bottomLeft()).y() for control in controls)
    assert lowest < view.mapTo(window, view.rect().topLeft()).y() + highest
