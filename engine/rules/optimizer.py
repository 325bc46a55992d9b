"""The record of a named rule: its text, its hyperparameters and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc

from engine.compiled.driver import Driver
from engine.language.errors import FormulaError
from engine.rules.agreements import AGREEMENTS, VERSIONS
from engine.rules.rule import Rule, read_rule


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
    unit : str
        What the value counts; "" for a plain number.
    help : str
        What it does, in a few words.
    playground : float, optional
        The value that suits two coordinates, where that is not the default.
    """

    name: str
    default: float
    low: float
    high: float
    scale: str = "linear"
    unit: str = ""
    help: str = ""
    playground: float | None = None


@dataclass(frozen=True)
class Optimizer:
    """A named rule.

    Attributes
    ----------
    name : str
    rule : str
        The text of one update; it may be indented as its entry is.
    hyperparameters : tuple of Hyperparameter
    source : str
        The paper that it comes from: authors, title, year.
    summary : str
        One sentence for somebody who meets it for the first time: what to look for.
    differs : str
        How it differs from the paper, or from the implementation that it follows; "" where it does not.
    link : str
        Where to read the paper.
    follows : str
        The public implementation that it is held against step by step; "" where only the paper's equations are there.
    warning : str
        What to know before trusting what it does on two coordinates; "" where there is nothing.
    """

    name: str
    rule: str
    hyperparameters: tuple[Hyperparameter, ...]
    source: str
    summary: str
    differs: str = ""
    link: str = ""
    follows: str = ""
    warning: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", cleandoc(self.rule))

    @property
    def defaults(self) -> dict[str, float]:
        """The value to begin with of each hyperparameter."""
        return {row.name: row.default for row in self.hyperparameters}

    @property
    def playground(self) -> dict[str, float]:
        """The values that make visible progress on landscapes of two coordinates."""
        return {row.name: row.default if row.playground is None else row.playground for row in self.hyperparameters}

    @property
    def badge(self) -> str:
        """What it follows and how closely, such as ``follows torch.optim.Adam (2.13.0) to 3e-14``; "" for nothing."""
        if self.name not in AGREEMENTS:
            return ""
        library = VERSIONS[self.follows.split(".")[0]]
        return f"follows {self.follows} ({library}) to {AGREEMENTS[self.name]:.0e}"

    @property
    def bare(self) -> str:
        """Why nothing can go round it, in a sentence; "" where wrappers and schedules can."""
        return ""

    @property
    def fixed(self) -> str:
        """Why its rule cannot be edited, in a sentence; "" where it can."""
        return ""

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """What must be compiled once for this optimizer alone; rules share one loop."""
        return ()

    def hyperparameter(self, name: str) -> Hyperparameter:
        """Return the row of one hyperparameter.

        Raises
        ------
        FormulaError
            Where this optimizer has none of that name.
        """
        for row in self.hyperparameters:
            if row.name == name:
                return row
        known = ", ".join(self.defaults)
        raise FormulaError(f"{self.name} has no hyperparameter `{name}`.", hint=f"It has: {known}.")

    def compile(self, **values: float) -> Rule:
        """Return the compiled rule, with `values` in place of defaults.

        Raises
        ------
        FormulaError
            Where a value is not finite or has no hyperparameter.
        """
        rule = read_rule(self.rule, self.name)
        rule.set(**{**self.defaults, **values})
        return rule


LEARNING_RATE_LOW, LEARNING_RATE_HIGH = 1e-5, 10.0
SMALL_LOW, SMALL_HIGH = 1e-12, 1.0
DECAY_HIGH = 0.9999
"""Below 1, where nothing would ever be forgotten."""


def learning_rate(default: float, playground: float | None = None) -> Hyperparameter:
    """Return the row of the learning rate, which nearly every optimizer has."""
    help = "learning rate: length of a step"
    row = "lr", default, LEARNING_RATE_LOW, LEARNING_RATE_HIGH, "log"
    return Hyperparameter(*row, help=help, playground=playground)


def decay(name: str, default: float, help: str, playground: float | None = None) -> Hyperparameter:
    """Return the row of a factor between 0 and 1 that says how slowly something is forgotten."""
    return Hyperparameter(name, default, 0.0, DECAY_HIGH, help=help, playground=playground)


def small(name: str, default: float, help: str) -> Hyperparameter:
    """Return the row of a small positive number."""
    return Hyperparameter(name, default, min(default, SMALL_LOW), SMALL_HIGH, "log", help=help)


def positive(
    name: str, default: float, low: float, high: float, help: str, playground: float | None = None
) -> Hyperparameter:
    """Return the row of a positive number whose order of magnitude matters."""
    return Hyperparameter(name, default, low, high, "log", help=help, playground=playground)


def zero_to_one(name: str, help: str, default: float = 0.0) -> Hyperparameter:
    """Return the row of a strength between 0 and 1."""
    return Hyperparameter(name, default, 0.0, 1.0, help=help)


def zero_to(high: float, name: str, default: float, help: str, playground: float | None = None) -> Hyperparameter:
    """Return the row of a number between 0 and `high`."""
    return Hyperparameter(name, default, 0.0, high, help=help, playground=playground)


def switch(name: str, default: bool, help: str) -> Hyperparameter:
    """Return the row of something that is on (1) or off (0)."""
    return Hyperparameter(name, float(default), 0.0, 1.0, "switch", help=help)


EPS = small("eps", 1e-8, "keeps the divisor from 0")
BETA1 = decay("beta1", 0.9, "memory of the gradient")
BETA2 = decay("beta2", 0.999, "memory of its square")
"""The rows that Adam and its many relatives share."""
COUPLED_DECAY = zero_to_one("weight_decay", "pull towards 0, added to the gradient")
"""The row that every optimizer shares whose weight decay goes through the gradient, as PyTorch has it."""
DECOUPLED_DECAY = zero_to_one("weight_decay", "pull towards 0, apart from the gradient")
"""The row of weight decay that the slope does not rescale."""
NOT_IN_PAPER = "weight_decay, which is 0 unless it is moved, is PyTorch's"
IN_DOUBLE = "what pytorch_optimizer keeps in single precision was made double to compare it"
LEANS_ON_ORIGIN = "Its steps depend on how far it is from the origin, which the same landscape moved elsewhere changes."
