"""Shading: compiled or by NumPy the same pixels, lines where heights are round, holes that stay holes."""

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiled import object_cache
from engine.compiled.driver import Driver
from gui.look.theme import DARK, LIGHT, Theme
from gui.views.shading import pixels as shading
from gui.views.shading.levels import LINES_PER_HEIGHT
from gui.views.shading.loop import shade_rows
from gui.views.shading.pixels import FEWEST_PIXELS, Palette, make_palette, shade

PALETTE = make_palette(DARK)
WHITE_ON_BLACK = Palette(
    np.full_like(PALETTE.table, 0xFF000000), np.array([255, 255, 255, 1], np.float32), np.uint32(0)
)
FULL_SIZE = 900, 1200
LEAST_GAIN = 7.0
"""How many times faster the compiled loop is than NumPy at least, in time of the processor: measured 17 times, and 5
times with the look-up in the same loop as the arithmetic, which then is no loop of vectors any more."""


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    shade_rows.prepare()


@pytest.fixture
def not_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """Return a driver that shades as if no compiled code were stored."""
    monkeypatch.setenv(object_cache.FOLDER_VARIABLE, str(tmp_path))
    fresh = Driver(shade_rows.function, shade_rows.arguments)
    monkeypatch.setattr(shading, "shade_rows", fresh)
    return fresh


def shade_by_numpy(heights: np.ndarray, *look: object) -> np.ndarray:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Driver, "load", lambda driver: False)
        return shade(heights, *look)


def hills(rows: int, columns: int) -> np.ndarray:
    """Return heights between 0 and 1, float32 (rows, columns), with a hole in the middle."""
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    heights = (0.5 + 0.25 * (np.sin(7 * x) + np.cos(5 * y + x))).astype(np.float32)
    heights[rows // 2, columns // 2] = np.nan
    return heights


def rough(rows: int, columns: int, seed: int) -> np.ndarray:
    """Return heights that are smooth, noisy or random, with or without holes, by the seed."""
    random = np.random.default_rng(seed)
    heights = hills(rows, columns) + random.normal(0.0, random.choice([0.0, 0.001, 0.3]), (rows, columns))
    return np.where(random.random((rows, columns)) < random.choice([0.0, 0.1]), np.nan, heights).astype(np.float32)


SIZES = st.integers(FEWEST_PIXELS, 60)


@given(SIZES, SIZES, st.integers(0, 2**32 - 1), st.sampled_from([DARK, LIGHT]))
def test_the_compiled_loop_makes_the_pixels_that_numpy_makes(rows: int, columns: int, seed: int, theme: Theme) -> None:
    heights, palette = rough(rows, columns, seed), make_palette(theme)
    size = np.random.default_rng(seed).uniform(10.0, 3000.0, 2)
    np.testing.assert_array_equal(shade(heights, palette, *size), shade_by_numpy(heights, palette, *size))


def test_the_pixels_of_a_whole_picture_are_the_same_too() -> None:
    heights = rough(*FULL_SIZE, 5)
    np.testing.assert_array_equal(shade(heights, PALETTE, 1200, 900), shade_by_numpy(heights, PALETTE, 1200, 900))


def test_where_no_code_is_kept_numpy_shades_and_nothing_is_compiled(not_compiled: Driver) -> None:
    heights = hills(33, 40)
    by_numpy = shade(heights, PALETTE, 40, 33)
    assert not not_compiled.load()
    assert not_compiled.prepare() and not_compiled.load()
    np.testing.assert_array_equal(shade(heights, PALETTE, 40, 33), by_numpy)


def test_the_compiled_loop_is_one_of_vectors() -> None:
    heights = hills(*FULL_SIZE)
    ways = [lambda way=way: way(heights, PALETTE, 1200, 900) for way in (shade, shade_by_numpy)]
    best = [min(processor_seconds(way) for _ in range(7)) for way in ways]
    assert best[1] > LEAST_GAIN * best[0]


def processor_seconds(run: object) -> float:
    began = time.thread_time()
    run()
    return time.thread_time() - began


def test_too_small_a_picture_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        shade(np.zeros((2, 9), np.float32), PALETTE, 9, 2)


@pytest.mark.parametrize("height", [np.inf, -np.inf, 3.4e38, -3.4e38, 1e-45])
def test_no_height_makes_the_loop_read_beyond_its_table(height: float) -> None:
    heights = hills(20, 20)
    heights[4:9, 4:9] = height
    assert (shade(heights, PALETTE, 20, 20) >> 24 == 0xFF).all()


def test_a_hole_has_the_colour_of_holes_and_nothing_else_has() -> None:
    pixels = shade(hills(33, 40), PALETTE, 40, 33)
    assert np.argwhere(pixels == PALETTE.hole).tolist() == [[16, 20]]


def test_an_isoline_is_as_wide_on_a_gentle_slope_as_on_a_steep_one() -> None:
    covers = []
    for rise in (0.002, 0.008):
        heights = np.tile(np.float32(0.001) + np.arange(100, dtype=np.float32) * np.float32(rise), (5, 1))
        strength = (shade(heights, WHITE_ON_BLACK, 100, 5)[2] & 255) / 255
        covers.append(strength.sum() / np.count_nonzero(np.diff(np.rint(heights[2] * LINES_PER_HEIGHT - 0.5))))
    assert covers[0] == pytest.approx(covers[1], rel=0.15)


def test_an_isoline_is_twice_as_wide_where_a_unit_has_two_pixels() -> None:
    heights = np.tile(np.arange(200, dtype=np.float32) * np.float32(0.004), (5, 1))
    covers = [int((shade(heights, WHITE_ON_BLACK, 200, 5, ratio=ratio)[2] & 255).sum()) for ratio in (1.0, 2.0)]
    assert covers[1] == pytest.approx(2 * covers[0], rel=0.15)


def test_flat_ground_bears_no_line_though_it_lies_on_one() -> None:
    flat = np.full((12, 12), 0.5, np.float32)
    assert len(np.unique(shade(flat, PALETTE, 12, 12))) == 1
