"""The window in which racers are tuned."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.session.choices import RacerChoice
from gui.session.racer_order import move
from gui.window.main_window import MainWindow
from gui.window.studies.tuning.dialog import STOPPED, TuningDialog
from gui.window.studies.tuning.search import loss_before
from tests.gui.person import wait_until

pytestmark = pytest.mark.one_window
BUDGET, TRIALS = 60, 9


def opened(qtbot: QtBot, window: MainWindow, key: int | None = None) -> TuningDialog:
    window.session.set_tuning(budget=BUDGET, trials=TRIALS)
    dialog = window.studies.open_tuning(key)
    wait_until(qtbot, lambda: dialog.isVisible() and dialog.up_to_date)
    return dialog


def tune(qtbot: QtBot, dialog: TuningDialog) -> None:
    dialog.bar.button.click()
    wait_until(qtbot, lambda: not dialog.work.under_way)


def type_into(qtbot: QtBot, field: object, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def adam(window: MainWindow) -> RacerChoice:
    return next(racer for racer in window.session.racers if racer.name == "Adam")


def test_a_card_tunes_its_racer_and_the_best_settings_are_used_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    key, before = adam(window).key, dict(adam(window).values)
    window.session.set_tuning(budget=BUDGET, trials=TRIALS)
    window.racers_panel.column.card(key).footer.tune.click()
    dialog = window.findChild(TuningDialog)
    wait_until(qtbot, lambda: [rows.key for rows in dialog.rows] == [key])
    tune(qtbot, dialog)
    (rows,), tuned = dialog.rows, dialog.found[key]
    assert len(tuned.trials) == TRIALS and tuned.evaluations <= BUDGET
    assert tuned.loss <= loss_before(tuned)
    assert "loss" in rows.loss_now.text() and "loss" in rows.loss_best.text()
    assert [curve.name for curve in dialog.plot.plot.curves] == ["Adam"]
    rows.use.click()
    assert adam(window).values["lr"] == tuned.settings["lr"]
    assert not rows.use.isEnabled()
    window.history.undo()
    assert adam(window).values == before
    assert rows.use.isEnabled()


def test_all_racers_are_tuned_with_as_many_trials_and_used_together(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("BFGS")
    before = [dict(racer.values) for racer in window.session.racers]
    dialog = opened(qtbot, window)
    tune(qtbot, dialog)
    assert dialog.found.keys() == {racer.key for racer in window.session.racers}
    assert {len(tuned.trials) for tuned in dialog.found.values()} == {TRIALS}
    assert all(tuned.evaluations <= BUDGET for tuned in dialog.found.values())
    window.history.note()
    dialog.use_all.click()
    assert [dict(racer.values) for racer in window.session.racers] != before
    window.history.undo()
    assert [dict(racer.values) for racer in window.session.racers] == before


def test_racers_that_stay_keep_their_rows_and_others_get_theirs_in_the_order_of_the_race(
    qtbot: QtBot, window: MainWindow
) -> None:
    session = window.session
    dialog = opened(qtbot, window)

    def keys_of_rows() -> list[int]:
        wait_until(qtbot, lambda: dialog.up_to_date)
        tops = [rows.section.y() for rows in dialog.rows]
        assert tops == sorted(tops)
        return [rows.key for rows in dialog.rows]

    before = list(dialog.rows)
    session.remove_racer(before[1].key)
    assert dialog.rows == [before[0], *before[2:]]
    session.add_racer("Lion")
    move(session, session.racers[-1].key, 1 - len(session.racers))
    assert keys_of_rows() == [racer.key for racer in session.racers]
    assert dialog.rows[1:] == [before[0], *before[2:]] and dialog.rows[0].name.isVisible()


def test_a_tuning_can_be_stopped(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    window.session.set_tuning(budget=100_000, trials=2000, seeds=20)
    dialog.found = {}
    dialog.bar.button.click()
    assert dialog.bar.button.text() == "Stop"
    dialog.bar.button.click()
    wait_until(qtbot, lambda: not dialog.work.under_way)
    assert dialog.bar.button.text() == "Tune"
    assert dialog.found or dialog.bar.words.text() == STOPPED


def test_the_search_space_is_shown_changed_and_undone(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, adam(window).key)
    (rows,) = dialog.rows
    assert [name for name, switch in rows.switches.items() if switch.isChecked()] == ["lr"]
    window.history.note()
    rows.switches["beta1"].click()
    type_into(qtbot, rows.ends["lr"][0], "0.01")
    assert rows.spaces["lr"].low == 0.01 and rows.spaces["beta1"].tuned
    tune(qtbot, dialog)
    found = dialog.found[adam(window).key]
    assert set(found.settings) == {"lr", "beta1"}
    assert all(trial.settings["lr"] >= 0.01 for trial in found.trials)
    window.history.undo()
    assert not rows.spaces["beta1"].tuned and rows.spaces["lr"].low < 0.01


def test_what_cannot_be_searched_is_said_beside_it_and_stays_what_it_was(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, adam(window).key)
    (rows,) = dialog.rows
    before = rows.spaces["lr"]
    type_into(qtbot, rows.ends["lr"][0], "20")
    assert "low end" in rows.mistake.text() and rows.spaces["lr"] == before
    type_into(qtbot, dialog.also, "Nowhere")
    assert 'There is no landscape "Nowhere"' in dialog.mistake.text() and window.session.tuning.also == ()
    type_into(qtbot, dialog.budget, "0")
    assert "from 1 to" in dialog.mistake.text() and window.session.tuning.budget == BUDGET


def test_without_a_finite_start_the_tuning_says_so(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    dialog.found = {}
    window.session.set_formula("log(x)")
    wait_until(qtbot, lambda: window.session.good_formula == "log(x)")
    window.session.set_start(-1.0, 0.0)
    tune(qtbot, dialog)
    assert "finite at the start (-1, 0)" in dialog.mistake.text()
    assert not dialog.found


def test_other_landscapes_count_too(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, adam(window).key)
    type_into(qtbot, dialog.also, "beale, TanhUnit")
    assert window.session.tuning.also == ("Beale", "TanhUnit")
    tune(qtbot, dialog)
    assert len(dialog.found[adam(window).key].steps) == 3
