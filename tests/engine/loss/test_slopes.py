"""The slopes that are shown are the slopes that are raced on."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.errors import FormulaError
from engine.language.graph.folding import fold, parts_first
from engine.language.graph.graph import Graph
from engine.language.graph.reference import evaluate
from engine.language.syntax.tree import Expression
from engine.loss.loss import Loss
from engine.loss.slopes import MOST_SHOWN, slope_lines, slope_trees
from landscapes import LANDSCAPES
from tests.engine.language.display.test_typeset import plain

POINTS = {"x": np.linspace(-1.3, 1.7, 7), "y": np.linspace(2.1, -0.4, 7)}


def shown(text: str) -> list[str]:
    return ["".join(map(plain, line.parts)).partition("=")[2] for line in slope_lines(text)]


def value_of(tree: Expression, values: Mapping[str, Any]) -> Any:
    graph = Graph()
    node = fold(parts_first(tree), graph.constant, lambda name: graph.leaf(name, {}), graph.call)
    return evaluate(graph, [node], values)[0]


def assert_shown_slopes_are_exact(text: str) -> None:
    loss = Loss(text, {})
    landscape = loss.landscape
    values = {**POINTS, **loss.parameters}
    for tree, output in zip(slope_trees(landscape.graph, landscape.outputs[1:]), landscape.outputs[1:], strict=True):
        ours = value_of(tree, values)
        (exact,) = evaluate(landscape.graph, [output], values)
        size = np.max(np.abs(np.nan_to_num(exact)), initial=1.0)
        np.testing.assert_allclose(ours, exact, rtol=1e-4, atol=1e-4 * size)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2 + 3y^2", ["2 x", "6 y"]),
        ("(a - x)^2 + b*(y - x^2)^2", ["−4 b x·(y−x^{2})−2 (a−x)", "2 b·(y−x^{2})"]),
        ("x*y", ["y", "x"]),
        ("5", ["0", "0"]),
        ("sin(2pi*x)", ["2 π cos(2 π x)", "0"]),
        ("sin(3pi/4*x)", ["{3 π cos({3 π x/4})/4}", "0"]),
        ("cos(100e*x)", ["−100 e sin(100 e x)", "0"]),
        ("hypot(x, y)", ["{x/hypot(x, y)}", "{y/hypot(x, y)}"]),
        ("1/(1 + exp(-x))", ["{exp(−x)/(1+exp(−x))^{2}}", "0"]),
        ("x^p", ["p x^{p−1}", "0"]),
        ("x/y", ["{1/y}", "−{x/y^{2}}"]),
        ("log(x, b)", ["{1/x ln(b)}", "0"]),
        ("root(x, 4)", ["0.25 x^{−0.75}", "0"]),
        ("root(x, 3)", ["{0.333333/(3√{x})^{2}}", "0"]),
        ("x*(0/0)", ["NaN", "0"]),
        ("x*1e308*10", ["∞", "0"]),
    ],
)
def test_slopes_are_written_as_by_hand(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("landscape", [pytest.param(entry, id=name) for name, entry in LANDSCAPES.items()])
def test_the_slopes_of_every_landscape_are_exact_or_too_long(landscape: object) -> None:
    text = landscape.formula  # type: ignore[attr-defined]
    try:
        assert_shown_slopes_are_exact(text)
    except FormulaError as error:
        assert "too long to read" in error.message


pieces = st.sampled_from(["x", "y", "2", "0.5", "a", "(x - y)", "sin(x)", "exp(-x^2)", "sqrt(x^2 + y^2 + 1)", "|y|"])
polynomials = st.recursive(
    pieces,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda parts: f"({''.join(parts)})")
        | inner.map("(-{})".format)
        | inner.map("({})^2".format)
        | inner.map("({})/(x^2 + 2)".format)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(polynomials)
def test_tidied_slopes_are_still_the_slopes(text: str) -> None:
    try:
        assert_shown_slopes_are_exact(text)
    except FormulaError as error:
        assert "too long to read" in error.message


def test_slopes_that_nobody_could_read_are_told_in_a_sentence() -> None:
    with pytest.raises(FormulaError, match=f"operations, {MOST_SHOWN} at most") as caught:
        slope_lines("*".join(f"(sin({i}x) + y)" for i in range(1, 40)))
    assert caught.value.message.startswith("The slopes are too long to read:")
