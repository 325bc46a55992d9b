"""The shuffling of rows: the orders that whole numbers of any size give, written down here once more."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.shuffle import shuffled

MOST = 2**64 - 1


def splitmix(key: int, number: int) -> int:
    bits = key + (number + 1) * 0x9E3779B97F4A7C15 & MOST
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & MOST
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & MOST
    return bits ^ bits >> 31


def order(rows: int, seed: int, epoch: int) -> list[int]:
    key = splitmix(seed & MOST, splitmix(0, epoch))
    found: list[int] = []
    for row in range(rows):
        place = (splitmix(key, row) >> 32) * (row + 1) >> 32
        found.append(found[place] if place < row else row)
        found[place] = row
    return found


@settings(deadline=None)
@given(
    st.integers(1, 70), st.integers(1, 5), st.integers(0, 9), st.integers(-(2**70), 2**70), st.integers(0, 2**40),
    st.integers(0, 3),
)  # fmt: skip
def test_each_epoch_has_the_order_that_seed_and_epoch_give(
    rows: int, columns: int, beyond: int, seed: int, first: int, epochs: int
) -> None:
    block = np.random.default_rng(rows).normal(size=(columns, rows + beyond))
    result = shuffled(block, rows, seed, first, epochs)
    assert result.shape == (epochs, columns, rows + beyond)
    for epoch in range(epochs):
        np.testing.assert_array_equal(result[epoch, :, :rows], block[:, order(rows, seed, first + epoch)])


def test_the_generator_is_splitmix() -> None:
    # The first numbers of the generator with seed 1234567, which many programs give as their test.
    assert [splitmix(1234567, number) for number in range(2)] == [6457827717110365317, 3203168211198807973]
