"""A landscape turned under the racers, drawn at other heights, and seen in part, in the real window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from engine.live import live_race
from engine.loss.heights import HEIGHTS
from gui.files.session_file import read_choices, write_choices
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import drag, go_to, pixels, settle, wait_until

pytestmark = pytest.mark.one_window

STEPS = 40


@pytest.fixture(autouse=True)
def time_to_race_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a race the time to be run again to its end, even on a busy machine."""
    monkeypatch.setattr(live_race, "REPEAT_S", 10.0)


def asked(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the newest frame contains the answer to the newest command."""
    wait_until(qtbot, lambda: window.frame.answered == window.controller.runner.newest_request)
    settle(qtbot, window)


def test_a_slider_turns_the_landscape_its_minima_and_its_start(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, STEPS)
    before, picture = window.frame, pixels(window.contour)
    popover = window.formula_bar.landscape.open_transform()
    popover.sliders["angle"].field.setText("90")
    popover.sliders["angle"].field.editingFinished.emit()
    popover.close()
    asked(qtbot, window)
    x, y = LANDSCAPES[FIRST_LANDSCAPE].start
    assert window.frame.start == (-y, x) and window.frame.step == STEPS
    turned = {(round(-y, 6), round(x, 6)) for x, y in LANDSCAPES[FIRST_LANDSCAPE].minima}
    assert {(round(x, 6), round(y, 6)) for x, y in window.contour.minima} == turned
    for racer, old in zip(window.frame.racers, before.racers, strict=True):
        assert racer.loss == pytest.approx(old.loss, rel=1e-3), "no optimizer minds a right angle"
    # The view is a little lower now: what turned the landscape stands beneath its name.
    turned_picture = pixels(window.contour)
    assert (turned_picture != picture[: len(turned_picture)]).any()
    assert "90°" in window.formula_bar.landscape.transform.text() and window.formula_bar.landscape.transform.isVisible()


def test_turned_a_little_sgd_runs_the_same_race_and_adam_another(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, STEPS)
    before = window.frame
    window.session.set_transform(30.0, 1.0, (0.0, 0.0))
    asked(qtbot, window)
    losses = {racer.name: (old.loss, new.loss) for racer, old, new in
              zip(window.session.racers, before.racers, window.frame.racers, strict=True)}  # fmt: skip
    assert losses["SGD"][1] == pytest.approx(losses["SGD"][0], rel=1e-6)
    assert losses["Adam"][1] != pytest.approx(losses["Adam"][0], rel=1e-2)


def test_a_click_on_the_chip_lays_the_landscape_back_exactly(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, STEPS)
    before, chip, height = window.frame, window.formula_bar.landscape.transform, window.formula_bar.height()
    assert not chip.isVisible()
    for angle in (13.0, 37.0, 52.0):
        window.session.set_transform(angle, 1.7, (0.25, -1.0))
    asked(qtbot, window)
    assert chip.isVisible()
    window.session.set_bounds(((-1.0, 1.0), (-1.0, 1.0)))
    asked(qtbot, window)
    assert window.formula_bar.landscape.domain.isVisible() and window.formula_bar.height() == height
    window.session.set_bounds(window.session.domain)
    chip.click()
    asked(qtbot, window)
    assert not chip.isVisible()
    assert window.frame.start == before.start
    np.testing.assert_allclose(window.frame.terrain.values, before.terrain.values, rtol=1e-12, atol=1e-12)
    assert [racer.position for racer in window.frame.racers] == [racer.position for racer in before.racers]


def test_another_landscape_is_not_turned_and_undoing_turns_back(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_transform(30.0, 2.0, (0.0, 0.0))
    window.session.choose(LANDSCAPES["Beale"])
    assert window.session.transform.is_identity and not window.formula_bar.landscape.transform.isVisible()
    window.formula_bar.editor.undo()
    assert window.session.transform.angle == 30.0 and window.formula_bar.landscape.transform.isVisible()


def test_a_start_dragged_on_a_turned_landscape_stays_where_it_was_put(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_transform(30.0, 1.0, (0.0, 0.0))
    asked(qtbot, window)
    panel = window.contour.panels[0]
    where = QPointF(panel.mapFromScene(panel.getPlotItem().getViewBox().mapViewToScene(QPointF(*window.session.start))))
    drag(panel.viewport(), where, where + QPointF(40, 30))
    put = window.session.start
    window.session.set_transform(0.0, 1.0, (0.0, 0.0))
    window.session.set_transform(30.0, 1.0, (0.0, 0.0))
    assert window.session.start == pytest.approx(put)


@pytest.mark.parametrize("kind", HEIGHTS)
def test_the_switch_changes_both_views_and_keeps_the_race(
    qtbot: QtBot, window: MainWindow, opengl: None, kind: str
) -> None:
    go_to(qtbot, window, STEPS)
    other = next(height for height in HEIGHTS if height != kind)
    window.session.set_height(other)
    asked(qtbot, window)
    surface, contour, frame = pixels(window.surface), pixels(window.contour), window.frame
    window.height_switch.buttons[kind].click()
    asked(qtbot, window)
    assert (pixels(window.surface) != surface).mean() > 0.05 and (pixels(window.contour) != contour).mean() > 0.05
    assert window.frame.step == STEPS and window.frame.terrain.values is frame.terrain.values
    assert window.session.height == kind
    assert [action.data() for action in window.menus.heights.actions() if action.isChecked()] == [kind]


def test_what_is_seen_becomes_the_domain_of_both_views_and_back(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, STEPS)
    panel, chip = window.contour.panels[0], window.formula_bar.landscape.domain
    panel.getPlotItem().getViewBox().setRange(xRange=(0, 4), yRange=(1, 3), padding=0)
    settle(qtbot, window)
    seen = panel.visible_bounds()
    window.contour.domain_button.click()
    asked(qtbot, window)
    assert window.frame.terrain.bounds == seen and window.frame.step == STEPS
    if window.surface.available:
        assert window.surface.shown_terrain == window.frame.terrain.number
    assert np.array(panel.visible_bounds()) == pytest.approx(np.array(seen))
    assert chip.isVisible()
    chip.click()
    asked(qtbot, window)
    assert window.frame.terrain.bounds == LANDSCAPES[FIRST_LANDSCAPE].domain and not chip.isVisible()


def test_panning_samples_what_is_seen_in_the_pixels_of_the_plot(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.contour.panels[0]
    box = panel.getPlotItem().getViewBox()
    settle(qtbot, window)
    for _ in range(5):
        box.translateBy(x=0.3)
        seen = panel.visible_bounds()
        wait_until(
            qtbot,
            lambda seen=seen: (
                window.frame.detail is not None
                and np.array(window.frame.detail.bounds) == pytest.approx(np.array(seen))
            ),
        )
    assert window.frame.detail.heights.shape[::-1] == panel.pixels()


def test_transform_height_and_domain_come_back_with_the_session(tmp_path: Path) -> None:
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
    session.set_transform(30.0, 2.0, (0.5, 1.0))
    session.set_bounds(((0.0, 1.0), (0.0, 2.0)))
    session.set_height("rank")
    session.set_favourite("Beale", True)
    write_choices(tmp_path / "session.json", session.choices())
    again = Session(LANDSCAPES["Beale"], list(FIRST_RACERS))
    again.take(read_choices(tmp_path / "session.json"))
    assert (again.transform, again.bounds, again.domain) == (session.transform, session.bounds, session.domain)
    assert (again.height, again.favourites, again.start) == ("rank", ["Beale"], session.start)
    again.set_transform(0.0, 1.0, (0.0, 0.0))
    assert again.start == pytest.approx(LANDSCAPES[FIRST_LANDSCAPE].start)
