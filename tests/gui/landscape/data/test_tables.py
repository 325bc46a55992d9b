"""Files of numbers in the real window: read while it goes on, fitted, kept and saved, and told where they are gone."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.data.rows import TableData, table_at
from engine.data.tables.file import MOST_ROWS, read_table
from engine.data.tables.table import Table
from gui.files.session_file import write_choices
from gui.landscape.data import table_reader
from gui.landscape.data.sliders import BATCH
from gui.landscape.data.table_popover import TablePopover
from gui.landscape.picker import SAVED
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.saved_landscape import FITTED, SavedLandscape
from gui.session.session import Session
from gui.session.table_models import line_formula, line_through
from gui.shell.app import SWITCH_INTERVAL_S, OpeningChoices, freeze_garbage_collection, open_window, picture
from gui.shell.command_table import fitted
from gui.shell.error_reporter import ErrorReporter
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.person import PATIENCE_MS, go_to, has_colour, pixels, put_away, save, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window

Opener = Callable[[Session], MainWindow]
LARGE_BYTES = 60_000_000
LONGEST_GAP_S = 0.1
"""Longest gap between two turns of the event loop that a person does not notice."""
LONGEST_PAUSE_S = 1.2
"""Longest single gap that is allowed, on a machine busy with other tests; reading the file takes twice as long."""


PENGUINS = "Species,Body Mass (kg),Flipper (mm)\n" + "".join(
    f"{'Adelie' if number % 2 else 'Gentoo'},{3 + number / 20:.2f},{180 + number + number % 3}\n"
    for number in range(40)
)


@pytest.fixture
def penguins(tmp_path: Path) -> Path:
    path = tmp_path / "penguins.csv"
    path.write_text(PENGUINS + "Adelie,,190\n")
    return path


def test_a_line_is_fitted_to_two_columns_of_a_table(window: MainWindow, qtbot: QtBot, penguins: Path) -> None:
    with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS) as read:
        window.tables.open(str(penguins))
    popover = next(child for child in window.findChildren(TablePopover) if child.isVisible())
    assert read.args[0] == str(penguins)
    assert (
        "1 row without a number left out: line 42 (empty)." in popover.remarks.text()
        and "Species" in popover.up.itemText(2)
    )
    popover.up.setCurrentIndex(0)
    assert not popover.fit.isEnabled() and popover.remarks.text() == "Choose two columns."
    popover.across.setCurrentIndex(1)
    popover.fit.click()
    settle(qtbot, window)
    assert window.frame.formula.text.endswith("mean((x*Flipper_mm_scaled + y - Body_Mass_kg)^2)")
    assert window.frame.formula.error is None and window.frame.columns.rows == 40
    assert list(window.formula_bar.data.sliders) == [BATCH]
    assert has_colour(pixels(window.bottom_panel.data), window.session.racers[-1].colour)


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "is empty"), (bytes(range(256)), "is no text"), (b"a,b\n1,2\n", "a single row")]
)
def test_a_file_that_is_no_table_is_told_and_the_race_goes_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "numbers.csv"
    path.write_bytes(content)
    before = window.session.formula
    with qtbot.waitSignal(window.tables.failed, timeout=PATIENCE_MS):
        window.tables.open(str(path))
    assert told in window.notice.label.text() and window.session.formula == before


@pytest.fixture
def log(window: MainWindow, tmp_path: Path) -> Iterator[Path]:
    """Report uncaught exceptions in the window and in a log file, as the program does; yield the file."""
    path = tmp_path / "errors.log"
    reporter = ErrorReporter(path)
    reporter.happened.connect(window.notice.notify)
    yield path
    reporter.release()


def fail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the next reading of a file fail, as a mistake in the program would."""
    mistakes = [KeyError("a mistake")]

    def read(*given: object) -> Table:
        if mistakes:
            raise mistakes.pop()
        return table_at(*given)

    monkeypatch.setattr(table_reader, "table_at", read)


def test_a_mistake_while_a_file_is_read_is_told_and_the_next_file_is_read(
    window: MainWindow, qtbot: QtBot, penguins: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_once(monkeypatch)
    with qtbot.waitSignal(window.tables.failed, timeout=PATIENCE_MS) as failed:
        window.tables.open(str(penguins))
    assert failed.args == [str(penguins), "Reading it failed (KeyError)."]
    assert window.notice.label.text() == f"Reading penguins.csv failed (KeyError). The details are in {log}."
    assert "in _read" in log.read_text() and "KeyError: 'a mistake'" in log.read_text()
    assert window.tables.path == "" and "Reading" not in window.status.note.text()
    with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS):
        window.tables.open(str(penguins))


def test_after_a_mistake_no_rows_are_waited_for_and_the_race_before_stays(
    window: MainWindow, qtbot: QtBot, penguins: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, landscape = window.session.formula, line_of(penguins, "Flipper_mm", "Body_Mass_kg")
    fail_once(monkeypatch)
    window.session.choose(landscape)
    wait_until(qtbot, log.exists)
    settle(qtbot, window)
    assert not window.controller.rows.is_pending and window.session.formula == before
    assert window.notice.label.text().startswith("Reading penguins.csv failed (KeyError).")
    window.session.choose(landscape)
    settle(qtbot, window)
    assert window.frame.formula.error is None and window.frame.columns.rows == 40


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a file that takes seconds to be read."""
    path, block = tmp_path / "large.csv", "".join(f"{row},{row % 97}.5,{row % 13}\n" for row in range(10_000))
    path.write_text("time,height,width\n" + block * (LARGE_BYTES // len(block)))
    return path


@pytest.fixture(autouse=True)
def threads_that_give_way() -> Iterator[None]:
    """Set the interval after which threads release the GIL to that of the program."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def gaps() -> Iterator[list[float]]:
    """Yield a list that fills with the times between successive turns of the event loop, in seconds."""
    moments, timer = [time.monotonic()], QTimer(interval=1)
    found: list[float] = []

    def note() -> None:
        moments.append(time.monotonic())
        found.append(moments[-1] - moments[-2])

    timer.timeout.connect(note)
    # As the program does; otherwise the collector would search the objects of a thousand other tests meanwhile.
    gc.collect()
    freeze_garbage_collection()
    timer.start()
    yield found
    timer.stop()
    gc.unfreeze()


@pytest.mark.own_window
def test_the_window_goes_on_while_a_large_file_is_read(
    window: MainWindow, qtbot: QtBot, large: Path, gaps: list[float]
) -> None:
    window.controller.toggle()
    wait_until(qtbot, lambda: window.frame.step > 5)
    gaps.clear()
    told: list[str] = []
    window.tables.progressed.connect(told.append)
    with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS):
        window.tables.open(str(large))
    assert np.quantile(gaps, 0.95) < LONGEST_GAP_S and max(gaps) < LONGEST_PAUSE_S
    assert told[0].startswith("Reading large.csv: ") and told[-1] == ""
    assert window.frame.playing and window.frame.formula.error is None


@pytest.mark.own_window
def test_another_file_gives_up_the_one_that_is_being_read(
    window: MainWindow, qtbot: QtBot, large: Path, penguins: Path
) -> None:
    read: list[str] = []
    window.tables.read.connect(lambda path, table: read.append(path))
    window.tables.open(str(large))
    wait_until(qtbot, lambda: "large.csv" in window.status.note.text())
    window.tables.open(str(penguins))
    wait_until(qtbot, lambda: bool(read))
    settle(qtbot, window)
    popovers = [child for child in window.findChildren(TablePopover) if child.isVisible()]
    assert read == [str(penguins)] and [popover.across.count() for popover in popovers] == [3]
    assert "Reading" not in window.status.note.text() and not window.notice.isVisible()


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """Start the program on a session that was kept."""
    windows = []

    def open_one(session: Session) -> MainWindow:
        write_choices(tmp_path / "session.json", session.choices())
        first = Session(CATALOGUE[FIRST_LANDSCAPE], list(FIRST_RACERS))
        windows.append(open_window(first, None, tmp_path / "session.json", restore=True))
        windows[-1].show()
        qtbot.waitExposed(windows[-1])
        QApplication.processEvents()
        return windows[-1]

    yield open_one
    put_away(*windows)


def line_of(path: Path, *names: str) -> SavedLandscape:
    """Return the loss of a line through columns of a file; the file need not exist."""
    formula, data = line_formula(*names, standardised=False), TableData(str(path), names, 7)
    return SavedLandscape("", formula, ((-2.0, 2.0), (-1.0, 1.0)), (), (0.5, 0.25), FITTED, data=data)


def test_a_window_is_painted_before_the_file_of_its_session_is_read(
    qtbot: QtBot, start: Opener, large: Path, gaps: list[float]
) -> None:
    window = start(Session(line_of(large, "height", "width"), ["SGD", "Lion"]))
    assert window.frame is None and window.controller.rows.is_pending
    assert window.contour.panels[0].visible_bounds() == window.session.bounds
    assert window.formula_bar.editor.toPlainText() == "mean((x*height + y - width)^2)"
    assert [card.name.text() for card in window.racers_panel.cards] == ["SGD", "Lion"]
    wait_until(qtbot, lambda: window.status.note.text().startswith("Reading large.csv: "))
    gaps.clear()
    wait_until(qtbot, lambda: not window.controller.rows.is_pending)
    assert max(gaps) < LONGEST_PAUSE_S
    wait_until(qtbot, lambda: window.frame is not None)
    assert window.frame.formula.text == window.session.formula and window.frame.terrain.bounds == window.session.bounds
    assert window.frame.columns.rows == window.session.data.rows > MOST_ROWS / 2


@pytest.mark.parametrize("content", [None, "", "mass,length\n1,2\n2,3\n"], ids=["gone", "empty", "other columns"])
def test_a_session_whose_file_cannot_be_read_keeps_everything_else(
    qtbot: QtBot, start: Opener, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "penguins.csv").write_text(content)
    session = Session(line_of(tmp_path / "penguins.csv", "flipper", "mass"), ["SGD", "Lion"])
    session.set_speed(321.0)
    window = start(session)
    wait_until(qtbot, lambda: window.frame is not None)
    assert window.notice.isVisible() and window.notice.label.text().startswith("penguins.csv: ")
    assert window.notice.label.text().endswith(f"So {FIRST_LANDSCAPE} is raced on.")
    assert window.session.landscape == FIRST_LANDSCAPE and window.frame.formula.error is None
    assert [racer.name for racer in window.session.racers] == ["SGD", "Lion"] and window.session.speed == 321.0


@pytest.fixture
def saved(window: MainWindow, qtbot: QtBot, penguins: Path) -> MainWindow:
    """Return a window that shows another landscape, after a line through a file was saved as "my penguins"."""
    window.session.choose(line_through(str(penguins), read_table(penguins), ("Flipper_mm", "Body_Mass_kg"), True))
    settle(qtbot, window)
    save(qtbot, window, "my penguins")
    window.session.choose(CATALOGUE["Beale"])
    settle(qtbot, window)
    return window


@pytest.mark.own_window
def test_a_line_through_a_file_is_saved_and_comes_back(saved: MainWindow, qtbot: QtBot) -> None:
    picker = saved.formula_bar.landscape.open_picker()
    picker.chips.switches[SAVED].click()
    assert "Fitted to 40 rows of penguins.csv: Flipper_mm, Body_Mass_kg." in picker.details.words.text()
    picker.details.take.click()
    settle(qtbot, saved)
    assert saved.frame.columns.rows == 40 and saved.session.landscape == "my penguins"
    assert has_colour(pixels(saved.bottom_panel.data), saved.session.racers[-1].colour)
    assert not saved.notice.isVisible()


@pytest.mark.own_window
def test_a_file_that_has_changed_since_is_told_and_read(saved: MainWindow, qtbot: QtBot, penguins: Path) -> None:
    penguins.write_text(PENGUINS + "Adelie,3.5,190\n")
    saved.session.choose(saved.library.find("my penguins"))
    settle(qtbot, saved)
    assert saved.notice.label.text() == "penguins.csv has changed since it was chosen; it has 41 rows now."
    assert saved.frame.columns.rows == 41 and saved.formula_bar.data.sliders[BATCH].value == 41


@pytest.mark.own_window
def test_a_landscape_whose_file_is_gone_is_told_and_what_was_there_stays(
    saved: MainWindow, qtbot: QtBot, penguins: Path
) -> None:
    type_formula(qtbot, saved, "x^2 + k*y^2")
    settle(qtbot, saved)
    go_to(qtbot, saved, 12)
    penguins.unlink()
    saved.session.choose(saved.library.find("my penguins"))
    settle(qtbot, saved)
    told = saved.notice.label.text()
    assert told.startswith("penguins.csv: This file cannot be read: ") and told.endswith(
        "the formula before is raced on."
    )
    assert saved.formula_bar.editor.toPlainText() == saved.frame.formula.text == "x^2 + k*y^2"
    assert saved.frame.formula.error is None and not saved.bottom_panel.data.isVisible()


def test_a_picture_of_a_table_shows_the_race_after_its_steps(penguins: Path, tmp_path: Path, opengl: None) -> None:
    landscape = fitted(str(penguins), ("flipper", "body"), None, ((-1, 1), (-1, 1)), (0, 0))
    choices = OpeningChoices(landscape, ["SGD(lr=0.1)"], theme="dark")
    pictures, others = [tmp_path / f"{steps}.png" for steps in (0, 30)], set(QApplication.topLevelWidgets())
    for path in pictures:
        assert picture(choices, path, int(path.stem), (1200, 800)) == 0
    made = set(QApplication.topLevelWidgets()) - others
    put_away(*(widget for widget in made if isinstance(widget, MainWindow)))
    first, later = (QImage(str(path)) for path in pictures)
    assert first.size() == later.size() == QSize(1200, 800) and first != later
