"""Maps of settings of odd landscapes, racers and axes: they are drawn, or a sentence says why not."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.race.race import Race
from gui.session.study_choices import AxisChoice
from gui.window.main_window import MainWindow
from gui.window.studies.settings_map.dialog import SettingsMapDialog
from landscapes import CATALOGUE
from tests.gui.person import wait_until

pytestmark = pytest.mark.one_window
STEPS = 40
RATES, MOMENTA = AxisChoice("lr", 1e-3, 1.0, "log"), AxisChoice("momentum", 0.0, 0.9, "linear")


def opened(qtbot: QtBot, window: MainWindow, formula: str = "", **choice: object) -> SettingsMapDialog:
    session = window.session
    if formula:
        session.set_formula(formula)
        wait_until(qtbot, lambda: session.good_formula == formula)
    axes = {"racer": "Momentum", "axes": (RATES, MOMENTA)}
    session.set_settings_map(**{**axes, "steps": STEPS, "kind": "map", "result": "loss", **choice})
    dialog = window.studies.open_settings_map()
    dialog.resize(360, 420)
    whole(qtbot, dialog)
    return dialog


def whole(qtbot: QtBot, dialog: SettingsMapDialog) -> None:
    qtbot.wait(30)
    wait_until(qtbot, lambda: dialog.up_to_date)


def begin_at(qtbot: QtBot, window: MainWindow, dialog: SettingsMapDialog, x: float) -> None:
    window.session.set_start(x, 0.0)
    wait_until(qtbot, lambda: dialog.drawn.request.ground.start == (x, 0.0) and dialog.up_to_date)


def type_into(qtbot: QtBot, field: object, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def assert_cells_are_racers(window: MainWindow, dialog: SettingsMapDialog) -> None:
    """Compare some cells with races of the session's settings, bit for bit."""
    ground, (sweep,) = dialog.drawn.request.ground, dialog.drawn.stage.sweeps.values()
    loss, (first, second) = ground.loss(), sweep.axes.values()
    for row, column in ((0, 0), (len(first) // 2, len(second) // 3), (-1, -1)):
        rule = ground.rule(dialog.racer)
        rule.set(**dict(zip(sweep.axes, (float(first[row]), float(second[column])), strict=True)))
        race = Race(loss, [rule], ground.start, seed=ground.randomness.seed, batch=ground.batch_of(loss))
        race.advance(STEPS)
        expected = float(loss.value(*race.positions[0]))
        diverged = race.status[0].startswith("diverged")
        assert sweep.losses[row, column] == (np.inf if diverged else expected)


def test_a_plane_of_which_half_has_no_loss_is_red_where_racers_go_there(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_start(0.5, 0.0)
    dialog = opened(qtbot, window, "sqrt(x) + 3x + y^2")
    (sweep,) = dialog.drawn.stage.sweeps.values()
    assert sweep.diverges.any() and dialog.mistake.text() == ""
    assert_cells_are_racers(window, dialog)
    begin_at(qtbot, window, dialog, -0.5)
    assert dialog.best.text() == "Every racer diverges here." and not dialog.use.isEnabled()
    begin_at(qtbot, window, dialog, 0.5)
    assert dialog.use.isEnabled()


def test_mini_batches_of_a_landscape_from_data_are_those_of_the_race(qtbot: QtBot, window: MainWindow) -> None:
    window.session.choose(CATALOGUE["LinearRegression"])
    window.session.set_batch(8)
    dialog = opened(qtbot, window)
    assert dialog.drawn.request.ground.batch == 8
    assert_cells_are_racers(window, dialog)


def test_a_rule_with_random_numbers_draws_in_each_cell_those_of_the_race(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("NoisySGD")
    noise = AxisChoice("temperature", 0.01, 1.0, "log")
    dialog = opened(qtbot, window, "x^2 + 3*y^2", racer="NoisySGD", axes=(RATES, noise))
    assert [axis.name for axis in dialog.axes] == ["lr", "temperature"]
    assert_cells_are_racers(window, dialog)


def test_a_solver_that_rests_keeps_its_loss_to_the_last_step(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("BFGS")
    dialog = opened(qtbot, window, "x^2 + 3*y^2", racer="BFGS", axes=())
    (sweep,) = dialog.drawn.stage.sweeps.values()
    assert np.isfinite(sweep.losses).all() and sweep.losses.min() < 1e-12 and dialog.mistake.text() == ""


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        ("0.1", "0.1", "The low end must be below the high end."),
        ("0", "1", "A log scale begins above 0."),
        ("inf", "1", "must be"),
        ("1e400", "1", "must be"),
    ],
    ids=["empty", "log of 0", "infinite", "beyond float64"],
)
def test_ends_that_make_no_axis_are_refused_at_their_place_and_the_map_stays(
    qtbot: QtBot, window: MainWindow, low: str, high: str, sentence: str
) -> None:
    dialog = opened(qtbot, window, "x^2 + 3*y^2")
    shown, axes = dialog.view.map, window.session.settings_map.axes
    row = dialog.controls.axes[0]
    type_into(qtbot, row.high, high)
    type_into(qtbot, row.low, low)
    assert sentence in dialog.mistake.text()
    assert window.session.settings_map.axes[0].low == axes[0].low
    assert high != "1" or dialog.view.map is shown
    row.show_axis(axes[0], dialog.numbers)


def test_an_axis_beyond_the_ends_of_its_slider_is_raced_as_it_is(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "x^2 + 3*y^2", axes=(AxisChoice("lr", 0.5, 50.0, "log"), MOMENTA))
    (sweep,) = dialog.drawn.stage.sweeps.values()
    assert sweep.axes["lr"].max() > 49.0 and sweep.diverges[-1].all()


def test_no_steps_are_refused_beside_the_field(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "x^2 + 3*y^2")
    type_into(qtbot, dialog.controls.steps, "0")
    assert "from 1 to" in dialog.mistake.text() and window.session.settings_map.steps == STEPS


def test_the_curve_over_a_parameter_of_the_formula_marks_its_value_of_now(qtbot: QtBot, window: MainWindow) -> None:
    window.session.choose(CATALOGUE["Rosenbrock"])
    wait_until(qtbot, lambda: window.frame.formula.parameters.get("b") == 100.0)
    dialog = opened(qtbot, window, kind="curve", axes=(AxisChoice("b", 1.0, 200.0, "linear"),))
    assert [curve.ring[0] for curve in dialog.curves.curves] == [100.0] * len(window.session.racers)
    window.session.set_parameter("b", 50.0)
    wait_until(qtbot, lambda: {curve.ring[0] for curve in dialog.curves.curves} == {50.0})
