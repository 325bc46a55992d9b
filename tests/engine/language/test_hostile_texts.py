"""A hostile text is a loss or a plain error, soon, and does nothing else."""

import re
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.language.errors import FormulaError
from engine.language.syntax.parser import parse_formula, parse_rule
from engine.loss.loss import compile_loss
from tests.pace import is_within

PATIENCE_S = 1.0
LONGEST_SENTENCE = 160
CORPUS = Path(__file__).parents[2] / "data" / "hostile_texts.txt"


def _decoded(text: str) -> str:
    text = re.sub(r"<U\+([0-9A-F]+)>", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"<(\d+) of ([^>]+)>", lambda match: match[2] * int(match[1]), text)


def _rows() -> list[tuple[str, str]]:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("|") for line in lines if line and not line.startswith("#")]
    return [(fate.strip(), text.removeprefix(" ")) for fate, _, text in pairs]


TEXTS = _rows()


def _assert_plain(error: FormulaError, text: str) -> None:
    assert 0 <= error.start <= error.end <= len(text)
    assert error.message.endswith(".")
    assert len(str(error)) <= LONGEST_SENTENCE
    str(error).encode("utf-8")


@pytest.mark.parametrize(("fate", "text"), TEXTS, ids=[text[:30].strip() or "nothing" for _, text in TEXTS])
def test_a_hostile_text_meets_its_fate_within_a_second(fate: str, text: str) -> None:
    text = _decoded(text)
    began = time.thread_time()
    try:
        parse_formula(text)
        outcome = "works"
    except FormulaError as error:
        _assert_plain(error, text)
        outcome = "refused"
    assert is_within(time.thread_time() - began, PATIENCE_S)
    assert fate in ("either", outcome)


@pytest.mark.parametrize("text", [text for fate, text in TEXTS if fate == "works" and " of " not in text])
def test_a_tricky_text_that_works_has_a_value_everywhere_even_if_it_is_no_number(text: str) -> None:
    points = np.linspace(-2.0, 2.0, 5)
    assert compile_loss(_decoded(text)).preview(points, points[::-1]).shape == (5,)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
@example("\ud800")
@example("\x00" * 20)
@example("x" * 200_000)
@example("(" * 19_999)
def test_no_text_at_all_brings_another_error(text: str) -> None:
    for parse in (parse_formula, parse_rule):
        try:
            parse(text)
        except FormulaError as error:
            _assert_plain(error, text)


PIECES = (  # as one line of words, since a list of forty is hard to read
    "x y a r w g t 1 2.5 1e9 + - * / ^ ** ( ) ( ) | , ; = == < if else and or not sin min √ ² π init sum xy".split()  # noqa: SIM905
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\n"]), max_size=40), st.sampled_from(["", " "]))
def test_no_heap_of_pieces_brings_another_error(pieces: list[str], apart: str) -> None:
    text = apart.join(pieces)
    for parse in (parse_formula, parse_rule):
        try:
            parse(text)
        except FormulaError as error:
            _assert_plain(error, text)


@pytest.mark.parametrize("piece", ["(", "sin(", "1<1+1*(", "2^(", "|", "√(", "1 if (", "x and 1<2*min("])
def test_the_deepest_nesting_allowed_leaves_most_of_the_stack_to_the_caller(piece: str) -> None:
    def with_less_stack(frames: int) -> None:
        if frames:
            with_less_stack(frames - 1)
            return
        with pytest.raises(FormulaError):
            parse_formula(piece * 1000)

    with_less_stack(150)
