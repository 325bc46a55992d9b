"""An optimizer whose rule is a person's function, with what a slider needs of each hyperparameter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.optimizer import Hyperparameter, Optimizer
from engine.own.function_rule import FunctionRule, function_rule

SLIDER_FACTOR = 100.0
"""How far a slider goes above and below a default that is above 0."""


@dataclass(frozen=True)
class FunctionOptimizer(Optimizer):
    """An optimizer whose step is a function; its `rule` is what there is to read of it.

    Attributes
    ----------
    step : callable
        As `engine.own.function_rule` describes it.
    """

    step: Callable[..., Any] = field(kw_only=True)

    @property
    def bare(self) -> str:
        """Why nothing can go round it: wrappers rewrite a text."""
        return f"{self.name} is a function, so nothing can go round it."

    def compile(self, **values: float) -> FunctionRule:  # type: ignore[override]  # it has all of a Rule that is asked
        """Return the step ready to race, with `values` in place of defaults.

        Raises
        ------
        FormulaError
            Where the function is no step, or a value is not finite or has no hyperparameter.
        """
        rule = function_rule(self.step, {**self.defaults, **values})
        rule.name = self.name
        return rule


def function_optimizer(step: Callable[..., Any], name: str = "", source: str = "") -> FunctionOptimizer:
    """Return the optimizer whose step is a function of one's own.

    Parameters
    ----------
    step
        As `engine.own.function_rule` describes it; the first line of its docstring becomes the summary.
    name
        What to call it; the name of the function without one.
    source
        Where it comes from.

    Raises
    ------
    FormulaError
        Where the function is no step.
    """
    rule = function_rule(step, {})
    words = (step.__doc__ or "").strip().partition("\n")[0]
    rows = tuple(_row(*item) for item in rule.hyperparameters.items())
    return FunctionOptimizer(name or rule.name, "", rows, source, words, step=step)


def _row(name: str, default: float) -> Hyperparameter:
    """Return the row of a hyperparameter of which the default is all that is known."""
    if default > 0.0:
        return Hyperparameter(name, default, default / SLIDER_FACTOR, default * SLIDER_FACTOR, "log")
    return Hyperparameter(name, default, default - 1.0, default + 1.0)
