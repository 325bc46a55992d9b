"""The signature of a person's function: its name, its arguments and their defaults, and the function to compile."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import numpy as np

from engine.language.errors import FormulaError

LOSS_HINT = "A loss is a function of two numbers: def bowl(x, y, depth=1.0): ..."
NO_DEFAULT = 1.0
"""The value of a parameter without a default, as in a formula."""


@dataclass(frozen=True)
class Signature:
    """A person's function and its arguments.

    Attributes
    ----------
    function : function
        The plain Python function, which is compiled even if the person has compiled it already.
    arguments : tuple of str
        The names of all arguments, in order.
    defaults : mapping
        The value of each argument that has one.
    divides_by_zero : bool
        Whether 1/0 is infinity, rather than an error.
    """

    function: FunctionType
    arguments: tuple[str, ...]
    defaults: Mapping[str, float]
    divides_by_zero: bool

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.function.__name__

    def parameters(self, first: int) -> dict[str, float]:
        """Return the arguments from number `first` on, and their defaults."""
        return {name: self.defaults.get(name, NO_DEFAULT) for name in self.arguments[first:]}


def signature_of(function: Callable[..., Any], hint: str) -> Signature:
    """Return the signature of a function; `hint` says what a good one looks like.

    Raises
    ------
    FormulaError
        Where it is no function, or has arguments other than single numbers.
    """
    # A dispatcher of Numba has the plain function in `py_func`.
    plain = getattr(function, "py_func", function)
    if not isinstance(plain, FunctionType):
        raise FormulaError(f"{_called(function)} is no function written in Python.", hint=hint)
    if inspect.iscoroutinefunction(plain) or inspect.isgeneratorfunction(plain):
        raise FormulaError(f'"{plain.__name__}" returns no number: it waits, or yields.', hint=hint)
    arguments = inspect.signature(plain).parameters.values()
    for argument in arguments:
        if argument.kind not in (argument.POSITIONAL_OR_KEYWORD, argument.POSITIONAL_ONLY):
            raise FormulaError(f'The argument "{argument}" of "{plain.__name__}" has no place of its own.', hint=hint)
    given = {argument.name: argument.default for argument in arguments if argument.default is not argument.empty}
    for name, value in given.items():
        if not _is_number(value):
            raise FormulaError(
                f'The default of "{name}" in "{plain.__name__}" must be a finite number, not {value!r}.', hint=hint
            )
    options = getattr(function, "targetoptions", {"error_model": "numpy"})
    names = tuple(argument.name for argument in arguments)
    defaults = {name: float(value) for name, value in given.items()}
    return Signature(plain, names, defaults, options.get("error_model", "python") == "numpy")


def loss_signature(function: Callable[..., Any]) -> Signature:
    """Return the signature of a function of x, y and perhaps parameters.

    Raises
    ------
    FormulaError
        Where it is no such function.
    """
    signature = signature_of(function, LOSS_HINT)
    if len(signature.arguments) < 2:
        names = ", ".join(signature.arguments) or "nothing"
        raise FormulaError(f'"{signature.name}" is a function of {names}, not of x and y.', hint=LOSS_HINT)
    if set(signature.arguments[:2]) & set(signature.defaults):
        raise FormulaError(f'The first two arguments of "{signature.name}" are x and y, without defaults.')
    return signature


def gradient_signature(function: Callable[..., Any], of: Signature) -> Signature:
    """Return the signature of a function that returns the slopes of another.

    Raises
    ------
    FormulaError
        Where its arguments are not those of the other function.
    """
    signature = signature_of(function, "It has the arguments of the loss, and returns the slopes by x and by y.")
    if signature.arguments[2:] != of.arguments[2:] or len(signature.arguments) < 2:
        raise FormulaError(
            f'The gradient has the arguments {listed(signature.arguments)}, not {listed(of.arguments)} as "{of.name}".'
        )
    return signature


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence quotes them."""
    return f"({', '.join(names)})"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and math.isfinite(value)


def _called(value: object) -> str:
    name = getattr(value, "__name__", None)
    return f'"{name}"' if name else f"{value!r:.60}"
