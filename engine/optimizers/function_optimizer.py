"""An optimizer whose rule is a person's function, with a spec for each of its hyperparameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from engine.optimizers.edited import shared_spec
from engine.own.function_location import FunctionLocation
from engine.rules.function_rule import FunctionRule, function_rule
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.optimizer import Optimizer

SLIDER_FACTOR = 100.0
"""The ends of a slider over its default, and its default over them, where that is positive."""


@dataclass(frozen=True)
class FunctionOptimizer(Optimizer):
    """An optimizer whose step is a function.

    Attributes
    ----------
    made : FunctionRule
        The step, compiled and tried, at its defaults.
    """

    made: FunctionRule = field(kw_only=True)

    @property
    def step(self) -> Callable[..., Any]:
        """The function, as `engine.rules.function_rule` describes it."""
        return self.made.signature.function

    @property
    def place(self) -> FunctionLocation | None:
        """Where the function is, if it was found by a place."""
        return self.made.place

    @property
    def badge(self) -> str:
        """ "": a function follows nothing, although it may have the name of an optimizer of the catalogue."""
        return ""

    @property
    def bare(self) -> str:
        """A sentence that says why no wrapper or schedule can be added: they rewrite a text."""
        return f"{self.name} is a function, to which no wrapper or schedule can be added."

    @property
    def fixed(self) -> str:
        """A sentence that says why its rule cannot be edited: it is a program."""
        return (
            f"{self.place.label if self.place else self.name} is a Python function: edit its file, and open it again."
        )

    def compile(self, **values: float) -> FunctionRule:  # type: ignore[override]  # it has all methods of a Rule that a race calls
        """Return the compiled step, with `values` in place of defaults; it was compiled when it was found.

        Raises
        ------
        FormulaError
            Where a value is not finite or has no hyperparameter.
        """
        rule = self.made.copy()
        rule.name = self.name
        rule.set(**values)
        return rule


def function_optimizer(
    step: Callable[..., Any], name: str = "", source: str = "", place: FunctionLocation | None = None
) -> FunctionOptimizer:
    """Return the optimizer whose step is a function of one's own.

    Parameters
    ----------
    step
        As `engine.rules.function_rule` describes it; the first line of its docstring becomes the summary.
    name
        Its name; that of the function where none is given.
    source
        Where it comes from.
    place
        Where the function was found, if it was.

    Raises
    ------
    FormulaError
        Where the function is no step.
    """
    rule = function_rule(step, {}, place)
    words = (step.__doc__ or "").strip().partition("\n")[0]
    specs = tuple(_spec(*item) for item in rule.hyperparameters.items())
    return FunctionOptimizer(name or rule.name, "", specs, source, words, made=rule)


def optimizer_at(place: FunctionLocation) -> FunctionOptimizer:
    """Return the optimizer whose step is at a place; one in a file runs that file.

    Raises
    ------
    FormulaError
        Where it is not there, or no step.
    """
    return function_optimizer(place.find(), source=place.label, place=place)


def _spec(name: str, default: float) -> Hyperparameter:
    """Return the spec of a hyperparameter: the catalogue's where its ends suit, else one made from the default."""
    known = shared_spec(name)
    if known is not None and known.low <= default <= known.high:
        return replace(known, default=default, playground=None)
    if default > 0.0:
        return Hyperparameter(name, default, default / SLIDER_FACTOR, default * SLIDER_FACTOR, "log")
    return Hyperparameter(name, default, default - 1.0, default + 1.0)
