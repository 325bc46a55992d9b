"""A course: the lessons that are played one after the other, and which one is played now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from landscapes.lessons import Lesson


@dataclass(frozen=True)
class Course:
    """Lessons in their order.

    Attributes
    ----------
    title : str
        The name of the path; "" where a lesson stands alone.
    lessons : tuple of Lesson
    number : int
        Of the lesson that is played, from 0.
    """

    title: str
    lessons: tuple[Lesson, ...]
    number: int = 0

    @property
    def lesson(self) -> Lesson:
        """The lesson that is played."""
        return self.lessons[self.number]

    @property
    def place(self) -> str:
        """Where that is in the course: "Adam in ten scenes: 3 of 10"."""
        return f"{self.title}: {self.number + 1} of {len(self.lessons)}" if self.title else "Lesson"

    def moved(self, by: int) -> Course | None:
        """Return the course at a later or earlier lesson, None where there is none."""
        number = self.number + by
        return replace(self, number=number) if 0 <= number < len(self.lessons) else None


def course_on(path: str, lessons: Sequence[Lesson], name: str = "") -> Course:
    """Return the course of a path at the lesson of this name, or at its first."""
    on_path = sorted((lesson for lesson in lessons if path in lesson.places), key=lambda lesson: lesson.places[path])
    names = [lesson.name for lesson in on_path]
    return Course(path, tuple(on_path), names.index(name) if name in names else 0)
