"""Random numbers of a rule: reproducible to the bit, whatever the way, and distributed as they should be."""

import numpy as np
import pytest

import engine.race.timeline as timeline_module
from engine import Race, Swarm, compile_loss, compile_rule
from engine.language.codegen.noise import random_words, uniforms

PLANE = compile_loss("x + y")
MANY = 40_000
NOISY = "init m = randn()\nm = 0.9*m + g + rand()\nw = w - lr*m + lr*randn()"
FAR = 4.5
"""Standard errors: chance alone goes beyond once in 100,000 times, and the seed is fixed."""

PUBLISHED = (
    ((0,) * 4, (0,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)
"""Places, keys and results that the authors of the generator publish with it."""


def drawn(draw: str, seed: int = 0, steps: int = 1) -> np.ndarray:
    """Return what `draw` is in the last of `steps` for each of MANY instances, float64 (MANY, 2)."""
    swarm = Swarm(PLANE, compile_rule(f"w = {draw}"), np.zeros((MANY, 2)), seed)
    swarm.advance(steps)
    return swarm.positions


def assert_uncorrelated(one: np.ndarray, other: np.ndarray) -> None:
    assert abs(np.corrcoef(one, other)[0, 1]) < FAR / np.sqrt(len(one))


@pytest.mark.parametrize(("place", "key", "words"), PUBLISHED)
def test_the_generator_is_the_published_one(
    place: tuple[int, ...], key: tuple[int, ...], words: tuple[int, ...]
) -> None:
    instructions = {
        "mul": lambda u, v: u * v,
        "add": lambda u, v: u + v,
        "xor": lambda u, v: u ^ v,
        "and": lambda u, v: u & v,
        "lshr": lambda u, v: u >> v,
    }
    found = random_words(place, key, lambda value: value, lambda name, u, v: instructions[name](u, v))
    assert tuple(found) == words


@pytest.mark.parametrize("seed", [0, 1, -1, 2**40 + 3, 10**30])
@pytest.mark.parametrize("step", [1, 7])
def test_machine_code_draws_the_numbers_that_numpy_does(seed: int, step: int) -> None:
    numbers = [uniforms(seed, step, number, np.arange(MANY, dtype=np.uint64)) for number in (2, 3)]
    second = drawn("rand()*0 + rand()", seed, step)
    assert second.T.tolist() == np.array(numbers).tolist()


def test_rand_is_uniform_from_0_up_to_1() -> None:
    numbers = drawn("rand()")
    assert numbers.min() >= 0 and numbers.max() < 1
    counts = np.histogram(numbers, bins=20, range=(0, 1))[0]
    expected = numbers.size / 20
    assert np.abs(counts - expected).max() < FAR * np.sqrt(expected)


def test_randn_is_normal() -> None:
    numbers = drawn("randn()").ravel()
    assert abs(numbers.mean()) < FAR / np.sqrt(numbers.size)
    assert abs(numbers.var() - 1) < FAR * np.sqrt(2 / numbers.size)
    assert abs((numbers**3).mean()) < FAR * np.sqrt(15 / numbers.size)
    assert abs((numbers**4).mean() - 3) < FAR * np.sqrt(96 / numbers.size)


@pytest.mark.parametrize("draw", ["rand()", "randn()"])
def test_coordinates_instances_steps_calls_and_seeds_know_nothing_of_each_other(draw: str) -> None:
    numbers = drawn(draw)
    x, y = numbers.T
    assert_uncorrelated(x, y)
    assert_uncorrelated(x**2, y**2)
    assert_uncorrelated(x[1:], x[:-1])
    for other in (drawn(draw, steps=2), drawn(draw, seed=1), drawn(f"0*{draw} + {draw}")):
        assert_uncorrelated(x, other[:, 0])
        assert_uncorrelated(y, other[:, 0])


def test_each_call_draws_anew_in_functions_and_sums_too() -> None:
    assert not (drawn("randn() - randn()") == 0).any()
    apart = Race(PLANE, [compile_rule("noise(s) = s*randn()\nw = noise(1) - noise(1)")])
    apart.advance(1)
    assert not (apart.positions == 0).any()
    assert drawn("sum(rand() + 0*i, i, 1, 48) - 24").std() == pytest.approx(2, rel=0.02)


def test_a_race_is_the_same_however_it_is_cut_into_slices() -> None:
    whole, sliced = (Race(PLANE, [compile_rule(NOISY, lr=0.1)], seed=3) for _ in range(2))
    whole.advance(3000)
    for steps in (1, 2, 997, 1500, 500):
        sliced.advance(steps)
    assert whole.trail(0).tobytes() == sliced.trail(0).tobytes()


def test_going_back_and_on_again_meets_the_same_noise() -> None:
    race = Race(PLANE, [compile_rule(NOISY, lr=0.1)], seed=3)
    race.advance(timeline_module.FIRST_SPACING + 500)
    trail = race.trail(0).copy()
    race.rewind(700)
    race.advance(timeline_module.FIRST_SPACING - 200)
    assert race.trail(0).tobytes() == trail.tobytes()
    race.restart()
    race.advance(50)
    assert race.trail(0).tobytes() == trail[:51].tobytes()


def test_all_racers_of_one_seed_meet_the_same_noise_and_those_of_another_seed_another() -> None:
    rules = [compile_rule("w = w + randn()"), compile_rule("k = k + 1\nw = w + randn() + 0*k")]
    race, other = Race(PLANE, rules, seed=1), Race(PLANE, rules, seed=2)
    race.advance(20)
    other.advance(20)
    assert race.trail(0).tobytes() == race.trail(1).tobytes() != other.trail(0).tobytes()


@pytest.mark.parametrize("rule", [NOISY, "w = w - lr*g*rand()", "u = randn()\nw = w - lr*hess(u)*u"])
def test_the_first_instance_of_a_swarm_moves_as_a_racer_of_the_same_seed(rule: str) -> None:
    loss = compile_loss("sin(3x)*cos(2y) + (x^2 + y^2)/10")
    swarm = Swarm(loss, compile_rule(rule, lr=0.01), np.full((1200, 2), 0.5), seed=9)
    race = Race(loss, [compile_rule(rule, lr=0.01)], start=(0.5, 0.5), seed=9)
    swarm.advance(200)
    race.advance(200)
    assert swarm.positions[0].tolist() == race.positions[0].tolist()
    assert len(np.unique(swarm.positions, axis=0)) == 1200
