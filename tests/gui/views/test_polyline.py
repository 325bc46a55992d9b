"""A thinned line is the true line, to what was allowed, wherever it can be seen."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from gui.views.polyline import Pixels, Rows, rows_to_draw

Array = NDArray[np.float64]
SCREEN = Pixels((0.0, 0.0), (1.0, 1.0), (1000.0, 600.0), 2.0)
HALF_PX = 0.5
RANDOM = np.random.default_rng(7)
TURNS = np.linspace(0.0, 60.0, 5000)[:, None]
LINES = {
    "a random walk": np.cumsum(RANDOM.normal(0, 0.3, (5000, 2)), axis=0) + 300,
    "a spiral": 300 + np.linspace(250, 1, 5000)[:, None] * np.hstack([np.cos(TURNS), np.sin(TURNS)]),
    "a ravine, jumped across": np.column_stack(
        [300 + 200 * (-0.999) ** np.arange(5000.0), 100 + np.linspace(0, 300, 5000)]
    ),
    "noise about a point": RANDOM.normal(0, 20, (5000, 2)) + 300,
    "a straight line, walked back and forth": np.column_stack([300 + 200 * np.sin(TURNS), np.full((5000, 1), 40.0)]),
    "one place": np.full((50, 2), 7.0),
    "one vertex": np.full((1, 2), 7.0),
}


def visible_rows(line: Array, pixels: Pixels, tolerance: float) -> Rows:
    """Return the rows that are drawn where there is time for all that are needed."""
    return rows_to_draw(line, pixels, tolerance, len(line) + 1)[0]


def distances(points: Array, start: Array, end: Array) -> Array:
    """Return the distances (n,) of points (n, 2) from the segment between two others."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0.0, 1.0) if length else np.zeros(len(points))
    return np.hypot(*(points - (start + share[:, None] * along)).T)


def worst_error(line: Array, rows: NDArray[np.int64]) -> float:
    """Return the largest distance of a vertex that is left out from the segment drawn in its place."""
    pairs = itertools.pairwise(rows)
    return max((float(distances(line[i : j + 1], line[i], line[j]).max()) for i, j in pairs), default=0.0)


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_no_vertex_that_is_left_out_is_farther_than_half_a_pixel_from_the_drawn_line(line: Array) -> None:
    rows = visible_rows(line, SCREEN, HALF_PX)
    assert rows[0] == 0 and rows[-1] == len(line) - 1 and (np.diff(rows) > 0).all()
    assert worst_error(line, rows) <= HALF_PX + 1e-9


@pytest.mark.parametrize("name", ["a spiral", "a straight line, walked back and forth", "one place"])
def test_what_no_screen_can_show_is_left_out(name: str) -> None:
    assert len(visible_rows(LINES[name], SCREEN, HALF_PX)) < len(LINES[name]) / 10


@given(st.lists(st.tuples(*[st.floats(-50, 1050)] * 2), min_size=1, max_size=60), st.floats(0.01, 20.0))
def test_any_line_within_the_screen_is_kept_to_the_tolerance(vertices: list[tuple[float, float]], reach: float) -> None:
    line = np.array(vertices)
    everywhere = Pixels((-100.0, -100.0), (1.0, 1.0), (1300.0, 1300.0))
    assert worst_error(line, visible_rows(line, everywhere, reach)) <= reach * (1 + 1e-9)


@given(st.lists(st.tuples(*[st.floats(-3000, 4000)] * 2), min_size=2, max_size=40))
def test_a_line_that_leaves_the_screen_and_comes_back_is_true_where_it_is_seen(
    vertices: list[tuple[float, float]],
) -> None:
    line = np.array(vertices)
    rows = visible_rows(line, SCREEN, HALF_PX)
    for i, j in itertools.pairwise(rows):
        part = line[i : j + 1]
        beyond = (part < -2.0).all(axis=0).any() or (part[:, 0] > 1002.0).all() or (part[:, 1] > 602.0).all()
        assert beyond or distances(part, part[0], part[-1]).max() <= HALF_PX + 1e-6


def test_steps_out_of_sight_cost_nothing() -> None:
    away = LINES["noise about a point"] + [5000.0, 0.0]
    assert len(visible_rows(away, SCREEN, HALF_PX)) == 2


def test_a_line_is_thinned_at_the_zoom_at_which_it_is_seen() -> None:
    line = LINES["a spiral"]
    near = Pixels((290.0, 290.0), (40.0, -40.0), (1000.0, 600.0))
    far = Pixels((0.0, 0.0), (0.01, 0.01), (1000.0, 600.0))
    assert len(visible_rows(line, far, HALF_PX)) < len(visible_rows(line, SCREEN, HALF_PX))
    shown = (line - near.origin) * near.scale
    rows = visible_rows(line, near, HALF_PX)
    inside = [
        distances(shown[i : j + 1], shown[i], shown[j]).max()
        for i, j in itertools.pairwise(rows)
        if (np.abs(shown[i : j + 1]) < 500).all()
    ]
    assert inside and max(inside) <= HALF_PX + 1e-9


@pytest.mark.parametrize("far", [1e30, 1e200, 1.7e308])
def test_numbers_that_no_screen_holds_do_no_harm(far: float) -> None:
    line = np.array([[10.0, 10.0], [far, -far], [20.0, 10.0], [-far, far], [30.0, 10.0]])
    assert visible_rows(line, SCREEN, HALF_PX).tolist() == [0, 1, 2, 3, 4]
