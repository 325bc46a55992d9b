"""What the pages say is so."""

import re
from types import ModuleType

import pytest

from docs import make_functions, make_landscapes, make_optimizers, make_wrappers
from engine.language.cursor import DEEPEST_NESTING
from engine.language.errors import FormulaError
from engine.language.folding import MOST_TERMS, MOST_UNROLLED
from engine.language.graph import MOST_NODES
from engine.language.lines import MOST_LINES
from engine.language.tokens import LONGEST_NAME, LONGEST_TEXT
from engine.loss import Loss
from engine.optimizers.racer_text import parse_racer

LANGUAGE = make_functions.PAGE.with_name("language.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\|(?:.*?\|)?? `([^`]+)` \|(?: `([^`]*)` \|)? ([^|`]+) \|$", LANGUAGE, re.MULTILINE)

ASKED_ABOUT = re.findall(r"^\| `([^`]+)` \| ([A-Z].*) \|$", LANGUAGE, re.MULTILINE)


def value_of(text: str) -> float:
    return float(Loss(text.replace("\\|", "|"), {}).preview(3.0, 2.0))


MADE = [make_functions, make_landscapes, make_optimizers, make_wrappers]


@pytest.mark.parametrize("maker", MADE, ids=lambda maker: maker.PAGE.stem)
def test_a_made_page_says_what_the_program_says(maker: ModuleType) -> None:
    stale = f"docs/{maker.PAGE.name} is stale: run `make docs` and commit it."
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page(), stale


@pytest.mark.parametrize("racer", [make_wrappers.EXAMPLE, make_wrappers.TYPED])
def test_an_example_of_the_page_of_wrappers_races(racer: str) -> None:
    optimizer, values = parse_racer(racer)
    assert optimizer.compile(**values).hyperparameters == {**optimizer.defaults, **values}


@pytest.mark.parametrize(("text", "read_as", "value"), ROWS)
def test_an_example_of_the_page_of_the_language_is_worth_what_it_says(text: str, read_as: str, value: str) -> None:
    assert value_of(text) == pytest.approx(value_of(value))
    assert not read_as or value_of(text) == value_of(read_as)


@pytest.mark.parametrize(("text", "hint"), ASKED_ABOUT)
def test_a_mistake_on_the_page_of_the_language_is_answered_as_it_says(text: str, hint: str) -> None:
    with pytest.raises(FormulaError) as caught:
        Loss(text, {})
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "limit", [LONGEST_NAME, LONGEST_TEXT, MOST_LINES, DEEPEST_NESTING, MOST_TERMS, MOST_UNROLLED, MOST_NODES]
)
def test_the_page_of_the_language_tells_every_limit(limit: int) -> None:
    assert re.search(rf"\b{limit:,}\b", LANGUAGE)
