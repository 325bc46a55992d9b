"""Shading: the same pixels however it is cut, lines where heights are round, holes that stay holes."""

import numpy as np
import pytest

from gui.theme import DARK
from gui.views import shading
from gui.views.shading import make_palette, shade

PALETTE = make_palette(DARK)


def hills(rows: int, columns: int) -> np.ndarray:
    """Return heights between 0 and 1, float32 (rows, columns), with a hole in the middle."""
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    heights = (0.5 + 0.25 * (np.sin(7 * x) + np.cos(5 * y + x))).astype(np.float32)
    heights[rows // 2, columns // 2] = np.nan
    return heights


@pytest.mark.parametrize("band", [1, 40, 137, 1000])
def test_bands_leave_no_seam(monkeypatch: pytest.MonkeyPatch, band: int) -> None:
    heights = hills(33, 40)
    whole = shade(heights, PALETTE, 40, 33)
    monkeypatch.setattr(shading, "BAND_PIXELS", band)
    np.testing.assert_array_equal(shade(heights, PALETTE, 40, 33), whole)


def test_a_hole_has_the_colour_of_holes_and_nothing_else_has() -> None:
    pixels = shade(hills(33, 40), PALETTE, 40, 33)
    assert np.argwhere(pixels == PALETTE.hole).tolist() == [[16, 20]]


def test_an_isoline_is_as_wide_on_a_gentle_slope_as_on_a_steep_one() -> None:
    covers = []
    for rise in (0.002, 0.008):
        heights = np.tile(np.float32(0.001) + np.arange(100, dtype=np.float32) * np.float32(rise), (5, 1))
        right, down = shading.slopes(heights, slice(0, 5))
        strength = shading.line_strength(heights, right, down)[2]
        covers.append(strength.sum() / np.count_nonzero(np.diff(np.rint(heights[2] * shading.LINES_PER_HEIGHT - 0.5))))
    assert covers[0] == pytest.approx(covers[1], rel=0.15)


def test_flat_ground_bears_no_line_though_it_lies_on_one() -> None:
    flat = np.full((9, 9), 0.5, np.float32)
    assert len(np.unique(shade(flat, PALETTE, 9, 9))) == 1
