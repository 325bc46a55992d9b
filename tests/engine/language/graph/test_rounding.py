"""A quotient is correctly rounded, and no sum is fused on which a jump or the end of a domain depends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Race, compile_loss, compile_rule
from engine.language.graph.graph import Graph
from engine.language.graph.rounding import rounding_of
from engine.optimizers import OPTIMIZERS
from engine.rules.rule import Rule

X, Y = np.random.default_rng(0).uniform(0.1, 9.0, (2, 4096))
divisors = st.floats(1e-200, 1e200, allow_subnormal=False)
DIVIDENDS = np.concatenate(
    [np.random.default_rng(1).normal(size=200) * 10.0 ** np.linspace(-80, 80, 200), [np.inf, 0.0]]
)


def test_a_shared_divisor_changes_no_quotient() -> None:
    np.testing.assert_array_equal(compile_loss("floor(y/y) + x/y").value(X, Y), 1.0 + X / Y)
    for text in ("acosh(x/x) + y/x", "sqrt(1 - x/x) + y/x", "asin(x/x) + y/x + 1/x", "log(2 - x/x) + y/x"):
        loss = compile_loss(text)
        assert np.isfinite(loss.value(X, Y)).all(), text
        assert np.isfinite(loss.value_and_gradient(X, Y)).all(), text


@settings(max_examples=100, deadline=None)
@given(divisors, st.sampled_from([1.0, -1.0]))
def test_a_quotient_by_a_slider_or_a_constant_is_the_rounded_one(size: float, sign: float) -> None:
    with np.errstate(all="ignore"):
        rounded = DIVIDENDS / (sign * size)
    normal = (rounded == 0.0) | (np.abs(rounded) > 1e-290)
    np.testing.assert_array_equal(compile_loss("x/a", a=sign * size).value(DIVIDENDS, 0.0)[normal], rounded[normal])
    np.testing.assert_array_equal(compile_loss(f"x/{size!r}").value(DIVIDENDS, 0.0)[normal], sign * rounded[normal])


def test_a_division_by_a_slider_at_0_is_infinite() -> None:
    assert compile_loss("x/a", a=0).value([1.0, -1.0, 0.0], 0.0).tolist()[:2] == [np.inf, -np.inf]


def test_whole_multiples_of_a_slider_are_counted_right() -> None:
    k = np.arange(1.0, 2000.0)
    for a in (0.1, 0.3, 3.3, 7.0):
        np.testing.assert_array_equal(compile_loss("floor(x/a)", a=a).value(k * a, 0.0), np.floor(k * a / a))


@pytest.mark.parametrize(
    "text", ["sqrt(x*x - y*y)", "log(1 + (x*x - y*y))", "acosh(1 + (3*x*x - 3*y*y))", "floor(x*x - y*y)"]
)
def test_equal_products_leave_nothing_of_each_other(text: str) -> None:
    np.testing.assert_array_equal(compile_loss(text).value(X, X), 0.0)
    np.testing.assert_array_equal(compile_loss(text).value_and_gradient(X, X)[0], 0.0)


def test_a_circle_ends_where_it_ends() -> None:
    loss = compile_loss("sqrt(1 - (x/r)^2)")
    for r in X[:200].tolist():
        loss.set(r=r)
        assert loss.value(r, 0.0) == 0.0


def apart(text: str) -> int:
    graph = Graph()
    return len(rounding_of(graph, [graph.build(text, {})]).apart)


def test_only_sums_before_a_jump_or_an_end_are_left_alone() -> None:
    assert apart("(x*x - y)^2 + exp(x*y - 1) + sqrt(x*x + y*y + 1) + 1/(1 + x*x)") == 0
    assert (
        apart("sqrt(x*x - y)")
        == apart("floor(x*x + y)")
        == apart("1/(x*x - y)")
        == apart("x if x*y > 1 + y*y else y")
        == 1
    )


def loose(rule: Rule) -> int:
    return len(rule.update.step.graph.rounding.loose)


def test_an_update_may_multiply_by_what_only_changes_with_the_step() -> None:
    assert loose(compile_rule(OPTIMIZERS["Adam"].rule)) >= 2
    assert loose(compile_rule("w = w - lr*floor(g/(1 - beta^t))")) == 0
    race = Race(compile_loss("x + y"), [compile_rule("w = w + floor(w/(t/10)) - g*0")], start=(3.0, 0.3))
    race.advance(1)
    assert race.positions.tolist() == [[3.0 + np.floor(3.0 / 0.1), 0.3 + np.floor(0.3 / 0.1)]]
