"""Simplification makes graphs smaller and changes no value."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from engine.language.graph.derivative import differentiate
from engine.language.graph.folding import fold, parts_first
from engine.language.graph.graph import Graph
from engine.language.syntax.parser import parse_formula
from tests.engine.language.graph.fifty_digits import DIGITS, applied, parts

EQUAL = [
    ("x + y", "y + x"), ("x*y", "y*x"), ("x*1 + 0", "x"), ("0 - x", "-x"), ("--x", "x"), ("x - x", "0"), ("0*x", "0"),
    ("x/1", "x"), ("x/4", "0.25x"), ("2*(3x)", "6x"), ("2x*(5y)", "10(x*y)"), ("x + x", "2x"), ("3x + 3y", "3(x + y)"),
    ("x + -y", "x - y"), ("x - -y", "x + y"), ("-x*y", "-(x*y)"), ("-x*-y", "x*y"), ("x/-y", "-(x/y)"),
    ("(x - y)^2", "(y - x)^2"), ("|x - y|", "|y - x|"), ("sin(x - y)", "-sin(y - x)"), ("cos(-2x)", "cos(2x)"),
    ("cos(|x|)", "cos(x)"),
    ("||x||", "|x|"), ("|x^2|", "x^2"), ("|x|^2", "x^2"), ("sqrt(x^2)", "|x|"), ("sqrt(x^2 + 1)^2", "x^2 + 1"),
    ("hypot(x, y)^2", "x^2 + y^2"), ("norm(x, y, 1)", "sqrt(x^2 + y^2 + 1)"), ("cbrt(x)^3", "x"), ("cbrt(x^3)", "x"),
    ("x^4", "(x^2)^2"), ("x^2.5", "x^2*sqrt(x)"), ("x^-2", "1/x^2"), ("e^x", "exp(x)"), ("2^x", "exp2(x)"),
    ("exp(x)/exp(x)", "1"), ("x if 1 > 0 else y", "x"), ("y if x else y", "y"), ("max(x, x)", "x"),
    ("1/(1 + exp(-x))", "sigmoid(x)"),
]  # fmt: skip
DIFFERENT = [
    # Equal almost everywhere: where they differ, one is NaN, infinite or another slope.
    ("x/x", "1"), ("0/x", "0"), ("0*log(x)", "0"), ("1/x - 1/x", "0"), ("sqrt(x)^2", "x"), ("max(x, y)", "max(y, x)"),
    ("exp(log(x))", "x"), ("x^3/x", "x^2"),
]  # fmt: skip


def nodes_of(*texts: str) -> list[int]:
    graph = Graph()
    return [graph.build(text, {}) for text in texts]


@pytest.mark.parametrize(("text", "simple"), EQUAL)
def test_two_ways_to_write_the_same_are_one_node(text: str, simple: str) -> None:
    first, second = nodes_of(text, simple)
    assert first == second


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("mean(3)", "3"), ("mean(x*y)", "x*y"), ("mean(mean(u))", "mean(u)"), ("mean(-u)", "-mean(u)"),
        ("mean(2u)", "2*mean(u)"), ("mean(u/x)", "mean(u)/x"), ("mean(u*(y*u))", "y*mean(u*u)"),
    ],
)  # fmt: skip
def test_what_is_the_same_for_all_rows_stands_before_a_mean(text: str, simple: str) -> None:
    graph = Graph({"u"})
    trees = [parts_first(parse_formula(text, {"u"}).result) for text in (text, simple)]
    first, second = (fold(tree, graph.constant, lambda name: graph.leaf(name, {}), graph.call) for tree in trees)
    assert first == second


@pytest.mark.parametrize(("text", "simple"), DIFFERENT)
def test_what_is_not_the_same_everywhere_is_kept_apart(text: str, simple: str) -> None:
    first, second = nodes_of(text, simple)
    assert first != second


def operations(text: str) -> list[str]:
    """Return the functions that value, gradient and Hessian of a formula apply, each as often as it is computed."""
    graph = Graph()
    value = graph.build(text, {})
    gx, gy = (differentiate(graph, value, name) for name in "xy")
    hessian = [differentiate(graph, *pair) for pair in ((gx, "x"), (gx, "y"), (gy, "y"))]
    found = [graph.nodes[index].function for index in graph.needed_for([value, gx, gy, *hessian])]
    return [function for function in found if function not in ("constant", "name")]


def test_value_gradient_and_hessian_share_what_they_have_in_common() -> None:
    assert operations("exp(-x^2 - y^2)").count("exp") == 1
    assert operations("1/(1 + x^2 + y^2)").count("div") == 1
    assert operations("sqrt(1 + x^2 + y^2)").count("sqrt") == 1
    assert sorted(operations("sin(x*y)")).count("cos") == 1


def test_a_denominator_that_cannot_be_zero_needs_no_guard() -> None:
    assert "where" not in operations("1/(1 + x^2)") + operations("sqrt(1 + exp(x))") + operations("x/(2 + cos(y))")
    assert "where" in operations("sqrt(x^2 + y^2)")


def test_what_may_underflow_to_zero_needs_a_guard() -> None:
    for text in ("sqrt(exp(x) + y^2)", "sqrt(erfc(x))", "hypot(exp(x), exp(y))", "sqrt(1/(1 + x^2))"):
        assert "eq" in operations(text), text


def test_a_slope_that_stays_finite_needs_no_guard_where_the_value_is_flat_at_infinity() -> None:
    for text in ("exp(-x^2 - y^2)", "1/(1 + x^2 + y^2)", "tanh(x - y)", "atan(3x)", "sigmoid(x + y)", "erf(x)"):
        assert not {"where", "eq", "gt"} & set(operations(text)), text
    assert "where" in operations("1/(1 + exp(-x))")


def test_a_slope_costs_no_more_than_it_must() -> None:
    assert len(operations("x^2 + y^2")) <= 5
    assert len(operations("(1 - x)^2 + 100*(y - x^2)^2")) <= 18


LARGE = 1e3
leaves = st.sampled_from(["x", "y", "0", "1", "2", "-1", "0.5", "-3"])
UNARY = ["-{}", "|{}|", "sqrt({})", "cbrt({})", "exp({})", "sin({})", "cos({})", "sign({})", "sigmoid({})", "relu({})"]
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]} {0[1]} ({0[2]}))".format),
        st.tuples(inner, inner).map("({0[0]} - ({0[1]}))*({0[1]} - ({0[0]}))".format),
        st.tuples(inner, st.sampled_from(["2", "3", "-2", "0.5", "1.5", "0"])).map("(({0[0]})^{0[1]})".format),
        st.tuples(st.sampled_from(UNARY), inner).map(lambda pair: f"({pair[0].format(f'({pair[1]})')})"),
        st.tuples(st.sampled_from(["min", "max", "hypot"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} < 0 else {0[2]})".format),
    ),
    max_leaves=8,
)


def in_many_digits(graph: Graph, output: int, names: dict[str, mpf]) -> mpf:
    """Return the value of a node, computed node by node."""
    results: dict[int, mpf] = {}
    for index in graph.needed_for([output]):
        node = graph.nodes[index]
        if node.function == "name":
            results[index] = names[str(node.payload)]
        elif node.function == "constant":
            results[index] = mpf(node.payload)
        else:
            results[index] = applied(node.function, *(results[argument] for argument in node.arguments))
    return results[output]


@settings(max_examples=400, deadline=None)
@given(formulas, st.sampled_from([-2, -1, -0.5, 0, 0.5, 1, 3]), st.sampled_from([-2, -1, -0.5, 0, 0.5, 1, 3]))
def test_simplification_changes_no_value_where_names_are_finite(text: str, x: float, y: float) -> None:
    tree, graph = parse_formula(text).result, Graph()
    with mp.workdps(DIGITS):
        names = {"x": mpf(x), "y": mpf(y)}
        everything = parts(tree, names)
        # A quotient by zero has the sign of that zero, which is not kept; and constants are rounded to 16 digits.
        assume(not any(abs(part) > LARGE for part in everything))
        plain, simple = everything[-1], in_many_digits(graph, graph.build(text, {}), names)
        assert (mp.isnan(plain) and mp.isnan(simple)) or mp.almosteq(plain, simple, 1e-12, 1e-12)
