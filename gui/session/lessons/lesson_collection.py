"""All lessons there are: those of the program, those in the person's own folder, and what is wrong with others."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from gui.session.lessons.lesson_check import mistakes_of
from landscapes.lessons import LESSONS_FOLDER, Lesson, Mistake, read_lesson, read_lessons

SUFFIX = ".toml"


@dataclass(frozen=True)
class LessonCollection:
    """The lessons of the program and the person's own, and the mistakes in files that cannot be played."""

    lessons: tuple[Lesson, ...] = ()
    own: tuple[Lesson, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def read_collection(own_folder: Path | None) -> LessonCollection:
    """Return all lessons; those of the person are checked, since nobody has tested them."""
    lessons, mistakes = read_lessons()
    names = {lesson.name for lesson in lessons}
    own, wrong = read_lessons(own_folder) if own_folder is not None else ([], [])
    names |= {lesson.name for lesson in own}
    found = {lesson.file: mistakes_of(lesson, names) for lesson in own}
    sound = tuple(lesson for lesson in own if not found[lesson.file])
    unsound = (mistake for each in found.values() for mistake in each)
    return LessonCollection(tuple(lessons), sound, (*mistakes, *wrong, *unsound))


def read_sound(file: Path) -> tuple[Lesson | None, list[Mistake]]:
    """Return the lesson of a file, or None and what is wrong with it."""
    lesson, mistakes = read_lesson(file)
    if lesson is not None:
        mistakes = mistakes_of(lesson)
    return (None if mistakes else lesson), mistakes


def file_of(text: str, own_folder: Path) -> tuple[Path | None, str]:
    """Return the file that a path or the name of a lesson means, or None and a sentence that says what there is."""
    path = Path(text)
    if path.suffix == SUFFIX or path.is_file():
        return (path.absolute(), "") if path.is_file() else (None, f'There is no file "{text}".')
    known = {each.stem: each for folder in (LESSONS_FOLDER, own_folder) for each in sorted(folder.glob(f"*{SUFFIX}"))}
    if text in known:
        return known[text], ""
    close = difflib.get_close_matches(text, known, n=1)
    hint = f'Did you mean "{close[0]}"?' if close else "Give the name of its file; Help > Lessons lists them."
    return None, f'There is no lesson "{text}". {hint}'
