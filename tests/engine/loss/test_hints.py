"""A good formula that leaves a part of the picture empty comes with what it may be meant as, and only there."""

import numpy as np
import pytest

from engine.language.types import Bounds
from engine.loss.hints import Hint, Hints
from engine.loss.loss import Loss
from engine.loss.terrain import sample_terrain
from engine.loss.transform import Transform
from landscapes import LANDSCAPES

AROUND_ORIGIN: Bounds = ((-2.0, 2.0), (-2.0, 2.0))
ALL_POSITIVE: Bounds = ((0.5, 2.0), (0.5, 2.0))


def hints(text: str, bounds: Bounds = AROUND_ORIGIN, **parameters: float) -> tuple[Hint, ...]:
    loss = Loss(text, parameters)
    return Hints().of(loss, (sample_terrain(loss.preview, bounds, 33, 33, 1), None))


def put_in(text: str, hint: Hint) -> str:
    part = hint.replacement
    return text[: part.start] + part.text + text[part.end :]


OFFERED = {
    "x^(2/3)": "cbrt(x)^2",
    "x^(1/3) + y": "cbrt(x) + y",
    "x^0.2": "root(x, 5)",
    "x**1.4": "root(x, 5)^7",
    "x^0.333": "cbrt(x)",
    "(x-1)^(4/3)": "cbrt(x-1)^4",
    "(x - 1)^(1/3 + 1)": "cbrt(x - 1)^4",
    "((x-1)*(y + 2))^(2/5)": "root((x-1)*(y + 2), 5)^2",
    "sin(x)^(1/3)": "cbrt(sin(x))",
    "-2x^(-1/3)": "-2cbrt(x)^(-1)",
    "x^-0.2": "root(x, 5)^(-1)",
    "f(u) = u^(1/3); f(x - 1) + y": "f(u) = cbrt(u); f(x - 1) + y",
    "p = 2/3; a*x^p": "p = 2/3; a*cbrt(x)^2",
    "sum((x - i)^(1/3), i, 0, 2)": "sum(cbrt(x - i), i, 0, 2)",
}
"""To a formula: the one that has a value everywhere."""


@pytest.mark.parametrize("text", OFFERED)
def test_an_odd_root_of_negative_numbers_is_offered_where_a_power_has_no_value(text: str) -> None:
    (hint,) = hints(text)
    assert all(f'"{hint.replacement.text}"' in told for told in (hint.sentence, hint.brief))
    assert "is negative" in hint.sentence
    real = put_in(text, hint)
    assert real == OFFERED[text]
    x, y = np.meshgrid(np.linspace(-1.9, 1.9, 14), np.linspace(-1.9, 1.9, 14))
    before, after = Loss(text, {}).preview(x, y), Loss(real, {}).preview(x, y)
    assert np.isnan(before).any() and np.isfinite(after).all()
    known = np.isfinite(before)
    np.testing.assert_allclose(after[known], before[known], rtol=1e-2 if "0.333" in text else 1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "x^(1/2)", "x^1.5", "x^0.25", "|x|^(1/3)", "(x^2)^(1/3)", "(x^2 + 1)^(2/3)", "exp(x)^0.2", "x^2/3", "x^3",
        "x^(1/3) if x > 0 else 0", "cbrt(x)^2", "root(x, 5)", "log(x)", "a^(1/3)*x",
    ],
)  # fmt: skip
def test_nothing_is_said_where_no_negative_number_is_raised_or_no_root_is_real(text: str) -> None:
    assert hints(text) == ()


def test_nothing_is_said_while_only_positive_bases_are_seen() -> None:
    assert hints("(x - 1)^(1/3) + y", ((1.5, 3.0), (-1.0, 1.0))) == ()
    assert len(hints("(x - 1)^(1/3) + y", ALL_POSITIVE)) == 1
    assert hints("(x + a)^(1/3)", ALL_POSITIVE, a=1.0) == ()
    assert len(hints("(x + a)^(1/3)", ALL_POSITIVE, a=-1.0)) == 1


def test_each_power_has_its_own_hint_in_the_order_of_the_text() -> None:
    text = "(2*x)^(1/3) + ((x)^(1/3) - y)^(1/5) + y^2.5"
    assert [hint.replacement.text for hint in hints(text)] == ["cbrt(2*x)", "root((x)^(1/3) - y, 5)", "cbrt(x)"]


def test_what_is_seen_of_a_landscape_that_was_turned_counts() -> None:
    upright, turned = Loss("x^(1/3)", {}), Loss("x^(1/3)", {}, transform=Transform(angle=180.0))
    seen: Bounds = ((-2.0, -1.0), (-1.0, 1.0))
    assert [
        len(Hints().of(loss, (sample_terrain(loss.preview, seen, 9, 9, 1), None))) for loss in (upright, turned)
    ] == [
        1,
        0,
    ]


def test_a_loss_from_data_is_looked_at_too() -> None:
    loss = Loss("mean((x*u - v)^(2/3))", {}, {"u": np.linspace(-1.0, 1.0, 500), "v": np.ones(500)})
    (hint,) = Hints().of(loss, (sample_terrain(loss.preview, AROUND_ORIGIN, 9, 9, 1), None))
    assert hint.replacement.text == "cbrt(x*u - v)^2"


def test_what_is_seen_more_closely_counts_beside_the_domain() -> None:
    loss = Loss("(x + 3)^(1/3)", {})
    domain = sample_terrain(loss.preview, AROUND_ORIGIN, 9, 9, 1)
    beyond = sample_terrain(loss.preview, ((-9.0, 9.0), (-9.0, 9.0)), 9, 9, 2)
    found = Hints()
    assert found.of(loss, (domain, None)) == ()
    assert len(found.of(loss, (domain, beyond))) == 1


@pytest.mark.parametrize("name", LANDSCAPES)
def test_no_landscape_of_the_catalogue_needs_a_hint(name: str) -> None:
    landscape = LANDSCAPES[name]
    assert hints(landscape.formula, landscape.domain, **landscape.parameters) == ()
