"""One racer: its rule and settings, its states, its trail, and the rules that it ran before."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

import numpy as np

from engine.language.types import Array
from engine.race.arrivals import Arrivals
from engine.race.bands import BandRecord
from engine.race.change_log import ChangeLog
from engine.race.evaluations import EvaluationRecord
from engine.race.history import History
from engine.rules.function_rule import FunctionRule
from engine.rules.kernel import StepKernel
from engine.rules.rule import Rule
from engine.solvers.kernel import SolverKernel
from engine.solvers.solver import SolverRule

AnyRule = Rule | SolverRule | FunctionRule


@dataclass
class RuleSpan:
    """The data of a racer while one rule holds, without the machine code, which is large and can be compiled again."""

    rule: AnyRule
    hyper: Array
    block: Array = field(default_factory=lambda: np.empty(0))
    diverged: Array = field(default_factory=lambda: np.empty(0))
    diverged_at: int | None = None
    settings: ChangeLog[Array] = field(default_factory=ChangeLog)
    checkpoints: list[tuple[int, Array, Array]] = field(default_factory=list)
    step_s: float | None = None
    """How long a step takes by itself, where that was measured."""


@dataclass(kw_only=True)
class Racer(RuleSpan):
    """One rule with its settings, its state and its trail.

    Attributes
    ----------
    earlier : list of RuleSpan
        Its data before each replacement of its rule.
    spread : BandRecord
        The spread of the losses of its seeds.
    cost : EvaluationRecord
        How often it has evaluated the loss; of its first run, where it runs several seeds.
    arrivals : Arrivals
        After which steps it came near to the minimum.
    """

    kernel: StepKernel | SolverKernel
    start: Array
    history: History = field(init=False)
    spread: BandRecord = field(default_factory=BandRecord)
    cost: EvaluationRecord = field(default_factory=EvaluationRecord)
    arrivals: Arrivals = field(default_factory=lambda: Arrivals(math.nan))
    earlier: list[RuleSpan] = field(default_factory=list)

    @property
    def began(self) -> int:
        """The step after which its present rule holds."""
        return self.checkpoints[0][0]

    @property
    def counted(self) -> int | None:
        """How often its solver has evaluated the loss so far; None for a rule, whose steps cost all the same."""
        return self.rule.evaluations(self.block[:, 0]) if isinstance(self.rule, SolverRule) else None

    def span(self) -> RuleSpan:
        """Return the data of the present rule."""
        return RuleSpan(*(getattr(self, part.name) for part in fields(RuleSpan)))

    def resume(self, span: RuleSpan) -> None:
        """Take over the data of an earlier rule; machine code, trail and spread stay as they are."""
        for part in fields(RuleSpan):
            setattr(self, part.name, getattr(span, part.name))
