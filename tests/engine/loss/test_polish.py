"""Minima found by damped Newton's method."""

import math

import pytest

from engine import compile_loss
from engine.loss.polish import polish


@pytest.mark.parametrize(
    ("formula", "start", "minimum"),
    [
        ("x^4 + y^2 - 3", (1.5, 2.0), -3.0),
        ("(1 - x)^2 + 100*(y - x^2)^2", (-1.2, 1.0), 0.0),
        ("(1 - x)^2 + 100*(y - x^2)^2 + 1e6", (-1.2, 1.0), 1e6),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (1.0, 1.0), 0.0),
        ("cos(x) + (y - 1)^2", (2.0, 0.0), -1.0),
        ("x^2 + 7", (1.0, 1.0), 7.0),
        ("1e-3*(x - 3)^2 + 1e5*(y - 2)^2 + 0.5", (0.0, 0.0), 0.5),
    ],
)
def test_newton_reaches_the_minimum_of_a_smooth_loss(formula: str, start: tuple[float, float], minimum: float) -> None:
    loss = compile_loss(formula)
    found = polish(loss, start)
    assert found is not None
    point, value = found
    assert value == pytest.approx(minimum, rel=1e-12, abs=1e-15)
    assert value == loss.value(*point)


@pytest.mark.parametrize(
    ("formula", "start"),
    [
        ("x + y", (1.0, 1.0)),
        ("x^2 - y^2", (1.0, 0.0)),
        ("x^2 - y^2", (1.0, 0.1)),
        ("x^3 + y^2", (1.0, 0.0)),
        ("exp(x) + y^2", (0.0, 1.0)),
        ("exp(x) + y^2 + 5", (0.0, 1.0)),
        ("floor(x) + floor(y)", (0.5, 0.5)),
        ("log(x) + y^2", (-1.0, 1.0)),
        ("log(x) + y^2", (1.0, 1.0)),
        ("abs(x) + abs(y)", (0.3, 0.4)),
    ],
)
def test_where_there_is_no_smooth_minimum_none_is_told(formula: str, start: tuple[float, float]) -> None:
    assert polish(compile_loss(formula), start) is None


@pytest.mark.parametrize("start", [(math.nan, 0.0), (math.inf, 0.0), (1e308, -1e308)])
def test_a_hostile_start_finds_nothing(start: tuple[float, float]) -> None:
    assert polish(compile_loss("x^2 + y^2 + 1"), start) is None
