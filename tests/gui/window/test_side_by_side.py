"""Side by side in 3-D: a view a racer, all seen from one place, in line with the plots beside them."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.look import style
from gui.look.theme import DARK, LIGHT, RACER_COLOURS, Theme
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.session import Session
from gui.views.racer_look import RacerLook, legible
from gui.views.surface.items import shared_resources
from gui.views.surface.items.axes_painter import is_numbered
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import PATIENCE_MS, go_to, has_colour, pixels, put_away, settle, wait_until
from tests.gui.views.scenery import drag, ground
from tests.gui.views.scenery import pixels as view_pixels

LONG = "a name that is much too long for the title of a small view"
TITLE_TOLERANCE_PX = 3

pytestmark = pytest.mark.usefixtures("opengl")
Opener = Callable[..., MainWindow]


@pytest.fixture
def side_by_side(qtbot: QtBot) -> Iterator[Opener]:
    windows = []

    def open_one(count: int, views: str = "both") -> MainWindow:
        style.apply(QApplication.instance(), DARK)
        names = ["Adam(lr=0.1)", "SGD(lr=0.001)", "Momentum(lr=0.001)"]
        session = Session(LANDSCAPES[FIRST_LANDSCAPE], [names[number % 3] for number in range(count)])
        session.set_layout("side by side")
        session.set_views(views)
        windows.append(MainWindow(session, DARK))
        windows[-1].resize(1400, 900)
        windows[-1].show()
        # A longer wait, because many 3-D views take long on a busy machine without a graphics card.
        qtbot.waitUntil(lambda: len(windows[-1].surface.panels) == count, timeout=3 * PATIENCE_MS)
        settle(qtbot, windows[-1])
        return windows[-1]

    yield open_one
    put_away(*windows)


def titles(window: MainWindow) -> list[QLabel]:
    """Return the visible titles of the 3-D views in reading order."""
    labels = [label for label in window.surface.findChildren(QLabel) if label.toolTip() and label.isVisible()]
    return sorted(labels, key=lambda label: (label.y(), label.x()))


@pytest.mark.parametrize("views", ["both", "3-D"])
@pytest.mark.parametrize("count", [2, 4, 9, 31])
def test_views_have_equal_room_and_titles_that_nothing_covers(side_by_side: Opener, count: int, views: str) -> None:
    window = side_by_side(count, views)
    surface = window.surface
    places = [panel.geometry() for panel in surface.panels]
    assert len(places) == count and all(surface.rect().contains(place) for place in places)
    sizes = np.array([place.size().toTuple() for place in places])
    assert np.ptp(sizes, axis=0).max() <= 1
    assert not any(a.intersects(b) for number, a in enumerate(places) for b in places[number + 1 :])
    named = titles(window)
    assert [label.toolTip() for label in named] == [racer.name for racer in window.session.racers]
    buttons = [surface.controls.alone, window.height_switch]
    for label in named:
        assert label.text() and label.width() >= label.fontMetrics().horizontalAdvance(label.text())
        words = QRect(label.pos(), label.size())
        assert not any(words.intersects(place) for place in places)
        assert not any(words.intersects(button.geometry()) for button in buttons)
    assert not any(place.intersects(button.geometry()) for place in places for button in buttons)


@pytest.mark.parametrize("count", [4, 9])
def test_the_titles_of_both_grids_stand_on_one_line(side_by_side: Opener, count: int) -> None:
    window = side_by_side(count)
    for label, panel in zip(titles(window), window.contour.panels, strict=True):
        title = panel.getPlotItem().titleLabel
        place = panel.mapFromScene(title.mapRectToScene(title.itemRect())).boundingRect().center()
        beside = panel.mapTo(window, place).y()
        assert label.mapTo(window, QPoint(0, label.height() // 2)).y() == pytest.approx(beside, abs=TITLE_TOLERANCE_PX)


def test_a_long_name_is_elided(qtbot: QtBot, side_by_side: Opener) -> None:
    window = side_by_side(4)
    window.session.set_look(window.session.racers[1].key, name=LONG)
    settle(qtbot, window)
    label = titles(window)[1]
    assert label.text().endswith("…") and label.toolTip() == LONG
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", RACER_COLOURS)
def test_a_title_can_be_read_in_any_colour(theme: Theme, colour: str) -> None:
    def light(name: str) -> float:
        channels = np.array(QColor(name).getRgbF()[:3])
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722]) + 0.05

    dark, bright = sorted((light(legible(colour, theme)), light(theme.window)))
    assert bright / dark >= 4.4
    if theme is DARK:
        assert legible(colour, theme) == colour, "most stay as they are"


def test_who_turns_one_view_turns_all(qtbot: QtBot, side_by_side: Opener) -> None:
    window = side_by_side(4)
    before = [view_pixels(panel) for panel in window.surface.panels]
    drag(window.surface.panels[2], QPointF(60, 60), QPointF(110, 80))
    settle(qtbot, window)
    cameras = {panel.camera for panel in window.surface.panels}
    assert len(cameras) == 1
    for panel, picture in zip(window.surface.panels, before, strict=True):
        assert (view_pixels(panel) != picture).any()
    qtbot.mouseDClick(window.surface.panels[1], Qt.MouseButton.LeftButton)
    # The cross that marks where it points goes with the pointer.
    for panel in window.surface.panels:
        QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))
    for panel, picture in zip(window.surface.panels, before, strict=True):
        assert (view_pixels(panel) == picture).all()


def test_the_pointer_is_shown_in_every_view(qtbot: QtBot, side_by_side: Opener) -> None:
    window = side_by_side(4)
    before = [view_pixels(panel) for panel in window.surface.panels]
    window.contour.panels[0].pointer_moved.emit((-1.0, 1.0))
    for panel, picture in zip(window.surface.panels, before, strict=True):
        assert (view_pixels(panel) != picture).any()


def test_racers_that_come_go_hide_or_change_are_followed(qtbot: QtBot, side_by_side: Opener) -> None:
    window = side_by_side(4)
    session = window.session

    def follow() -> list[str]:
        wait_until(qtbot, lambda: len(window.frame.racers) == len(session.racers))
        settle(qtbot, window)
        assert len(window.surface.panels) == len(titles(window))
        return [label.toolTip() for label in titles(window)]

    session.add_racer("Lion")
    assert follow() == [racer.name for racer in session.racers]
    session.set_look(session.racers[1].key, visible=False)
    assert follow() == [racer.name for racer in session.racers if racer.visible]
    session.remove_racer(session.racers[0].key)
    assert follow() == [racer.name for racer in session.racers if racer.visible]
    shown = next(racer for racer in session.racers if racer.visible)
    session.set_look(shown.key, name="renamed", colour="#ff00ff")
    assert follow()[0] == "renamed"
    assert has_colour(pixels(titles(window)[0]), "#ff00ff")
    go_to(qtbot, window, 30)
    assert has_colour(view_pixels(window.surface.panels[0]), "#ff00ff")


def test_a_small_view_leaves_its_numbers_out_and_gives_their_room_to_the_block(side_by_side: Opener) -> None:
    window = side_by_side(9)
    panel = window.surface.panels[0]
    assert not is_numbered(panel.size().toTuple())
    picture = view_pixels(panel)
    rows, columns = ground(picture)
    assert np.ptp(columns) > picture.shape[1] - 30 or np.ptp(rows) > picture.shape[0] - 30


def test_only_the_view_of_a_racer_that_moved_is_drawn_anew(qtbot: QtBot, side_by_side: Opener) -> None:
    window = side_by_side(4)
    go_to(qtbot, window, 10)
    surface, first = window.surface, window.frame.racers[0]
    go_to(qtbot, window, 20)
    looks = [RacerLook(racer.name, racer.colour) for racer in window.session.racers]
    surface.show_racers(looks, window.frame.racers)
    assert all(panel.up_to_date for panel in surface.panels)
    surface.show_racers(looks, [first, *window.frame.racers[1:]])
    assert [panel.up_to_date for panel in surface.panels] == [False, True, True, True]


def test_the_texels_of_a_landscape_are_made_once_for_all_views(
    qtbot: QtBot, side_by_side: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = side_by_side(4)
    made = []
    texels = shared_resources.texels
    monkeypatch.setattr(shared_resources, "texels", lambda heights: made.append(heights) or texels(heights))
    window.session.choose(LANDSCAPES["Beale"])
    wait_until(qtbot, lambda: window.frame.terrain.bounds == LANDSCAPES["Beale"].domain)
    settle(qtbot, window)
    numbers = {panel.shown_terrain for panel in window.surface.panels}
    assert numbers == {window.frame.terrain.number}
    assert len(made) == len({id(heights) for heights in made})


def test_views_that_are_still_to_come_are_told(qtbot: QtBot, side_by_side: Opener) -> None:
    window = side_by_side(9)
    window.landscape_views.switch_layout()
    settle(qtbot, window)
    window.landscape_views.switch_layout()
    assert window.surface.remaining_label.isVisible() and "more" in window.surface.remaining_label.text()
    settle(qtbot, window)
    assert not window.surface.remaining_label.isVisible()
