"""The graph of a rule is as small as the rule allows."""

import pytest

from engine import FormulaError
from engine.rules.rule_builder import MOST_NODES
from engine.rules.update import Update


def slopes_asked(text: str) -> int:
    """Return how many nodes ask for a slope."""
    return len([node for node in Update(text).step.asked if node.payload])


@pytest.mark.parametrize(
    ("text", "slopes"),
    [("w = w - lr*g", 1), ("v = 0.9v + grad(w + v)\nw = w - lr*v", 1), ("w = w - g*hessdiag() - grad(2w)", 3)],
)
def test_a_rule_that_is_per_coordinate_is_built_once_for_all_coordinates(text: str, slopes: int) -> None:
    assert slopes_asked(text) == slopes
    assert slopes_asked(f"{text}*norm(w)") > slopes


@pytest.mark.parametrize("mixing", ["hess(g)", "norm(g)", "max(w)", "vector(1, 2)", "coordinate(w, 1)", "sum(w)"])
def test_the_first_call_that_looks_at_several_coordinates_is_found(mixing: str) -> None:
    text = f"half(v) = v/2\nw = w - half({mixing}*g) - dot(w, w)*g"
    found = Update(text).mixing
    assert found is not None and text[found.start : found.end] == mixing


@pytest.mark.parametrize("plain", ["max(g, w)", "hessdiag()", "grad(w - g)", "randn()", "loss(w + g)"])
def test_what_looks_at_one_coordinate_does_not_mix(plain: str) -> None:
    assert Update(f"w = w - {plain}*g").mixing is None


def test_what_is_written_for_each_coordinate_counts_for_each() -> None:
    waves = " + ".join(f"sin({number}f)" for number in range(1, MOST_NODES // 5))
    Update(f"w = w - dot(g, g)*({waves})")
    with pytest.raises(FormulaError, match=f"operations, where {MOST_NODES:,} are the most"):
        Update(f"w = w - ({waves.replace('f', 'g')})")
