"""What the lessons claim is so: each is raced with three seeds."""

from dataclasses import replace
from functools import lru_cache

import pytest

from engine.language.errors import FormulaError
from engine.race.claims.claim import Claim, claims_within, filled
from engine.race.claims.racer_record import RacerRecord, records_of
from gui.session.lessons.lesson_race import race_of, records_of_lesson, records_with_slider
from landscapes.lessons import PATHS, Heat, Lesson, read_lessons

LESSONS, MISTAKES = read_lessons()
SEEDS = (0, 1, 2)
NEARLY_1 = 1.0 + 1e-13
LEAST_PLAYED_S = 0.5
FIRST_STEP_TELLS = ("averages_start_at_zero", "newton_and_saddles")
"""Scenes that ask at once: about the first step, and where the first step leads next to the answer."""
ASKS_WHAT_IS_SEEN = ("decay_stalls",)
"""Scenes whose question is what a picture that stands still says."""
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
each_seed = pytest.mark.parametrize("seed", SEEDS)


@lru_cache
def raced(name: str, seed: int) -> list[RacerRecord]:
    return records_of_lesson(next(lesson for lesson in LESSONS if lesson.name == name), seed)


def test_every_lesson_can_be_read() -> None:
    assert [str(mistake) for mistake in MISTAKES] == []
    assert len(LESSONS) >= 14


@each_lesson
@each_seed
def test_the_answer_whose_reply_says_yes_is_the_only_right_one(lesson: Lesson, seed: int) -> None:
    decided = [Claim(answer.right_if).decided(raced(lesson.name, seed)) for answer in lesson.answers]
    assert decided == [answer.says_right for answer in lesson.answers]


@each_lesson
def test_a_scene_plays_before_it_asks_and_shows_no_answer_meanwhile(lesson: Lesson) -> None:
    # The first step is made at once.
    played_s = (lesson.pause - 1) / lesson.speed
    assert played_s >= LEAST_PLAYED_S or (lesson.pause == 0 and lesson.name in FIRST_STEP_TELLS)
    shown = []
    for heat, steps in zip(lesson.heats, [lesson.pause, *[0] * (len(lesson.heats) - 1)], strict=True):
        race, minima = race_of(lesson, heat)
        race.advance(steps)
        shown += records_of(race, minima)
    right = next(answer for answer in lesson.answers if answer.says_right)
    assert (Claim(right.right_if).decided(shown) is True) == (lesson.name in ASKS_WHAT_IS_SEEN)


@each_lesson
@each_seed
def test_what_a_lesson_claims_besides_holds(lesson: Lesson, seed: int) -> None:
    records = raced(lesson.name, seed)
    assert [claim for claim in lesson.claims if Claim(claim).decided(records) is not True] == []
    for sentence in lesson.sentences:
        for claim in claims_within(sentence):
            claim.measured(records)


@each_lesson
@each_seed
def test_the_slider_breaks_what_the_scene_has_shown(lesson: Lesson, seed: int) -> None:
    slider = Claim(lesson.slider.shows)
    assert slider.decided(records_with_slider(lesson, lesson.slider.at, seed)) is True
    shown = raced(lesson.name, seed)[: len(lesson.heats[0].racers)]
    assert slider.decided(shown) is not True, "it shows nothing that the scene has not shown"


@each_lesson
def test_a_lesson_is_short_and_leads_on(lesson: Lesson) -> None:
    assert len(lesson.file.read_text(encoding="utf-8").splitlines()) < 60
    assert not lesson.next or lesson.next in {other.name for other in LESSONS}
    assert lesson.captions and lesson.sources and lesson.places


@pytest.mark.parametrize("path", PATHS)
def test_the_places_of_a_path_are_counted_from_1_without_a_gap(path: str) -> None:
    places = sorted(lesson.places[path] for lesson in LESSONS if path in lesson.places)
    assert places == list(range(1, len(places) + 1))
    assert len(places) >= 4


@each_lesson
def test_no_number_that_a_lesson_tells_hangs_on_the_last_digit_of_its_start(lesson: Lesson) -> None:
    heats = tuple(replace(heat, start=(heat.start[0] * NEARLY_1, heat.start[1] * NEARLY_1)) for heat in lesson.heats)
    nearly = records_of_lesson(replace(lesson, heats=heats))
    for sentence in lesson.sentences:
        assert filled(sentence, nearly) == filled(sentence, raced(lesson.name, 0))


def test_in_the_ravine_a_long_memory_of_adam_lies_still_and_a_shorter_one_comes_loose() -> None:
    ravine = next(lesson for lesson in LESSONS if lesson.name == "rmsprop_normalises")
    heat = Heat(("Adam(lr=0.1, beta2=0.9)", "Adam(lr=0.1, beta2=0.99)", "Adam(lr=0.1, beta2=0.999)"), (-9, 1.5))
    records = records_of_lesson(replace(ravine, heats=(heat,)))
    claim = "steps_to(1, 1e-12) > steps and highest_from(2, 800) > 1e-3 and highest_from(3, 800) < 1e-20"
    assert Claim(claim).decided(records) is True


def test_a_slider_of_a_racer_that_has_no_such_dial_says_so() -> None:
    wrong = replace(LESSONS[0], slider=replace(LESSONS[0].slider, racer=1, name="nothing"))
    with pytest.raises(FormulaError, match="nothing"):
        records_with_slider(wrong, 1.0)


def test_a_lesson_on_a_landscape_that_is_gone_says_so() -> None:
    gone = replace(LESSONS[0], landscape="Nowhere", formula="")
    with pytest.raises(FormulaError, match='There is no landscape "Nowhere"'):
        records_of_lesson(gone)
