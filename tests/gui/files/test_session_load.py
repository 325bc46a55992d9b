"""The window of a kept session is there at once, whatever the file holds; what takes long goes on behind it."""

import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files import session_keeper
from gui.files.record_file import RecordError
from gui.files.session_file import read_choices, read_session, write_choices
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.shell.app import open_window
from gui.window.main_window import MainWindow
from gui.window.status_line import WORKING
from landscapes import LANDSCAPES
from tests.gui.files.spoilt_sessions import HEAVY, TRIGAMMAS, racer, spoilt_files
from tests.gui.person import put_away, wait_until
from tests.pace import is_within

FILES = 200
PAINTED_S = 1.0
"""Most processor time of the window's thread until the first paint: half of the time that a person may wait."""
READ_S = 0.5

pytestmark = pytest.mark.usefixtures("memory_of_others_aside")


@pytest.fixture
def session_file(tmp_path: Path) -> Path:
    path = tmp_path / "session.json"
    write_choices(path, Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)).choices())
    return path


@pytest.fixture
def windows() -> Iterator[list[MainWindow]]:
    opened: list[MainWindow] = []
    yield opened
    put_away(*opened)


def change(path: Path, **entries: object) -> None:
    record = json.loads(path.read_text())
    record["session"].update(entries)
    path.write_text(json.dumps(record))


class FirstPaint(QObject):
    """An event filter that records the first paint of a window."""

    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def opened(windows: list[MainWindow], path: Path) -> MainWindow:
    """Open the window on a saved session, and return it once it is painted."""
    windows.append(open_window(Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)), None, path, restore=True))
    paint = FirstPaint()
    windows[-1].installEventFilter(paint)
    windows[-1].show()
    while not paint.seen:
        QApplication.processEvents()
    return windows[-1]


def test_a_file_with_anything_wrong_in_it_is_read_or_refused_in_a_sentence_and_soon(session_file: Path) -> None:
    good = json.loads(session_file.read_text())
    refused = 0
    for text in itertools.islice(spoilt_files(good, seed=1), FILES):
        session_file.write_text(text, encoding="utf-8", errors="surrogatepass")
        began = time.thread_time()
        try:
            read_session(session_file, session_keeper.READING_S)
        except RecordError as error:
            refused += 1
            assert str(error).endswith(".")
        assert is_within(time.thread_time() - began, READ_S), text[:200]
    assert refused > FILES / 4, "most of what is broken is noticed"


@pytest.mark.parametrize("kind", HEAVY)
def test_a_window_with_much_to_do_is_painted_at_once(
    qapp: QApplication, session_file: Path, windows: list[MainWindow], kind: str
) -> None:
    change(session_file, **HEAVY[kind])
    began = time.thread_time()
    window = opened(windows, session_file)
    assert is_within(time.thread_time() - began, PAINTED_S)
    assert not window.notice.label.text(), "it is a session that can be read"


def test_racers_whose_rules_take_long_to_read_join_behind_the_window_and_none_is_lost(
    qtbot: QtBot, session_file: Path, windows: list[MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_keeper, "READING_S", 0.0)
    rules = [f"w = w - lr*g*{number}" for number in range(1, 8)]
    change(session_file, racers=[racer("SGD", rule) for rule in rules])
    window = open_window(Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)), None, session_file, restore=True)
    windows.append(window)
    assert window.keeper.pending == len(rules) - 1, "the window does not wait for them"
    window.keeper.save()
    assert [each.rule for each in read_choices(session_file).racers] == rules, "kept meanwhile"
    window.show()
    wait_until(qtbot, lambda: window.keeper.pending == 0 and len(window.racers_panel.cards) == len(rules))
    assert [each.rule for each in window.session.racers] == rules


def test_racers_that_cannot_join_are_told(
    qtbot: QtBot, session_file: Path, windows: list[MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_keeper, "READING_S", 0.0)
    change(session_file, racers=[racer("Adam"), racer("SGD", "w = w -"), racer("Lion")])
    window = opened(windows, session_file)
    wait_until(qtbot, lambda: window.keeper.pending == 0)
    wait_until(qtbot, lambda: "cannot be restored" in window.notice.label.text())
    assert [each.optimizer for each in window.session.racers] == ["Adam", "Lion"]


def test_settings_that_a_file_lacks_are_those_of_the_rule(session_file: Path) -> None:
    change(session_file, racers=[{**racer("Adam"), "values": {"lr": 0.3}}])
    (adam,) = read_choices(session_file).racers
    assert (adam.values["lr"], adam.values["beta1"]) == (0.3, 0.9)


def test_what_takes_long_shows_that_it_is_under_way(
    qtbot: QtBot, session_file: Path, windows: list[MainWindow]
) -> None:
    change(session_file, landscape="", formula=TRIGAMMAS, good_formula=TRIGAMMAS)
    window = opened(windows, session_file)
    wait_until(qtbot, lambda: window.status.work.isVisible() or window.frame is not None)
    assert window.frame is not None or window.status.work.text() == WORKING
    wait_until(qtbot, lambda: window.frame is not None and not window.status.work.isVisible())


def test_a_formula_that_reads_but_has_too_long_slopes_is_told_over_a_flat_landscape(
    qtbot: QtBot, session_file: Path, windows: list[MainWindow]
) -> None:
    too_much = "sum(trigamma(x*i)*y, i, 1, 600)"
    change(session_file, landscape="", formula=too_much, good_formula=too_much)
    window = opened(windows, session_file)
    wait_until(qtbot, lambda: window.frame is not None and window.frame.formula.error is not None)
    assert "too much to compile" in str(window.frame.formula.error)
    assert window.frame.formula.text == "0" and window.formula_bar.editor.toPlainText() == too_much
    window.formula_bar.editor.setPlainText("x^2 + y^2")
    wait_until(qtbot, lambda: window.frame.formula.text == "x^2 + y^2" and window.frame.formula.error is None)
