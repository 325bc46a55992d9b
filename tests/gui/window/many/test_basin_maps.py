"""Basin maps over the contour view: each pixel has the colour of the minimum that a race from there reaches."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine import Race, compile_loss
from engine.language.types import Point
from gui.look.theme import DARK, LIGHT
from gui.racers.racer_menu import racer_menu
from gui.session.choices import RacerChoice
from gui.views.contour.panel import ContourPanel
from gui.views.shading.pixels import rgb
from gui.window.main_window import MainWindow
from landscapes import DATA_LANDSCAPES
from tests.gui.person import pixels, settle, wait_until

pytestmark = pytest.mark.one_window
LIKE = 0.995
"""The cosine between two colours, of which one may be darker."""
STARTS = ((-5.0, 4.0), (-5.0, -4.6), (5.0, 4.5), (1.6, -4.5), (-1.0, 5.0), (2.0, -3.0), (-5.2, 0.8), (1.0, 1.5))


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().replace("&", "") == text).trigger()


def show(qtbot: QtBot, window: MainWindow, racer: RacerChoice) -> None:
    choose(racer_menu(window, window.session, racer.key, window.racers_panel.openers), "Show the basin map")
    settle(qtbot, window)


def place_of(panel: ContourPanel, point: Point) -> QPoint:
    """Return where a point of the plane is on a plot."""
    box = panel.getPlotItem().getViewBox()
    return panel.mapFromScene(box.mapViewToScene(QPointF(*point)))


def seen_minima(window: MainWindow, number: int = 0) -> dict[Point, Point | None]:
    """Return at which minimum the colour of each start says that a race from there ends."""
    panel, maps = window.contour.panels[number], window.landscape_views.maps
    picture = pixels(panel)
    key = max((each.image.key for each in maps.pictures.values()), key=len)
    found: dict[Point, Point | None] = {}
    for start in STARTS:
        place = place_of(panel, start)
        seen = picture[place.y(), place.x()].astype(float)
        alike = {row.place: cosine(seen, np.array(rgb(row.colour), float)) for row in key}
        best = max(alike, key=lambda point: alike[point])
        found[start] = best if alike[best] > LIKE else None
    return found


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def raced(window: MainWindow, racer: RacerChoice) -> dict[Point, Point]:
    """Return where single races from the same starts end, rounded."""
    settings = ", ".join(f"{name}={value!r}" for name, value in racer.values.items())
    loss = compile_loss(window.session.formula)
    found = {}
    for start in STARTS:
        race = Race(loss, [f"{racer.optimizer}({settings})"], start=start)
        race.advance(window.session.basin_steps)
        found[start] = tuple(race.positions[0].round(1).tolist())
    return found


def agree(window: MainWindow, racer: RacerChoice, number: int = 0) -> bool:
    seen, ends = seen_minima(window, number), raced(window, racer)
    return all(place is not None and np.allclose(place, ends[start], atol=0.15) for start, place in seen.items())


def test_a_pixel_has_the_colour_of_the_minimum_that_a_race_from_there_reaches(qtbot: QtBot, window: MainWindow) -> None:
    adam = window.session.racers[3]
    show(qtbot, window, adam)
    key = window.landscape_views.maps.key
    assert key.isVisible() and "(3,&nbsp;2)" in key.words.text() and "%" in key.words.text()
    assert agree(window, adam)
    window.session.set_theme("light")
    settle(qtbot, window)
    assert window.theme is LIGHT and agree(window, adam)
    window.session.set_theme("dark")
    settle(qtbot, window)
    assert window.theme is DARK
    choose(racer_menu(window, window.session, adam.key, window.racers_panel.openers), "Hide the basin map")
    settle(qtbot, window)
    assert not key.isVisible()
    assert not window.contour.panels[0].basins.has_image


def test_the_map_follows_a_slider_and_the_landscape(qtbot: QtBot, window: MainWindow) -> None:
    session, momentum = window.session, window.session.racers[1]
    show(qtbot, window, momentum)
    before = pixels(window.contour.panels[0])
    slider = window.racers_panel.cards[1].sliders["momentum"].slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    wait_until(qtbot, lambda: session.racer(momentum.key).values["momentum"] == 0.0)
    settle(qtbot, window)
    assert (pixels(window.contour.panels[0]) != before).mean() > 0.1
    assert agree(window, session.racer(momentum.key))
    session.set_formula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2 + 40*(x + 3)")
    settle(qtbot, window)
    lowest = min(window.landscape_views.maps.pictures[momentum.key].image.key, key=lambda row: row.loss)
    assert lowest.place[0] < 0, "minima that nobody knew are found"


def test_a_click_on_a_pixel_starts_the_race_there(qtbot: QtBot, window: MainWindow) -> None:
    show(qtbot, window, window.session.racers[3])
    panel = window.contour.panels[0]
    qtbot.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, (-4.0, 3.0)))
    assert np.allclose(window.session.start, (-4.0, 3.0), atol=0.05)


def test_the_key_names_the_click_that_places_the_start_in_the_views_that_are_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    key = window.landscape_views.maps.key
    show(qtbot, window, window.session.racers[3])
    assert key.hint.text().startswith("A click starts there.")
    window.session.set_views("3-D")
    settle(qtbot, window)
    assert key.hint.text().startswith("Ctrl+click starts there.")
    view, before = window.surface.panels[0], window.session.start
    middle = view.rect().center()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    assert window.session.start == before
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, middle)
    assert window.session.start != before


def test_side_by_side_each_racer_has_its_map_in_the_same_colours(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    session.set_layout("side by side")
    show(qtbot, window, session.racers[0])
    for number in (0, 1, 3):
        assert agree(window, session.racers[number], number), session.racers[number].name


def test_maps_are_undone_kept_and_refused_in_words(qtbot: QtBot, window: MainWindow) -> None:
    session, maps = window.session, window.landscape_views.maps
    show(qtbot, window, session.racers[3])
    maps.key.steps.setText("none")
    maps.key.steps.setFocus()
    qtbot.keyClick(maps.key.steps, Qt.Key.Key_Return)
    assert maps.key.message.isVisible() and "none" in maps.key.message.text()
    maps.key.steps.setText("3")
    qtbot.keyClick(maps.key.steps, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert session.basin_steps == 3
    assert "still" in maps.key.words.text()
    window.history.undo()
    assert session.basin_steps == 500
    window.history.undo()
    assert not any(racer.mapped for racer in session.racers) and not maps.key.isVisible()
    window.history.redo()
    assert [racer.mapped for racer in session.racers] == [False, False, False, True]
    settle(qtbot, window)


def test_the_key_says_what_of_a_map_is_chance(qtbot: QtBot, window: MainWindow) -> None:
    session, key = window.session, window.landscape_views.maps.key
    show(qtbot, window, session.racers[3])
    assert not key.remark.isVisible()
    session.set_randomness(noise="noise", sigma=0.5, seed=7)
    settle(qtbot, window)
    assert (
        key.remark.isVisible() and key.remark.text() == "Random numbers are drawn: the map is one draw of many, seed 7."
    )
    session.set_randomness(noise="")
    settle(qtbot, window)
    assert not key.remark.isVisible()


def test_the_key_names_mini_batches_by_their_size_and_seed(qtbot: QtBot, window: MainWindow) -> None:
    session, key = window.session, window.landscape_views.maps.key
    session.choose(DATA_LANDSCAPES["LinearRegression"])
    session.set_batch(8)
    settle(qtbot, window)
    show(qtbot, window, session.racers[0])
    rows = window.frame.loss.columns.rows
    assert (
        key.remark.text() == f"Each step learns from 8 of {rows} rows: the mini-batches are one draw of many, seed 0."
    )


def test_the_key_says_where_solvers_rest(qtbot: QtBot, window: MainWindow) -> None:
    session, key = window.session, window.landscape_views.maps.key
    session.add_racer("Newton")
    settle(qtbot, window)
    show(qtbot, window, session.racers[-1])
    image = next(iter(window.landscape_views.maps.pictures.values())).image
    assert image.moving > image.resting > 0.1 and "at&nbsp;no&nbsp;minimum" in key.words.text()
    assert key.remark.text().startswith(f"{100 * image.resting:.0f} % of all starts are at rest where no minimum is")
