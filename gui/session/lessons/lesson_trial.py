"""What a race says of a lesson: which of its sentences it does not bear out, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.language.errors import FormulaError
from engine.race.claims.claim import Claim
from engine.race.claims.racer_record import RacerRecord
from gui.session.lessons.lesson_check import mistakes_of
from gui.session.lessons.lesson_race import records_of_lesson, records_with_slider
from landscapes.lessons import Lesson, Mistake, read_lesson_text
from landscapes.lessons.mistake import line_of

UNDECIDED = "The race cannot decide this."
LONGER = "Give it more steps, or ask for less."
IS_RIGHT, IS_WRONG = "In the race this answer is right, and its reply says No.", "In the race this answer is wrong."
RIGHT_HINT, WRONG_HINT = "Begin the reply with Yes.", "Begin the reply with No, or ask for something else."
NOT_SO, SCENE_SHOWS = "In the race this is not so.", "The scene shows this already, before the slider is moved."


def checked(file: Path, text: str) -> tuple[Lesson | None, list[Mistake]]:
    """Return the lesson that the text of a file is, None where it cannot be played; and what is wrong with it.

    A lesson may be played though the race does not bear it out: its author wants to see why.
    """
    lesson, mistakes = read_lesson_text(file, text)
    if lesson is None:
        return None, mistakes
    mistakes = mistakes_of(lesson)
    return (None, mistakes) if mistakes else (lesson, not_borne_out(lesson))


def not_borne_out(lesson: Lesson) -> list[Mistake]:
    """Return what the race of a lesson without mistakes does not bear out."""
    try:
        records = records_of_lesson(lesson)
        told = [*_of_answers(lesson, records), *_of_claims(lesson, records), *_of_slider(lesson, records)]
    except FormulaError as error:
        told = [("race.racers", error.message, error.hint)]
    found = [Mistake(lesson.file, line_of(lesson.lines, place), message, hint) for place, message, hint in told]
    return sorted(found, key=lambda mistake: mistake.line)


Told = tuple[str, str, str]
"""A place in the file, a message and a hint."""


def _of_answers(lesson: Lesson, records: Sequence[RacerRecord]) -> Iterator[Told]:
    for number, answer in enumerate(lesson.answers, start=1):
        place, right = f"answers.{number}.right_if", Claim(answer.right_if).decided(records)
        if right is None:
            yield place, UNDECIDED, LONGER
        elif right != answer.says_right:
            yield place, *((IS_RIGHT, RIGHT_HINT) if right else (IS_WRONG, WRONG_HINT))


def _of_claims(lesson: Lesson, records: Sequence[RacerRecord]) -> Iterator[Told]:
    for claim in lesson.claims:
        holds = Claim(claim).decided(records)
        if not holds:
            yield "claims", f'{UNDECIDED if holds is None else NOT_SO} "{claim}"', ""


def _of_slider(lesson: Lesson, records: Sequence[RacerRecord]) -> Iterator[Told]:
    shows, at = Claim(lesson.slider.shows), lesson.slider.at
    moved = shows.decided(records_with_slider(lesson, at))
    if moved is not True:
        yield "slider.shows", UNDECIDED if moved is None else NOT_SO, f"The slider is at {at:g} then."
    elif shows.decided(records[: len(lesson.heats[0].racers)]) is True:
        yield "slider.shows", SCENE_SHOWS, ""
