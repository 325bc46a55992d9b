"""A swarm that follows a race is at every step what a swarm is that was stepped there in one go."""

import numpy as np
import pytest

from engine import Swarm, compile_loss
from engine.race.followers.following_swarm import FollowingSwarm, even_starts

FORMULA = "(a - x)^2 + 100*(y - x^2)^2"
DOMAIN = ((-2, 2), (-1, 3))
LONG_S = 60.0


def stepped(racer: str, steps: int) -> np.ndarray:
    swarm = Swarm(compile_loss(FORMULA), racer, even_starts(DOMAIN, 300))
    swarm.advance(steps)
    return swarm.positions


@pytest.mark.parametrize("racer", ["Adam(lr=0.05)", "NelderMead", "SGD(lr=0.001) | noise(sigma=0.1)"])
def test_it_goes_there_and_back_bit_for_bit(racer: str) -> None:
    swarm = FollowingSwarm(compile_loss(FORMULA), racer, DOMAIN, 300)
    for step in (40, 1500, 3, 0, 130, 1499):
        assert swarm.follow(step, LONG_S)
        assert np.array_equal(swarm.swarm.positions, stepped(racer, step)), step


def test_a_change_holds_from_its_step_on_and_again_after_going_back() -> None:
    loss = compile_loss(FORMULA)
    swarm = FollowingSwarm(loss, "SGD(lr=0.0005)", DOMAIN, 300)
    numbers = loss.parameter_array.copy()
    swarm.follow(50, LONG_S)
    swarm.change(50, {"lr": 0.0001}, numbers + 1.0)
    swarm.follow(90, LONG_S)
    there = swarm.swarm.positions
    expected = Swarm(other := compile_loss(FORMULA), "SGD(lr=0.0005)", even_starts(DOMAIN, 300))
    expected.advance(50)
    expected.set(lr=0.0001)
    other.set(a=float(numbers[0]) + 1.0)
    expected.advance(40)
    assert np.array_equal(there, expected.positions)
    swarm.follow(10, LONG_S)
    assert np.array_equal(swarm.swarm.positions, stepped("SGD(lr=0.0005)", 10))
    swarm.follow(90, LONG_S)
    assert np.array_equal(swarm.swarm.positions, there)


def test_even_starts_cover_a_rectangle_evenly() -> None:
    counts, *_ = np.histogram2d(*even_starts(((-3, 1), (5, 6)), 6400).T, bins=8, range=((-3, 1), (5, 6)))
    assert counts.min() > 90 and counts.max() < 110
