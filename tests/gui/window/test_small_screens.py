"""On a small screen, or a large one that is scaled, everything can be reached, read and pressed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from engine.live.commands import Step
from gui.widgets.popover import Popover
from gui.window.main_window import MainWindow
from gui.window.transport import HINTS
from tests.gui.person import settle, wait_until
from tests.gui.window.small_screen import in_sight, unreachable

pytestmark = pytest.mark.one_window

ROOT = Path(__file__).parents[3]


SCREENS = [("1280x720", "144 dpi"), ("1920x1080", "2"), ("1024x600", "1"), ("900x470", "1")]
"""Sizes of screens and their scale factors, or the resolution that their fonts are made for."""
Program = subprocess.Popen[str]


@pytest.fixture(scope="module")
def programs() -> Iterator[dict[str, Program]]:
    """Start the program on all screens at once; each program mostly waits, so they do not slow each other."""
    started = {screen: on_screen(screen, scale) for screen, scale in SCREENS}
    yield started
    for program in started.values():
        program.kill()
        program.communicate()


def on_screen(screen: str, scale: str) -> Program:
    display = ["xvfb-run", "-a", "-s", f"-screen 0 {screen}x24"]
    dpi = scale.removesuffix(" dpi")
    scaled = {"QT_SCALE_FACTOR": scale} if dpi == scale else {"QT_FONT_DPI": dpi}
    environment = {**os.environ, **scaled, "QT_QPA_PLATFORM": "xcb"}
    command = [*display, sys.executable, "-m", "tests.gui.window.small_screen", "dark"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="screens of any size are made by Xvfb")
@pytest.mark.parametrize("screen", [screen for screen, _ in SCREENS])
def test_every_control_can_be_brought_into_sight(programs: dict[str, Program], screen: str) -> None:
    troubles, noted = programs[screen].communicate(timeout=110)
    assert (programs[screen].returncode, troubles) == (0, ""), noted


def test_the_least_window_is_smaller_than_any_screen(window: MainWindow) -> None:
    least = window.minimumSizeHint()
    assert least.width() <= 880 and least.height() <= 440


def test_a_card_that_is_higher_than_the_screen_scrolls(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QRect(0, 0, 800, 210)
    monkeypatch.setattr(Popover, "_screen", lambda self: screen)
    card = window.racers_panel.cards[0]
    for open_it in (
        window.formula_bar.landscape.open_transform,
        window.racers_panel.noise.open_popover,
        window.racers_panel.open_list,
        card.footer.open_list,
        card.footer.open_details,
    ):
        popover = open_it()
        qtbot.wait(50)
        assert screen.contains(popover.geometry()), popover
        assert popover.findChildren(QScrollArea) or popover.sizeHint().height() > screen.height(), "a list is lower"
        found = [trouble for trouble in unreachable(popover) if "beyond the screen" not in trouble]
        assert not found, found
        popover.close()


def test_a_card_that_grows_stays_on_the_screen(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    popover = window.formula_bar.landscape.open_transform()
    screen = QRect(0, 0, 800, popover.geometry().bottom() + 4)
    monkeypatch.setattr(Popover, "_screen", lambda self: screen)
    popover.sliders["angle"].field.setText("0,5")
    popover.sliders["angle"].field.editingFinished.emit()
    qtbot.wait(50)
    assert popover.message.isVisible() and screen.contains(popover.geometry())
    popover.close()


def test_the_list_of_keys_scrolls_where_the_screen_is_low(window: MainWindow) -> None:
    listed = window.show_keys()
    page = listed.findChild(QScrollArea)
    assert page.verticalScrollBar().maximum() == 0, "a large screen shows it whole"
    listed.resize(listed.width(), 300)
    listed.repaint()
    assert page.verticalScrollBar().maximum() > 0
    assert all(in_sight(label, listed) for label in listed.findChildren(QLabel))
    listed.close()


def test_a_window_keeps_its_frame_on_the_screen_too(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: QSize(1000, 600))
    monkeypatch.setattr(MainWindow, "frameGeometry", lambda self: self.geometry().adjusted(-4, -32, 4, 4))
    window.window_size.fit()
    assert (window.width(), window.height()) == (992, 564)


def words_of_time(window: MainWindow) -> list[str]:
    return [label.text() for label in window.transport.controls.findChildren(QLabel) if label.isVisible()]


def test_in_a_narrow_window_the_words_of_time_go_and_its_controls_stay(window: MainWindow, qtbot: QtBot) -> None:
    words = [*HINTS, "step", "of 0", "speed", "steps/s"]
    assert words_of_time(window) == words
    window.resize(800, 470)
    wait_until(qtbot, lambda: window.width() == 800)
    settle(qtbot, window)
    transport = window.transport
    assert len(words_of_time(window)) < 4
    for control in (transport.play, transport.step, transport.scrub, transport.speed, transport.rate):
        assert control.isVisible() and in_sight(control, window)
    window.resize(1400, 900)
    wait_until(qtbot, lambda: words_of_time(window) == words)


def test_the_sliders_of_a_formula_stand_in_as_many_columns_as_there_is_room_for(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.session.set_formula("a*x^2 + b*y^2 + c*x + d*y")
    wait_until(qtbot, lambda: len(window.formula_bar.sliders) == 4)
    settle(qtbot, window)

    def columns() -> int:
        return len({slider.x() for slider in window.formula_bar.sliders.values()})

    assert columns() == 3
    window.resize(900, 470)
    wait_until(qtbot, lambda: columns() == 2)
    window.resize(1400, 900)
    wait_until(qtbot, lambda: columns() == 3)


def test_a_long_name_or_sentence_makes_the_window_no_wider(window: MainWindow, qtbot: QtBot) -> None:
    least = window.minimumSizeHint().width()
    window.session.set_look(window.session.racers[0].key, name="m" * 200)
    window.controller.runner.post(Step(5))
    wait_until(qtbot, lambda: window.frame.step == 5)
    window.notice.notify("A sentence " + "that goes on " * 40)
    window.transport.step.setText("1" * 300)
    window.transport.step.editingFinished.emit()
    settle(qtbot, window)
    assert window.minimumSizeHint().width() == least
    assert window.notice.close_button.isVisible() and in_sight(window.notice.close_button, window)


def test_a_sentence_about_time_leaves_the_formula_its_room(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_formula("a*x^2 + b*y^2")
    wait_until(qtbot, lambda: len(window.formula_bar.sliders) == 2)
    settle(qtbot, window)
    slider, message = window.formula_bar.sliders["a"], window.transport.message
    before = slider.mapTo(window, QPoint())
    window.transport.step.setText("0,5")
    window.transport.step.editingFinished.emit()
    settle(qtbot, window)
    assert slider.mapTo(window, QPoint()) == before and in_sight(slider, window)
    assert message.isVisible() and message.height() >= message.heightForWidth(message.width())


def test_a_legend_that_would_cover_a_small_plot_is_left_to_the_cards(window: MainWindow, qtbot: QtBot) -> None:
    legend = next(label for label in window.contour.findChildren(QLabel) if label.accessibleName() == "Legend")
    assert legend.isVisible()
    window.resize(900, 470)
    wait_until(qtbot, lambda: not legend.isVisible())
    window.resize(1400, 900)
    wait_until(qtbot, legend.isVisible)
