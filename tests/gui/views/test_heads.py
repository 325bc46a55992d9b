"""Heads at one place share a disc."""

from hypothesis import given
from hypothesis import strategies as st

from gui.views.heads import SAME_PLACE_PX, shared_discs

places = st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), max_size=12)


@given(places)
def test_every_head_is_on_one_disc_and_near_its_place(heads: list[tuple[float, float]]) -> None:
    discs = shared_discs(heads)
    assert sorted(number for disc in discs for number in disc) == list(range(len(heads)))
    for disc in discs:
        x, y = heads[disc[0]]
        assert all(abs(heads[n][0] - x) + abs(heads[n][1] - y) < SAME_PLACE_PX or n == disc[0] for n in disc)


@given(st.integers(1, 12))
def test_heads_far_apart_share_nothing_and_heads_at_one_place_share_one_disc(count: int) -> None:
    assert len(shared_discs([(9.0 * number, 0.0) for number in range(count)])) == count
    assert shared_discs([(3.0, 4.0)] * count) == [list(range(count))]
