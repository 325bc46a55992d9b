"""A lesson made of a session reads back to the same race, and the race bears it out as it is."""

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.errors import FormulaError
from engine.own.function_location import FunctionLocation
from engine.race.randomness import Randomness
from gui.session.choices import FIRST_RACERS, Choices
from gui.session.lessons.lesson_draft import draft_of
from gui.session.lessons.lesson_scene import choices_of
from gui.session.lessons.lesson_trial import checked
from gui.session.lessons.scene_text import toml
from gui.session.session import Session
from landscapes import CATALOGUE
from landscapes.lessons import Lesson, read_lesson_text

HERE = Path("draft.toml")
LANDSCAPES = ("Himmelblau", "Rosenbrock", "RawColumnRegression", "SparseColumnRegression", "Rastrigin")
RACERS = (
    "SGD(lr=0.004)", "Momentum(lr=0.0015, momentum=0.8)", "Adam(lr=0.123456789012)", "AdamW | clip_norm(max_norm=2)",
    "RMSProp(lr=0.03) | cosine(T=77)", "Newton", "CMAES",
)  # fmt: skip
SETTINGS = {"RawColumnRegression": ("offset", 2.0), "SparseColumnRegression": ("sparsity", 0.5)}
SCENE = ("landscape", "formula", "bounds", "data", "batch", "speed", "parameters")
finite = st.floats(-3.0, 3.0, allow_nan=False)


def session_on(name: str, racers: list[str]) -> Session:
    return Session(CATALOGUE[name], racers)


def read(text: str) -> Lesson:
    lesson, mistakes = read_lesson_text(HERE, text)
    assert lesson is not None, (mistakes, text)
    return lesson


def again(choices: Choices, step: int = 100) -> Choices:
    """Return the choices that show the lesson which is made of some choices."""
    lesson = read(draft_of(choices, step))
    return choices_of(lesson, lesson.heats[0], choices)


def core(choices: Choices) -> list[tuple[str, dict[str, float]]]:
    return [(racer.optimizer, dict(racer.values)) for racer in choices.racers]


@settings(max_examples=25)
@given(
    st.sampled_from(LANDSCAPES), st.lists(st.sampled_from(RACERS), min_size=1, max_size=4), st.tuples(finite, finite),
    st.floats(-180.0, 180.0), st.floats(0.25, 4.0), st.tuples(finite, finite), st.integers(1, 64), st.data(),
)  # fmt: skip
def test_a_lesson_made_of_a_session_reads_back_to_the_same_race(
    name: str, racers: list[str], start: tuple[float, float], angle: float, stretch: float,
    shift: tuple[float, float], batch: int, data: st.DataObject,
) -> None:  # fmt: skip
    session = session_on(name, racers)
    lies = data.draw(st.booleans())
    if lies:
        session.set_transform(angle, stretch, shift)
        if data.draw(st.booleans()):
            session.set_bounds(((-4.0, 7.0), (-2.0, 3.0)))
    session.set_start(*start)
    if session.data is not None:
        session.set_batch(batch)
        session.set_data_setting(*SETTINGS[name])
    for parameter in list(session.parameters)[:1]:
        session.set_parameter(parameter, 1.5)
    before = session.choices()
    after = again(before)
    for field in SCENE:
        assert getattr(after, field) == getattr(before, field), field
    assert core(after) == core(before)
    near = pytest.approx if lies else tuple
    assert after.start == (pytest.approx(before.start, rel=1e-9, abs=1e-9) if lies else near(before.start))
    assert np.allclose(after.transform.numbers, before.transform.numbers, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", LANDSCAPES)
@pytest.mark.parametrize("racers", [RACERS[:2], RACERS[:1], RACERS[4:]], ids=lambda racers: f"{len(racers)}")
def test_a_draft_is_sound_as_it_is_and_the_race_bears_it_out(name: str, racers: tuple[str, ...]) -> None:
    lesson, mistakes = checked(HERE, draft_of(session_on(name, list(racers)).choices(), 120))
    assert lesson is not None and mistakes == []


def test_a_typed_formula_is_written_with_its_domain_and_parameters() -> None:
    session = session_on("Himmelblau", ["Adam(lr=0.1)"])
    session.set_formula('(x - a)^2 + "b"*y^2'.replace('"', ""))
    session.set_parameter("a", 2.5)
    before = session.choices()
    after = again(before)
    assert (after.formula, after.bounds, after.parameters) == (before.formula, before.bounds, before.parameters)


def test_what_a_lesson_cannot_have_is_refused_or_told_in_the_file() -> None:
    session = session_on("Himmelblau", list(FIRST_RACERS))
    session.set_rule(session.racers[0].key, "w = w - lr*sign(g)")
    session.set_look(session.racers[1].key, visible=False)
    session.set_look(session.racers[2].key, name='R{M}S "Prop" # 1')
    session.set_randomness(seeds=5)
    text = draft_of(session.choices(), 0)
    assert text.count("# ") >= 3 and "noise" in text and len(read(text).heats[0].racers) == 2
    assert read(text).answers[0].text == 'R(M)S "Prop" # 1.'
    choices = replace(session.choices(), randomness=Randomness())
    with pytest.raises(FormulaError, match="no racer"):
        draft_of(replace(choices, racers=[]), 0)
    with pytest.raises(FormulaError, match="Python function"):
        draft_of(replace(choices, function=FunctionLocation("mine.py", "f")), 0)
    typed = replace(session_on("LinearRegression", ["SGD"]).choices(), landscape="", formula="mean((x*u - v)^2) + 1")
    with pytest.raises(FormulaError, match="data of the catalogue"):
        draft_of(typed, 0)


def test_what_the_race_does_not_bear_out_is_told_with_its_line() -> None:
    text = draft_of(session_on("Himmelblau", list(FIRST_RACERS)).choices(), 100)
    turned = text.replace("Yes:", "Maybe:").replace("No:", "Yes:", 1).replace("Maybe:", "No:")
    lesson, mistakes = checked(HERE, turned)
    assert lesson is not None, "it can be played, to see why"
    lines = turned.splitlines()
    assert [mistake.message[:28] for mistake in mistakes] == [
        "In the race this answer is w",
        "In the race this answer is r",
    ]
    assert all(lines[mistake.line - 1].startswith("right_if") for mistake in mistakes)
    wrong, mistakes = checked(HERE, text.replace("SGD(lr", "SGDD(lr"))
    assert wrong is None and 'no optimizer "SGDD"' in mistakes[0].message
    assert lines[mistakes[0].line - 1].startswith("racers")


@given(st.text())
def test_any_text_is_written_as_toml_reads_it(text: str) -> None:
    assert tomllib.loads(f"text = {toml(text)}")["text"] == text
