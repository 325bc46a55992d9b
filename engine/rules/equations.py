"""The equations of a paper as a loop: what a rule is compared with where no public implementation exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array

Gradient = Callable[[Array], Array]
STEPS = 100
"""Steps over which a rule is compared with its equations."""


@dataclass(frozen=True)
class Equations:
    """A paper's equations, written out without the language of rules.

    Attributes
    ----------
    descend : callable
        Given the position ``w``, float64 (2,), a function that returns the gradient at a position, and the
        hyperparameters by name, it moves ``w`` in place by `STEPS` steps.
    settings : mapping of str to float
        The hyperparameters at which the rule is compared, each at another value than its default.
    """

    descend: Callable[..., None]
    settings: Mapping[str, float]


def corrected_averages(
    w: Array, gradient: Gradient, beta1: float, beta2: float
) -> Iterator[tuple[Array, Array, Array]]:
    """Yield the gradient and Adam's two corrected averages in each step, between which the caller moves `w` in place.

    The averages are those of the gradient and of its square, divided by ``1 - beta^t``.
    """
    first, second = np.zeros(2), np.zeros(2)
    for step in range(1, STEPS + 1):
        g = gradient(w)
        first = beta1 * first + (1 - beta1) * g
        second = beta2 * second + (1 - beta2) * g**2
        yield g, first / (1 - beta1**step), second / (1 - beta2**step)
