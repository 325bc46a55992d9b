"""A loss at many points: every core helps, and no point knows how many others there are."""

import numpy as np
import pytest

from engine import compile_loss
from engine.loss import FEWEST_A_THREAD

FORMULA = "a*sin(3x)*cos(y) + x^2.5/(1 + y^2)"


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 2 * FEWEST_A_THREAD + 3])
def test_many_points_give_the_same_bits_as_few(count: int) -> None:
    loss = compile_loss(FORMULA, a=0.3)
    x, y = np.random.default_rng(3).uniform(0, 2, (2, count))
    f, gx, gy = loss.value_and_gradient(x, y)
    for chosen in {0, count // 2, count - 1} & set(range(count)):
        alone = loss.value_and_gradient(x[chosen], y[chosen])
        assert [float(value) for value in alone] == [f[chosen], gx[chosen], gy[chosen]]
    assert f.shape == gx.shape == gy.shape == (count,)


def test_arrays_that_lie_scattered_or_small_or_whole_are_read_right() -> None:
    loss = compile_loss("x + 10y")
    grid = np.arange(24.0).reshape(4, 6)
    assert np.array_equal(loss.value(grid[:, ::2], grid.T[:3, ::1][:, :4].T), grid[:, ::2] + 10 * grid[:, :3])
    assert np.array_equal(loss.value(np.arange(3)[:, None], np.arange(2)), [[0, 10], [1, 11], [2, 12]])
    assert loss.value(np.float32(2), 1).dtype == np.float64


def test_what_is_handed_out_is_never_written_to_again() -> None:
    loss = compile_loss("x*y")
    first = loss.value(np.ones(1000), np.ones(1000))
    loss.value(np.zeros(1000), np.zeros(1000))
    assert (first == 1.0).all()
