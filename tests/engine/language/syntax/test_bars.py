"""Bars have the reading that a person means, or an error shows both readings."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.errors import FormulaError
from engine.loss.loss import Loss

Texts = tuple[str, str]
"""With bars, and with `abs` and a sign at each product."""

POINTS = np.array([[1.3, -2.1, 0.4], [-0.7, 1.9, -3.3]])


def _sum(parts: tuple[Texts, Texts]) -> Texts:
    return "+".join(barred for barred, _ in parts), "+".join(plain for _, plain in parts)


def _product(parts: tuple[Texts, Texts]) -> Texts:
    return "".join(barred for barred, _ in parts), "*".join(f"({plain})" for _, plain in parts)


def _multiply(parts: tuple[Texts, Texts]) -> bool:
    """Return whether two texts beside one another are a product of the two."""
    (left, _), (right, _) = parts
    return "+" not in left.replace("(x+1)", "") + right.replace("(x+1)", "") and (left[-1] in "|)" or right[0] in "|(")


names = st.sampled_from(["x", "y", "a", "(x+1)", "(y)"]).map(lambda name: (name, name))
texts = st.recursive(
    names,
    lambda inner: st.one_of(
        inner.map(lambda texts: (f"|{texts[0]}|", f"abs({texts[1]})")),
        st.tuples(inner, inner).filter(_multiply).map(_product),
        st.tuples(inner, inner).map(_sum),
    ),
    max_leaves=7,
)


@settings(max_examples=200, deadline=None)
@given(texts.filter(lambda texts: "|" in texts[0]))
def test_bars_that_are_read_at_all_mean_what_they_were_written_for(pair: Texts) -> None:
    barred, plain = pair
    try:
        loss = Loss(barred, {})
    except FormulaError:
        return
    meant = Loss(plain, {})
    for each in (loss, meant):
        each.set(**dict.fromkeys(each.parameters, -1.7))
    np.testing.assert_allclose(loss.preview(*POINTS), meant.preview(*POINTS), rtol=1e-12)


@settings(max_examples=150, deadline=None)
@given(texts.filter(lambda texts: "|" in texts[0]))
def test_both_readings_of_bars_can_be_put_in(pair: Texts) -> None:
    text, _ = pair
    for _ in range(20):
        try:
            Loss(text, {})
            return
        except FormulaError as error:
            if not error.replacements or "two things" not in error.message:
                return
            for part in error.replacements:
                longer = text[: part.start] + part.text + text[part.end :]
                assert longer.replace("*", "") == text.replace("*", "")
            part = error.replacements[-1]
            text = text[: part.start] + part.text + text[part.end :]
    raise AssertionError(f"{text} is asked about again and again")


def test_a_long_sum_of_bars_is_read() -> None:
    text = "+".join(f"{number}|x-{number}|" for number in range(1, 1500))
    assert Loss(text, {}).preview(0.0, 0.0) == sum(number * number for number in range(1, 1500))


@pytest.mark.parametrize("text", ["|x" * 9_000, "|x|y" * 9_000, "|" * 9_999, "(" * 49 + "|x|y" * 900])
def test_ever_so_many_bars_are_answered(text: str) -> None:
    with pytest.raises(FormulaError):
        Loss(text, {})
