"""The window with maps of two settings."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.session.choices import RacerChoice
from gui.session.study_choices import AxisChoice
from gui.window.main_window import MainWindow
from gui.window.studies.settings_map.dialog import NO_RACER, ONE_NUMBER, SIZE, TOO_NEAR, SettingsMapDialog
from gui.window.studies.settings_map.numbers import drawn_axis
from tests.gui.person import drag, pixels, wait_until

pytestmark = pytest.mark.one_window
AXES = (AxisChoice("lr", 0.1, 4.1, "linear"), AxisChoice("momentum", 0.0, 0.95, "linear"))
STEPS = 200
DEEP = 400
"""Notches of the wheel, beyond what float64 can tell apart."""


def momentum(window: MainWindow) -> RacerChoice:
    return next(racer for racer in window.session.racers if racer.name == "Momentum")


def opened(qtbot: QtBot, window: MainWindow, **choice: object) -> SettingsMapDialog:
    """Open the map of Momentum on a bowl."""
    session = window.session
    session.set_formula("x^2/2 + y^2/2")
    wait_until(qtbot, lambda: session.good_formula == session.formula)
    session.set_start(1.0, 0.5)
    session.set_settings_map(
        **{"racer": "Momentum", "axes": AXES, "steps": STEPS, "kind": "map", "result": "loss", **choice}
    )
    dialog = window.studies.open_settings_map()
    dialog.resize(460, 520)
    whole(qtbot, dialog)
    return dialog


def whole(qtbot: QtBot, dialog: SettingsMapDialog) -> None:
    qtbot.wait(30)
    wait_until(qtbot, lambda: dialog.up_to_date)


def wheel(dialog: SettingsMapDialog, place: QPointF, angle: int) -> None:
    event = QWheelEvent(
        place, dialog.view.mapToGlobal(place), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(dialog.view, event)


def test_the_border_of_heavy_ball_on_a_bowl_is_that_of_theory_to_a_pixel(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, steps=2000)
    (sweep,) = dialog.drawn.stage.sweeps.values()
    rates, momenta = sweep.axes.values()
    cell = rates[1] - rates[0]
    border = 2.0 * (1.0 + momenta)
    unstable = rates[:, np.newaxis] > border + cell
    stable = rates[:, np.newaxis] < border - cell
    assert sweep.diverges[unstable].all() and not sweep.diverges[stable].any()
    assert "dimension 1.0" in dialog.border.text() or "dimension 0.9" in dialog.border.text()
    assert "boxes of 2, 4" in dialog.border.text()


def test_the_race_follows_the_cross_and_one_undo_takes_it_back(qtbot: QtBot, window: MainWindow) -> None:
    dialog, before = opened(qtbot, window), dict(momentum(window).values)
    window.session.take_settings(momentum(window).key, {"lr": 1.0, "momentum": 0.5})
    window.history.clear()
    whole(qtbot, dialog)
    wait_until(qtbot, lambda: dialog.view.cross == (1.0, 0.5))
    drag(dialog.view, dialog.view.place(1.0, 0.5), dialog.view.place(3.0, 0.2))
    values = momentum(window).values
    assert values["lr"] == pytest.approx(3.0, abs=0.05) and values["momentum"] == pytest.approx(0.2, abs=0.02)
    window.history.undo()
    assert momentum(window).values == {**before, "lr": 1.0, "momentum": 0.5}


def test_the_wheel_zooms_until_float64_ends_and_a_double_click_shows_all(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    place = dialog.view.place(2.6, 0.3)
    for _ in range(DEEP):
        wheel(dialog, place, 120)
    whole(qtbot, dialog)
    axis = drawn_axis(window.session.settings_map.axes[0])
    assert (AXES[0].high - AXES[0].low) / (axis.high - axis.low) > 1e10
    assert "as deep as the map goes" in dialog.mistake.text()
    assert axis.low <= 2.61 and axis.high >= 2.59
    (sweep,) = dialog.drawn.stage.sweeps.values()
    assert sweep.stride == 1 and len(np.unique(sweep.axes["lr"])) == len(sweep.axes["lr"])
    qtbot.mouseDClick(dialog.view, Qt.MouseButton.LeftButton, pos=dialog.view.plot_rect.center().toPoint())
    whole(qtbot, dialog)
    assert dialog.drawn.request.axes == tuple(drawn_axis(dialog.numbers[name].first) for name in ("lr", "momentum"))


def test_axes_change_places_and_a_wrong_one_is_refused_at_its_place(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    first = dialog.controls.axes[0]
    first.name.setCurrentText("momentum")
    first.name.activated.emit(first.name.currentIndex())
    assert [axis.name for axis in window.session.settings_map.axes] == ["momentum", "lr"]
    before = window.session.settings_map.axes
    first.low.selectAll()
    qtbot.keyClicks(first.low, "7")
    qtbot.keyClick(first.low, Qt.Key.Key_Return)
    assert "low end must be below" in dialog.mistake.text()
    assert window.session.settings_map.axes == before


def test_a_parameter_of_the_formula_can_be_an_axis(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    window.session.set_formula("h*x^2/2 + y^2/2")
    wait_until(qtbot, lambda: "h" in dialog.numbers)
    window.session.set_settings_map(axes=(AXES[0], AxisChoice("h", 0.1, 3.0, "log")))
    whole(qtbot, dialog)
    (sweep,) = dialog.drawn.stage.sweeps.values()
    # The momentum is the one that the racer has.
    rates, curvatures = sweep.axes.values()
    steep = np.maximum(curvatures, 1.0)
    assert sweep.diverges[rates[:, np.newaxis] * steep > 4.2].all()
    dialog.view.cross_moved.emit(1.0, 2.0)
    assert window.session.parameters["h"] == 2.0


def test_the_curve_has_a_line_for_every_racer(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, kind="curve", axes=(AxisChoice("lr", 1e-4, 10.0, "log"),))
    assert [curve.name for curve in dialog.curves.curves] == [racer.name for racer in window.session.racers]
    assert not dialog.view.isVisible() and dialog.curves.isVisible()


def test_every_colour_shows_something_else(qtbot: QtBot, window: MainWindow) -> None:
    dialog, seen = opened(qtbot, window), []
    for result in ("loss", "steps", "escape"):
        window.session.set_settings_map(result=result)
        whole(qtbot, dialog)
        seen.append(pixels(dialog.view))
    assert all((one != other).any() for one, other in zip(seen, [*seen[1:], seen[0]], strict=True))


def test_the_best_cell_can_be_raced(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    best = dialog.drawn.best
    assert best is not None
    dialog.use.click()
    assert momentum(window).values["lr"] == best.x and momentum(window).values["momentum"] == best.y


def test_a_refusal_leaves_the_map_its_size_so_that_none_is_computed_anew(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    dialog.resize(SIZE)
    whole(qtbot, dialog)
    before, drawn = dialog.view.size(), dialog.drawn
    for sentence in (f"momentum: {TOO_NEAR}", ONE_NUMBER, NO_RACER):
        dialog.mistake.say(sentence)
        whole(qtbot, dialog)
        assert dialog.mistake.isVisible() and dialog.view.size() == before and dialog.drawn is drawn, sentence
    dialog.mistake.say("")
    whole(qtbot, dialog)
    assert dialog.view.size() == before and dialog.drawn is drawn


def test_without_racers_the_window_says_so_and_keeps_its_picture(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    shown = dialog.view.map
    for racer in list(window.session.racers):
        window.session.remove_racer(racer.key)
    whole(qtbot, dialog)
    assert "no racer" in dialog.mistake.text()
    assert dialog.view.map is shown
