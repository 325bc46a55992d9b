"""Shading: the pixels that the reference makes, lines where heights are round, holes that stay holes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.theme import DARK, LIGHT
from gui.views.levels import LINES_PER_HEIGHT
from gui.views.shading import Palette, make_palette, shade
from gui.views.shading_code import FEWEST_COLUMNS
from tests.gui.views import shading_reference

PALETTE = make_palette(DARK)
WHITE_ON_BLACK = Palette(
    np.full_like(PALETTE.table, 0xFF000000), np.array([255, 255, 255, 1], np.float32), np.uint32(0)
)


def hills(rows: int, columns: int) -> np.ndarray:
    """Return heights between 0 and 1, float32 (rows, columns), with a hole in the middle."""
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    heights = (0.5 + 0.25 * (np.sin(7 * x) + np.cos(5 * y + x))).astype(np.float32)
    heights[rows // 2, columns // 2] = np.nan
    return heights


@given(st.integers(3, 40), st.integers(FEWEST_COLUMNS, 60), st.integers(0, 2**32 - 1), st.sampled_from([DARK, LIGHT]))
def test_every_pixel_is_the_reference_s(rows: int, columns: int, seed: int, theme: object) -> None:
    random = np.random.default_rng(seed)
    heights = hills(rows, columns) + random.normal(0.0, random.choice([0.0, 0.001, 0.3]), (rows, columns))
    heights = np.where(random.random((rows, columns)) < random.choice([0.0, 0.1]), np.nan, heights).astype(np.float32)
    palette, size = make_palette(theme), random.uniform(10.0, 3000.0, 2)
    np.testing.assert_array_equal(shade(heights, palette, *size), shading_reference.shade(heights, palette, *size))


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


def test_flat_ground_bears_no_line_though_it_lies_on_one() -> None:
    flat = np.full((12, 12), 0.5, np.float32)
    assert len(np.unique(shade(flat, PALETTE, 12, 12))) == 1
