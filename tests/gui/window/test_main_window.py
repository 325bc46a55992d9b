"""The real window, used as a person uses it."""

import sys

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.live.commands import Step
from gui.look.theme import DARK, FRAME_PX
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.views.legend import Legend
from gui.window.main_window import MainWindow
from gui.window.window_menus import EDIT, FILE, HELP, LANDSCAPE, RACE, VIEW
from landscapes import LANDSCAPES
from tests.gui.person import colour_count, drag, go_to, has_colour, pixels, settle, type_formula, wait_until

pytestmark = pytest.mark.one_window

REPAINTS = 300


def test_the_first_start_is_a_race_that_waits_for_the_space_bar(qtbot: QtBot, window: MainWindow) -> None:
    assert [racer.name for racer in window.session.racers] == ["SGD", "Momentum", "RMSProp", "Adam"]
    assert window.frame is not None and window.frame.step == 0
    assert "Space" in window.transport.hints[0].text()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    wait_until(qtbot, lambda: window.frame.step > 5 and window.frame.playing)
    assert window.transport.hints[0].text() == ""
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    wait_until(qtbot, lambda: not window.frame.playing)


def test_the_contour_view_shows_the_racers_in_their_colours(qtbot: QtBot, window: MainWindow) -> None:
    before = pixels(window.contour)
    go_to(qtbot, window, 60)
    after = pixels(window.contour)
    assert len(np.unique(after.reshape(-1, 3), axis=0)) > 500
    assert (before != after).any()
    for racer in window.session.racers:
        assert has_colour(after, racer.colour), racer.name


def test_the_3d_view_shows_the_racers_in_their_colours(qtbot: QtBot, opengl: None, window: MainWindow) -> None:
    before = pixels(window.surface)
    go_to(qtbot, window, 25)
    after = pixels(window.surface)
    assert len(np.unique(after.reshape(-1, 3), axis=0)) > 500
    assert (before != after).sum() > 100
    shown = [racer for racer in window.session.racers if has_colour(after, racer.colour)]
    assert len(shown) >= 3, "racers may hide one another, but not all"


def test_a_typed_formula_changes_both_views_and_makes_sliders(qtbot: QtBot, opengl: None, window: MainWindow) -> None:
    surface, contour = pixels(window.surface).mean(), pixels(window.contour).mean()
    type_formula(qtbot, window, "x^2 + stretch*y^2")
    wait_until(qtbot, lambda: "stretch" in window.frame.formula.parameters)
    settle(qtbot, window)
    assert pixels(window.surface).mean() != surface
    assert pixels(window.contour).mean() != contour
    assert list(window.formula_bar.sliders) == ["stretch"]
    assert window.formula_bar.landscape.button.text() == "your own formula"


def test_a_wrong_formula_is_underlined_and_told_while_the_landscape_stays(qtbot: QtBot, window: MainWindow) -> None:
    terrain = window.frame.terrain.number
    window.formula_bar.editor.setPlainText("sinn(x) + y")
    wait_until(qtbot, lambda: window.frame.formula.error is not None)
    assert window.formula_bar.message.sentence == '"sinn" is not known. Did you mean "sin"?'
    assert window.formula_bar.message.isVisible()
    (underlined,) = window.formula_bar.editor.extraSelections()
    assert underlined.cursor.selectedText() == "sinn"
    assert window.frame.terrain.number == terrain


def test_a_picked_landscape_shows_its_formula_and_its_minima(qtbot: QtBot, window: MainWindow) -> None:
    window.formula_bar.landscape.open_picker().chosen.emit(LANDSCAPES["Beale"])
    wait_until(qtbot, lambda: window.frame.terrain.bounds == LANDSCAPES["Beale"].domain)
    assert window.formula_bar.editor.toPlainText() == LANDSCAPES["Beale"].formula
    assert window.contour.minima == ((3, 0.5),)


def test_dragging_the_start_restarts_the_race_from_there(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 30)
    panel = window.contour.panels[0]
    box = panel.getPlotItem().getViewBox()
    where = QPointF(panel.mapFromScene(box.mapViewToScene(QPointF(*window.session.start))))
    drag(panel.viewport(), where, where + QPointF(60, 40))
    wait_until(qtbot, lambda: window.frame.step == 0 and window.frame.start != LANDSCAPES[FIRST_LANDSCAPE].start)
    assert window.frame.start[0] > LANDSCAPES[FIRST_LANDSCAPE].start[0]
    assert window.frame.start[1] < LANDSCAPES[FIRST_LANDSCAPE].start[1]


def test_arrow_keys_nudge_the_start(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.contour.panels[0], Qt.Key.Key_Right)
    wait_until(qtbot, lambda: window.frame.start[0] > LANDSCAPES[FIRST_LANDSCAPE].start[0])


def test_side_by_side_is_a_panel_a_racer_with_linked_axes(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 40)
    window.landscape_views.switch_layout()
    settle(qtbot, window)
    panels = window.contour.panels
    assert len(panels) == 4
    panels[0].getPlotItem().getViewBox().setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    settle(qtbot, window)
    assert panels[3].visible_bounds()[0] == pytest.approx(panels[0].visible_bounds()[0], abs=0.05)
    sizes = np.array([panel.pixels() for panel in panels])
    assert np.ptp(sizes, axis=0).max() <= 3, "equal room, though only the outer plots bear numbers"
    numbers = [
        tuple(panel.getPlotItem().getAxis(side).label.isVisible() for side in ("left", "bottom")) for panel in panels
    ]
    assert numbers == [(True, False), (False, False), (True, True), (False, True)]
    window.landscape_views.switch_layout()
    assert len(window.contour.panels) == 1


def test_side_by_side_no_button_covers_a_plot_or_a_title(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_look(window.session.racers[1].key, name="a name that is too long for any title")
    go_to(qtbot, window, 40)
    window.landscape_views.switch_layout()
    settle(qtbot, window)
    panel = window.contour.panels[1]
    title, plot = panel.getPlotItem().titleLabel, panel.getPlotItem().getViewBox()
    words = title.mapRectToScene(title.itemRect())
    assert words.width() > 0
    for button in (window.contour.controls.layout, window.contour.controls.whole):
        covered = QRectF(QRect(panel.mapFrom(window.contour, button.pos()), button.size()))
        assert not covered.intersects(words)
        assert not covered.intersects(plot.sceneBoundingRect())


def test_racers_can_be_added_duplicated_hidden_and_removed(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("Lion")
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)
    go_to(qtbot, window, 40)
    red = window.session.racers[0]
    assert has_colour(pixels(window.contour), red.colour)
    window.session.set_look(red.key, visible=False)
    settle(qtbot, window)
    assert not has_colour(pixels(window.contour), red.colour)
    window.session.duplicate_racer(red.key)
    wait_until(qtbot, lambda: len(window.frame.racers) == 6)
    assert len({racer.colour for racer in window.session.racers}) == 6
    assert window.frame.racers[5].position == window.frame.racers[0].position
    for racer in list(window.session.racers):
        window.session.remove_racer(racer.key)
    wait_until(qtbot, lambda: len(window.frame.racers) == 0)


def test_a_slider_acts_on_the_running_race(qtbot: QtBot, window: MainWindow) -> None:
    window.controller.toggle()
    wait_until(qtbot, lambda: window.frame.step > 3)
    card = window.racers_panel.cards[0]
    card.sliders["lr"].field.setText("0")
    card.sliders["lr"].field.editingFinished.emit()
    wait_until(qtbot, lambda: window.frame.answered == window.controller.runner.newest_request)
    step, held = window.frame.step, window.frame.racers[0].position
    wait_until(qtbot, lambda: window.frame.step > step + 5)
    assert window.frame.racers[0].position == held


@pytest.mark.parametrize("text", ["nan", "inf", "fast", ""])
def test_a_value_that_is_no_number_is_refused_at_its_field(qtbot: QtBot, same_window: MainWindow, text: str) -> None:
    card = same_window.racers_panel.cards[0]
    before = card.sliders["lr"].value
    card.sliders["lr"].field.setText(text)
    card.sliders["lr"].field.editingFinished.emit()
    assert "finite number" in card.message.text() and not card.message.isHidden()
    assert card.sliders["lr"].value == before


@pytest.mark.parametrize("value", ["1e300", "-5", "1e-300"])
def test_absurd_values_diverge_at_worst_and_the_views_go_on(qtbot: QtBot, same_window: MainWindow, value: str) -> None:
    card = same_window.racers_panel.cards[1]
    card.sliders["lr"].field.setText(value)
    card.sliders["lr"].field.editingFinished.emit()
    go_to(qtbot, same_window, 50)
    assert card.state.text().split()[0] in ("running", "stalled", "diverged", "converged")
    assert len(np.unique(pixels(same_window.contour).reshape(-1, 3), axis=0)) > 500


@pytest.mark.parametrize("text", ["3", "log(x)", "1e300*(x^2 + y^2)", "1/(x*y)", "floor(3x)", "log(-1)"])
def test_hostile_landscapes_draw_in_both_views(qtbot: QtBot, same_window: MainWindow, text: str) -> None:
    same_window.formula_bar.editor.setPlainText(text)
    wait_until(qtbot, lambda: same_window.frame.formula.text == text)
    go_to(qtbot, same_window, 20)
    assert same_window.formula_bar.message.text() == ""
    assert pixels(same_window.contour).std() > 0


def test_the_theme_changes_while_the_race_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    dark = pixels(window.contour).mean()
    window.theme_choice.switch()
    settle(qtbot, window)
    assert pixels(window.contour).mean() > dark
    window.theme_choice.switch()


def test_none_is_not_used_up_by_repainting(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 20)
    before = sys.getrefcount(None)
    for _ in range(REPAINTS):
        window.contour.panels[0].viewport().repaint()
        for view in window.surface.panels:
            view.repaint()
    assert sys.getrefcount(None) > before - REPAINTS


def test_a_trail_drawn_step_by_step_keeps_its_colour(qtbot: QtBot, window: MainWindow) -> None:
    red = window.session.racers[0]
    for other in window.session.racers[1:]:
        window.session.set_look(other.key, visible=False)
    for step in range(1, 31):
        window.controller.runner.post(Step(1))
        wait_until(qtbot, lambda step=step: window.frame.step == step)
        window.contour.panels[0].viewport().repaint()
    live = colour_count(pixels(window.contour), red.colour)
    window.contour.panels[0].getPlotItem().getViewBox().translateBy(x=0.01)
    settle(qtbot, window)
    assert live >= 0.8 * colour_count(pixels(window.contour), red.colour)


def test_what_opengl_draws_makes_qt_compose_its_own_corner_of_the_window_alone(
    opengl: None, window: MainWindow
) -> None:
    drawn = [widget for widget in window.findChildren(QWidget) if widget.inherits("QOpenGLWidget")]
    assert drawn
    for widget in drawn:
        assert widget.nativeParentWidget() is not window
        assert widget.nativeParentWidget().isAncestorOf(window.height_switch)


def test_the_legend_names_the_visible_racers(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 1)
    (legend,) = window.contour.findChildren(Legend)
    assert all(racer.name in legend.text() for racer in window.session.racers)
    window.session.set_look(window.session.racers[0].key, visible=False)
    go_to(qtbot, window, 2)
    assert window.session.racers[0].name not in legend.text()


def test_the_buttons_on_the_contour_view_switch_the_layout_and_reset_the_views(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = window.contour.panels[0]
    whole = panel.visible_bounds()
    panel.getPlotItem().getViewBox().setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    window.contour.controls.whole.click()
    assert np.array(panel.visible_bounds()) == pytest.approx(np.array(whole))
    window.contour.controls.layout.click()
    assert window.session.layout == "side by side" and "Overlay" in window.contour.controls.layout.toolTip()
    window.contour.controls.layout.click()
    assert window.session.layout == "overlay"


def test_a_racer_on_a_minimum_bears_its_star(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 600)
    head = window.frame.racers[0].position
    panel = window.contour.panels[0]
    place = panel.mapFromScene(panel.getPlotItem().getViewBox().mapViewToScene(QPointF(*head)))
    picture = pixels(panel)[place.y() - 8 : place.y() + 9, place.x() - 8 : place.x() + 9]
    assert has_colour(picture, "#ffffff", least=6)
    assert any(has_colour(picture, racer.colour) for racer in window.session.racers)


def test_at_first_the_window_is_no_larger_than_the_screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: QSize(1280, 720))
    window = MainWindow(Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)), DARK)
    try:
        assert (window.width(), window.height()) == (1280 - FRAME_PX[0], 720 - FRAME_PX[1]), "with its frame"
    finally:
        window.close()
        window.deleteLater()


def test_every_entry_of_the_menus_does_something_and_everything_they_can_do_has_an_entry(window: MainWindow) -> None:
    entries = [entry.name for menu in (FILE, EDIT, LANDSCAPE, RACE, VIEW, HELP) for entry in menu]
    assert sorted(entries) == sorted(window._callbacks())
