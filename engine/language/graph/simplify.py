"""Identities: for a call of a function, an equal node that exists already or is cheaper.

Each holds for all real numbers.  In floating point the result has the same bits or is nearer to the real number,
overflow, underflow and the sign of zero apart; only multiplying constants together changes a last bit.  What is NaN for
finite arguments stays NaN; NaN and infinite arguments may vanish where they do not matter, as in 0*x and x - x.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from engine.language.functions import FUNCTIONS
from engine.language.graph.assumptions import FINITE, NOT_NEGATIVE, NOT_ZERO
from engine.language.graph.node import Node
from engine.language.graph.ranges import Range

LARGEST_UNROLLED_POWER = 64
"""Powers up to this are products: exact to a few units of the last place, and many times as fast as the library's."""


class Graph(Protocol):
    """The part of a graph with which identities find and make nodes."""

    nodes: list[Node]
    assumptions: list[int]
    ranges: list[Range]
    by_row: list[bool]

    def constant(self, value: float) -> int:
        """Return the node of a number."""

    def call(self, function: str, *arguments: int) -> int:
        """Return the node of a function of the table applied to `arguments`."""

    def find(self, function: str, *arguments: int) -> int | None:
        """Return the node of a function applied to `arguments` as they stand, if there is one already."""

    def value_of(self, index: int) -> float | None:
        """Return the number that a node stands for, or None where it is not constant."""


def simpler(graph: Graph, function: str, arguments: Sequence[int]) -> int | None:
    """Return an equal node that exists or is cheaper than `function` of `arguments`, or None."""
    folded = _folded(graph, function, arguments)
    if folded is not None:
        return folded
    traits = FUNCTIONS[function].traits
    positive = _negated(graph, arguments[0]) if "even" in traits or "odd" in traits else None
    if "even" in traits and _is(graph, "abs", arguments[0]):
        return graph.call(function, _inside(graph, arguments[0]))
    if positive is not None:
        mirrored = graph.call(function, positive)
        return mirrored if "even" in traits else graph.call("neg", mirrored)
    identity = _IDENTITIES.get(function)
    return identity(graph, *arguments) if identity is not None else None


def is_power_of_two(value: float) -> bool:
    """Return whether the reciprocal of `value` is exact."""
    return math.isfinite(value) and abs(math.frexp(value)[0]) == 0.5 and math.isfinite(1.0 / value)


def _folded(graph: Graph, function: str, arguments: Sequence[int]) -> int | None:
    """Return the number that `function` gives of numbers, or None."""
    nodes = [graph.nodes[argument] for argument in arguments]
    compute = FUNCTIONS[function].numpy
    if any(node.function != "constant" for node in nodes) or not nodes or compute is None:
        return None
    values = [float(node.payload or 0.0) for node in nodes]
    with np.errstate(all="ignore"):
        return graph.constant(float(compute(*map(np.float64, values))))


def _inside(graph: Graph, index: int) -> int:
    """Return the argument of a node that has one."""
    return graph.nodes[index].arguments[0]


def _is(graph: Graph, function: str, index: int) -> bool:
    """Return whether a node is a call of `function`."""
    return graph.nodes[index].function == function


def _holds(graph: Graph, index: int, assumptions: int) -> bool:
    """Return whether all of `assumptions` hold for a node."""
    return graph.assumptions[index] & assumptions == assumptions


def _negated(graph: Graph, index: int) -> int | None:
    """Return the node of which this one is plainly the negative, or None."""
    if _is(graph, "neg", index):
        return _inside(graph, index)
    factor, rest = _multiple(graph, index)
    return graph.call("mul", graph.constant(-factor), rest) if factor < 0.0 and rest is not None else None


def _sum(graph: Graph, left: int, right: int) -> int | None:
    for one, other in ((left, right), (right, left)):
        if graph.value_of(one) == 0.0:
            return other
        subtracted = _negated(graph, one)
        if subtracted is not None:
            return graph.call("sub", other, subtracted)
    return graph.call("mul", graph.constant(2.0), left) if left == right else _common(graph, "add", left, right)


def _common(graph: Graph, function: str, left: int, right: int) -> int | None:
    """Return a sum or difference of multiples by the same constant as one multiple: ``2*x + 2*y`` is ``2*(x + y)``."""
    (first, one), (second, other) = _multiple(graph, left), _multiple(graph, right)
    if first != second or first == 1.0 or one is None or other is None:
        return None
    return graph.call("mul", graph.constant(first), graph.call(function, one, other))


def _difference(graph: Graph, left: int, right: int) -> int | None:
    if graph.value_of(right) == 0.0:
        return left
    if graph.value_of(left) == 0.0:
        return graph.call("neg", right)
    if left == right:
        return graph.constant(0.0) if _holds(graph, left, FINITE) else None
    added = _negated(graph, right)
    if added is not None:
        return graph.call("add", left, added)
    if _is(graph, "neg", left):
        return graph.call("neg", graph.call("add", _inside(graph, left), right))
    mirrored = graph.find("sub", right, left)
    return _common(graph, "sub", left, right) if mirrored is None else graph.call("neg", mirrored)


def _product(graph: Graph, left: int, right: int) -> int | None:
    for one, other in ((left, right), (right, left)):
        value = graph.value_of(one)
        if value == 1.0:
            return other
        if value == -1.0:
            return graph.call("neg", other)
        if value == 0.0 and _holds(graph, other, FINITE):
            return graph.constant(0.0)
        if _is(graph, "neg", one):
            return graph.call("neg", graph.call("mul", _inside(graph, one), other))
    gathered = _gathered(graph, left, right)
    if gathered is not None:
        return gathered
    return _square(graph, left) if left == right else _cube(graph, left, right)


def _gathered(graph: Graph, left: int, right: int) -> int | None:
    """Return a product of multiples with their constants multiplied together: ``2*(3*x)`` is ``6*x``."""
    (first, one), (second, other) = _multiple(graph, left), _multiple(graph, right)
    factor = first * second
    if first == 1.0 or second == 1.0 or not math.isfinite(factor) or factor == 0.0:
        return None
    rest = one if other is None else other if one is None else graph.call("mul", one, other)
    return None if rest is None else graph.call("mul", graph.constant(factor), rest)


def _multiple(graph: Graph, index: int) -> tuple[float, int | None]:
    """Return a node as a constant times a node, which is None where the node is a constant."""
    value = graph.value_of(index)
    if value is not None:
        return value, None
    if _is(graph, "mul", index):
        left, right = graph.nodes[index].arguments
        for one, other in ((left, right), (right, left)):
            value = graph.value_of(one)
            if value is not None:
                return value, other
    return 1.0, index


def _square(graph: Graph, base: int) -> int | None:
    """Return the square of an absolute value, a norm or a root without that."""
    if _is(graph, "abs", base):
        return graph.call("mul", *[_inside(graph, base)] * 2)
    if _is(graph, "hypot", base):
        return graph.call("add", *(graph.call("mul", side, side) for side in graph.nodes[base].arguments))
    if _is(graph, "sqrt", base):
        under = _inside(graph, base)
        negative = graph.call("lt", under, graph.constant(0.0))
        return graph.call("where", negative, graph.constant(math.nan), under)
    return None


def _cube(graph: Graph, left: int, right: int) -> int | None:
    """Return the cube of a cube root without that."""
    for one, other in ((left, right), (right, left)):
        if _is(graph, "cbrt", one) and graph.find("mul", one, one) == other:
            return _inside(graph, one)
    return None


def _quotient(graph: Graph, left: int, right: int) -> int | None:
    value = graph.value_of(right)
    if value is not None and is_power_of_two(value):
        return graph.call("mul", left, graph.constant(1.0 / value))
    for one, other in ((left, right), (right, left)):
        if _is(graph, "neg", one):
            inside = _inside(graph, one)
            return graph.call("neg", graph.call("div", *((inside, other) if one == left else (other, inside))))
    if left == right and _holds(graph, left, FINITE | NOT_ZERO):
        return graph.constant(1.0)
    if graph.value_of(left) == 0.0 and _holds(graph, right, FINITE | NOT_ZERO):
        return left
    return None


def _minus(graph: Graph, argument: int) -> int | None:
    if _is(graph, "neg", argument):
        return _inside(graph, argument)
    factor, rest = _multiple(graph, argument)
    return None if factor == 1.0 or rest is None else graph.call("mul", graph.constant(-factor), rest)


def _choice(graph: Graph, condition: int, chosen: int, otherwise: int) -> int | None:
    value = graph.value_of(condition)
    if value is not None:
        return chosen if value != 0.0 else otherwise
    return chosen if chosen == otherwise else None


def _extreme(graph: Graph, left: int, right: int) -> int | None:
    return left if left == right else None


def _equal(graph: Graph, left: int, right: int) -> int | None:
    """Return the comparison of a node with 0: without a factor, and 0 where the node is never 0."""
    for one, other in ((left, right), (right, left)):
        if graph.value_of(one) == 0.0:
            if not graph.ranges[other].may_be_zero:
                return graph.constant(0.0)
            factor, rest = _multiple(graph, other)
            # A smaller factor may underflow to 0.
            if abs(factor) >= 1.0 and factor != 1.0 and rest is not None:
                return graph.call("eq", rest, one)
            if _is(graph, "neg", other):
                return graph.call("eq", _inside(graph, other), one)
    return None


def _less(graph: Graph, left: int, right: int) -> int | None:
    below = graph.value_of(right) == 0.0 and _holds(graph, left, NOT_NEGATIVE)
    return graph.constant(0.0) if below else None


def _greater(graph: Graph, left: int, right: int) -> int | None:
    """Return 0 for the comparison of a finite node with the largest double."""
    beyond = graph.value_of(right) == sys.float_info.max and graph.ranges[left].is_finite
    return graph.constant(0.0) if beyond else None


def _root(graph: Graph, argument: int) -> int | None:
    arguments = graph.nodes[argument].arguments
    if _is(graph, "mul", argument) and arguments[0] == arguments[1]:
        return graph.call("abs", arguments[0])
    return None


def _cube_root(graph: Graph, argument: int) -> int | None:
    for base in graph.nodes[argument].arguments:
        square = graph.find("mul", base, base)
        if square is not None and graph.find("mul", square, base) == argument:
            return base
    return None


def _size(graph: Graph, argument: int) -> int | None:
    return argument if _holds(graph, argument, NOT_NEGATIVE) else None


def _power(graph: Graph, base: int, exponent: int) -> int | None:
    if graph.value_of(base) in _EXPONENTIALS:
        return graph.call(_EXPONENTIALS[graph.value_of(base) or 0.0], exponent)
    value = graph.value_of(exponent)
    if value is None or not (2.0 * value).is_integer() or abs(value) > LARGEST_UNROLLED_POWER:
        return None
    product = _whole_power(graph, base, math.floor(abs(value)))
    if not value.is_integer():
        product = graph.call("mul", product, graph.call("sqrt", base))
    return product if value >= 0.0 else graph.call("div", graph.constant(1.0), product)


def _whole_power(graph: Graph, base: int, exponent: int) -> int:
    """Return `base` to a whole power by repeated squaring."""
    if exponent == 0:
        return graph.constant(1.0)
    half = _whole_power(graph, base, exponent // 2)
    square = graph.call("mul", half, half) if exponent > 1 else half
    return graph.call("mul", square, base) if exponent % 2 else square


def _mean(graph: Graph, argument: int) -> int | None:
    """Return a mean over the rows without a factor, or a whole term, that is the same for all rows."""
    if not graph.by_row[argument]:
        return argument
    if _is(graph, "neg", argument):
        return graph.call("neg", graph.call("mean", _inside(graph, argument)))
    if _is(graph, "div", argument):
        dividend, divisor = graph.nodes[argument].arguments
        return None if graph.by_row[divisor] else graph.call("div", graph.call("mean", dividend), divisor)
    factor, rest = _common_factor(graph, argument)
    return None if factor is None else graph.call("mul", factor, graph.call("mean", rest))


def _common_factor(graph: Graph, argument: int) -> tuple[int | None, int]:
    """Return a factor of a product, or of a factor of it, that is the same for all rows, if any; and the rest."""
    if not _is(graph, "mul", argument):
        return None, argument
    left, right = graph.nodes[argument].arguments
    for one, other in ((left, right), (right, left)):
        if not graph.by_row[one]:
            return one, other
    for one, other in ((left, right), (right, left)):
        factor, rest = _common_factor(graph, one)
        if factor is not None:
            return factor, graph.call("mul", rest, other)
    return None, argument


_EXPONENTIALS: Mapping[float, str] = {math.e: "exp", 2.0: "exp2"}
"""The bases for which the library has a function that is faster and more exact than a power."""

_IDENTITIES: Mapping[str, Callable[..., int | None]] = {
    "add": _sum, "sub": _difference, "mul": _product, "div": _quotient, "neg": _minus, "pow": _power,
    "where": _choice, "min": _extreme, "max": _extreme, "eq": _equal, "lt": _less, "gt": _greater, "sqrt": _root,
    "cbrt": _cube_root, "abs": _size, "mean": _mean,
}  # fmt: skip
