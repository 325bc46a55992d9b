"""A presentation shows what a room needs, large; at its end everything is as it was, and no file knows of it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.files.session_file import write_choices
from gui.look.theme import DARK
from gui.views.contour.arrows.key import ArrowKey
from gui.window.main_window import MainWindow
from gui.window.panes.presentation import magnification_for
from tests.gui.person import go_to, has_colour, pixels, settle, wait_until

pytestmark = pytest.mark.one_window

STEPS = 60
LEGIBLE_PX = 18
"""The least height of letters: one fortieth of the height of the smaller screen, about."""
HIT_PX = 44
"""The least side of a target that is hit with ease (WCAG 2.2, success criterion 2.5.5)."""


def present(qtbot: QtBot, window: MainWindow, size: tuple[int, int] = (1280, 720)) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    # The screen of the tests is larger than that of the room.
    window.resize(*size)
    wait_until(qtbot, lambda: (window.width(), window.height()) == size)
    wait_until(qtbot, lambda: window.theme.magnification == magnification_for(QSize(*size)))
    settle(qtbot, window)


def end(qtbot: QtBot, window: MainWindow, key: Qt.Key = Qt.Key.Key_Escape) -> None:
    if window.presentation.under_way:
        qtbot.keyClick(window, key)
    wait_until(qtbot, lambda: window.theme is DARK)
    settle(qtbot, window)


def parts_beside_the_race(window: MainWindow) -> list[bool]:
    parts = (window.central.formula, window.racers_panel, window.statusBar(), window.height_switch)
    return [part.isVisible() for part in (*parts, window.contour.controls.fill)]


def trail_px(window: MainWindow) -> int:
    """Return how much of the map the first racer's trail and head cover."""
    picture = pixels(window.contour)
    wanted = [int(window.session.racers[0].colour.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4)]
    return int((np.abs(picture - wanted).max(axis=2) < 30).sum())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_a_presentation_is_the_race_alone_and_its_key_or_esc_ends_it(
    qtbot: QtBot, window: MainWindow, key: Qt.Key
) -> None:
    before, choices = parts_beside_the_race(window), window.session.choices()
    widths = [part.minimumSizeHint().width() for part in window.transport.findChildren(QLabel)]
    present(qtbot, window)
    assert parts_beside_the_race(window) == [False] * 5
    assert window.menuBar().height() == 0
    shown = (window.contour, window.surface, window.curves, window.transport)
    assert all(part.isVisible() for part in shown)
    end(qtbot, window, key)
    assert not window.isFullScreen() and parts_beside_the_race(window) == before == [True] * 5
    assert window.menuBar().height() > 0 and window.session.choices() == choices
    assert [part.minimumSizeHint().width() for part in window.transport.findChildren(QLabel)] == widths


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_texts_and_trails_are_seen_from_the_back_of_a_room(
    qtbot: QtBot, same_window: MainWindow, size: tuple[int, int]
) -> None:
    window = same_window
    window.resize(*size)
    go_to(qtbot, window, STEPS)
    before, letters = trail_px(window), window.transport.furthest.fontInfo().pixelSize()
    present(qtbot, window, size)
    assert trail_px(window) > 2 * before, "map and heads are larger, trails thicker"
    texts = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    assert min(label.fontInfo().pixelSize() for label in texts) >= LEGIBLE_PX > letters
    for axis in (window.contour.panels[0], window.curves):
        font = axis.getPlotItem().getAxis("left").style["tickFont"]
        assert font.pixelSize() >= LEGIBLE_PX
    assert all(has_colour(pixels(window.curves), racer.colour) for racer in window.session.racers)
    assert min(button.height() for button in window.transport.buttons) >= HIT_PX
    inside = window.rect()
    for part in (window.transport.rate, window.transport.scrub, window.curves, window.contour):
        corner = part.mapTo(window, part.rect().bottomRight())
        assert inside.contains(corner), "nothing lies beyond the screen"
    end(qtbot, window)
    assert window.transport.buttons[0].height() < HIT_PX


def test_no_file_knows_of_a_presentation_and_its_panes_have_sizes_of_their_own(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before, meanwhile = tmp_path / "before", tmp_path / "meanwhile"
    write_choices(before, window.session.choices())
    present(qtbot, window)
    height = window.bottom_panel.height()
    window.central.views.moveSplitter(window.central.views.height() - height - 60, 1)
    assert window.bottom_panel.height() > height, "a person may resize them"
    window.window_size.changed.emit()
    write_choices(meanwhile, window.session.choices())
    assert meanwhile.read_text() == before.read_text()
    end(qtbot, window)


def test_a_rule_is_laid_aside_and_what_asks_for_a_pane_ends_the_presentation(qtbot: QtBot, window: MainWindow) -> None:
    window.edit_some_rule()
    settle(qtbot, window)
    present(qtbot, window)
    assert not window.bottom_panel.rule.isVisible() and window.curves.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    end(qtbot, window)
    assert window.formula_bar.editor.isVisible() and window.bottom_panel.rule.isVisible()


def test_a_view_fills_the_screen_in_a_presentation_and_the_theme_changes_in_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    present(qtbot, window)
    window.contour.panels[0].setFocus()
    qtbot.keyClick(window.contour.panels[0], Qt.Key.Key_F)
    assert not window.curves.isVisible() and not window.contour.controls.fill.isVisible()
    window.theme_choice.switch()
    assert window.theme.name == "light" and window.theme.magnification > 1.0
    window.theme_choice.switch()
    end(qtbot, window)
    assert window.contour.controls.fill.isVisible() and not window.contour.controls.alone.isVisible()
    window.arrangement.switch_filling()
    settle(qtbot, window)
    assert window.contour.controls.alone.isVisible()


def test_the_keys_of_the_arrows_are_as_large_as_their_letters_while_it_lasts_and_after_it(
    qtbot: QtBot, opengl: None, window: MainWindow
) -> None:
    window.session.show_arrows("step", True)
    go_to(qtbot, window, STEPS)
    keys = window.findChildren(ArrowKey)
    assert len([key for key in keys if key.isVisible()]) == 2, "one in each view"
    before = [(key.size(), key.font().pixelSize()) for key in keys]
    present(qtbot, window)
    assert all(key.height() > size.height() for key, (size, _) in zip(keys, before, strict=True))
    end(qtbot, window)
    assert [(key.size(), key.font().pixelSize()) for key in keys] == before
