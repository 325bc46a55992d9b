"""Iso-lines and axes of a visible part of a landscape."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from engine.loss.heights import HEIGHTS, fit_scale
from engine.loss.loss import Loss
from engine.loss.terrain import Terrain, sample_terrain
from gui.look.theme import DARK
from gui.views.contour.place_axis import MINUS, PLAIN, PlaceAxis, count_for, counted_name
from gui.views.contour.shaded import shaded
from gui.views.contour.visible_levels import visible_heights
from gui.views.shading.levels import LINES_PER_HEIGHT, WHOLE
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import pixels, settle

SIZE = 300
LINES_ONLY = replace(DARK, terrain=((0.0, "#000000"), (1.0, "#000000")), iso_line=(1.0, 1.0, 1.0, 1.0))
"""A theme in which only iso-lines are seen."""


def visible_part(name: str, kind: str, middle: tuple[float, float], reach: float) -> Terrain:
    landscape = LANDSCAPES[name]
    loss = Loss(landscape.formula, landscape.parameters)
    whole = sample_terrain(loss.preview, landscape.domain, 128, 128, 0, kind)
    bounds = tuple((place - reach, place + reach) for place in middle)
    return sample_terrain(loss.preview, bounds, SIZE, SIZE, 1, whole.scale)


def line_count(terrain: Terrain, name: str) -> int:
    """Return how many lines are crossed from left to right, where most are."""
    picture = shaded(terrain, LINES_ONLY, (SIZE, SIZE), LANDSCAPES[name].domain, True).image
    ways = [[picture.pixelColor(k, row).red() > 60 for k in range(SIZE)] for row in (5, SIZE // 2, SIZE - 5)]
    return max(sum(after and not before for before, after in pairwise(way)) for way in ways)


@pytest.mark.parametrize("kind", HEIGHTS)
@pytest.mark.parametrize("reach", [0.3, 1e-2, 1e-4, 1e-6])
def test_lines_are_seen_however_far_a_person_zooms_into_the_valley(kind: str, reach: float) -> None:
    assert line_count(visible_part("Beale", kind, (3.0, 0.5), reach), "Beale") >= 4
    assert line_count(visible_part("Himmelblau", kind, (1.0, 1.0), reach), "Himmelblau") >= 4


def test_the_whole_landscape_bears_the_lines_that_the_3d_view_has() -> None:
    landscape = LANDSCAPES["Himmelblau"]
    whole = sample_terrain(Loss(landscape.formula, {}).preview, landscape.domain, SIZE, SIZE, 0)
    heights, levels = visible_heights(whole, landscape.domain)
    assert levels == WHOLE and heights is whole.heights


def test_level_ground_has_no_lines_made_of_rounding_errors() -> None:
    terrain = sample_terrain(Loss("1e6 + 0*x + 1e-12*sin(x)", {}).preview, ((-5, 5), (-5, 5)), SIZE, SIZE, 0)
    assert visible_heights(terrain, ((-50, 50), (-50, 50)))[1] == WHOLE


def test_no_line_jumps_while_the_plot_is_dragged_or_zoomed() -> None:
    """Each level of one picture is one in the next, and what comes between fades in."""
    seen = [visible_heights(visible_part("Beale", "rank", (2.0 + k / 50, 0.5), 0.2), LANDSCAPES["Beale"].domain)[1]
            for k in range(12)]  # fmt: skip
    seen += [visible_heights(visible_part("Beale", "rank", (2.0, 0.5), 0.98**k), LANDSCAPES["Beale"].domain)[1]
             for k in range(40)]  # fmt: skip
    for levels in seen:
        doublings = np.log2(levels.lines / LINES_PER_HEIGHT)
        assert doublings == round(doublings) and (levels.base * levels.lines) % 2 == 0
    densities = [np.log2(levels.lines / 2) + levels.faintness for levels in seen[13:] if levels != WHOLE]
    assert np.abs(np.diff(densities)).max() < 0.2


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.sampled_from(sorted(HEIGHTS)))
def test_heights_go_on_beyond_the_ends_of_the_scale(low: float, high: float, kind: str) -> None:
    scale = fit_scale(np.linspace(-3.0, 50.0, 100), kind)
    first, last = scale.unlimited(np.array(sorted((low, high))))
    assert np.isfinite([first, last]).all() and first <= last
    within = np.array([scale.loss_at(0.3)])
    assert scale.unlimited(within) == pytest.approx(scale.heights(within), abs=1e-6)


def test_the_contour_view_shows_lines_in_a_flat_part_and_plain_names_of_axes(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.contour.panels[0]
    bottom = panel.getPlotItem().getAxis("bottom")
    for reach, name in ((0.05, "x"), (1e-6, "x = 3 + n·10⁻⁷")):
        panel.show_bounds(((3.0 - reach, 3.0 + reach), (2.0 - reach, 2.0 + reach)))
        settle(qtbot, window)
        qtbot.waitUntil(lambda: window.contour.shown_detail is not None)
        settle(qtbot, window)
        middle = pixels(panel)[100:-100, 120:-120].mean(axis=2)
        assert (np.abs(np.diff(middle, 2, axis=1)) > 15).mean() > 0.005, "lines are seen"
        assert name in bottom.labelString() and "(x" not in bottom.labelString()


@pytest.mark.parametrize(
    ("low", "high", "name"),
    [
        (-4.5, 4.5, "x"),
        (0.0004, 0.0006, "x = n·10⁻⁵"),
        (2.9999, 3.0001, "x = 3 + n·10⁻⁵"),
        (-3.0001, -2.9999, "x = −3 + n·10⁻⁵"),
        (-1e-7, 1e-7, "x = n·10⁻⁸"),
        (-1e6, 1e6, "x = n·10⁵"),
    ],
)
def test_an_axis_names_what_its_numbers_count(low: float, high: float, name: str) -> None:
    assert counted_name("x", count_for(low, high)) == name


def test_numbers_below_zero_have_a_minus_sign_and_no_hyphen(qapp: object) -> None:
    axis = PlaceAxis("left")
    axis.setRange(-6.0, 6.0)
    assert axis.tickStrings([-4.0, 0.0, 4.0], 1.0, 4.0) == ["−4", "0", "4"]


@given(st.floats(-1e6, 1e6), st.floats(1e-9, 10.0))
def test_the_numbers_beside_an_axis_are_short_and_differ(qapp: object, middle: float, share: float) -> None:
    span = share * max(abs(middle), 1.0)
    axis = PlaceAxis("left")
    axis.setRange(middle - span / 2, middle + span / 2)
    spacing, places = axis.tickValues(middle - span / 2, middle + span / 2, 500)[0]
    texts = axis.tickStrings(places, 1.0, spacing)
    assert len(set(texts)) == len(texts) and max(map(len, texts), default=0) <= 6
    count = count_for(middle - span / 2, middle + span / 2)
    if count != PLAIN:
        values = [count.origin + float(text.replace(MINUS, "-")) * count.unit for text in texts]
        assert values == pytest.approx(places, abs=1e-3 * spacing + 1e-15 * abs(middle))
