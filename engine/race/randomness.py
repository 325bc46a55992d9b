"""The randomness of a race: noise on the gradient of every racer, the seed, and the number of seeds of each racer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.language.errors import FormulaError
from engine.rules.modifiers.wrappers import NOISE, WRAPPERS
from engine.rules.modifiers.wrapping import wrapped
from engine.rules.optimizer import Optimizer
from engine.solvers.modified_solver import with_modifiers
from engine.solvers.solver import Solver

NOISES = tuple(name for name, entry in WRAPPERS.items() if NOISE.name in entry.defaults)
"""The wrappers that add noise to the gradient."""
MOST_SEEDS = 64
"""Runs of each racer: more would make a band no clearer, and slow the race down."""


@dataclass(frozen=True)
class Randomness:
    """The noise and the seeds of a race; by default there is no noise, and each racer runs once.

    Attributes
    ----------
    noise : str
        One of `NOISES`, or "" for none.
    sigma : float
        Its size, from 0 up.
    seed : int
        Determines all random numbers and mini-batches.
    seeds : int
        How many times each racer runs, from 1 to `MOST_SEEDS`.

    Raises
    ------
    FormulaError
        Where one of them cannot be.
    """

    noise: str = ""
    sigma: float = NOISE.default
    seed: int = 0
    seeds: int = 1

    def __post_init__(self) -> None:
        if self.noise not in ("", *NOISES):
            raise FormulaError(f'There is no noise "{self.noise}".', hint=f"There are: {', '.join(NOISES)}.")
        if not (math.isfinite(self.sigma) and self.sigma >= 0.0):
            raise FormulaError(f"The size of noise must be a finite number from 0 up, not {self.sigma:g}.")
        if not 1 <= self.seeds <= MOST_SEEDS:
            raise FormulaError(f"Each racer runs 1 to {MOST_SEEDS} seeds, not {self.seeds}.")


def noisy(optimizer: Optimizer, randomness: Randomness) -> Optimizer:
    """Return `optimizer` with the noise of `randomness`; a person's function gets the exact gradient."""
    if not randomness.noise or optimizer.bare:
        return optimizer
    wrapper = WRAPPERS[randomness.noise]
    return with_modifiers(optimizer, [wrapper]) if isinstance(optimizer, Solver) else wrapped(optimizer, wrapper)


def strength(optimizer: Optimizer, randomness: Randomness) -> dict[str, float]:
    """Return the size of the noise by the name that it has in `noisy`; nothing where there is none."""
    within = noisy(optimizer, randomness)
    if within is optimizer:
        return {}
    specs = zip(
        WRAPPERS[randomness.noise].hyperparameters,
        within.hyperparameters[len(optimizer.hyperparameters) :],
        strict=True,
    )
    return {whole.name: randomness.sigma for spec, whole in specs if spec.name == NOISE.name}
