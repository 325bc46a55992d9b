"""Lessons: each file beside this one is a scene that plays, asks, and lets the race answer.

A *lesson* is one scene; a *path* is a sequence of lessons with a name.  A lesson's *heats* are its races: the first is
the scene that is shown, and the others are what it is compared with.  The racers of all heats are numbered on from 1.
An *answer* is right if its claim about the race holds: nothing else says which one is.
"""

from landscapes.lessons.lesson import Answer, Caption, Heat, Lesson, Slider
from landscapes.lessons.mistake import Mistake
from landscapes.lessons.reader import LESSONS_FOLDER, PATHS, VERSION, read_lesson, read_lesson_text, read_lessons

__all__ = [
    "LESSONS_FOLDER", "PATHS", "VERSION", "Answer", "Caption", "Heat", "Lesson", "Mistake", "Slider", "read_lesson",
    "read_lesson_text", "read_lessons",
]  # fmt: skip
