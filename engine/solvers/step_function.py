"""A solver's step function, with the names and shapes of the numbers that it works on: what is compiled of a solver."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.compiled.argument_types import INTEGER, MATRIX, VECTOR, ArgumentType
from engine.compiled.driver import Driver
from engine.solvers.context import CONTEXT
from engine.solvers.loop import Begin, Step, loop_of
from engine.solvers.state import States, hyperparameter_dtype, slots_of, state_dtype
from engine.solvers.wrappers import WRAPPER, WRAPPER_STATE

MOST_DRIVERS = 256
"""Solvers whose compiled loops stay loaded: those of the catalogue, and a person's own."""


@dataclass(frozen=True)
class StepFunction:
    """What is compiled of a solver, and what its kernel must know.

    Attributes
    ----------
    name : str
        Of the solver, under which its object code is kept.
    step, begin : callable
    states : tuple
        The name and the shape of each state.
    hyperparameters : tuple of str
        Their names, in the order of the solver's entry.
    uses_hessian : bool
        Whether it evaluates second derivatives.
    """

    name: str
    step: Step
    begin: Begin
    states: States
    hyperparameters: tuple[str, ...]
    uses_hessian: bool

    @property
    def state_dtype(self) -> np.dtype[Any]:
        """The type of its state."""
        return state_dtype(self.states)

    @property
    def hyperparameter_dtype(self) -> np.dtype[Any]:
        """The type of its hyperparameters."""
        return hyperparameter_dtype(self.hyperparameters)

    @property
    def slots(self) -> int:
        """How many float64 its state has."""
        return slots_of(self.states)

    @property
    def driver(self) -> Driver:
        """Its compiled loop, the same object for the same step function."""
        return _driver_of(self)


@lru_cache(MOST_DRIVERS)
def _driver_of(function: StepFunction) -> Driver:
    state, hyperparameters = function.state_dtype, function.hyperparameter_dtype
    arguments = [
        ArgumentType(state, 1), ArgumentType(state, 1), ArgumentType(WRAPPER_STATE, 2), ArgumentType(WRAPPER_STATE, 2),
        ArgumentType(WRAPPER, 2), ArgumentType(hyperparameters, 2), MATRIX, ArgumentType(np.dtype(np.int64), 1), VECTOR,
        INTEGER, INTEGER, INTEGER, MATRIX, ArgumentType(CONTEXT, 1), VECTOR, VECTOR,
    ]  # fmt: skip
    return Driver(loop_of(function.begin, function.step), arguments, function.name)
