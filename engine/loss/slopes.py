"""The slopes of a formula as trees again, for a person to read, from the very graph that is compiled.

Differentiation leaves `x + x` and `(-1)*a + (-1)*a`.  So each node is first written as a sum of terms, a term being a
number times integer powers of other nodes, and equal terms are added; products of sums are not expanded.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Iterable
from fractions import Fraction
from functools import reduce

from engine.language.display.typeset import Line, typeset_slope
from engine.language.errors import FormulaError
from engine.language.functions import CONSTANTS
from engine.language.graph.derivative import differentiate
from engine.language.graph.graph import Graph
from engine.language.syntax.names import VARIABLES
from engine.language.syntax.tree import Call, Expression, Name, Number
from engine.loss.formula import build_formula

MOST_SHOWN = 200
"""Operations of both slopes, repeated ones counted each time: more would fill a page, which nobody reads."""
DIGITS = 6
"""Digits of a number that differentiation made, such as log(2)."""
MOST_BELOW = 1000
"""The largest denominator of a number that is written as a fraction of pi or e."""
SAME = 2.0**-50
"""Numbers with a smaller relative difference count as equal, since computing them has rounded."""

Factors = tuple[tuple[int, int], ...]
"""Nodes and their exponents, sorted."""
Sum = dict[Factors, float]
"""Terms and their coefficients."""


def slope_lines(text: str, columns: Collection[str] = ()) -> list[Line]:
    """Return the partial derivatives of a formula, which may run over columns, by x and by y, each as a typeset line.

    Raises
    ------
    FormulaError
        Where the text is no formula, or the slopes are too long to be read.
    """
    graph, value = build_formula(text, columns)
    outputs = [differentiate(graph, value, variable) for variable in VARIABLES]
    trees = slope_trees(graph, outputs)
    return [typeset_slope(variable, tree) for variable, tree in zip(VARIABLES, trees, strict=True)]


def slope_trees(graph: Graph, outputs: Iterable[int]) -> list[Expression]:
    """Return the trees of nodes; a node that is used several times is repeated.

    Raises
    ------
    FormulaError
        Where they would be too long to read.
    """
    gathered = _Gathered(graph)
    for index in graph.needed_for(outputs := list(outputs)):
        gathered.add(index)
    operations = sum(gathered.operations[output] for output in outputs)
    if operations > MOST_SHOWN:
        raise FormulaError(f"The slopes are too long to read: {operations:,} operations, {MOST_SHOWN} at most.")
    return [gathered.trees[output] for output in outputs]


class _Gathered:
    """The nodes of a graph as sums and as trees, with the operations of each tree; nodes are added in their order."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._sums: dict[int, Sum] = {}
        self.trees: dict[int, Expression] = {}
        self.operations: dict[int, int] = {}

    def add(self, index: int) -> None:
        """Add a node whose arguments were added before."""
        terms = self._sum(index)
        own: Sum = {((index, 1),): 1.0}
        if terms is None or len(terms) > MOST_SHOWN:
            node = self._graph.nodes[index]
            self._sums[index] = own
            self.operations[index] = sum(self.operations[below] for below in node.arguments) + bool(node.arguments)
            self.trees[index] = self._leaf(index)
            return
        self._sums[index] = terms
        self.trees[index] = self._written(terms)
        self.operations[index] = sum(self._cost(factors) for factors in terms) + len(terms) - 1

    def _leaf(self, index: int) -> Expression:
        node = self._graph.nodes[index]
        if node.function == "name":
            return Name(str(node.payload), 0, 0)
        return _call(node.function, *(self.trees[argument] for argument in node.arguments))

    def _sum(self, index: int) -> Sum | None:
        """Return a node as a sum, or None where it is a name or a function of its own."""
        value = self._graph.value_of(index)
        if value is not None:
            return {(): value} if value else {}
        node = self._graph.nodes[index]
        if self._guards(index):
            return self._sums[node.arguments[2]]
        if node.function in ("add", "sub", "neg"):
            signs = {"add": (1.0, 1.0), "sub": (1.0, -1.0), "neg": (-1.0,)}[node.function]
            whole = node.function == "neg" or len(set(node.arguments)) == 1
            addends = [self._term(below) if whole else self._sums[below] for below in node.arguments]
            return _added(zip(addends, signs, strict=True))
        if node.function in ("mul", "div"):
            left, right = map(self._term, node.arguments)
            return _multiplied(left, right, 1 if node.function == "mul" else -1)
        return None

    def _guards(self, index: int) -> bool:
        """Return whether a choice only keeps a slope finite at a single point or far out, which textbooks leave out."""
        node = self._graph.nodes[index]
        if node.function != "where":
            return False
        condition = self._graph.nodes[node.arguments[0]]
        if self._graph.applied(node.arguments[0])[0] == "steep" or self._graph.applied(index)[0] == "tame_power":
            return True
        bounds = {"eq": 0.0, "gt": sys.float_info.max}
        compared = map(self._graph.value_of, condition.arguments)
        return self._graph.value_of(node.arguments[1]) == 0.0 and bounds.get(condition.function, math.nan) in compared

    def _term(self, index: int) -> Sum:
        """Return a node as a single term: a sum of several is one factor."""
        terms = self._sums[index]
        return terms if len(terms) <= 1 else {((index, 1),): 1.0}

    def _cost(self, factors: Factors) -> int:
        return sum(self.operations[index] + (abs(exponent) != 1) for index, exponent in factors) + len(factors)

    def _written(self, terms: Sum) -> Expression:
        """Return a sum as a tree: first a term that is added, and subtractions for negative coefficients."""
        ordered = sorted(terms.items(), key=lambda term: term[1] < 0.0) if terms else [((), 0.0)]
        (factors, coefficient), *others = ordered
        tree = self._product(factors, abs(coefficient))
        tree = _call("neg", tree) if coefficient < 0.0 else tree
        for factors, coefficient in others:
            tree = _call("add" if coefficient > 0.0 else "sub", tree, self._product(factors, abs(coefficient)))
        return tree

    def _product(self, factors: Factors, coefficient: float) -> Expression:
        ordered = sorted(factors, key=lambda factor: self._rank(factor[0]))
        above = [self._power(index, exponent) for index, exponent in ordered if exponent > 0]
        below = [self._power(index, -exponent) for index, exponent in ordered if exponent < 0]
        over_line, under_line = _numbers(coefficient)
        above, below = over_line + above, under_line + below
        if not above:
            above.append(Number(1.0, 0, 0))
        over = reduce(lambda left, right: _call("mul", left, right), above)
        return _call("div", over, reduce(lambda left, right: _call("mul", left, right), below)) if below else over

    def _rank(self, index: int) -> int:
        """Return the rank of a factor in a product: parameters, then x and y, then everything else."""
        node = self._graph.nodes[index]
        return 1 + (node.payload in VARIABLES) if node.function == "name" else 3

    def _power(self, index: int, exponent: int) -> Expression:
        base = self.trees[index]
        return base if exponent == 1 else _call("pow", base, Number(float(exponent), 0, 0))


def _added(addends: Iterable[tuple[Sum, float]]) -> Sum:
    total: Sum = {}
    for terms, sign in addends:
        for factors, coefficient in terms.items():
            total[factors] = total.get(factors, 0.0) + sign * coefficient
    return {factors: coefficient for factors, coefficient in total.items() if coefficient}


def _multiplied(left: Sum, right: Sum, sign: int) -> Sum | None:
    """Return the product of two terms, or their quotient where `sign` is -1; None for a quotient by zero."""
    if not left:
        return {}
    if not right:
        return {} if sign > 0 else None
    (factors, coefficient), (others, other) = (*left.items(), *right.items())
    exponents = dict(factors)
    for index, exponent in others:
        exponents[index] = exponents.get(index, 0) + sign * exponent
    kept = tuple(sorted((index, exponent) for index, exponent in exponents.items() if exponent))
    return {kept: coefficient * other**sign}


def _numbers(value: float) -> tuple[list[Expression], list[Expression]]:
    """Return a number as a person writes it: the factors above and below a fraction line, none above for 1.

    Folding makes one number of `5pi*3/4`, which rounded decimals would not show exactly.
    """
    # NaN and infinity, which a formula may contain, are no multiples of a constant.
    for name, constant in CONSTANTS.items() if math.isfinite(value) else ():
        ratio = Fraction(value / constant).limit_denominator(MOST_BELOW)
        if ratio and abs(float(ratio) * constant / value - 1.0) <= SAME:
            return [*_whole(ratio.numerator), Name(name, 0, 0)], _whole(ratio.denominator)
    return ([Number(float(f"{value:.{DIGITS}g}"), 0, 0)] if value != 1.0 else []), []


def _whole(number: int) -> list[Expression]:
    return [Number(float(number), 0, 0)] if number != 1 else []


def _call(function: str, *arguments: Expression) -> Call:
    return Call(function, arguments, 0, 0)
