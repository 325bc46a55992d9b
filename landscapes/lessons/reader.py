"""Reads the files of lessons: a lesson, or its mistakes, each a sentence with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from landscapes.landscape import Range
from landscapes.lessons.lesson import NO, YES, Answer, Caption, Heat, Lesson, Slider
from landscapes.lessons.mistake import Mistake, lines_of
from landscapes.lessons.table import Table

VERSION = 1
"""Of the format of the files."""
PATHS = ("Adam in ten scenes", "What momentum is", "Which optimizer when")
LESSONS_FOLDER = Path(__file__).parent
ANSWERS = 3
FASTEST = 1e6


def read_lessons(folder: Path = LESSONS_FOLDER) -> tuple[list[Lesson], list[Mistake]]:
    """Return the lessons of a folder in the order of their names, and the mistakes in the others."""
    lessons: list[Lesson] = []
    mistakes: list[Mistake] = []
    for file in sorted(folder.glob("*.toml")):
        found, wrong = read_lesson(file)
        lessons += [found] if found is not None else []
        mistakes += wrong
    return lessons, mistakes


def read_lesson(file: Path) -> tuple[Lesson | None, list[Mistake]]:
    """Return the lesson of a file, or None and what is wrong with it."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        return None, [Mistake(file, 1, f"The file cannot be read: {error.strerror}.")]
    except UnicodeDecodeError:
        return None, [Mistake(file, 1, "This is no text in UTF-8.", "Save it in that encoding.")]
    return read_lesson_text(file, text)


def read_lesson_text(file: Path, text: str) -> tuple[Lesson | None, list[Mistake]]:
    """Return the lesson that is the text of a file, or None and what is wrong with it."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_no_toml(file, str(error), len(text.splitlines()))]
    lines = lines_of(text)
    mistakes: list[Mistake] = []
    table = Table(file, lines, mistakes, values)
    version = table.whole("version")
    if version > VERSION:
        table.wrong("version", f"The lesson is of version {version}, and this program reads up to {VERSION}.",
                    "Get a newer Descent Derby.")  # fmt: skip
        return None, mistakes
    lesson = _lesson(file, table, lines)
    return (None if mistakes else lesson), sorted(mistakes, key=lambda mistake: mistake.line)


def _no_toml(file: Path, message: str, last: int) -> Mistake:
    at_line = re.search(r"line (\d+)", message)
    what = message.partition(" (at ")[0].rstrip(".")
    return Mistake(file, int(at_line[1]) if at_line else last, f"This is no TOML: {what}.", "Look for a missing quote.")


def _lesson(file: Path, table: Table, lines: dict[str, int]) -> Lesson:
    scene, race = table.table("landscape"), table.table("race")
    name, formula = scene.text("name", ""), scene.text("formula", "")
    heats = _heats(table, scene, race)
    shown_racers, steps = len(heats[0].racers), race.whole("steps")
    lesson = Lesson(
        file=file,
        title=table.text("title"),
        text=table.text("text"),
        places=_places(table),
        landscape=name,
        formula=formula,
        domain=_domain(scene, is_needed=bool(formula)),
        minima=scene.pairs("minima"),
        heats=heats,
        steps=steps,
        pause=race.whole("pause"),
        speed=race.number("speed"),
        question=table.text("question"),
        answers=_answers(table, len(heats)),
        slider=_slider(table.table("slider"), shown_racers),
        captions=_captions(table.tables("captions"), shown_racers, steps),
        claims=table.texts("claims", ()),
        afterwards=table.text("afterwards"),
        next=table.text("next", ""),
        sources=table.texts("sources"),
        lines=lines,
    )
    _check_scene(lesson, scene, race)
    for each in (scene, race, table):
        each.finish()
    return lesson


def _domain(scene: Table, is_needed: bool) -> tuple[Range, Range] | None:
    """Return the ranges of x and y, None where there are none; a formula of one's own needs them."""
    found = scene.pairs("domain")
    if len(found) not in ((2,) if is_needed else (0, 2)):
        scene.wrong("domain", '"domain" must be the ranges of x and y.', "Write [[-5, 5], [-3, 3]].")
    return (found[0], found[1]) if len(found) == 2 else None


def _check_scene(lesson: Lesson, scene: Table, race: Table) -> None:
    """Record what does not fit together in the tables of the landscape and the race."""
    if bool(lesson.landscape) == bool(lesson.formula):
        scene.wrong("name", 'A landscape has either a "name" or a "formula".')
    if not lesson.pause < lesson.steps:
        race.wrong("pause", f'"pause" must be before the last step, {lesson.steps}.')
    if not 0.0 < lesson.speed <= FASTEST:
        race.wrong("speed", f'"speed" must lie above 0, and not above {FASTEST:,.0f}.', "It is in steps a second.")


def _heats(table: Table, scene: Table, race: Table) -> tuple[Heat, ...]:
    """Return the shown heat, which the tables of the landscape and the race describe, and the others."""
    bare = Heat(race.texts("racers"), race.pair("start"), race.maybe_whole("batch"))
    shown = _heat(scene, bare, own=())
    return (shown, *(_finished_heat(heat, shown) for heat in table.tables("heats")))


HEAT_KEYS = ("racers", "start", "batch")
"""What a further heat may have beside how the landscape lies."""


def _finished_heat(table: Table, shown: Heat) -> Heat:
    heat = _heat(table, shown, own=HEAT_KEYS)
    table.finish()
    return heat


def _heat(table: Table, base: Heat, own: Sequence[str]) -> Heat:
    """Return the heat `base` with what a table says otherwise."""
    changes: dict[str, Any] = {
        "turn": table.number("turn", base.turn),
        "stretch": table.number("stretch", base.stretch),
        "shift": table.pair("shift", base.shift),
        "parameters": {**base.parameters, **table.numbers("parameters")},
        "data": {**base.data, **table.numbers("data")},
    }
    if own:
        changes |= {
            "racers": table.texts("racers", base.racers),
            "start": table.pair("start", base.start),
            "batch": table.whole("batch", base.batch or 0) or None,
        }
    if not changes["stretch"] > 0.0:
        table.wrong("stretch", '"stretch" must be above 0.')
    return replace(base, **changes)


def _places(table: Table) -> dict[str, int]:
    places = table.numbers("places")
    for path, place in places.items():
        if path not in PATHS:
            table.wrong("places", f"There is no path {path}.", f"There are: {', '.join(PATHS)}.")
        if place != int(place) or place < 1:
            table.wrong("places", f"The place on {path} must be a whole number from 1 up.")
    return {path: int(place) for path, place in places.items()}


def _answers(table: Table, heats: int) -> tuple[Answer, ...]:
    tables = table.tables("answers")
    answers = []
    for one in tables:
        answer = Answer(one.text("text"), one.text("right_if"), one.text("reply"), one.whole("heat", 1))
        if answer.reply and not answer.reply.startswith((YES, NO)):
            one.wrong("reply", f"A reply begins with {YES} or {NO}.")
        if not 1 <= answer.heat <= heats:
            one.wrong("heat", f"There is no heat {answer.heat}.", f"They are numbered from 1 to {heats}.")
        one.finish()
        answers.append(answer)
    if len(answers) != ANSWERS:
        table.wrong("answers", f"A question has {ANSWERS} answers, not {len(answers)}.")
    elif sum(answer.says_right for answer in answers) != 1:
        table.wrong("answers", f"Exactly one reply begins with {YES}.")
    return tuple(answers)


def _slider(table: Table, racers: int) -> Slider:
    slider = Slider(
        table.text("name"), table.maybe_whole("racer"), table.pair("range"), table.text("text"), table.number("at"),
        table.text("shows"),
    )  # fmt: skip
    if slider.racer is not None:
        _check_racer(table, slider.racer, racers)
    if not slider.range[0] < slider.range[1]:
        table.wrong("range", '"range" must be a smaller and a larger number.')
    elif table.values and not slider.range[0] <= slider.at <= slider.range[1]:
        table.wrong("at", f'"at" must lie within the range, not at {slider.at:g}.')
    table.finish()
    return slider


def _captions(tables: list[Table], racers: int, steps: int) -> tuple[Caption, ...]:
    captions = []
    for one in tables:
        caption = Caption(one.text("text"), one.maybe_whole("racer"), one.maybe_pair("point"), one.whole("step", 0))
        if caption.racer is not None:
            _check_racer(one, caption.racer, racers)
        if caption.step > steps:
            one.wrong("step", f"The scene ends at step {steps}.")
        one.finish()
        captions.append(caption)
    return tuple(captions)


def _check_racer(table: Table, racer: int, racers: int) -> None:
    if not 1 <= racer <= racers:
        table.wrong("racer", f"There is no racer {racer}.", f"They are numbered from 1 to {racers}.")
