"""A loss at many points: every core helps, and no point knows how many others there are."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine import compile_loss
from engine.loss.machine_loss import BEYOND_CACHE, PART

FORMULA = "a*sin(3x)*cos(y) + x^2.5/(1 + y^2)"


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 3 * PART + 3, BEYOND_CACHE, BEYOND_CACHE + 8, BEYOND_CACHE + 3])
def test_many_points_give_the_same_bits_as_few(count: int) -> None:
    loss = compile_loss(FORMULA, a=0.3)
    x, y = np.random.default_rng(3).uniform(0, 2, (2, count))
    f, gx, gy = loss.value_and_gradient(x, y)
    for chosen in {0, PART - 1, PART, count // 2, count - 1} & set(range(count)):
        alone = loss.value_and_gradient(x[chosen], y[chosen])
        assert [float(value) for value in alone] == [f[chosen], gx[chosen], gy[chosen]]
    assert f.shape == gx.shape == gy.shape == (count,)


def test_arrays_that_lie_scattered_or_small_or_whole_are_read_right() -> None:
    loss = compile_loss("x + 10y")
    grid = np.arange(24.0).reshape(4, 6)
    assert np.array_equal(loss.value(grid[:, ::2], grid.T[:3, ::1][:, :4].T), grid[:, ::2] + 10 * grid[:, :3])
    assert np.array_equal(loss.value(np.arange(3)[:, None], np.arange(2)), [[0, 10], [1, 11], [2, 12]])
    assert loss.value(np.float32(2), 1).dtype == np.float64


def test_no_part_of_many_points_is_left_out_or_done_twice() -> None:
    loss = compile_loss("3x + y")
    x, y = np.random.default_rng(4).normal(size=(2, 2 * BEYOND_CACHE + 5))
    expected = loss.preview(x, y), np.full(x.shape, 3.0), np.ones(x.shape)
    for found, true in zip(loss.value_and_gradient(x, y), expected, strict=True):
        np.testing.assert_allclose(found, true, rtol=1e-13, atol=1e-13)


def test_threads_that_ask_at_the_same_time_get_what_each_asked_for() -> None:
    loss = compile_loss("x*y")
    points = [np.full(4 * PART, float(number)) for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda x: loss.value(x, x), points))
    assert all((values == number**2).all() for number, values in enumerate(found))


def test_what_is_handed_out_is_never_written_to_again() -> None:
    loss = compile_loss("x*y")
    first = loss.value(np.ones(1000), np.ones(1000))
    loss.value(np.zeros(1000), np.zeros(1000))
    assert (first == 1.0).all()
