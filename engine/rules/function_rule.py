"""A rule that is a person's function: one step, written in Python, that races as a typed rule does.

The names of its arguments say what they are.  ``w`` is the position and ``g`` the gradient there, each an array of two
numbers; ``f`` is the loss and ``t`` the number of the step, from 1.  Any other argument with a default is a
hyperparameter, a number; one without is a state, an array of two numbers that starts at 0 and is kept from step to
step.  The step changes ``w`` and its states in place, or returns what ``w`` becomes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.own.function_location import FunctionLocation, error_sentence, location_of
from engine.own.signature import Signature, loss_signature, signature_of
from engine.rules.initial_state import placed
from engine.rules.kernel import StepKernel
from engine.rules.member_kernel import MemberKernel
from engine.rules.members import Members
from engine.rules.named_settings import NamedSettings

if TYPE_CHECKING:
    from engine.rules.function_code import FunctionStepCode

POSITION, SLOPE, LOSS, STEP = "w", "g", "f", "t"
KNOWN = (POSITION, SLOPE, LOSS, STEP)
HINT = "A step: def momentum(w, g, v, lr=0.01, mu=0.9): v[:] = mu*v + g; w -= lr*v"
MOST_CODES = 64
TRIALS = (((1.0, 1.0), (1.0, -0.5), 1.0), ((1.0, 1.0), (-2.0, 3.0), 1.0), ((2.0, 0.5), (0.5, 1.0), 3.0))
"""Positions, gradients and losses at which a step is tried: a function that moves from none of them is no step."""


class FunctionRule(NamedSettings):
    """A step of one's own with its settings, with the face of `engine.rules.rule.Rule`; make one with `compile_rule`.

    Attributes
    ----------
    text : str
        "": it has no text.
    name : str
    states : tuple of str
        The names whose values are kept from one step to the next, beside the position.
    slots : int
        The number of float64 that position and states take.
    """

    text = ""

    def __init__(
        self, signature: Signature, values: Mapping[str, float], place: FunctionLocation | None = None
    ) -> None:
        self.signature, self.place = signature, place
        self.name = signature.name
        others = [name for name in signature.arguments if name not in KNOWN]
        self.states = tuple(name for name in others if name not in signature.defaults)
        self.slots = DIMENSIONS * (1 + len(self.states))
        super().__init__({name: signature.defaults[name] for name in others if name in signature.defaults}, values)

    @property
    def asks(self) -> Mapping[str, int]:
        """The number of points at which a step evaluates the gradient, and the loss with it: its position alone."""
        return {"gradient": 1}

    @property
    def evaluations_per_step(self) -> int:
        """The number of points at which a step evaluates the loss or its slopes."""
        return 1

    def copy(self) -> FunctionRule:
        """Return this rule with settings of its own."""
        return FunctionRule(self.signature, self._values, self.place)

    def start_block(self, positions: Array, hyper: Array, loss: MachineLoss, seed: int = 0, instance: int = 0) -> Array:
        """Return the block (slots, n) of instances at `positions` (n, 2) before their first step: all states are 0."""
        return placed(positions, self.slots)

    def kernel(self, loss: MachineLoss, seed: int = 0) -> StepKernel:
        """Return the kernel that runs this rule on `loss`."""
        return StepKernel(_code_of(self.signature.function, self.signature.divides_by_zero), loss, seed)

    def kernel_for_many(self, loss: MachineLoss, seed: int = 0) -> StepKernel:
        """Return the same kernel for several threads at once."""
        code = _code_of(self.signature.function, self.signature.divides_by_zero)
        return StepKernel(code, loss, seed, many=True)

    def start_members(
        self, positions: Array, members: Members, loss: MachineLoss, seed: int = 0, instance: int = 0
    ) -> Array:
        """Return the same block for instances that differ in their settings."""
        return self.start_block(positions, members.hyper, loss, seed, instance)

    def kernel_for_members(self, loss: MachineLoss, seed: int = 0) -> MemberKernel:
        """Return a kernel for instances that differ in their settings."""
        code = _code_of(self.signature.function, self.signature.divides_by_zero, members=True)
        return MemberKernel(code, loss, seed)

    def __reduce__(self) -> tuple[Callable[..., FunctionRule], tuple[FunctionLocation, dict[str, float]]]:
        return restored, (self.place or location_of(self.signature.function), self.hyperparameters)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value:g}" for name, value in self._values.items())
        return f"compile_rule({self.name}{settings})"


def function_rule(function: Any, values: Mapping[str, float], place: FunctionLocation | None = None) -> FunctionRule:
    """Return the rule that is a person's function; `place` is where it was found.

    Raises
    ------
    FormulaError
        Where it is no step, or a value does not fit.
    """
    if not callable(function):
        raise FormulaError(f"A rule is a text or a function, not {function!r:.60}.", hint=HINT)
    signature = signature_of(function, HINT)
    missing = [name for name in (POSITION, SLOPE) if name not in signature.arguments]
    if missing:
        raise FormulaError(f'The step "{signature.name}" has no argument "{missing[0]}".', hint=HINT)
    given = [name for name in KNOWN if name in signature.defaults]
    if given:
        raise FormulaError(f'"{given[0]}" in "{signature.name}" is given at each step, and has no default.', hint=HINT)
    rule = FunctionRule(signature, values, place)
    _try(rule, _code_of(signature.function, signature.divides_by_zero).step)
    return rule


def is_step(function: Callable[..., Any]) -> bool:
    """Return whether a person's function is meant as a step rather than as a loss, by the names of its arguments."""
    try:
        names = signature_of(function, HINT).arguments
        if POSITION in names and SLOPE in names:
            return True
        loss_signature(function)
    except FormulaError:
        plain = getattr(function, "py_func", function)
        return isinstance(plain, FunctionType) and POSITION in inspect.signature(plain).parameters
    return False


def restored(place: FunctionLocation, values: Mapping[str, float]) -> FunctionRule:
    """Return the rule that was pickled as the place of its function."""
    return function_rule(place.find(), values, place)


@lru_cache(MOST_CODES)
def _code_of(function: Any, divides_by_zero: bool, members: bool = False) -> FunctionStepCode:
    """Return the machine code that all racers of one step share."""
    from engine.rules.function_code import FunctionStepCode

    signature = signature_of(function, HINT)
    rule = FunctionRule(Signature(function, signature.arguments, signature.defaults, divides_by_zero), {})
    return FunctionStepCode(rule.signature, rule.states, tuple(rule.hyperparameters), members)


def _try(rule: FunctionRule, step: Callable[..., Any]) -> None:
    """Make a step from several positions.

    Raises
    ------
    FormulaError
        Where the step raises, moves from none of them, reaches no finite number, or always reaches the same point.
    """
    begun, moved = np.array([place for place, _, _ in TRIALS]), []
    for place, slope, loss in TRIALS:
        w, g = np.array(place), np.array(slope)
        given = {POSITION: w, SLOPE: g, LOSS: loss, STEP: 1.0, **rule.hyperparameters}
        given |= {name: np.zeros(DIMENSIONS) for name in rule.states}
        try:
            returned = step(*(given[name] for name in rule.signature.arguments))
        except Exception as error:  # A person's function may raise anything.
            raise FormulaError(f'The step "{rule.name}" raised {error_sentence(error)}') from error
        moved.append(np.array(w if returned is None else returned, dtype=np.float64))
    if any(end.shape != (DIMENSIONS,) for end in moved):
        raise FormulaError(f'"{rule.name}" returns {len(moved[0])} numbers, where w has {DIMENSIONS}.', hint=HINT)
    if np.array_equal(moved, begun):
        raise FormulaError(f'The step "{rule.name}" leaves w where it is.', hint=HINT)
    if not any(np.isfinite(end).all() for end in moved):
        raise FormulaError(f'The step "{rule.name}" leads to no finite number.', hint=HINT)
    if all(np.array_equal(end, moved[0]) for end in moved):
        x, y = moved[0]
        message = f'The step "{rule.name}" leads to ({x:g}, {y:g}) wherever it was tried: it ignores w and g.'
        raise FormulaError(message, hint=HINT)
