"""Bands: what a racer's other seeds do while the first is watched."""

import numpy as np
import pytest

from engine import Race, Swarm, compile_loss
from engine.race.bands import HIGH, LOW, MOST_ROWS

BOWL = "x^2 + 3*y^2"
NOISY = "SGD(lr=0.05) | noise(sigma=0.5)"
START = (1.0, -2.0)


def noisy_race(seeds: int, *racers: str) -> Race:
    return Race(compile_loss(BOWL), list(racers) or [NOISY], start=START, seed=3, seeds=seeds)


def test_other_seeds_leave_the_race_as_it_is() -> None:
    alone, among = noisy_race(1), noisy_race(40)
    for race in (alone, among):
        race.advance(300)
    assert alone.trail(0).tobytes() == among.trail(0).tobytes()
    assert alone.band(0) is None


def test_a_band_holds_the_quantiles_of_a_swarm_of_such_racers() -> None:
    race, swarm = noisy_race(21), Swarm(compile_loss(BOWL), NOISY, np.tile(START, (21, 1)), seed=3)
    race.advance(50)
    swarm.advance(50)
    band, losses = race.band(0), np.sort(swarm.losses)
    assert band is not None and band.steps.tolist() == list(range(51))
    assert [band.low[-1], band.median[-1], band.high[-1]] == [losses[round(20 * share)] for share in (LOW, 0.5, HIGH)]


def test_a_band_without_chance_has_no_width() -> None:
    race = noisy_race(9, "Adam(lr=0.1)", "BFGS")
    race.advance(100)
    for number in range(2):
        band = race.band(number)
        assert band is not None and (band.low == band.high).all()
        np.testing.assert_array_equal(band.median, race.trail_losses(number))


@pytest.mark.parametrize("racer", [NOISY, "SimulatedAnnealing", "SPSA"])
def test_going_back_and_on_again_makes_the_same_band(racer: str) -> None:
    race = noisy_race(12, racer)
    race.advance(200)
    before = race.band(0)
    race.rewind(77)
    assert race.band(0).steps[-1] == 77
    race.advance(123)
    after = race.band(0)
    assert before.low.tolist() == after.low.tolist() and before.high.tolist() == after.high.tolist()
    assert (before.low[1:] < before.high[1:]).any()


def test_a_newcomer_has_the_band_that_it_would_have_had_from_the_start() -> None:
    both, later = noisy_race(8, NOISY, "Adam(lr=0.1) | noise"), noisy_race(8)
    both.advance(60)
    later.advance(60)
    later.add("Adam(lr=0.1) | noise")
    assert both.band(1).median.tolist() == later.band(1).median.tolist()


def test_a_long_race_has_a_short_band_from_its_start_to_its_end() -> None:
    race = noisy_race(8)
    race.advance(10_000)
    band = race.band(0)
    assert MOST_ROWS / 2 <= len(band.steps) <= MOST_ROWS
    assert band.steps[0] == 0 and band.steps[-1] > 9_900
    assert len(set(np.diff(band.steps).tolist())) == 1


def test_a_seed_that_diverges_counts_as_infinitely_high() -> None:
    race = Race(compile_loss("x^2 - x^4/10"), ["SGD(lr=0.2) | noise(sigma=4)"], start=(1, 0), seed=1, seeds=64)
    race.advance(400)
    band = race.band(0)
    assert np.isinf(band.high[-1]) and np.isfinite(band.high[0])


def test_a_restart_begins_the_bands_anew() -> None:
    race = noisy_race(8)
    race.advance(2000)
    race.restart()
    assert race.band(0).steps.tolist() == [0]
    race.advance(3)
    assert race.band(0).steps.tolist() == [0, 1, 2, 3]


def test_a_replaced_rule_takes_every_seed_over_where_it_stands() -> None:
    race = noisy_race(16)
    race.advance(100)
    before = race.band(0)
    race.replace(0, "SGD(lr=1e-9)")
    race.advance(1)
    after = race.band(0)
    assert after.low[-1] == pytest.approx(before.low[-1], rel=1e-6)
    assert after.high[-1] == pytest.approx(before.high[-1], rel=1e-6)
    race.rewind(50)
    race.advance(0)
    assert race.band(0).high.tolist() == before.high[:51].tolist()


def test_every_seed_has_mini_batches_of_its_own() -> None:
    rows = np.random.default_rng(0)
    columns = {"u": rows.normal(size=60), "v": rows.normal(size=60)}
    loss = compile_loss("mean((x*u + y - v)^2)", columns)
    alone = Race(loss, ["SGD(lr=0.1)"], start=START, seed=5, batch=8)
    other = Race(loss, ["SGD(lr=0.1)"], start=START, seed=6, batch=8)
    among = Race(loss, ["SGD(lr=0.1)"], start=START, seed=5, batch=8, seeds=2)
    for race in (alone, other, among):
        race.advance(40)
    assert among.trail(0).tobytes() == alone.trail(0).tobytes()
    assert {among.band(0).low[-1], among.band(0).high[-1]} == {alone.losses[0], other.losses[0]}


def test_all_rows_leave_nothing_to_chance() -> None:
    loss = compile_loss("mean((x*u + y)^2)", {"u": [1.0, 2.0, 3.0]})
    race = Race(loss, ["SGD(lr=0.1)"], start=START, seeds=9)
    race.advance(20)
    assert race.band(0).low.tolist() == race.band(0).high.tolist()
