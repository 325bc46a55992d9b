"""A text has the value that is generated with it, with no more brackets than the grammar needs."""

import operator
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.loss.loss import Loss

NAMES = {"x": 3.0, "y": 2.0, "a": 1.0}
NUMBERS = {"0": 0.0, "4.": 4.0, ".5": 0.5, "2.5e1": 25.0, "1_000": 1000.0}
INDICES = "ijklmnopqrst"

CHOICE, OR, AND, NOT, COMPARED, SUM, PRODUCT, SIGN, POWER, ATOM = range(10)
"""How tightly a text binds, from the loosest on."""

Operation = Callable[[float, float], float]
SUMS: Mapping[str, Operation] = {"+": operator.add, " - ": operator.sub, "−": operator.sub}
PRODUCTS: Mapping[str, Operation] = {"*": operator.mul, "·": operator.mul, "/": operator.truediv}
POWERS: Mapping[str, Operation] = {"^": operator.pow, "**": operator.pow}
SUPERSCRIPTS = {"²": 2.0, "³": 3.0, "⁻¹": -1.0}
UPWARDS: Mapping[str, Operation] = {"<": operator.lt, " ≤ ": operator.le, "==": operator.eq}
DOWNWARDS: Mapping[str, Operation] = {">": operator.gt, " >= ": operator.ge, "==": operator.eq}
FINEST, LARGEST = 2.0**-20, 2.0**20
"""What is a multiple of the one and less than the other is added and multiplied exactly, in whatever order."""


class Meant(NamedTuple):
    """A text, its value, and how tightly its loosest operator binds."""

    text: str
    value: float
    level: int

    def held(self, loosest: int) -> str:
        """Return the text, in brackets where it binds more loosely."""
        return self.text if self.level >= loosest else f"({self.text})"


def is_exact(meant: Meant) -> bool:
    value = meant.value
    return isinstance(value, float) and abs(value) < LARGEST and (value / FINEST).is_integer()


def worked_out(operation: Operation, left: float, right: float) -> float:
    try:
        return operation(left, right)
    except (ZeroDivisionError, OverflowError):
        return LARGEST


def summed(left: Meant, sign: str, right: Meant) -> Meant:
    value = worked_out(SUMS[sign], left.value, right.value)
    return Meant(left.held(SUM) + sign + right.held(PRODUCT), value, SUM)


def multiplied(left: Meant, sign: str, right: Meant) -> Meant:
    value = worked_out(PRODUCTS[sign], left.value, right.value)
    return Meant(left.held(PRODUCT) + sign + right.held(SIGN), value, PRODUCT)


def side_by_side(number: int, left: Meant, right: Meant) -> Meant:
    return Meant(f"{number}({left.text})({right.text})", number * left.value * right.value, PRODUCT)


def raised(base: Meant, sign: str, exponent: Meant) -> Meant:
    value = worked_out(POWERS[sign], base.value, exponent.value)
    return Meant(base.held(ATOM) + sign + exponent.held(SIGN), value, POWER)


def superscribed(base: Meant, sign: str) -> Meant:
    return Meant(base.held(ATOM) + sign, worked_out(operator.pow, base.value, SUPERSCRIPTS[sign]), POWER)


def negated(inner: Meant) -> Meant:
    return Meant("-" + inner.held(SIGN), -inner.value, SIGN)


def compared(signs: Mapping[str, Operation], chain: list[tuple[Meant, str]]) -> Meant:
    """Return a chain of comparisons; the last sign is left out."""
    pairs = pairwise(chain)
    holds = all(signs[sign](left.value, right.value) for (left, sign), (right, _) in pairs)
    text = "".join(term.held(SUM) + sign for term, sign in chain[:-1]) + chain[-1][0].held(SUM)
    return Meant(text, float(holds), COMPARED)


def both(left: Meant, right: Meant) -> Meant:
    return Meant(f"{left.held(AND)} and {right.held(NOT)}", float(left.value != 0 and right.value != 0), AND)


def either(left: Meant, right: Meant) -> Meant:
    return Meant(f"{left.held(OR)} or {right.held(AND)}", float(left.value != 0 or right.value != 0), OR)


def denied(inner: Meant) -> Meant:
    return Meant(f"not {inner.held(NOT)}", float(inner.value == 0), NOT)


def chosen(first: Meant, condition: Meant, otherwise: Meant) -> Meant:
    text = f"{first.held(OR)} if {condition.held(OR)} else {otherwise.text}"
    return Meant(text, first.value if condition.value != 0 else otherwise.value, CHOICE)


def between_bars(inner: Meant) -> Meant:
    return Meant(f"|({inner.text})|" if "|" in inner.text else f"|{inner.text}|", abs(inner.value), ATOM)


def added_up(term: Meant, last: int) -> Meant:
    """Return the sum of `term` and the index, over an index that no sum within has."""
    index = INDICES[term.text.count("sum")]
    value = last * term.value + last * (last + 1) / 2
    return Meant(f"sum({term.held(SUM)} + {index}, {index}, 1, {last})", value, ATOM)


def _larger(inner: st.SearchStrategy[Meant]) -> st.SearchStrategy[Meant]:
    def chains(signs: Mapping[str, Operation]) -> st.SearchStrategy[Meant]:
        links = st.lists(st.tuples(inner, st.sampled_from([*signs])), min_size=2, max_size=4)
        return st.builds(compared, st.just(signs), links)

    return st.one_of(
        st.builds(summed, inner, st.sampled_from([*SUMS]), inner),
        st.builds(multiplied, inner, st.sampled_from([*PRODUCTS]), inner),
        st.builds(side_by_side, st.integers(2, 9), inner, inner),
        st.builds(raised, inner, st.sampled_from([*POWERS]), inner),
        st.builds(superscribed, inner, st.sampled_from([*SUPERSCRIPTS])),
        chains(UPWARDS),
        chains(DOWNWARDS),
        *(st.builds(make, inner) for make in (negated, denied, between_bars)),
        *(st.builds(make, inner, inner) for make in (both, either)),
        st.builds(chosen, inner, inner, inner),
        st.builds(added_up, inner, st.integers(0, 4)),
    ).filter(is_exact)


atoms = st.sampled_from([Meant(text, value, ATOM) for text, value in {**NAMES, **NUMBERS}.items()])


@settings(max_examples=400, deadline=None)
@given(st.recursive(atoms, _larger, max_leaves=12))
def test_a_text_is_worth_what_was_meant_by_it(meant: Meant) -> None:
    loss = Loss(f"r = {meant.text}\nr", {})
    assert loss.preview(NAMES["x"], NAMES["y"]) == meant.value, meant.text
