"""Heights of a sampled landscape."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.terrain import fit_scale

LOSSES = arrays(np.float64, st.integers(2, 40), elements=st.floats(allow_nan=False, allow_infinity=False))


@given(LOSSES)
def test_any_finite_losses_have_finite_heights_from_0_to_1(losses: np.ndarray) -> None:
    heights = fit_scale(losses).heights(losses)
    assert ((heights >= 0.0) & (heights <= 1.0)).all()


@given(st.floats(0.0, 1.0))
def test_the_loss_at_a_height_lies_at_that_height(height: float) -> None:
    scale = fit_scale(np.linspace(-3.0, 50.0, 100))
    assert scale.heights(np.array([scale.loss_at(height)]))[0] == pytest.approx(height, abs=1e-6)


@pytest.mark.parametrize("factor", [1.0, 1e-300, 1e300, 1e306])
def test_a_landscape_looks_the_same_at_any_scale(factor: float) -> None:
    bowl = np.linspace(-6.0, 6.0, 50) ** 2
    assert fit_scale(factor * bowl).heights(factor * bowl) == pytest.approx(fit_scale(bowl).heights(bowl), abs=1e-6)


def test_holes_stay_holes_and_poles_are_cut_off_at_the_top() -> None:
    losses = np.array([*np.linspace(0.0, 1.0, 300), np.nan, np.inf, 1e200])
    heights = fit_scale(losses).heights(losses)
    assert np.isnan(heights[300]) and heights[301] == heights[302] == 1.0
    assert heights[150] > 0.5, "one pole does not flatten everything else"
