"""The window of the standings, beside a race of thirty-four racers."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.racers.standings.columns import COLUMNS
from gui.racers.standings.table import StandingsTable
from gui.window.main_window import MainWindow
from tests.gui.person import activated, go_to, has_colour, pixels, settle, wait_until

TITLES = [column.title for column in COLUMNS]
MANY = 34


def opened(qtbot: QtBot, window: MainWindow) -> StandingsTable:
    """Open the table with its key."""
    qtbot.keyClick(
        window.contour.panels[0], Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    table = window.findChild(StandingsTable)
    wait_until(qtbot, lambda: activated(table))
    return table


def press_title(qtbot: QtBot, table: StandingsTable, title: str) -> None:
    header = table.view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(TITLES.index(title)) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press_row(qtbot: QtBot, table: StandingsTable, row: int) -> None:
    place = table.view.visualRect(table.model.index(row, TITLES.index("Loss"))).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def shown(table: StandingsTable, title: str) -> list[str]:
    column = TITLES.index(title)
    return [str(table.model.index(row, column).data()) for row in range(table.model.rowCount())]


def test_the_table_orders_copies_and_shows_racers_while_they_race(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    for _ in range(MANY - len(session.racers)):
        session.duplicate_racer(session.racers[-1].key)
    wait_until(qtbot, lambda: len(window.frame.racers) == MANY)
    go_to(qtbot, window, 60)
    table = opened(qtbot, window)
    assert shown(table, "Rank") == [str(racer.rank) for racer in sorted(window.frame.racers, key=lambda r: r.rank)]

    press_title(qtbot, table, "Loss")
    losses = [float(text) for text in shown(table, "Loss")]
    assert losses == sorted(losses)
    press_title(qtbot, table, "Loss")
    assert shown(table, "Loss") == [
        f"{loss:.4g}" for loss in sorted((r.loss for r in window.frame.racers), reverse=True)
    ]

    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    titles, *lines = QGuiApplication.clipboard().text().splitlines()
    assert titles.split("\t") == TITLES
    assert [line.split("\t")[1] for line in lines] == shown(table, "Racer")
    assert {float(line.split("\t")[2]) for line in lines} == {racer.loss for racer in window.frame.racers}

    last = session.racers[-1].key
    row = [row.key for row in table.model.rows].index(last)
    table.view.scrollTo(table.model.index(row, 0))
    press_row(qtbot, table, row)
    settle(qtbot, window)
    card = window.racers_panel.column.card(last)
    wait_until(qtbot, lambda: not card.visibleRegion().isEmpty())
    assert card.is_hovered

    # The window's keys are heard beside the table, and the chosen racer stays chosen wherever its row goes.
    step = window.frame.step
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    wait_until(qtbot, lambda: window.frame.step > step + 20)
    press_title(qtbot, table, "Rank")
    selected = table.view.selectionModel().selectedRows()
    assert [table.model.rows[index.row()].key for index in selected] == [last]
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    wait_until(qtbot, lambda: not window.frame.playing)
    qtbot.keyClick(table.view, Qt.Key.Key_Escape)
    assert not table.isVisible()
    assert not card.is_hovered


def test_the_table_tells_distance_arrival_and_state_and_follows_colours(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_hyperparameter(window.session.racers[0].key, "lr", 5.0)
    go_to(qtbot, window, 2000)
    window.racers_panel.standings.click()
    table = window.findChild(StandingsTable)
    rows = {row.name: row for row in table.model.rows}
    assert rows["SGD"].status.startswith("diverged at step")
    assert rows["SGD"].evaluations is not None and rows["SGD"].evaluations < 2000
    assert rows["Adam"].arrived is not None and rows["Adam"].distance is not None and rows["Adam"].distance < 0.1
    assert rows["Adam"].evaluations == 2000
    assert has_colour(pixels(table.view), window.theme.error)
    window.session.set_look(window.session.racers[3].key, name="The fastest")
    assert "The fastest" in shown(table, "Racer")
    wait_until(qtbot, lambda: all(row.time_ms is not None for row in table.model.rows))
    times = {row.name: row.time_ms for row in table.model.rows}
    # SGD had diverged after a few steps.
    assert 0.0 < times["SGD"] < times["The fastest"] < 1000.0 and "–" not in shown(table, "Time (ms)")
    window.session.minima = []
    window.session.looks_changed.emit()
    assert set(shown(table, "Distance")) == {"–"}
    press_row(qtbot, table, 0)
    window.close()
    assert not table.isVisible()
