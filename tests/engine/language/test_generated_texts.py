"""Generated texts: good ones are losses, spoilt ones are losses or plain errors, all within 0.1 s."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.language.errors import FormulaError
from engine.language.functions import FUNCTIONS, SPELLINGS
from engine.language.syntax.names import function_named
from engine.loss.loss import Loss, compile_loss
from engine.rules.rule import compile_rule
from tests.pace import is_within

PATIENCE_S = 0.1
"""For whatever a person may type."""
LONGEST_WAIT_S = 2.0
"""For 2,000 characters of the same function, of which some are hundreds of operations each."""
LONGEST = 2_000
LONGEST_SENTENCE = 160

FUNCTION_NAMES = sorted(name for name in SPELLINGS if function_named(name, rule=False))
OPERATORS = ["+", " - ", "*", "/", " % ", "//", "·", " − "]
COMPARISONS = ["<", " <= ", ">", "≥", "!=", " == "]

atoms = st.one_of(
    st.sampled_from(["x", "y", "a", "λ", "speed_1", "pi", "τ", "e", "0", "2", ".5", "1.", "1e3", "x²", "√y"]),
    st.integers(0, 10**6).map(str),
    st.floats(0, 1e300, allow_nan=False).map(repr),
)


# Plain texts and not strategies of strategies: Hypothesis writes out a strategy when it makes a failing example
# smaller, and a recursive one of 200 functions is written for minutes.
FORMS = [
    *(f"({{}}{operator}{{}})" for operator in OPERATORS + COMPARISONS),
    *("({})^({})", "(2({})\n + 3{})", "(not {} and {} or 1)", "({} if {} else {})", "|{}|", "(-{})"),
]
MOST_OF_CHAIN = 4
"""Arguments of a function that takes any number of them, at most."""


@st.composite
def formulas_of(draw: st.DrawFn, leaves: int) -> str:
    """Draw an atom, or a formula of smaller ones in brackets, which may stand wherever a number can."""
    if leaves <= 1 or draw(st.integers(0, 3)) == 0:
        return draw(atoms)
    form = draw(st.sampled_from(FORMS) | st.sampled_from(FUNCTION_NAMES).flatmap(_applications))
    count = form.count("{}")
    return form.format(*(draw(formulas_of((leaves - 1) // count)) for _ in range(count)))


def _applications(name: str) -> st.SearchStrategy[str]:
    """Return the forms of a function's application: one for each number of arguments that it takes."""
    spec = FUNCTIONS[SPELLINGS[name]]
    counts = range(spec.least, (spec.most or MOST_OF_CHAIN) + 1)
    return st.sampled_from([f"{name}({', '.join(['{}'] * count)})" for count in counts])


def _together(parts: tuple[str, str, str, str]) -> str:
    """Return a text of several lines: a definition and a function, which are used, a sum and a chain."""
    definition, body, argument, term = parts
    lines = f"r = {definition} # first", f"bump(u, v) = u*v + {body}", f"s = sum(i*({term}), i, 1, 4)"
    return "\n".join([*lines, f"prod(s - i, i, 0, 2) if 0 <= r < 1 else bump(s, {argument})"])


parts = formulas_of(8)


def _no_equation(text: str) -> str:
    """Return a formula that is no equation as a whole, which is refused."""
    return f"1*{text}" if " == " in text else text


single_formulas = formulas_of(80).map(_no_equation)
formulas = st.one_of(single_formulas, st.tuples(parts, parts, parts, parts).map(_together)).filter(
    lambda text: len(text) <= LONGEST
)
spoilt_pieces = st.one_of(
    st.sampled_from([*"()|,;=\n#[]'", "((", "))", "||", "if", " else ", " and ", "sinn(", "x x", "1e999", "²", "\0"]),
    st.text(max_size=8),
)


@st.composite
def spoilt_formulas(draw: st.DrawFn) -> str:
    """Draw a good formula, and cut, repeat and insert pieces."""
    text = draw(formulas)
    for _ in range(draw(st.integers(1, 6))):
        begin, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        piece = draw(st.one_of(spoilt_pieces, st.just(text[begin:end] * 2), st.just("")))
        text = (text[:begin] + piece + text[end:])[:LONGEST]
    return text


def assert_loss_or_plain_error(text: str, patience_s: float = PATIENCE_S) -> None:
    """Compile `text` as a formula and as a rule."""
    for whole, compile_text in ((text, compile_loss), (text, compile_rule), (f"w = w - lr*({text})", compile_rule)):
        taken_s = shortest_s(lambda: assert_works_or_is_told(whole, compile_text), patience_s)  # noqa: B023
        assert is_within(taken_s, patience_s), taken_s


def assert_works_or_is_told(text: str, compile_text: Callable[[str], object]) -> None:
    """Compile `text`, or check the error that it raises."""
    try:
        compile_text(text)
    except FormulaError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message.endswith(".")
        assert len(str(error)) <= LONGEST_SENTENCE


def shortest_s(work: Callable[[], object], enough_s: float) -> float:
    """Return the seconds of this thread alone; the work is done three times, or until it takes less than `enough_s`."""
    times: list[float] = []
    while len(times) < 3 and (not times or times[-1] >= enough_s):
        began = time.thread_time()
        work()
        times.append(time.thread_time() - began)
    return min(times)


@settings(max_examples=150, deadline=None)
@given(formulas)
def test_a_formula_put_together_by_the_rules_is_a_loss(text: str) -> None:
    assert is_within(shortest_s(lambda: compile_loss(text), PATIENCE_S), PATIENCE_S)
    loss = compile_loss(text)
    assert loss.value(np.linspace(-2, 2, 5), 0.5).shape == (5,)
    assert set(loss.parameters) <= {"a", "λ", "speed_1"}


@settings(max_examples=150, deadline=None)
@given(spoilt_formulas())
def test_a_spoilt_formula_is_a_loss_or_a_plain_error(text: str) -> None:
    assert_loss_or_plain_error(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=LONGEST))
@example("\ud800" * LONGEST)
@example("é" * LONGEST)
@example("𝐱" * LONGEST)
def test_any_characters_are_a_loss_or_a_plain_error(text: str) -> None:
    assert_loss_or_plain_error(text)


def _filled(pieces: list[str], joint: str) -> str:
    """Return as many of `pieces` as 2,000 characters hold."""
    text = pieces[0]
    for piece in pieces[1:]:
        if len(text) + len(joint) + len(piece) <= LONGEST:
            text += joint + piece
    return text


@pytest.mark.parametrize("name", sorted(name for name in FUNCTIONS if function_named(name, rule=False)))
def test_no_function_is_too_slow_to_compile_however_often_it_stands_there(name: str) -> None:
    spec = FUNCTIONS[name]
    calls = [f"{name}({', '.join([f'x + {i}', 'y', '2', '3'][: spec.least])})" for i in range(LONGEST)]
    assert_loss_or_plain_error(_filled(calls, " + "), LONGEST_WAIT_S)
    # As a rule, which has no slopes, a product is no more than a sum.
    product = _filled(calls, "*")
    assert is_within(shortest_s(lambda: assert_works_or_is_told(product, compile_loss), LONGEST_WAIT_S), LONGEST_WAIT_S)


def test_what_would_take_too_long_to_compile_is_refused_at_its_line() -> None:
    lines = [f"r{line} = " + " + ".join(f"digamma(x + {line}.{i:02})" for i in range(90)) for line in range(10)]
    text = "\n".join([*lines, "r0 + y"])
    with pytest.raises(FormulaError, match="too much to compile") as caught:
        compile_loss(text)
    assert text[caught.value.start : caught.value.end] in lines


def test_slopes_count_towards_what_would_take_too_long() -> None:
    assert isinstance(compile_loss(" + ".join(f"gamma(x + {i})" for i in range(30))), Loss)
    lines = [f"r{line} = " + " + ".join(f"gamma(x + {line}.{i:02})" for i in range(90)) for line in range(9)]
    with pytest.raises(FormulaError, match="too much to compile") as caught:
        compile_loss("\n".join([*lines, " + ".join(f"r{line}" for line in range(9))]))
    assert caught.value.start == 0, "no single line is to blame"


def test_a_rule_that_would_take_too_long_is_refused_at_its_line() -> None:
    text = "v = " + " + ".join(f"digamma(w + {i})" for i in range(90)) + "\nw = w - lr*v"
    with pytest.raises(FormulaError, match="too much to compile") as caught:
        compile_rule(text)
    assert (caught.value.start, caught.value.end) == (0, text.index("\n"))
