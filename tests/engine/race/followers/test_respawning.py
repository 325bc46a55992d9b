"""Members of a swarm that have come to rest or left begin anew, and the swarm is the same there and back."""

import numpy as np
import pytest

from engine import compile_loss
from engine.race.followers.following_swarm import FollowingSwarm, even_starts
from engine.race.followers.respawning import LOOK_EVERY, random_starts

HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
DOMAIN = ((-5, 5), (-5, 5))
LONG_S = 60.0


def swarm_of(racer: str, formula: str = HIMMELBLAU, count: int = 3000, respawns: bool = True) -> FollowingSwarm:
    return FollowingSwarm(compile_loss(formula), racer, DOMAIN, count, seed=4, respawns=respawns)


def seen(swarm: FollowingSwarm) -> tuple[bytes, int]:
    return swarm.swarm.positions.tobytes(), swarm.respawned


def test_members_that_have_come_to_rest_begin_anew_and_are_counted() -> None:
    swarm, without = swarm_of("SGD(lr=0.01)"), swarm_of("SGD(lr=0.01)", respawns=False)
    for each in (swarm, without):
        each.follow(400, LONG_S)
    rests = np.hypot(*compile_loss(HIMMELBLAU).gradient(*without.swarm.positions.T)) < 1e-6
    moves = np.hypot(*compile_loss(HIMMELBLAU).gradient(*swarm.swarm.positions.T)) > 1e-3
    assert without.respawned == 0 and rests.mean() > 0.99
    assert swarm.respawned > 3000 and moves.mean() > 0.3


def test_nobody_stays_outside_or_diverged() -> None:
    swarm = swarm_of("SGD(lr=0.1)", "-x^2 - 0.01*y", 500)
    swarm.follow(320, LONG_S)
    inside = (np.abs(swarm.swarm.positions) <= 5).all(axis=1)
    assert swarm.respawned > 1000 and inside.mean() > 0.3 and np.isinf(swarm.swarm.diverged).all()


@pytest.mark.parametrize("racer", ["Adam(lr=0.2)", "NelderMead", "CMAES", "SGD(lr=0.02) | noise(sigma=100)"])
def test_it_goes_there_and_back_bit_for_bit(racer: str) -> None:
    swarm = swarm_of(racer, count=300)
    there = {}
    for step in (7, 31, 32, 33, 200, 1000, 1500):
        swarm.follow(step, LONG_S)
        there[step] = seen(swarm)
    assert there[1500][1] > there[200][1] > 0
    for step in (1000, 33, 1500, 31, 200, 7, 32):
        swarm.follow(step, LONG_S)
        assert seen(swarm) == there[step], step
        assert step < 1000 or seen(swarm) == seen(straight(racer, step)), "without a stop on the way"


def straight(racer: str, step: int) -> FollowingSwarm:
    swarm = swarm_of(racer, count=300)
    swarm.follow(step, LONG_S)
    return swarm


def test_it_can_be_switched_on_and_off_at_any_step_and_is_so_again_after_going_back() -> None:
    swarm = swarm_of("SGD(lr=0.01)", respawns=False)
    numbers, settings = swarm.swarm.loss.parameter_array.copy(), {"lr": 0.01}
    there = {}
    for step, respawns in ((300, True), (390, False), (397, True), (500, False)):
        swarm.follow(step, LONG_S)
        swarm.change(step, settings, numbers, respawns)
        there[step] = seen(swarm)
    assert there[300][1] == 0 < there[390][1] <= there[397][1] < there[500][1]
    swarm.follow(900, LONG_S)
    there[900] = seen(swarm)
    assert swarm.respawned == there[500][1]
    for step in (395, 390, 900, 300, 500, 397):
        swarm.follow(step, LONG_S)
        assert step not in there or seen(swarm) == there[step], step


def test_large_swarms_respawn_the_same_members_in_any_block() -> None:
    small, large = swarm_of("SGD(lr=0.02)", count=2000), swarm_of("SGD(lr=0.02)", count=140_000)
    for each in (small, large):
        each.follow(5 * LOOK_EVERY, LONG_S)
    assert np.array_equal(small.swarm.positions, large.swarm.positions[:2000])
    assert large.respawned > small.respawned > 0


def test_new_starts_cover_the_rectangle_and_differ_from_step_to_step() -> None:
    members = np.arange(6400)
    first, second = (random_starts(((-3, 1), (5, 6)), 1, step, members) for step in (16, 32))
    counts, *_ = np.histogram2d(*first.T, bins=8, range=((-3, 1), (5, 6)))
    assert counts.sum() == 6400 and counts.min() > 60
    assert not np.isin(first, second).any() and not np.array_equal(first, even_starts(((-3, 1), (5, 6)), 6400))
