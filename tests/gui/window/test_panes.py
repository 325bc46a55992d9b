"""Every pane can be resized, hidden and made large, and comes back as it was."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QSplitterHandle, QWidget
from pytestqt.qtbot import QtBot

from gui.files.record_file import RecordError
from gui.files.session_file import read_choices, write_choices
from gui.look import style
from gui.look.theme import DARK, FRAME_PX
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.shell.app import open_window
from gui.views.label_place import free_place, places_of
from gui.window.main_window import MainWindow
from gui.window.panes.bottom_panel import LEAST_CURVES_PX
from gui.window.window_size import WindowSize
from landscapes import DATA_LANDSCAPES, LANDSCAPES
from tests.gui.person import PATIENCE_MS, activated, put_away, settle, wait_until

pytestmark = pytest.mark.one_window

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
HIDING_KEYS = {"formula": Qt.Key.Key_4, "chart": Qt.Key.Key_5, "racers": Qt.Key.Key_6}


@pytest.fixture
def started(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], MainWindow]]:
    """Yield a function that starts the program with the session of `tmp_path`."""
    windows = []

    def start() -> MainWindow:
        style.apply(QApplication.instance(), DARK)
        session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
        windows.append(open_window(session, "dark", tmp_path / "session.json", restore=True))
        windows[-1].show()
        wait_until(qtbot, lambda: activated(windows[-1]))
        qtbot.waitUntil(lambda: windows[-1].frame is not None, timeout=PATIENCE_MS)
        windows[-1].resize(1280, 720)
        wait_until(qtbot, lambda: windows[-1].width() == 1280)
        settle(qtbot, windows[-1])
        return windows[-1]

    yield start
    put_away(*windows)


def panes(window: MainWindow) -> dict[str, QWidget]:
    return {"formula": window.central.formula, "chart": window.bottom_panel, "racers": window.racers_panel}


def handle_beside(pane: QWidget) -> QSplitterHandle:
    splitter = pane.parentWidget()
    assert isinstance(splitter, QSplitter)
    return splitter.handle(max(splitter.indexOf(pane), 1))


def pull(handle: QSplitterHandle, right: int, down: int) -> None:
    """Drag a handle, which moves along: the places of the pointer are those of the screen."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    start = QPointF(handle.mapToGlobal(handle.rect().center()))
    for kind, share, button, held in (
        (QEvent.Type.MouseButtonPress, 0.0, left, left), (QEvent.Type.MouseMove, 0.5, none, left),
        (QEvent.Type.MouseMove, 1.0, none, left), (QEvent.Type.MouseButtonRelease, 1.0, left, none),
    ):  # fmt: skip
        place = start + QPointF(right, down) * share
        event = QMouseEvent(kind, handle.mapFromGlobal(place), place, button, held, NONE)
        QApplication.sendEvent(handle, event)


def sizes(window: MainWindow) -> list[int]:
    return [
        window.racers_panel.width(), window.bottom_panel.height(), window.central.formula.height(),
        window.surface.width(),
    ]  # fmt: skip


def test_panes_keep_the_sizes_that_a_person_drags_them_to_until_the_next_start(
    qtbot: QtBot, started: Callable[[], MainWindow]
) -> None:
    window = started()
    automatic = sizes(window)
    pull(handle_beside(window.racers_panel), -60, 0)
    pull(handle_beside(window.bottom_panel), 0, -30)
    pull(handle_beside(window.central.formula), 0, -20)
    pull(handle_beside(window.surface), 50, 0)
    settle(qtbot, window)
    chosen = sizes(window)
    assert np.abs(np.subtract(chosen[:3], automatic[:3]) - [60, 30, -20]).max() <= 2
    card = window.racers_panel.cards[0]
    assert card.width() > 350, "the cards are as wide as their pane"
    qtbot.keyClick(window, HIDING_KEYS["racers"], CONTROL)
    assert not window.racers_panel.isVisible()
    window.close()

    again = started()
    assert not again.racers_panel.isVisible()
    assert again.session.hidden_panes == ["racers"]
    qtbot.keyClick(again, HIDING_KEYS["racers"], CONTROL)
    settle(qtbot, again)
    assert sizes(again) == chosen
    QTest.mouseDClick(handle_beside(again.racers_panel), Qt.MouseButton.LeftButton)
    assert again.racers_panel.width() == automatic[0], "a double click makes a size automatic again"
    again.session.reset_panes()
    settle(qtbot, again)
    assert sizes(again) == automatic


def test_curves_that_could_not_be_read_beside_data_and_a_rule_are_hidden(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1366, 768)
    window.edit_some_rule()
    settle(qtbot, window)
    assert window.curves.isVisible() and window.curves.width() >= LEAST_CURVES_PX
    window.session.choose(DATA_LANDSCAPES["LogisticRegression"])
    wait_until(qtbot, lambda: window.bottom_panel.data.isVisible())
    settle(qtbot, window)
    assert not window.curves.isVisible(), "data and rule share the room"
    window.bottom_panel.rule.close_rule()
    settle(qtbot, window)
    assert window.bottom_panel.data.isVisible() and window.curves.width() >= LEAST_CURVES_PX


def test_each_pane_can_be_hidden_and_what_opens_in_it_brings_it_back(qtbot: QtBot, window: MainWindow) -> None:
    for name, pane in panes(window).items():
        qtbot.keyClick(window, HIDING_KEYS[name], CONTROL)
        assert not pane.isVisible() and not window.pane_menu.switches[name].isChecked()
    settle(qtbot, window)
    assert window.contour.height() > 0.8 * window.central.height(), "the views take the room"
    window.edit_some_rule()
    assert window.bottom_panel.isVisible() and not window.curves.isVisible(), "a rule needs no chart"
    window.bottom_panel.rule.close_rule()
    assert not window.bottom_panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    assert window.central.formula.isVisible() and QApplication.focusWidget() is window.formula_bar.editor
    qtbot.keyClick(window, HIDING_KEYS["formula"], CONTROL)
    assert QApplication.focusWidget() is window.contour.panels[0], "no hidden field has the keyboard"
    for name in ("formula", "chart", "racers"):
        qtbot.keyClick(window, HIDING_KEYS[name], CONTROL)
    assert all(pane.isVisible() for pane in panes(window).values())


def shown(window: MainWindow) -> set[str]:
    parts = {"3-D": window.surface, "contour": window.contour, **panes(window)}
    return {name for name, part in parts.items() if part.isVisible()}


def test_one_view_fills_the_window_and_gives_it_back(qtbot: QtBot, opengl: None, window: MainWindow) -> None:
    everything = shown(window)
    contour, block, left = window.contour.panels[0], window.surface.panels[0], Qt.MouseButton.LeftButton
    contour.setFocus()
    qtbot.keyClick(contour, Qt.Key.Key_F)
    assert shown(window) == {"contour"} and window.transport.isVisible()
    settle(qtbot, window)
    qtbot.keyClick(contour, Qt.Key.Key_F)
    assert shown(window) == everything
    settle(qtbot, window)
    block.setFocus()
    qtbot.keyClick(block, Qt.Key.Key_F)
    assert shown(window) == {"3-D"}, "the key was that of its front view once"
    settle(qtbot, window)
    window.surface.controls.fill.click()
    assert shown(window) == everything
    settle(qtbot, window)
    for view in (contour.viewport(), block, window.curves.viewport()):
        QTest.mouseDClick(view, left, NONE, QPoint(4, 4))
        assert len(shown(window)) == 1, "beside the landscape, or beside the curves"
        settle(qtbot, window)
        window.session.set_views("both") if view is block else qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F)
        assert shown(window) == everything
        settle(qtbot, window)
    domain = contour.visible_bounds()
    contour.show_bounds(((0.0, 1.0), (0.0, 1.0)))
    QTest.mouseDClick(contour.viewport(), left)
    assert np.array(contour.visible_bounds()) == pytest.approx(np.array(domain)) and shown(window) == everything


def test_f11_is_the_full_screen_and_back(qtbot: QtBot, window: MainWindow) -> None:
    for full in (True, False):
        qtbot.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen() is full


def test_a_low_window_has_a_chart_to_read_three_cards_and_a_hint_beside_play(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 720)
    wait_until(qtbot, lambda: window.height() == 720)
    settle(qtbot, window)
    assert window.curves.height() >= 120
    seen = window.racers_panel.scroll_area.viewport()
    cards = [QRect(card.mapTo(seen, QPoint()), card.size()) for card in window.racers_panel.cards]
    assert sum(seen.rect().contains(card) for card in cards) >= 3
    hint, transport = window.transport.hints[0], window.transport
    assert hint.isVisible() and "Space" in hint.text()
    after_play = [part for part in transport.controls.findChildren(QWidget) if part.x() > transport.play.x()]
    assert sorted(after_play, key=lambda part: part.x()).index(hint) == 1, "only the button of one step is between them"
    assert "Ctrl+click" in "".join(label.text() for label in transport.hints if label.isVisible())


def legend_of(window: MainWindow) -> QLabel:
    return next(label for label in window.contour.findChildren(QLabel) if label.accessibleName() == "Legend")


@pytest.mark.parametrize("size", [(1280, 720), (1600, 1000)])
def test_the_legend_covers_neither_start_nor_minimum(qtbot: QtBot, same_window: MainWindow, size: tuple) -> None:
    window, panel = same_window, same_window.contour.panels[0]
    window.resize(*size)
    wait_until(qtbot, lambda: (window.width(), window.height()) == size)
    settle(qtbot, window)
    places, box = set(), panel.getPlotItem().getViewBox()
    for start in [(-5.5, 5.5), (-5.5, -5.5), (5.0, 5.0), (5.0, -5.5), (-5.0, 0.0), (0.0, 0.0)]:
        window.session.set_start(*start)
        wait_until(qtbot, lambda start=start: window.frame.start == start)
        settle(qtbot, window)
        legend = legend_of(window)
        assert legend.isVisible()
        places.add(legend.pos().toTuple())
        for mark in [start, *window.session.shown_minima]:
            at = panel.mapFromScene(box.mapViewToScene(QPointF(*mark)))
            assert not legend.geometry().contains(at), mark
    assert len(places) > 1, "it moves away"


def test_a_label_stays_where_it_is_free_and_else_goes_to_the_emptiest_corner() -> None:
    plot, size = QRect(0, 0, 400, 300), QSize(100, 80)
    places = [QRect(place, size) for place in places_of(plot, size)]
    middles = np.array([place.center().toTuple() for place in places], float)
    crowd = np.repeat(middles[:4], [0, 3, 1, 2], axis=0)
    assert free_place(plot, size, 0, np.empty((0, 2)), lambda: crowd) == 0
    assert free_place(plot, size, 0, middles[:1], lambda: crowd) == 2
    assert free_place(plot, size, 0, middles[:4], lambda: crowd) in (4, 5, 6, 7), "the middle of a side, at last"
    assert free_place(plot, size, 0, middles, lambda: crowd) is None


def test_the_first_window_fits_the_screen_with_its_frame(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: QSize(1200, 690))
    monkeypatch.setattr(QScreen, "availableGeometry", lambda screen: QRect(40, 30, 1200, 690))
    WindowSize(window, "")
    assert (window.width(), window.height()) == (1200 - FRAME_PX[0], 690 - FRAME_PX[1])
    monkeypatch.setattr(MainWindow, "frameGeometry", lambda self: QRect(0, 0, self.width() + 8, self.height() + 40))
    moved = []
    monkeypatch.setattr(MainWindow, "move", lambda self, place: moved.append(place.toTuple()))
    window.window_size.fit()
    assert (window.width(), window.height()) == (1192, 650)
    assert moved == [(40, 30)], "no panel of the desktop covers it"


def test_a_size_is_noted_at_once_so_that_what_is_written_next_has_it(window: MainWindow) -> None:
    before = window.size()
    window.resize(1111, 777)
    QApplication.sendEvent(window, QResizeEvent(window.size(), before))
    kept = QWidget()
    kept.restoreGeometry(QByteArray.fromBase64(window.keeper.now.choices.geometry.encode()))
    assert (kept.width(), kept.height()) == (1111, 777)


def test_a_session_of_an_older_program_shows_all_panes_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    path, session = tmp_path / "session.json", Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
    session.show_pane("chart", False)
    session.set_pane_sizes({"racers": 400.0})
    write_choices(path, session.choices())
    assert read_choices(path).hidden_panes == ["chart"] and read_choices(path).pane_sizes == {"racers": 400.0}
    record = json.loads(path.read_text())
    del record["session"]["hidden_panes"], record["session"]["pane_sizes"]
    path.write_text(json.dumps(record))
    assert not read_choices(path).hidden_panes and not read_choices(path).pane_sizes
    record["session"]["hidden_panes"] = ["cellar"]
    path.write_text(json.dumps(record))
    with pytest.raises(RecordError, match='"hidden_panes"'):
        read_choices(path)
