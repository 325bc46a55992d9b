"""Writes docs/lessons.md from the files of the lessons; the numbers in it are those of their races."""

from collections.abc import Sequence
from pathlib import Path

from docs.pages import code, table
from engine.race.claims.claim import filled
from engine.race.claims.quantities import QUANTITIES
from gui.session.lessons.lesson_race import records_of_lesson
from landscapes.lessons import PATHS, Heat, Lesson, Slider, read_lessons
from landscapes.lessons.usual_settings import USUAL_SETTINGS

PAGE = Path(__file__).with_name("lessons.md")

OPENING = """\
# Lessons

Made from the files in `landscapes/lessons/` by `make docs`; change them there.

A lesson is one scene: it plays, stops before the decisive moment, and asks. The race decides which answer is right;
no file says so. Then one slider breaks what the scene has shown. The numbers in the replies are those of the race, and
tests race each lesson with three seeds.

Help > Lessons lists them by their paths, with a tick at those that are done. A lesson stands beside the views: "Next"
goes on from the scene to the question, the reply, the slider and the playground; "Skip" takes the race to where it
halts next. "Explore from here" opens the formula and the racers in the state of the lesson. The session of before
waits meanwhile, in its file too, and comes back when the lesson is closed. `python main.py --lesson FILE` plays the
lesson of a file, or of a name such as `decay_stalls`. The list names a folder for lessons of your own; a file with a
mistake is told there with its line.

"""

QUESTIONS = """
## What can be asked of a race

The claims of a lesson are written in the language of formulas, with these functions. The racers are numbered from 1,
through all heats; `steps` is the last step. A racer that has not arrived by then may arrive later or never, so
comparing its number with one that lies beyond the race cannot be decided, and neither can which of two such racers is
the first: then no answer is called right.

"""

USUAL = """
## Usual settings

What is mostly chosen, and what happens when it is moved. Help > Usual settings has the same table, with a button that
races a smaller value, a usual one and a larger one side by side; tests hold each sentence against that race.

"""

CLOSING = """
`CONTRIBUTING.md` shows how a lesson is added.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    lessons, mistakes = read_lessons()
    if mistakes:
        raise ValueError(str(mistakes[0]))
    paths = "\n".join(f"**{path}**\n\n{_on_path(path, lessons)}" for path in PATHS)
    asked = table(["Function", "Gives"], [[code(entry.signature), entry.summary] for entry in QUANTITIES.values()])
    in_order = sorted(lessons, key=_first_place)
    return f"{OPENING}{paths}{''.join(map(_lesson, in_order))}{QUESTIONS}{asked}{USUAL}{_usual()}{CLOSING}"


def _usual() -> str:
    """Return the table of usual settings."""
    rows = [[code(row.name), row.whose, row.does, row.usual, row.lower, row.higher] for row in USUAL_SETTINGS]
    return table(["Setting", "Of", "What it is", "Usually", "Smaller", "Larger"], rows)


def _on_path(path: str, lessons: Sequence[Lesson]) -> str:
    on_path = sorted((lesson for lesson in lessons if path in lesson.places), key=lambda lesson: lesson.places[path])
    return "".join(f"{lesson.places[path]}. [{lesson.title}](#{_link_name(lesson.title)})\n" for lesson in on_path)


def _link_name(heading: str) -> str:
    """Return the name by which a link goes to a heading."""
    kept = [letter for letter in heading.lower() if letter.isalnum() or letter in " -"]
    return "".join(kept).replace(" ", "-")


def _first_place(lesson: Lesson) -> tuple[int, int]:
    return min((PATHS.index(path), place) for path, place in lesson.places.items())


def _lesson(lesson: Lesson) -> str:
    """Return the section of a lesson."""
    records = records_of_lesson(lesson)
    answers = "".join(
        f"- *{answer.text}* {filled(answer.reply, records)} (Right if {code(answer.right_if)}.)\n"
        for answer in lesson.answers
    )
    racers = "".join(_heat(number, heat, lesson) for number, heat in enumerate(lesson.heats))
    parts = [
        f"\n## {lesson.title}\n",
        f"{lesson.text}\n",
        f"On {code(lesson.landscape or lesson.formula)}, from ({_point(lesson)}), {lesson.steps:,} steps:\n",
        racers,
        f"**{lesson.question}**\n",
        answers,
        f"The slider: {_slider(lesson.slider, lesson)}. {filled(lesson.slider.text, records)}\n",
        f"{filled(lesson.afterwards, records)}\n",
        f"Sources: {'; '.join(map(_source, lesson.sources))}.\n",
    ]
    return "\n".join(parts)


def _source(source: str) -> str:
    """Return a source, as a link where it ends with an address."""
    words, _, address = source.partition(", https://")
    return f"[{words}](https://{address})" if address else words


def _point(lesson: Lesson) -> str:
    return ", ".join(f"{number:g}" for number in lesson.heats[0].start)


def _heat(number: int, heat: Heat, lesson: Lesson) -> str:
    """Return the racers of a heat, as items of a list with the numbers that claims call them by."""
    first = 1 + sum(len(earlier.racers) for earlier in lesson.heats[:number])
    told = {"batch": heat.batch, "turn": heat.turn, **heat.parameters, **heat.data}
    conditions = ", ".join(f"{name} {value:g}" for name, value in told.items() if value or name in heat.data)
    words = f" ({conditions})" if conditions else ""
    return "".join(f"{first + at}. {code(racer)}{words}\n" for at, racer in enumerate(heat.racers))


def _slider(slider: Slider, lesson: Lesson) -> str:
    low, high = slider.range
    whose = f" of {code(lesson.heats[0].racers[slider.racer - 1])}" if slider.racer else ""
    return f"{code(slider.name)}{whose}, from {low:g} to {high:g}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
