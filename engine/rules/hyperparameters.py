"""Hyperparameters: the free names of a rule, and the specs that many optimizers share."""

from __future__ import annotations

from dataclasses import dataclass

from engine.language.number_spec import NumberSpec


@dataclass(frozen=True)
class Hyperparameter(NumberSpec):
    """A free name of a rule.

    Attributes
    ----------
    playground : float, optional
        The value that suits two coordinates, where that is not the default.
    """

    playground: float | None = None


LEARNING_RATE_LOW, LEARNING_RATE_HIGH = 1e-5, 10.0
SMALL_LOW, SMALL_HIGH = 1e-12, 1.0
DECAY_HIGH = 0.9999
"""The end of the slider lies below 1, at which an average would forget nothing."""


def learning_rate(default: float, playground: float | None = None) -> Hyperparameter:
    """Return the spec of the learning rate, which nearly every optimizer has."""
    help = "learning rate: length of a step"
    ends = LEARNING_RATE_LOW, LEARNING_RATE_HIGH
    return Hyperparameter("lr", default, *ends, "log", help=help, playground=playground)


def decay(name: str, default: float, help: str, playground: float | None = None) -> Hyperparameter:
    """Return the spec of a factor between 0 and 1 that says how slowly something is forgotten."""
    return Hyperparameter(name, default, 0.0, DECAY_HIGH, help=help, playground=playground)


def small(name: str, default: float, help: str) -> Hyperparameter:
    """Return the spec of a small positive number."""
    return Hyperparameter(name, default, min(default, SMALL_LOW), SMALL_HIGH, "log", help=help)


def positive(
    name: str, default: float, low: float, high: float, help: str, playground: float | None = None
) -> Hyperparameter:
    """Return the spec of a positive number whose order of magnitude matters."""
    return Hyperparameter(name, default, low, high, "log", help=help, playground=playground)


def zero_to_one(name: str, help: str, default: float = 0.0) -> Hyperparameter:
    """Return the spec of a strength between 0 and 1."""
    return Hyperparameter(name, default, 0.0, 1.0, help=help)


def zero_to(high: float, name: str, default: float, help: str, playground: float | None = None) -> Hyperparameter:
    """Return the spec of a number between 0 and `high`."""
    return Hyperparameter(name, default, 0.0, high, help=help, playground=playground)


def switch(name: str, default: bool, help: str) -> Hyperparameter:
    """Return the spec of something that is on (1) or off (0)."""
    return Hyperparameter(name, float(default), 0.0, 1.0, "switch", help=help)


EPS = small("eps", 1e-8, "keeps the divisor from 0")
BETA1 = decay("beta1", 0.9, "memory of the gradient")
BETA2 = decay("beta2", 0.999, "memory of its square")
"""The specs that Adam and its many relatives share."""
COUPLED_DECAY = zero_to_one("weight_decay", "pull towards 0, added to the gradient")
"""The spec that every optimizer shares whose weight decay goes through the gradient, as in PyTorch."""
DECOUPLED_DECAY = zero_to_one("weight_decay", "pull towards 0, apart from the gradient")
"""The spec of weight decay that the gradient does not rescale."""
