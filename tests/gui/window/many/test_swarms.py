"""Swarms over the contour view: they are where the race is, there and back."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gui.racers.racer_menu import racer_menu
from gui.window.main_window import MainWindow
from tests.gui.person import PATIENCE_MS, go_to, pixels, settle, wait_until

pytestmark = pytest.mark.one_window


def release(window: MainWindow, number: int, text: str) -> None:
    menu = racer_menu(window, window.session, window.session.racers[number].key, window.racers_panel.openers)
    swarm = next(each for each in menu.findChildren(QMenu) if each.title() == "S&warm")
    next(action for action in swarm.actions() if action.text().replace("&", "") == text).trigger()


def covered(window: MainWindow, number: int = 0) -> float:
    """Return the share of a plot that a swarm covers."""
    image = window.landscape_views.swarms.shown.images[number].image
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return float((raw[..., 3] > 0).mean())


def test_a_swarm_follows_the_race_there_and_back(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.contour.panels[0]
    release(window, 3, "10,000 starts")
    settle(qtbot, window)
    picture = pixels(panel)
    panel.swarms.hide()
    assert (pixels(panel) != picture).mean() > 0.1 and covered(window) > 0.05
    panel.swarms.show()
    there = {}
    for step in (400, 10, 0):
        go_to(qtbot, window, step)
        there[step] = window.landscape_views.swarms.shown.images[0].image
    for step in (10, 0, 400):
        go_to(qtbot, window, step)
        assert window.landscape_views.swarms.shown.images[0].image == there[step]
    assert covered(window) < 0.01, "nearly all are at the four minima"
    release(window, 3, "None")
    settle(qtbot, window)
    assert not window.contour.panels[0].swarms.has_image


def test_several_racers_have_swarms_at_once_each_in_its_panel_side_by_side(qtbot: QtBot, window: MainWindow) -> None:
    for number in (0, 2):
        release(window, number, "1,000 starts")
    go_to(qtbot, window, 20)
    assert len(window.landscape_views.swarms.shown.wish.swarms) == 2
    window.session.set_layout("side by side")
    settle(qtbot, window)
    wait_until(qtbot, lambda: window.landscape_views.swarms.up_to_date)
    shown = window.landscape_views.swarms.shown
    assert [image is not None for image in shown.images] == [True, False, True, False]


def test_a_swarm_is_released_and_ended_by_undo_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    release(window, 1, "1,000 starts")
    settle(qtbot, window)
    assert window.history.stack.undoText() == "releasing the swarm of Momentum"
    choices = window.session.choices()
    window.history.undo()
    settle(qtbot, window)
    assert not any(racer.swarm for racer in window.session.racers)
    assert [racer.swarm for racer in choices.racers] == [0, 1000, 0, 0]


def test_a_slider_changes_the_swarm_from_its_step_on(qtbot: QtBot, window: MainWindow) -> None:
    release(window, 0, "10,000 starts")
    go_to(qtbot, window, 5)
    before = covered(window)
    window.session.set_hyperparameter(window.session.racers[0].key, "lr", 0.0)
    settle(qtbot, window)
    go_to(qtbot, window, 60)
    assert abs(covered(window) - before) < 0.01, "nobody moves any more"


def test_members_that_arrive_begin_anew_where_a_person_switches_that_on(qtbot: QtBot, window: MainWindow) -> None:
    swarms, foot = window.landscape_views.swarms, window.landscape_views.swarms.foot
    assert not foot.isVisible()
    release(window, 3, "10,000 starts")
    settle(qtbot, window)
    assert foot.isVisible() and foot.note.text() == ""
    qtbot.mouseClick(foot.respawn, Qt.MouseButton.LeftButton)
    go_to(qtbot, window, 400)
    shown, note = swarms.shown.images[0].image, foot.note.text()
    assert covered(window) > 0.02, "those that have arrived are on their way again"
    assert int(note.split()[0].replace(",", "")) == swarms.shown.respawned > 5000
    go_to(qtbot, window, 100)
    assert foot.note.text() != note
    go_to(qtbot, window, 400)
    assert swarms.shown.images[0].image == shown and foot.note.text() == note
    assert window.history.stack.undoText() == "the respawning of swarms"
    window.history.undo()
    settle(qtbot, window)
    assert not foot.respawn.isChecked()
    release(window, 3, "None")
    settle(qtbot, window)
    assert not foot.isVisible()


def reddened(picture: np.ndarray, bare: np.ndarray) -> float:
    """Return the share of a picture in which the red swarm of the first racer is seen."""
    return float((picture[..., 0] > bare[..., 0] + 15).mean())


def test_it_lies_on_the_whole_ground_in_3d_too_and_alone_there(qtbot: QtBot, window: MainWindow) -> None:
    surface, session, foot = window.surface, window.session, window.landscape_views.swarms.foot
    settle(qtbot, window)
    bare = pixels(surface.panels[0])
    release(window, 0, "100,000 starts")
    settle(qtbot, window)
    draped = reddened(pixels(surface.panels[0]), bare)
    assert draped > 0.2
    window.contour.panels[0].show_bounds(((0, 2), (0, 2)))
    qtbot.waitUntil(lambda: window.landscape_views.swarms.shown.wish.bounds[0][0] >= 0, timeout=PATIENCE_MS)
    settle(qtbot, window)
    assert reddened(pixels(surface.panels[0]), bare) > 0.9 * draped, "not only where the contour view looks"
    session.set_views("3-D")
    settle(qtbot, window)
    assert foot.parent() is surface and foot.isVisible()
    alone = pixels(surface.panels[0])
    surface.drapes.show_swarms([])
    settle(qtbot, window)
    assert reddened(alone, pixels(surface.panels[0])) > 0.05
    release(window, 0, "None")
    session.set_views("both")
    settle(qtbot, window)
    assert not foot.isVisible()
