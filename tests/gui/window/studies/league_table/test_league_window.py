"""The window of the league."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from gui.window.studies.league_table import playing
from gui.window.studies.league_table.dialog import STOPPED, LeagueDialog
from gui.window.studies.league_table.model import HEAD
from landscapes import CATALOGUE
from tests.gui.person import wait_until

pytestmark = pytest.mark.one_window
BUDGET = 30


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(playing, "saved_folder", lambda: tmp_path)
    return tmp_path


def opened(window: MainWindow, **choice: object) -> LeagueDialog:
    window.session.set_league(**{"field": "this race", "tags": ("noisy",), "budget": BUDGET, "trials": 2, **choice})
    return window.studies.open_league()


def race(qtbot: QtBot, dialog: LeagueDialog) -> None:
    dialog.bar.button.click()
    wait_until(qtbot, lambda: not dialog.work.under_way)


def tagged(tag: str) -> list[str]:
    return [entry.name for entry in CATALOGUE.values() if tag in entry.tags]


def test_a_league_has_a_row_for_each_racer_and_opens_each_of_its_races(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    dialog = opened(window)
    assert f"4 racers on {len(tagged('noisy'))} landscapes" in dialog.count.text()
    race(qtbot, dialog)
    model = dialog.model
    assert model.rowCount() == 4 and list(model.landscapes) == tagged("noisy")
    means = [float(model.index(row, 1).data()) for row in range(4)]
    assert means == sorted(means)
    assert len(dialog.plot.curves) == 4
    dialog.table.setCurrentIndex(model.index(0, len(HEAD)))
    row = dialog.row
    assert row is not None and row.landscape in dialog.cell.text()
    before = window.session.landscape
    window.history.note()
    dialog.open_race.click()
    assert window.session.landscape == row.landscape and window.session.start == row.starts[0]
    assert any(row.settings.items() <= racer.values.items() for racer in window.session.racers)
    window.history.undo()
    assert window.session.landscape == before


def test_a_stopped_league_goes_on_from_its_file(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    dialog = opened(window, tags=("ravine",), budget=500, trials=20)
    dialog.bar.button.click()
    wait_until(qtbot, lambda: any(folder.rglob("*.csv")) or not dialog.work.under_way)
    dialog.bar.button.click()
    wait_until(qtbot, lambda: not dialog.work.under_way)
    assert dialog.bar.words.text() == STOPPED
    (kept,) = folder.rglob("*.csv")
    raced = kept.read_bytes()
    window.session.set_league(tags=("noisy",))
    race(qtbot, dialog)
    assert kept.read_bytes().startswith(raced) and len(dialog.model.landscapes) == len(tagged("noisy"))


def test_the_file_of_another_version_is_left_as_it_is(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    dialog = opened(window)
    choice, racers = window.session.league, playing.racers_for(window.session.league, window.session.racers)
    path = playing.file_of(racers, choice, window.session.randomness.seed)
    path.parent.mkdir(parents=True)
    path.write_text("format,racer,something\n9,Adam,else\n")
    race(qtbot, dialog)
    assert "another version" in dialog.mistake.text()
    assert path.read_text() == "format,racer,something\n9,Adam,else\n"


def test_a_full_disk_is_told_and_the_rows_that_are_kept_stay_whole(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog, write, room = opened(window), os.write, [3]

    def write_while_there_is_room(handle: int, data: bytes) -> int:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, data)

    monkeypatch.setattr(os, "write", write_while_there_is_room)
    race(qtbot, dialog)
    monkeypatch.undo()
    monkeypatch.setattr(playing, "saved_folder", lambda: folder)
    assert "cannot be written any more: No space left on device. The rows in it are whole" in dialog.mistake.text()
    (kept,) = folder.rglob("*.csv")
    assert len(kept.read_text().splitlines()) == 4
    race(qtbot, dialog)
    assert dialog.mistake.text() == "" and dialog.model.rowCount() == 4


def test_a_folder_that_cannot_be_made_is_told(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    (folder / playing.FOLDER).write_text("in the way")
    dialog = opened(window)
    race(qtbot, dialog)
    assert (
        dialog.mistake.text().startswith(f"{playing.FOLDER} cannot be made: ") and "[Errno" not in dialog.mistake.text()
    )


def test_a_budget_of_nothing_is_refused_beside_the_field(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(window)
    dialog.budget.selectAll()
    qtbot.keyClicks(dialog.budget, "0")
    qtbot.keyClick(dialog.budget, Qt.Key.Key_Return)
    assert "from 1 to" in dialog.mistake.text() and window.session.league.budget == BUDGET


def test_racers_of_ones_own_are_no_part_of_it(window: MainWindow) -> None:
    for racer in list(window.session.racers):
        window.session.remove_racer(racer.key)
    window.session.add_own_rule()
    dialog = opened(window)
    assert "no racer of the catalogue" in dialog.count.text()
    dialog.bar.button.click()
    assert "no racer of the catalogue" in dialog.mistake.text() and not dialog.work.under_way


def test_what_is_chosen_is_undone(window: MainWindow) -> None:
    dialog = opened(window)
    window.history.note()
    dialog.tags.switches["convex"].click()
    assert "convex" in window.session.league.tags
    window.history.undo()
    assert "convex" not in window.session.league.tags and not dialog.tags.switches["convex"].isChecked()
