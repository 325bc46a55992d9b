"""What is left to chance, and what is not."""

import numpy as np
import pytest

from engine import OPTIMIZERS, FormulaError, Race, compile_loss
from engine.optimizers.function_optimizer import function_optimizer
from engine.race.randomness import MOST_SEEDS, NOISES, Randomness, noisy, strength


def descend(w: np.ndarray, g: np.ndarray, lr: float = 0.1) -> None:
    w -= lr * g


LOSS = compile_loss("x^2 + 3*y^2")


@pytest.mark.parametrize("noise", NOISES)
def test_noise_goes_round_what_a_racer_is_already(noise: str) -> None:
    randomness = Randomness(noise, 0.5)
    dressed = OPTIMIZERS["Adam | clip_norm | cosine"]
    rule = noisy(dressed, randomness).compile(**strength(dressed, randomness))
    race = Race(LOSS, [rule, f"Adam | clip_norm | cosine | {noise}(sigma=0.5)"], start=(1, 2))
    race.advance(50)
    assert race.trail(0).tobytes() == race.trail(1).tobytes()


def test_a_racer_with_noise_of_its_own_gets_more() -> None:
    shaken, randomness = OPTIMIZERS["SGD | noise"], Randomness("noise", 2.0)
    (name,) = strength(shaken, randomness)
    assert name not in shaken.defaults
    assert noisy(shaken, randomness).compile(**strength(shaken, randomness)).hyperparameters[name] == 2.0


def test_no_noise_leaves_a_rule_as_it_is() -> None:
    assert noisy(OPTIMIZERS["Adam"], Randomness()) is OPTIMIZERS["Adam"]
    assert strength(OPTIMIZERS["Adam"], Randomness()) == {}


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("name", ["CMAES", "Newton | cosine | ema"])
def test_noise_shakes_what_a_solver_sees_too(noise: str, name: str) -> None:
    solver, randomness = OPTIMIZERS[name], Randomness(noise, 0.5)
    race = Race(
        LOSS, [noisy(solver, randomness).compile(**strength(solver, randomness)), f"{name} | {noise}(sigma=0.5)", name]
    )
    race.restart((1, 2))
    race.advance(30)
    assert race.trail(0).tobytes() == race.trail(1).tobytes() != race.trail(2).tobytes()


def test_a_function_of_ones_own_gets_slopes_as_they_are() -> None:
    own = function_optimizer(descend)
    assert noisy(own, Randomness("noise")) is own and strength(own, Randomness("noise")) == {}


@pytest.mark.parametrize(
    "wrong", [{"noise": "cosine"}, {"sigma": -1.0}, {"sigma": float("nan")}, {"seeds": 0}, {"seeds": MOST_SEEDS + 1}]
)
def test_what_cannot_be_is_told(wrong: dict[str, object]) -> None:
    with pytest.raises(FormulaError):
        Randomness(**wrong)
