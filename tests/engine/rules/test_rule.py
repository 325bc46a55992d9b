"""What the lines of a rule mean."""

import gc
import time

import numpy as np
import pytest

from engine import FormulaError, Race, compile_loss, compile_rule

LOSS = "x^2 + 10*y^2"
START = (2, 1)
"""The slopes here are 4 and 20."""


def after(rule: str, steps: int = 1, **hyperparameters: float) -> list[float]:
    race = Race(compile_loss(LOSS), [compile_rule(rule, **hyperparameters)], start=START)
    race.advance(steps)
    return race.positions[0].tolist()


@pytest.mark.parametrize(("scalar", "number"), [("max(g)", 20), ("min(g)", 4), ("max(-g)", -4), ("mean(g)", 12)])
def test_one_vector_has_a_smallest_and_a_largest_coordinate(scalar: str, number: float) -> None:
    assert after(f"w = w - {scalar}") == [2 - number, 1 - number]


def test_of_several_vectors_each_coordinate_has_its_own_largest() -> None:
    assert after("w = w - max(g, 5)") == [2 - 5, 1 - 20]


def test_a_coordinate_is_a_number_and_a_vector_is_made_of_numbers() -> None:
    assert after("w = w - coordinate(g, 2)") == [2 - 20, 1 - 20]
    assert after("w = vector(coordinate(g, 2), coordinate(w, 1))") == [20, 2]
    assert after("swap(v) = vector(coordinate(v, 2), coordinate(v, 1))\nw = w - swap(g)") == [2 - 20, 1 - 4]
    assert after("w = w - sum(i*coordinate(g, i), i, 1, 2)") == [2 - 44, 1 - 44]


def test_a_state_made_of_numbers_is_a_vector() -> None:
    assert after("k = k + vector(1, t)\nw = w - k", steps=2) == [2 - 1 - 2, 1 - 1 - 3]
    assert after("k = vector(2, coordinate(k, 1))\nw = w - k", steps=2) == [2 - 2 - 2, 1 - 0 - 2]


def test_a_rule_may_clip_the_gradient_before_it_reads_it() -> None:
    clipped = after("g = g*min(1, max_norm/norm(g))\nw = w - lr*g", steps=50, max_norm=0.5, lr=0.1)
    named = after("c = g*min(1, max_norm/norm(g))\nw = w - lr*c", steps=50, max_norm=0.5, lr=0.1)
    assert clipped == named


def test_a_gradient_that_is_assigned_is_no_state() -> None:
    assert compile_rule("g = 0.5*g\nm = m + g\nw = w - m").states == ("m",)


def test_a_state_that_a_step_makes_a_vector_is_one_for_all_that_read_it_even_if_it_starts_as_a_number() -> None:
    rule = compile_rule("init d = 3\nr = r + d\nd = d + g\nw = w - r")
    race = Race(compile_loss(LOSS), [rule], start=START)
    race.advance(2)
    np.testing.assert_array_equal(race.trail(0), [[2, 1], [-1, -2], [-1 - 3 - 3 - 4, -2 - 3 - 3 - 20]])


@pytest.mark.parametrize("start", ["", "init p = w\n"])
def test_a_point_that_is_kept_may_be_asked_about_before_it_is_assigned(start: str) -> None:
    np.testing.assert_array_equal(after(f"{start}w = w - 0.1*grad(p)\np = w"), [2 - 0.4, 1 - 2] if start else [2, 1])


@pytest.mark.parametrize("start", ["init m = g\nm = t", "init m = 1\nm = g"])
def test_a_state_that_is_a_vector_in_one_of_its_lines_is_a_vector(start: str) -> None:
    assert np.isfinite(after(f"k = k + m\n{start}\nw = w - k", steps=3)).all()


@pytest.mark.parametrize("rule", ["init g = 1\nw = w - g", "f = 2\nw = w - g", "t = 2\nw = w - g"])
def test_what_else_is_given_stays_as_it_is_given(rule: str) -> None:
    with pytest.raises(FormulaError, match="is given and cannot be assigned"):
        compile_rule(rule)


@pytest.mark.parametrize("rule", ["w = w - lr*g", "m = max(m, abs(g))\nw = w - lr*g/m", "w = w - lr*f*grad(w - g)"])
def test_a_rule_that_makes_no_number_of_all_coordinates_is_per_coordinate(rule: str) -> None:
    assert compile_rule(rule).per_coordinate


@pytest.mark.parametrize(
    "rule",
    [
        "w = w - g/norm(g)",
        "w = w - max(g)*g",
        "unit(v) = v/norm(v)\nw = w - unit(g)",
        "init m = sum(g)\nm = m\nw = w - m*g",
        "w = w - vector(1, 10)*g",
        "w = w - g*coordinate(g, 1)",
    ],
)
def test_a_rule_that_mixes_the_coordinates_is_not_per_coordinate(rule: str) -> None:
    assert not compile_rule(rule).per_coordinate


def test_a_copied_rule_is_not_read_again_and_has_settings_of_its_own() -> None:
    rule = compile_rule("\n".join(f"v{i} = sin(v{i} + g)" for i in range(30)) + "\nw = w - lr*v0")
    # Or else the collector would look through what a thousand other tests have left.
    gc.freeze()
    began = time.thread_time()
    others = [rule.copy() for _ in range(1000)]
    took = time.thread_time() - began
    gc.unfreeze()
    assert took < 0.1, "reading it once takes longer than that"
    others[0].set(lr=3.0)
    assert (rule.hyperparameters["lr"], others[0].hyperparameters["lr"]) == (1.0, 3.0)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("w = w - lr*g", {"gradient": 1}),
        ("w = w - lr*g*f/dot(g, g)", {"loss": 1, "gradient": 1}),
        ("w = w - lr*grad(w + rho*g/norm(g))", {"gradient": 2}),
        ("w = w - lr*(grad(w) + g)", {"gradient": 1}),
        ("w = w - lr*g/(1 + |hessdiag()|) if loss(w - lr*g) < f else w", {"loss": 2, "gradient": 1, "Hessian": 1}),
        ("w = w - lr*randn()", {}),
    ],
)
def test_a_rule_tells_how_often_each_step_asks_the_landscape(text: str, asks: dict[str, int]) -> None:
    assert compile_rule(text).asks == asks
