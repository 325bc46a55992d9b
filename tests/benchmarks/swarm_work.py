"""The work that ours and the yardsticks do alike: Adam from the same starts on the same two formulas, in float64."""

import numpy as np

from engine import Swarm, compile_loss

INSTANCES, STEPS, ROUNDS = 65_536, 400, 7
LEARNING_RATE = 0.01
FORMULAS = {
    "Rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "Ackley": "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e",
}
AGREEMENT = 1e-6
"""How far apart the median instances may end: fast-math takes other roundings, and a ridge parts neighbours."""


def starts() -> np.ndarray:
    """Return where the instances start, float64 (INSTANCES, 2)."""
    return np.random.default_rng(0).uniform(-2, 2, (INSTANCES, 2))


def our_swarm(name: str) -> Swarm:
    """Return our swarm at its starts, its machine code made."""
    warm = Swarm(compile_loss(FORMULAS[name]), f"Adam(lr={LEARNING_RATE})", starts()[:8])
    warm.advance(1)
    return Swarm(warm.loss, f"Adam(lr={LEARNING_RATE})", starts())


def check(name: str, yardstick: str, ours: np.ndarray, theirs: np.ndarray) -> None:
    """Raise where the yardstick did not do the same work: then its speed says nothing."""
    apart = float(np.median(np.abs(ours - theirs)))
    if not apart <= AGREEMENT:
        raise SystemExit(f"{yardstick} does other work than ours on {name}: positions are {apart:.1e} apart.")
