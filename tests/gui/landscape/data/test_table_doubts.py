"""A file that may be read in two ways: the window and the shell say which, offer the other, keep the choice."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.data.rows import TableData
from engine.data.tables.file import read_table
from engine.data.tables.reading import POINT, Reading
from gui.files.session_file import read_choices, write_choices
from gui.landscape.data.table_popover import TablePopover
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.saved_landscape import FITTED, SavedLandscape
from gui.session.session import Session
from gui.session.table_models import line_formula
from gui.shell.app import open_window
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.called import Finished, call
from tests.gui.person import PATIENCE_MS, put_away, save, settle, wait_until

pytestmark = pytest.mark.one_window

ROOT = Path(__file__).parents[4]
DOUBT = '"12,345" in "u" is read as 12.345; it may mean 12345.'


@pytest.fixture
def commas(tmp_path: Path) -> Path:
    """Return a table whose commas may be decimal commas or separate thousands."""
    path = tmp_path / "commas.csv"
    path.write_text("u;v\n" + "".join(f"{12 + row},{345 + row};{row}\n" for row in range(20)) + '14,500;"7\n1;2;3\n')
    return path


def opened(window: MainWindow, qtbot: QtBot, path: Path) -> TablePopover:
    with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS):
        window.tables.open(str(path))
    return next(child for child in window.findChildren(TablePopover) if child.isVisible())


def test_the_window_says_how_it_reads_a_column_and_a_click_reads_it_otherwise(
    window: MainWindow, qtbot: QtBot, commas: Path, tmp_path: Path
) -> None:
    popover = opened(window, qtbot, commas)
    assert [sentence.text() for sentence in popover.doubts.sentences] == [DOUBT]
    assert 'line 22 (""7")' in popover.remarks.text() and "line 23 (3 cells instead of 2)" in popover.remarks.text()
    with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS):
        popover.doubts.offers[0].click()
    assert popover.isVisible() and popover.isEnabled() and popover.doubts.offers[0].text() == "Read it as 12.345"
    assert popover.doubts.offers[0].hasFocus()
    popover.fit.click()
    settle(qtbot, window)
    assert window.frame.columns["u"][0] == 12345
    assert window.session.data.reading == Reading(decimals=(("u", POINT),))
    write_choices(tmp_path / "session.json", window.session.choices())
    assert read_choices(tmp_path / "session.json").data == window.session.data


def test_the_popover_is_as_high_as_its_sentences_ask_for(window: MainWindow, qtbot: QtBot, commas: Path) -> None:
    popover = opened(window, qtbot, commas)
    before = popover.height()
    for _ in range(3):
        with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS):
            popover.doubts.offers[0].click()
    assert popover.height() == before
    popover.up.setCurrentIndex(0)
    assert popover.remarks.text() == "Choose two columns." and popover.height() < before


def test_titles_that_are_numbers_may_be_taken_for_a_row(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "years.csv"
    path.write_text("Country,1990,2000,2010\nFrance,58.2,60.9,64.6\nItaly,56.7,57,59\nSpain,38.9,40.6,46.6\n")
    popover = opened(window, qtbot, path)
    assert [popover.up.itemText(place) for place in range(popover.up.count())] == ["1990", "2000", "2010"]
    popover.up.setCurrentIndex(2)
    with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS):
        popover.doubts.offers[0].click()
    assert [popover.up.itemText(place) for place in range(popover.up.count())] == ["column 2", "column 3", "column 4"]
    assert popover.up.currentIndex() == 2 and popover.doubts.offers[0].text() == "Take line 1 for titles"


def test_a_file_that_is_gone_when_it_is_to_be_read_otherwise_is_told(
    window: MainWindow, qtbot: QtBot, commas: Path
) -> None:
    popover = opened(window, qtbot, commas)
    commas.unlink()
    with qtbot.waitSignal(window.tables.failed, timeout=PATIENCE_MS):
        popover.doubts.offers[0].click()
    assert window.notice.label.text().startswith("commas.csv: This file cannot be read")
    assert not any(child.isVisible() for child in window.findChildren(TablePopover))


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("This system has no named pipes.")
    os.mkfifo(tmp_path / "pipe.csv")
    return tmp_path / "pipe.csv"


def test_a_pipe_is_refused_in_the_window_which_still_closes(window: MainWindow, qtbot: QtBot, pipe: Path) -> None:
    with qtbot.waitSignal(window.tables.failed, timeout=PATIENCE_MS):
        window.tables.open(str(pipe))
    assert window.notice.label.text().startswith("pipe.csv: This file cannot be read: it is a pipe.")


@pytest.fixture
def restored(qtbot: QtBot, tmp_path: Path) -> Iterator[list[MainWindow]]:
    windows: list[MainWindow] = []
    yield windows
    put_away(*windows)


def restore(windows: list[MainWindow], session: Session, folder: Path) -> MainWindow:
    """Start the program on a session that was kept."""
    write_choices(folder / "session.json", session.choices())
    first = Session(CATALOGUE[FIRST_LANDSCAPE], list(FIRST_RACERS))
    windows.append(open_window(first, None, folder / "session.json", restore=True))
    windows[-1].show()
    return windows[-1]


def line_of(path: Path, reading: Reading) -> SavedLandscape:
    formula, data = line_formula("u", "v", standardised=False), TableData(str(path), ("u", "v"), 20, reading=reading)
    return SavedLandscape("", formula, ((-2.0, 2.0), (-1.0, 1.0)), (), (0.5, 0.25), FITTED, data=data)


def test_a_session_reads_its_file_as_was_chosen(
    qtbot: QtBot, restored: list[MainWindow], commas: Path, tmp_path: Path
) -> None:
    window = restore(restored, Session(line_of(commas, Reading(decimals=(("u", POINT),))), ["SGD"]), tmp_path)
    wait_until(qtbot, lambda: window.frame is not None)
    assert window.frame.columns["u"][0] == 12345


def test_a_session_that_names_a_pipe_keeps_everything_else(
    qtbot: QtBot, restored: list[MainWindow], pipe: Path, tmp_path: Path
) -> None:
    window = restore(restored, Session(line_of(pipe, Reading()), ["SGD", "Lion"]), tmp_path)
    wait_until(qtbot, lambda: window.frame is not None)
    assert "it is a pipe" in window.notice.label.text() and window.session.landscape == FIRST_LANDSCAPE
    assert [racer.name for racer in window.session.racers] == ["SGD", "Lion"]


def test_a_saved_landscape_keeps_how_its_file_is_read(window: MainWindow, qtbot: QtBot, commas: Path) -> None:
    window.session.choose(line_of(commas, Reading(decimals=(("u", POINT),))))
    settle(qtbot, window)
    save(qtbot, window, "my commas")
    window.session.choose(CATALOGUE["Beale"])
    window.session.choose(window.library.find("my commas"))
    settle(qtbot, window)
    assert window.frame.columns["u"][0] == 12345


def race(*arguments: str) -> Finished:
    return call("--headless", "--racer", "Newton(lr=1)", "--steps", "3", *arguments)


def test_a_shell_is_told_and_may_choose(commas: Path) -> None:
    told = race("--table", str(commas)).stderr.splitlines()
    assert told[0] == f"commas.csv: {DOUBT} Read it as 12345 with --decimal u=point."
    assert 'commas.csv: 1 row without a number left out: line 22 (""7").' in told
    model = ["--table", str(commas), "--formula", "mean((x*u + y - v)^2)", "--columns", "u", "v"]
    ends = [race(*model, *choice).stdout for choice in ([], ["--decimal", "point"], ["--decimal", "u=point"])]
    assert ends[1] == ends[2] != ends[0]
    assert "Read it as 12.345 with --decimal u=comma." in race(*model, "--decimal", "point").stderr
    assert read_table(commas).values["u"][0] == 12.345


def test_a_shell_may_choose_titles(tmp_path: Path) -> None:
    (tmp_path / "bare.csv").write_text("1,2\n3,5\n6,7\n")
    assert "Take line 1 for titles with --titles yes." in race("--table", str(tmp_path / "bare.csv")).stderr
    assert race("--table", str(tmp_path / "bare.csv"), "--titles", "yes", "--columns", "1", "2").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--decimal", "dot"], "--decimal wants comma, point or a column such as v=comma, not dot."),
        (["--decimal", "w=point"], 'No column of numbers is called "w"'),
        (["--titles", "maybe"], "invalid choice"),
    ],
)
def test_a_choice_that_there_is_not_is_told(commas: Path, arguments: list[str], words: str) -> None:
    result = race("--table", str(commas), *arguments)
    assert result.returncode == 2 and words in result.stderr and "Traceback" not in result.stderr


def test_a_choice_without_a_table_and_a_pipe_are_told(pipe: Path) -> None:
    assert race("--decimal", "comma").stderr == "--decimal goes with --table.\n"
    result = race("--table", str(pipe))
    assert result.returncode == 2 and result.stderr.startswith("pipe.csv: This file cannot be read: it is a pipe.")


def test_a_session_of_an_older_program_knows_nothing_of_readings(commas: Path, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    write_choices(path, Session(line_of(commas, Reading(titles=True)), ["SGD"]).choices())
    record = json.loads(path.read_text())
    del record["session"]["data"]["reading"]
    path.write_text(json.dumps(record))
    assert read_choices(path).data.reading == Reading()
