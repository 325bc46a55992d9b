"""Formulas and functions in arithmetic of many digits, and their derivatives by tiny differences.

Nothing here uses the engine's derivatives, graphs or simplifications: the parser reads a text, and the value of each
function is the `exact` of its spec.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mpmath import mp, mpc, mpf

from engine.language.functions import FUNCTIONS
from engine.language.graph.folding import Unrolling, fold, parts_first
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.tree import Assignment, Expression, FormulaTree, FunctionDefinition

DIGITS = 110
"""Second differences of a step of 1e-26 lose 52 digits, and are themselves exact to 52: more than 50 are right."""
STEP_DIGITS = 26
SQUARES_FAINT_TO = 40.0
"""For larger x, exp(-x^2/2) is less than any double."""


EXACT: Mapping[str, Callable[..., Any]] = {
    name: partial(spec.exact, mp) for name, spec in FUNCTIONS.items() if spec.exact is not None
}
"""The value of each function that a formula may apply, as its spec has it."""

NUMBERS: Mapping[str, Callable[[], mpf]] = {"pi": lambda: +mp.pi, "tau": lambda: 2 * mp.pi, "e": lambda: +mp.e}


def applied(function: str, *arguments: mpf) -> mpf:
    """Return a function of numbers, NaN where it has no real value."""
    try:
        result = EXACT[function](*arguments)
    except (ValueError, ZeroDivisionError, OverflowError):
        return mp.nan
    return mp.nan if isinstance(result, mpc) else result


def parts(tree: Expression, names: Mapping[str, mpf]) -> list[mpf]:
    """Return the value of every call in a tree, that of the whole tree last."""
    results: list[mpf] = []

    def call(function: str, *arguments: mpf) -> mpf:
        results.append(applied(function, *arguments))
        return results[-1]

    whole = fold(parts_first(tree), mpf, lambda name: NUMBERS[name]() if name in NUMBERS else names[name], call)
    return results or [whole]


def whole(tree: FormulaTree, variables: Mapping[str, mpf]) -> mpf:
    """Return the value of a formula whose lines may define names and functions."""
    names = dict(variables)
    functions = [line for line in tree.definitions if isinstance(line, FunctionDefinition)]

    def name(text: str) -> mpf:
        return NUMBERS[text]() if text in NUMBERS else names[text]

    unrolling = Unrolling(mpf, name, applied, float, lambda *_: None, functions)
    for line in tree.definitions:
        if isinstance(line, Assignment):
            names[line.name] = unrolling.line(line.value, line.start, line.end)
    return unrolling.line(tree.result, tree.result.start, tree.result.end)


def derivatives(text: str, x: float, y: float) -> list[mpf]:
    """Return value, two first and three second derivatives (xx, xy, yy) of a formula without parameters: 50 digits."""
    tree = parse_formula(text)
    with mp.workdps(DIGITS):
        step = mpf(10) ** -STEP_DIGITS * max(1, abs(x), abs(y))

        def at(right: int, up: int) -> mpf:
            return whole(tree, {"x": mpf(x) + right * step, "y": mpf(y) + up * step})

        here, right, left, above, below = at(0, 0), at(1, 0), at(-1, 0), at(0, 1), at(0, -1)
        mixed = at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)
        return [
            here,
            (right - left) / (2 * step),
            (above - below) / (2 * step),
            (right - 2 * here + left) / step**2,
            mixed / (4 * step**2),
            (above - 2 * here + below) / step**2,
        ]


def function_derivatives(function: str, x: float) -> list[mpf]:
    """Return value, slope and second derivative of a function of one argument, to at least the digits of a double.

    Differences take digits away, and more where the function is nearly flat: 1 - tanh(1000) is 1e-868.
    """
    faint = abs(x) + (0.45 * x * x if abs(x) < SQUARES_FAINT_TO else 0.0)
    with mp.workdps(DIGITS + 2 * STEP_DIGITS + int(faint)):
        step = mpf(10) ** -STEP_DIGITS * abs(mpf(x))
        left, here, right = (applied(function, mpf(x) + place * step) for place in (-1, 0, 1))
        return [here, (right - left) / (2 * step), (left - 2 * here + right) / step**2]
