"""A node's value lies within its range whatever the values of its names, so guards that the range excludes may go."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.language.graph.graph import Graph
from engine.language.graph.ranges import LARGEST_NAME, LEAST_NAME, NAME
from engine.language.graph.reference import evaluate

SMALL_AND_LARGE = [
    0.0,
    LEAST_NAME,
    -LEAST_NAME,
    1e-160,
    -1e-9,
    0.3,
    -1.0,
    2.5,
    30.0,
    -745.0,
    710.0,
    -1e155,
    LARGEST_NAME,
]
UNARY = ["exp", "expm1", "sqrt", "cbrt", "abs", "sin", "cos", "tanh", "cosh", "sinh", "log", "log1p", "atan", "erf"]
UNARY += ["erfc", "exp2", "floor", "round", "sigmoid", "softplus", "-"]
formulas = st.recursive(
    st.sampled_from(["x", "y", "1", "2", "0.5", "-3"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%"]), inner).map("({0[0]} {0[1]} ({0[2]}))".format),
        st.tuples(st.sampled_from(UNARY), inner).map("{0[0]}({0[1]})".format),
        st.tuples(inner, st.sampled_from(["2", "3", "0.5", "-2", "0.3"])).map("(({0[0]})^({0[1]}))".format),
        st.tuples(st.sampled_from(["min", "max", "hypot", "atan2"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} < 0 else {0[2]})".format),
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(formulas, st.sampled_from(SMALL_AND_LARGE), st.sampled_from(SMALL_AND_LARGE))
@example("1/(y % 1)", 0.0, -745.0)
def test_every_part_of_a_formula_lies_within_its_range(text: str, x: float, y: float) -> None:
    graph = Graph()
    needed = graph.needed_for([graph.build(text, {})])
    for index, value in zip(needed, evaluate(graph, needed, {"x": x, "y": y}), strict=True):
        if not np.isnan(value):
            low, high, least = graph.ranges[index]
            assert low <= value <= high
            assert value == 0.0 or abs(value) >= least


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("exp(x)", 0, math.inf), ("1 + x^2", 1, math.inf), ("sin(x)*y", NAME.low, NAME.high), ("cosh(x)", 1, math.inf)]
    + [("1/(1 + exp(-x))", 0, 1), ("sqrt(2 + cos(x))", 1, math.sqrt(3)), ("max(x, 3)", 3, NAME.high)],
)
def test_a_range_is_no_wider_than_it_must_be(text: str, low: float, high: float) -> None:
    graph = Graph()
    found = graph.ranges[graph.build(text, {})]
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
