"""What the pages say is so."""

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from docs import (
    make_architecture,
    make_data,
    make_functions,
    make_landscapes,
    make_lessons,
    make_optimizers,
    make_wrappers,
)
from engine import Race, compile_loss, compile_rule
from engine.data.datasets import generate
from engine.language.errors import FormulaError
from engine.language.graph.folding import MOST_TERMS, MOST_UNROLLED
from engine.language.graph.graph import MOST_NODES
from engine.language.syntax.cursor import DEEPEST_NESTING
from engine.language.syntax.lines import MOST_LINES
from engine.language.syntax.tokens import LONGEST_NAME, LONGEST_TEXT
from engine.loss.loss import Loss
from engine.optimizers.racer_text import parse_racer
from engine.rules.rule_builder import MOST_NODES as MOST_RULE_NODES
from engine.rules.update import MOST_STATES
from engine.tuning import league, search_rules
from tests.engine.loss.test_function_loss import CURVE_ERROR, SLOPE_ERROR

ROOT = Path(__file__).parents[1]
LANGUAGE = make_functions.PAGE.with_name("language.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\|(?:.*?\|)?? `([^`]+)` \|(?: `([^`]*)` \|)? ([^|`]+) \|$", LANGUAGE, re.MULTILINE)

ASKED_ABOUT = re.findall(r"^\| `([^`]+)` \| ([A-Z].*) \|$", LANGUAGE, re.MULTILINE)


def value_of(text: str) -> float:
    return float(Loss(text.replace("\\|", "|"), {}).preview(3.0, 2.0))


OWN_FUNCTIONS = make_functions.PAGE.with_name("own_functions.md").read_text(encoding="utf-8")
MAPS = make_functions.PAGE.with_name("maps.md").read_text(encoding="utf-8")
MAP_PROGRAMS = re.findall(r"^```python\n(.*?)^```$", MAPS, re.MULTILINE | re.DOTALL)
OWN_PROGRAMS = re.findall(r"^```python\n(.*?)^```$", OWN_FUNCTIONS, re.MULTILINE | re.DOTALL)

MADE = [
    make_architecture, make_data, make_functions, make_landscapes, make_lessons, make_optimizers, make_wrappers,
]  # fmt: skip


@pytest.mark.parametrize("maker", MADE, ids=lambda maker: maker.PAGE.stem)
def test_a_made_page_says_what_the_program_says(maker: ModuleType) -> None:
    stale = f"docs/{maker.PAGE.name} is stale: run `make docs` and commit it."
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page(), stale


@pytest.mark.parametrize("formula", [formula for formula, _ in make_data.MODELS])
def test_a_model_of_the_page_of_data_can_be_fitted(formula: str) -> None:
    race = Race(compile_loss(formula, generate("line"), **{"k": 0.01} if "k" in formula else {}), ["Adam(lr=0.05)"])
    before = race.losses[0]
    race.advance(100)
    assert race.losses[0] < before


@pytest.mark.parametrize("racer", [make_wrappers.EXAMPLE, make_wrappers.TYPED, make_wrappers.SOLVED])
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
    assert caught.value.hint.replace('"', "`") == hint, "what the program puts in quotes is code on a page"


@pytest.mark.parametrize(
    "limit", [LONGEST_NAME, LONGEST_TEXT, MOST_LINES, DEEPEST_NESTING, MOST_TERMS, MOST_UNROLLED, MOST_NODES]
)
def test_the_page_of_the_language_tells_every_limit(limit: int) -> None:
    assert re.search(rf"\b{limit:,}\b", LANGUAGE)


RULES = make_functions.PAGE.with_name("rules.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```(python)?\n(.*?)^```$", RULES, re.MULTILINE | re.DOTALL)
BLOCKS = [text for language, text in FENCED if not language]
PROGRAMS = [text for language, text in FENCED if language]
RULE_ROWS = re.findall(r"^\| `([^`]+)` \| ([(\d][^|`]*) \|$", RULES, re.MULTILINE)
REFUSED = re.findall(r"^\| `([^`]+)` \| ([^|`(]+(?:`.*)?) \|$", RULES.partition("## What is refused")[2], re.MULTILINE)
PLACE, STEP = (2.0, 1.0), 3
"""Where and in which step the tables of the page of rules are worked out."""

GENTLE = 0.01
"""A value at which each hyperparameter of the page lets a racer go downhill."""


def place_after(rule: str) -> list[float]:
    """Return where a rule takes a racer that has stood still until STEP."""
    race = Race(
        compile_loss("x^2 + 10y^2 + x y"), [compile_rule(f"there = {rule}\nw = there if t == {STEP} else w")], PLACE
    )
    race.advance(STEP)
    return race.positions[0].tolist()


@pytest.mark.parametrize("rule", BLOCKS)
def test_a_rule_of_the_page_of_rules_goes_downhill(rule: str) -> None:
    compiled = compile_rule(rule)
    compiled.set(**dict.fromkeys(compiled.hyperparameters, GENTLE))
    race = Race(compile_loss("x^2 + 10*y^2"), [compiled], PLACE)
    before = race.losses[0]
    race.advance(100)
    assert race.losses[0] < before


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_of_the_page_of_rules_goes_where_it_should(program: str) -> None:
    names: dict[str, Any] = {}
    exec(program, names)
    np.testing.assert_allclose(names["descent"].w, names.get("target", 0.0), atol=1e-3)


@pytest.mark.parametrize("program", MAP_PROGRAMS, ids=range(len(MAP_PROGRAMS)))
def test_a_program_of_the_page_of_maps_runs_and_what_it_asserts_holds(program: str) -> None:
    exec(program, {})


@pytest.mark.parametrize("program", OWN_PROGRAMS, ids=range(len(OWN_PROGRAMS)))
def test_a_program_of_the_page_of_ones_own_functions_runs_and_what_it_asserts_holds(program: str) -> None:
    exec(program, {})


@pytest.mark.parametrize("kind", ["given", "complex step", "differences"])
def test_the_page_of_ones_own_functions_promises_what_the_tests_hold(kind: str) -> None:
    row = next(line for line in OWN_FUNCTIONS.splitlines() if line.startswith(f"| `{kind}`"))
    assert f"{CURVE_ERROR[kind]:.0e}".replace("e-0", "e-") in row
    assert kind == "given" or f"{SLOPE_ERROR[kind]:.0e}".replace("e-0", "e-") in row


@pytest.mark.parametrize(("rule", "value"), RULE_ROWS)
def test_an_example_of_the_page_of_rules_is_what_it_says(rule: str, value: str) -> None:
    coordinates = value.strip("()").split(", ")
    expected = [value_of(coordinate) for coordinate in coordinates] * (2 // len(coordinates))
    assert place_after(rule) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("rule", "why"), REFUSED)
def test_what_the_page_of_rules_calls_refused_is(rule: str, why: str) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_rule(rule)
    assert not why.endswith("?") or caught.value.hint.lower().replace('"', "`") == why.lower()


@pytest.mark.parametrize("limit", [MOST_STATES, MOST_RULE_NODES])
def test_the_page_of_rules_tells_every_limit(limit: int) -> None:
    assert re.search(rf"\b{limit:,}\b", RULES)


ARCHITECTURE = make_functions.PAGE.with_name("architecture.md").read_text(encoding="utf-8")
STEPS_OF_A_WAY = re.findall(r"^ *\d+\. \[([^\]]+)\]\(\.\./([^)]+)\):(.*?)(?=^ *\d+\. |^$)", ARCHITECTURE, re.M | re.S)


def test_the_page_of_the_architecture_follows_both_ways_from_file_to_file() -> None:
    assert len(STEPS_OF_A_WAY) > 30


@pytest.mark.parametrize(("file", "link", "words"), STEPS_OF_A_WAY, ids=[file for file, *_ in STEPS_OF_A_WAY])
def test_a_step_on_the_page_of_the_architecture_names_what_its_file_has(file: str, link: str, words: str) -> None:
    source = (ROOT / link).read_text(encoding="utf-8")
    assert file == link
    assert [name for name in re.findall(r"`(\w+)`", words) if not re.search(rf"\b{name}\b", source)] == []


PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted((ROOT / "docs").glob("*.md"))
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@each_page
def test_a_file_or_folder_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:engine|gui|landscapes|tests|docs)/[\w/]+(?:\.\w+)?)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@each_page
def test_a_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@each_page
def test_what_a_page_imports_can_be_imported(page: Path) -> None:
    lines = re.findall(r"^from (?:engine|gui|landscapes)\S* import .+$", page.read_text(encoding="utf-8"), re.MULTILINE)
    for line in lines:
        exec(line, {})


TUNING = make_functions.PAGE.with_name("tuning.md").read_text(encoding="utf-8")
TUNING_PROGRAMS = re.findall(r"^```python\n(.*?)^```$", TUNING, re.MULTILINE | re.DOTALL)


ON_ONE_MACHINE = [program for program in TUNING_PROGRAMS if "dask" not in program]
"""The one for a cluster is run by the tests of Dask, where that is installed."""


@pytest.mark.parametrize("program", ON_ONE_MACHINE, ids=range(len(ON_ONE_MACHINE)))
def test_a_program_of_the_page_of_tuning_runs_and_what_it_asserts_holds(program: str) -> None:
    # The one with processes of its own runs where it is the main program; tests/engine/tuning/test_jobs.py has them.
    exec(program, {"__name__": "tuning"})


def test_the_page_of_tuning_tells_the_numbers_of_trials() -> None:
    assert f"`trials`, {search_rules.TRIALS} unless" in TUNING and f"`trials` is {league.TRIALS}," in TUNING


README_PROGRAMS = re.findall(r"^```python\n(.*?)^```$", PAGES[0].read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("program", README_PROGRAMS, ids=range(len(README_PROGRAMS)))
def test_a_program_of_the_readme_runs(program: str) -> None:
    exec(program, {})
