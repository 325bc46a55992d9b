"""The record of a named rule: its text, its hyperparameters and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from engine.rule import Rule


@dataclass(frozen=True)
class Hyperparameter:
    """A free name of a rule, with what a slider needs.

    Attributes
    ----------
    name : str
    default, low, high : float
        The value to begin with, and the ends of the slider.
    scale : str
        ``linear``, ``log`` or ``switch`` (0 or 1).
    help : str
        What it does, in a few words.
    """

    name: str
    default: float
    low: float
    high: float
    scale: str = "linear"
    help: str = ""


@dataclass(frozen=True)
class Optimizer:
    """A named rule.

    Attributes
    ----------
    name : str
    rule : str
        The text of one update.
    hyperparameters : tuple of Hyperparameter
    source : str
        The paper or public implementation that it follows.
    summary : str
        One sentence for somebody who meets it for the first time.
    differs : str
        How it differs from the paper; "" where it does not.
    """

    name: str
    rule: str
    hyperparameters: tuple[Hyperparameter, ...]
    source: str
    summary: str
    differs: str = ""

    @property
    def defaults(self) -> dict[str, float]:
        """The value to begin with of each hyperparameter."""
        return {row.name: row.default for row in self.hyperparameters}

    def compile(self, **values: float) -> Rule:
        """Return the compiled rule, with `values` in place of defaults.

        Raises
        ------
        FormulaError
            Where a value is not finite or has no hyperparameter.
        """
        rule = Rule(self.rule, self.defaults, self.name)
        rule.set(**values)
        return rule


LEARNING_RATE_LOW, LEARNING_RATE_HIGH = 1e-5, 10.0


def learning_rate(default: float) -> Hyperparameter:
    """Return the row of the learning rate, which every optimizer has."""
    return Hyperparameter(
        "lr", default, LEARNING_RATE_LOW, LEARNING_RATE_HIGH, "log", "learning rate: length of a step"
    )


def decay(name: str, default: float, help: str) -> Hyperparameter:
    """Return the row of a factor between 0 and 1 that says how slowly something is forgotten."""
    return Hyperparameter(name, default, 0.0, 0.9999, "linear", help)


def small(name: str, default: float, help: str, low: float = 1e-12) -> Hyperparameter:
    """Return the row of a small positive number."""
    return Hyperparameter(name, default, low, 1.0, "log", help)


def zero_to_one(name: str, help: str, default: float = 0.0) -> Hyperparameter:
    """Return the row of a strength between 0 and 1."""
    return Hyperparameter(name, default, 0.0, 1.0, "linear", help)
