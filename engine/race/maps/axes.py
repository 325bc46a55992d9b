"""The axes of a sweep: numbers of a racer, its wrappers and schedules among them, or parameters of the formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.language.errors import FormulaError
from engine.language.types import Array

RACER, FORMULA = "racer.", "formula."
"""What may stand before a name, and must where both have a number of that name."""
MOST_AXES = 2


@dataclass(frozen=True)
class Axis:
    """An axis.

    Attributes
    ----------
    written : str
        Its name as it was given.
    name : str
        The name of the hyperparameter or of the parameter.
    is_parameter : bool
        Whether it is one of the formula.
    values : float64 (n,)
    """

    written: str
    name: str
    is_parameter: bool
    values: Array


def read_axes(axes: Mapping[str, ArrayLike], hyperparameters: Sequence[str], parameters: Sequence[str]) -> list[Axis]:
    """Return one or two axes.

    Raises
    ------
    FormulaError
        Where there are none or too many, a name is none, or values are not different finite numbers.
    """
    if not isinstance(axes, Mapping) or not 1 <= len(axes) <= MOST_AXES:
        raise FormulaError('A sweep has one or two axes, such as {"lr": rates, "beta1": betas}.')
    found = [_axis(written, values, hyperparameters, parameters) for written, values in axes.items()]
    if len({(axis.name, axis.is_parameter) for axis in found}) < len(found):
        raise FormulaError(f'Both axes are "{found[0].name}".', hint="Two axes are two different numbers.")
    return found


def _axis(written: str, values: ArrayLike, hyperparameters: Sequence[str], parameters: Sequence[str]) -> Axis:
    in_racer = written.removeprefix(RACER) in hyperparameters and not written.startswith(FORMULA)
    in_formula = written.removeprefix(FORMULA) in parameters and not written.startswith(RACER)
    if in_racer and in_formula:
        raise FormulaError(
            f'Both the racer and the formula have a "{written}".',
            hint=f'Write "{RACER}{written}" or "{FORMULA}{written}".',
        )
    if not (in_racer or in_formula):
        of_racer, of_formula = (", ".join(names) or "none" for names in (hyperparameters, parameters))
        hint = f"The racer has: {of_racer}. The formula has: {of_formula}."
        raise FormulaError(f'There is no number "{written}" that could be an axis.', hint=hint)
    name = written.removeprefix(FORMULA if in_formula else RACER)
    return Axis(written, name, in_formula, _values(written, values))


def _values(written: str, values: ArrayLike) -> Array:
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise FormulaError(f'The axis "{written}" must be an array of numbers.') from None
    if array.ndim != 1 or not len(array):
        raise FormulaError(f'The axis "{written}" must be a row of at least one number.')
    if not np.isfinite(array).all():
        raise FormulaError(f'The axis "{written}" must have finite numbers alone.')
    if len(np.unique(array)) < len(array):
        raise FormulaError(f'The axis "{written}" has the same number twice.', hint="Set its ends farther apart.")
    return array
