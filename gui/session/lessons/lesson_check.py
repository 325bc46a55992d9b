"""What is wrong with a lesson that could be read: racers, landscapes and claims that the program does not have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from engine.language.errors import FormulaError
from engine.race.claims.claim import Claim, claims_within
from gui.session.lessons.lesson_race import race_of, race_with_slider
from landscapes.lessons import Lesson, Mistake
from landscapes.lessons.mistake import line_of


def mistakes_of(lesson: Lesson, names: Collection[str] = ()) -> list[Mistake]:
    """Return what the program cannot do of a lesson, each with its line; `names` are those of all lessons.

    Nothing is raced: what only a race tells, such as a claim that it cannot decide, `verdict_on` says.
    """
    found = [mistake for place, attempt in _attempts(lesson) if (mistake := _tried(lesson, place, attempt)) is not None]
    if lesson.next and names and lesson.next not in names:
        found.append(_mistake(lesson, "next", f'There is no lesson "{lesson.next}".', "Give the name of its file."))
    return sorted(found, key=lambda mistake: mistake.line)


def _attempts(lesson: Lesson) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each part of a lesson by its place in the file, with what fails where it is wrong."""
    yield "race.racers", partial(race_of, lesson, lesson.heats[0])
    for number, heat in enumerate(lesson.heats[1:], start=1):
        yield f"heats.{number}", partial(race_of, lesson, heat)
    if _tried(lesson, "race.racers", partial(race_of, lesson, lesson.heats[0])) is None:
        yield "slider.name", partial(race_with_slider, lesson, lesson.slider.at)
    yield "slider.shows", _checks(lesson.slider.shows, len(lesson.heats[0].racers))
    for number, answer in enumerate(lesson.answers, start=1):
        yield f"answers.{number}.right_if", _checks(answer.right_if, lesson.racers)
        yield from _sentence(f"answers.{number}.reply", answer.reply, lesson.racers)
    for claim in lesson.claims:
        yield "claims", _checks(claim, lesson.racers)
    yield from _sentence("slider.text", lesson.slider.text, lesson.racers)
    yield from _sentence("afterwards", lesson.afterwards, lesson.racers)


def _sentence(place: str, sentence: str, racers: int) -> Iterator[tuple[str, Callable[[], object]]]:
    for claim in claims_within(sentence):
        yield place, _checks(claim.text, racers)


def _checks(claim: str, racers: int) -> Callable[[], object]:
    return partial(Claim(claim).check, racers)


def _tried(lesson: Lesson, place: str, attempt: Callable[[], object]) -> Mistake | None:
    try:
        attempt()
    except FormulaError as error:
        return _mistake(lesson, place, error.message, error.hint)
    return None


def _mistake(lesson: Lesson, place: str, message: str, hint: str) -> Mistake:
    return Mistake(lesson.file, line_of(lesson.lines, place), message, hint)
