"""The search space of a racer: which of its hyperparameters are tuned, between which ends, and on which scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.errors import FormulaError
from engine.language.number_spec import NumberSpec
from engine.language.types import Array
from engine.optimizers.racer_modifiers import own_specs
from engine.optimizers.racer_text import parse_racer
from engine.optimizers.written_racer import written_racer
from engine.race.compile_racer import RacerLike, compile_racer
from engine.race.racer import AnyRule
from engine.rules.hyperparameters import learning_rate
from engine.rules.optimizer import Optimizer
from engine.solvers.solver import SolverRule
from engine.tuning.sobol import MOST_DIMENSIONS

GUARDS = ("eps", "eps2", "r_eps", "min_norm", "least")
"""Hyperparameters that keep a divisor from 0."""
NOT_TUNED = ("seed", "f_min", "weight_decay", *GUARDS)
"""Hyperparameters that are tuned only where they are named: a seed would be tuned to luck, `f_min` is the loss at the
minimum, which a racer must not know, and a pull towards the origin helps where the minimum happens to lie there."""
DIGITS = 4
"""Significant digits of a tuned value: so many can be read, and the racer's text gives them exactly."""


@dataclass(frozen=True)
class Dimension:
    """One hyperparameter that is tuned.

    Attributes
    ----------
    name : str
    low, high : float
    scale : str
        ``log``: even on a logarithmic scale.  ``linear``: even between the ends.
    """

    name: str
    low: float
    high: float
    scale: str = "log"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise FormulaError(f'"{self.name}" cannot be tuned between {self.low:g} and {self.high:g}.')
        if self.scale == "log" and self.low <= 0.0:
            raise FormulaError(f'"{self.name}" cannot be tuned on a logarithmic scale from {self.low:g} on.')

    def at(self, share: float) -> float:
        """Return the value at a share of the way from the low end to the high one, from 0 to 1."""
        if self.scale == "log":
            value = math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low)))
        else:
            value = self.low + share * (self.high - self.low)
        return min(max(float(f"{value:.{DIGITS}g}"), self.low), self.high)

    def share(self, value: float) -> float:
        """Return which share of the way from the low end to the high one a value lies at; 0 or 1 beyond the ends."""
        within = min(max(value, self.low), self.high)
        if self.scale == "log":
            return math.log(within / self.low) / math.log(self.high / self.low)
        return (within - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class TunableRacer:
    """A racer with what is declared of its hyperparameters.

    Attributes
    ----------
    name : str
        As it was written, or the name of its rule.
    rule : Rule, SolverRule or FunctionRule
        Its values are those that were written, else the defaults.
    optimizer : Optimizer or None
        None where it was given as a rule, which declares nothing of its hyperparameters.
    """

    name: str
    rule: AnyRule
    optimizer: Optimizer | None

    @property
    def specs(self) -> tuple[NumberSpec, ...]:
        """What is declared of its own hyperparameters, without those of wrappers and schedules."""
        if self.optimizer is not None:
            return own_specs(self.optimizer.name, self.optimizer.hyperparameters)
        return tuple(learning_rate(value) for name, value in self.rule.hyperparameters.items() if name == "lr")

    def text(self, settings: Mapping[str, float]) -> str:
        """Return the racer with these values as a text that can be raced, or its name where it has no text."""
        if self.optimizer is None:
            return self.name
        values = {**self.rule.hyperparameters, **settings}
        return written_racer(self.optimizer.name, self.optimizer.hyperparameters, values)


def tunable(racer: RacerLike) -> TunableRacer:
    """Return a racer with what is declared of it.

    Raises
    ------
    FormulaError
        Where it is no racer.
    """
    if isinstance(racer, str):
        optimizer, values = parse_racer(racer)
        return TunableRacer(racer, optimizer.compile(**values), optimizer)
    if isinstance(racer, Optimizer):
        return TunableRacer(racer.name, racer.compile(), racer)
    rule = compile_racer(racer)
    return TunableRacer(rule.name, rule, rule.solver if isinstance(rule, SolverRule) else None)


def search_space(racer: RacerLike | TunableRacer, names: Sequence[str] | None = None) -> tuple[Dimension, ...]:
    """Return the search space of a racer, each hyperparameter over the range that is declared for it.

    Parameters
    ----------
    racer
    names : sequence of str, optional
        The hyperparameters to be tuned.  Without them: those whose order of magnitude matters, which have a
        logarithmic scale, as the learning rate has.  With the few trials of a fair comparison each further dimension
        costs more than it gains, so momenta and switches stay as they are written.  Where there is none on a
        logarithmic scale, all are tuned.  None of `NOT_TUNED` is.

    Raises
    ------
    FormulaError
        Where a name has no declared range, or there are more than ten.
    """
    subject = racer if isinstance(racer, TunableRacer) else tunable(racer)
    declared = {spec.name: spec for spec in subject.specs}
    if names is None:
        chosen = names_to_tune(subject.specs)
    else:
        chosen = list(names)
        for name in chosen:
            if name not in declared:
                known = ", ".join(declared) or "none"
                hint = f"Known: {known}."
                raise FormulaError(f'{subject.name} declares no range for a hyperparameter "{name}".', hint=hint)
    if len(chosen) > MOST_DIMENSIONS:
        raise FormulaError(f"At most {MOST_DIMENSIONS} hyperparameters can be tuned together, not {len(chosen)}.")
    return tuple(_dimension(declared[name]) for name in chosen)


def names_to_tune(specs: Sequence[NumberSpec]) -> list[str]:
    """Return which hyperparameters are tuned where nobody says which, as `search_space` has it."""
    own = [spec for spec in specs if spec.name not in NOT_TUNED]
    return [spec.name for spec in own if spec.scale == "log"] or [spec.name for spec in own]


def check_space(subject: TunableRacer, space: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """Return a space that was given for a racer.

    Raises
    ------
    FormulaError
        Where it names what the racer does not have, or has too many dimensions.
    """
    for dimension in space:
        if dimension.name not in subject.rule.hyperparameters:
            known = ", ".join(subject.rule.hyperparameters) or "none"
            raise FormulaError(f'{subject.name} has no hyperparameter "{dimension.name}".', hint=f"Known: {known}.")
    if len(space) > MOST_DIMENSIONS:
        raise FormulaError(f"At most {MOST_DIMENSIONS} hyperparameters can be tuned together, not {len(space)}.")
    return tuple(space)


def settings_at(points: Array, space: Sequence[Dimension]) -> Array:
    """Return the values at `points` (n, dimensions) of the unit cube, float64 (n, dimensions)."""
    rows = [[dimension.at(share) for dimension, share in zip(space, point, strict=True)] for point in points.tolist()]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(space))


def _dimension(spec: NumberSpec) -> Dimension:
    return Dimension(spec.name, spec.low, spec.high, "log" if spec.scale == "log" else "linear")
