"""Heights at which losses are drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.loss.heights import HEIGHTS, fit_scale

LOSSES = arrays(np.float64, st.integers(2, 40), elements=st.floats(allow_nan=False, allow_infinity=False))
KINDS = st.sampled_from(sorted(HEIGHTS))


@given(LOSSES, KINDS)
def test_any_finite_losses_have_finite_heights_from_0_to_1(losses: np.ndarray, kind: str) -> None:
    heights = fit_scale(losses, kind).heights(losses)
    assert ((heights >= 0.0) & (heights <= 1.0)).all()


@given(LOSSES, KINDS)
def test_a_higher_loss_is_never_drawn_lower(losses: np.ndarray, kind: str) -> None:
    heights = fit_scale(losses, kind).heights(np.sort(losses))
    assert (np.diff(heights) >= 0.0).all()


@given(st.floats(0.0, 1.0), KINDS)
def test_the_loss_at_a_height_lies_at_that_height(height: float, kind: str) -> None:
    scale = fit_scale(np.linspace(-3.0, 50.0, 100), kind)
    assert scale.heights(np.array([scale.loss_at(height)]))[0] == pytest.approx(height, abs=1e-6)


@pytest.mark.parametrize("kind", HEIGHTS)
@pytest.mark.parametrize("factor", [1.0, 1e-300, 1e300, 1e306])
def test_a_landscape_looks_the_same_at_any_scale(factor: float, kind: str) -> None:
    bowl = np.linspace(-6.0, 6.0, 50) ** 2
    expected = fit_scale(bowl, kind).heights(bowl)
    assert fit_scale(factor * bowl, kind).heights(factor * bowl) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("kind", HEIGHTS)
def test_holes_stay_holes_and_poles_are_cut_off_at_the_top(kind: str) -> None:
    losses = np.array([*np.linspace(0.0, 1.0, 300), np.nan, np.inf, 1e200])
    heights = fit_scale(losses, kind).heights(losses)
    assert np.isnan(heights[300]) and heights[301] == heights[302] == 1.0
    assert heights[150] >= 0.49, "one pole does not flatten everything else"


def test_each_kind_of_height_says_what_its_name_says() -> None:
    losses = np.array([0.0, 1.0, 10.0, 100.0])
    heights = {kind: fit_scale(losses, kind).heights(losses).tolist() for kind in HEIGHTS}
    assert heights["linear"] == pytest.approx([0.0, 0.01, 0.1, 1.0])
    assert heights["log"] == pytest.approx([0.0, np.log(2) / np.log(101), np.log(11) / np.log(101), 1.0])
    assert heights["rank"] == pytest.approx([0.0, 1 / 3, 2 / 3, 1.0])


def test_a_rank_counts_the_samples_below_not_those_beside() -> None:
    plain = np.array([5.0] * 60 + [6.0] * 20 + [7.0])
    assert fit_scale(plain, "rank").heights(np.array([5.0, 6.0, 7.0])).tolist() == pytest.approx([0.0, 0.75, 1.0])


@pytest.mark.parametrize("kind", HEIGHTS)
def test_a_level_landscape_lies_at_the_bottom(kind: str) -> None:
    scale = fit_scale(np.full(9, 3.0), kind)
    assert scale.heights(np.full(9, 3.0)).tolist() == [0.0] * 9
    assert scale.loss_at(0.7) == 3.0
