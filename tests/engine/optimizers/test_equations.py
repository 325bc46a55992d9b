"""Optimizers that no public implementation proves take the steps of their papers' equations, written out in NumPy."""

import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss
from engine.language.codegen.noise import uniforms
from engine.solvers.solver import Solver

Slope = Callable[[np.ndarray], np.ndarray]
STEPS = 100
AGREEMENT = 1e-9
FORMULAS = {
    "rosenbrock": ("(1 - x)^2 + 100*(y - x^2)^2", (-1.2, 1.0)),
    "wavy": ("sin(2x)*cos(3y) + (x^2 + y^2)/5", (1.7, -1.1)),
}


def moments(
    w: np.ndarray, slope: Slope, b1: float, b2: float
) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """Yield step, slope and both corrected averages for as long as somebody moves `w` in place."""
    first, second = np.zeros(2), np.zeros(2)
    for step in range(1, STEPS + 1):
        here = slope(w)
        first = b1 * first + (1 - b1) * here
        second = b2 * second + (1 - b2) * here**2
        yield step, here, first / (1 - b1**step), second / (1 - b2**step)


def adam_atan2(w: np.ndarray, slope: Slope, lr: float, beta1: float, beta2: float, a: float, b: float) -> None:
    for _, _, m, v in moments(w, slope, beta1, beta2):
        w -= lr * a * np.arctan2(m, b * np.sqrt(v))


def adam_mini(w: np.ndarray, slope: Slope, lr: float, beta1: float, beta2: float, eps: float) -> None:
    for _, _, m, v in moments(w, slope, beta1, beta2):
        w -= lr * m / (math.sqrt((v[0] + v[1]) / 2) + eps)


def simplified_ademamix(
    w: np.ndarray, slope: Slope, lr: float, beta1: float, beta2: float, eps: float, alpha: float
) -> None:
    total = np.zeros(2)
    for _, here, _, v in moments(w, slope, 0.0, beta2):
        total = beta1 * total + here
        w -= lr * (total + alpha * here) / (np.sqrt(v) + eps)


def cautious_adam(w: np.ndarray, slope: Slope, lr: float, beta1: float, beta2: float, eps: float) -> None:
    for _, here, m, v in moments(w, slope, beta1, beta2):
        step = m / (np.sqrt(v) + eps)
        agree = [move * along > 0 for move, along in zip(step, here, strict=True)]
        share = max(sum(agree) / 2, 1e-3)
        w -= np.where(agree, lr / share * step, 0.0)


def avagrad(w: np.ndarray, slope: Slope, lr: float, beta1: float, beta2: float, eps: float) -> None:
    before = None
    for _, _, m, v in moments(w, slope, beta1, beta2):
        if before is not None:
            eta = 1 / (np.sqrt(before) + eps)
            w -= lr * eta / math.hypot(*(eta / math.sqrt(2))) * m
        before = v


def noisy_sgd(w: np.ndarray, slope: Slope, lr: float, temperature: float) -> None:
    first = np.zeros(1, dtype=np.uint64)
    for step in range(1, STEPS + 1):
        u, v = (float(uniforms(0, step, number, first)[0]) for number in (0, 1))
        noise = math.sqrt(-2 * math.log(1 - u)) * np.array([math.cos(2 * math.pi * v), math.sin(2 * math.pi * v)])
        w += math.sqrt(2 * lr * temperature) * noise - lr * slope(w)


EQUATIONS = {
    "AdamAtan2": (adam_atan2, {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "a": 1.1, "b": 2.0}),
    "AdamMini": (adam_mini, {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "eps": 1e-4}),
    "AvaGrad": (avagrad, {"lr": 2e-4, "beta1": 0.8, "beta2": 0.95, "eps": 0.5}),
    "SimplifiedAdEMAMix": (simplified_ademamix, {"lr": 2e-3, "beta1": 0.9, "beta2": 0.9, "eps": 1e-4, "alpha": 2.0}),
    "NoisySGD": (noisy_sgd, {"lr": 2e-4, "temperature": 0.3}),
    "CautiousAdam": (cautious_adam, {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "eps": 1e-4}),
}


def test_what_follows_no_implementation_is_held_against_its_equations() -> None:
    assert set(EQUATIONS) == {
        name for name, entry in OPTIMIZERS.items() if not (entry.follows or isinstance(entry, Solver))
    }
    assert all(settings.keys() == OPTIMIZERS[name].defaults.keys() for name, (_, settings) in EQUATIONS.items())


@pytest.mark.parametrize("landscape", FORMULAS)
@pytest.mark.parametrize("name", EQUATIONS)
def test_an_optimizer_takes_the_steps_of_its_equations(name: str, landscape: str) -> None:
    walk, settings = EQUATIONS[name]
    formula, start = FORMULAS[landscape]
    loss = compile_loss(formula)
    w = np.array(start)
    walk(w, lambda place: np.array(loss.gradient(*place), dtype=float).reshape(2), **settings)
    race = Race(loss, [OPTIMIZERS[name].compile(**settings)], start=start)
    race.advance(STEPS)
    np.testing.assert_allclose(race.positions[0], w, rtol=AGREEMENT, atol=AGREEMENT)
