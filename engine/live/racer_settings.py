"""What the window says of a racer: its optimizer, or a rule or function in its place, and its hyperparameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.language.errors import FormulaError, check_values
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.racer_text import optimizer_of
from engine.race.racer import AnyRule
from engine.race.randomness import Randomness, noisy, strength
from engine.rules.optimizer import Optimizer


@dataclass(frozen=True)
class RacerSettings:
    """The settings of one racer.

    Attributes
    ----------
    key : int
        Identifies the racer for as long as it races.
    optimizer : str
        A name of the catalogue.
    values : mapping
        Hyperparameters that differ from their defaults.
    rule : str
        A text in the place of the optimizer's own rule, or "".
    function : FunctionOptimizer, optional
        An optimizer whose step is a Python function; it takes the place of `optimizer` and `rule`.
    """

    key: int
    optimizer: str
    values: Mapping[str, float] = field(default_factory=dict)
    rule: str = ""
    function: FunctionOptimizer | None = None

    @property
    def source(self) -> tuple[str, str, FunctionOptimizer | None]:
        """What the step is made from; two racers of one source differ in their hyperparameters alone."""
        return self.optimizer, self.rule, self.function

    def to_optimizer(self) -> Optimizer:
        """Return the optimizer with the rule in force.

        Raises
        ------
        FormulaError
            Where the optimizer is unknown or the rule is wrong; without a place, which frames give for formulas alone.
        """
        if self.function is not None:
            return self.function
        try:
            return optimizer_of(self.optimizer, self.rule)
        except FormulaError as error:
            raise FormulaError(error.message, hint=error.hint) from None

    def compile(self, randomness: Randomness) -> AnyRule:
        """Return the rule with its settings, and with the noise of a race.

        Raises
        ------
        FormulaError
            As `to_optimizer` does.
        """
        optimizer = self.to_optimizer()
        return noisy(optimizer, randomness).compile(**self.values, **strength(optimizer, randomness))


def check_racers(racers: Sequence[RacerSettings]) -> None:
    """Raise a FormulaError where two racers have one key, or one has an unknown optimizer or hyperparameter."""
    keys = [settings.key for settings in racers]
    if len(set(keys)) < len(keys):
        raise FormulaError("Two racers have the same key.")
    for settings in racers:
        check_values("hyperparameter", tuple(settings.to_optimizer().defaults), settings.values)
