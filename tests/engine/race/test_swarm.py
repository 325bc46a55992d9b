"""A swarm does at many points what a race does at one."""

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, Swarm, compile_loss

STARTS = np.random.default_rng(5).uniform(-2, 2, (1500, 2))


@pytest.mark.parametrize("racer", ["SGD(lr=0.02)", "Adam(lr=0.01)", "Prodigy(d0=0.01)"])
def test_every_instance_moves_bit_for_bit_like_a_racer_from_its_start(racer: str) -> None:
    loss = compile_loss("sin(3x)*cos(2y) + (x^2 + y^2)/10")
    swarm = Swarm(loss, racer, STARTS)
    swarm.advance(700)
    chosen = [0, 7, 311, 312, 511, 512, 1499]
    race = Race(loss, [racer] * len(chosen), start=STARTS[chosen])
    race.advance(700)
    assert swarm.positions[chosen].tolist() == race.positions.tolist()


def alike(optimizer: str) -> int:
    """Return how many of 16 instances do what a racer does: where numbers are drawn, only the first has a racer's."""
    entry = OPTIMIZERS[optimizer]
    return 1 if "seed" in entry.defaults or "rand" in entry.rule else 16


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_every_optimizer_gives_the_same_bits_with_the_loss_built_in(optimizer: str) -> None:
    loss = compile_loss("a*sin(3x)*cos(2y) + (x^2 + y^2)/10 + exp(-x*y)", a=0.7)
    # Of a swarm that draws random numbers, only the first instance has those of a race.
    count = 1 if OPTIMIZERS[optimizer].rule_text.reads("randn") else 16
    swarm = Swarm(loss, optimizer, STARTS[:count])
    race = Race(loss, [optimizer] * count, start=STARTS[:count])
    swarm.advance(60)
    race.advance(60)
    first = slice(alike(optimizer))
    going_on = np.isinf(swarm.diverged[first])
    assert swarm.positions[first][going_on].tobytes() == race.positions[first][going_on].tobytes()
    told = ["" if np.isinf(step) else f"diverged at step {step:g}" for step in swarm.diverged[first]]
    assert told == [status if status.startswith("diverged") else "" for status in race.status[first]]


@pytest.mark.parametrize("optimizer", [name for name, entry in OPTIMIZERS.items() if "weight_decay" in entry.defaults])
def test_a_decay_that_comes_and_goes_is_that_of_a_race(optimizer: str) -> None:
    # With the loss built in, an update without decay leaves the products out.
    loss = compile_loss("a*sin(3x)*cos(2y) + (x^2 + y^2)/10 + exp(-x*y)", a=0.7)
    swarm = Swarm(loss, optimizer, STARTS[:16])
    race = Race(loss, [optimizer] * 16, start=STARTS[:16])
    for decay in (0.0, 0.1, 0.0):
        swarm.set(weight_decay=decay)
        swarm.advance(20)
        for racer in range(16):
            race.set(racer, weight_decay=decay)
        race.advance(20)
        assert swarm.positions.tobytes() == race.positions.tobytes()


def test_a_decay_moves_a_swarm_where_nothing_else_does() -> None:
    flat = Swarm(compile_loss("1 + 0*x + 0*y"), "SGD(lr=0.5, weight_decay=1)", [[4.0, -2.0]])
    flat.advance()
    assert flat.positions.tolist() == [[2.0, -1.0]]
    flat.set(weight_decay=0)
    flat.advance()
    assert flat.positions.tolist() == [[2.0, -1.0]]


def test_advancing_in_parts_is_the_same() -> None:
    loss = compile_loss("(1 - x)^2 + 100*(y - x^2)^2")
    whole, parts = Swarm(loss, "Lion(lr=0.01)", STARTS), Swarm(loss, "Lion(lr=0.01)", STARTS)
    whole.advance(1000)
    for steps in (1, 599, 400):
        parts.advance(steps)
    assert whole.positions.tobytes() == parts.positions.tobytes()


def test_an_instance_that_diverges_stays_at_its_last_finite_position() -> None:
    swarm = Swarm(compile_loss("x^4 + y^4"), "SGD(lr=1)", [[0.1, 0.1], [5.0, 5.0]])
    swarm.advance(100)
    assert np.isfinite(swarm.positions).all()
    assert np.isinf(swarm.diverged[0]) and swarm.diverged[1] < 20


@pytest.mark.parametrize("number", [0, 30, 63])
def test_of_many_that_differ_one_diverges_wherever_it_is_among_them(number: int) -> None:
    starts = np.full((64, 2), 0.1)
    starts[number] = 5.0
    swarm = Swarm(compile_loss("x^4 + y^4"), "SGD", starts, hyperparameters={"lr": np.linspace(0.9, 1, 64)})
    swarm.advance(100)
    assert np.flatnonzero(np.isfinite(swarm.diverged)).tolist() == [number]
    assert np.isfinite(swarm.positions).all()


def test_an_empty_swarm_is_no_mistake() -> None:
    swarm = Swarm(compile_loss("x"), "SGD", np.empty((0, 2)))
    swarm.advance(3)
    assert swarm.positions.shape == (0, 2) and swarm.losses.shape == (0,)
