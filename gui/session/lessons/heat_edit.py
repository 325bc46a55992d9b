"""Puts a heat into a person's session, as an edit of theirs: unlike a lesson, it can be undone."""

from __future__ import annotations

from dataclasses import replace

from gui.session.choices import FASTEST, SLOWEST
from gui.session.lessons.lesson_race import data_of_heat, landscape_of, transform_of_heat
from gui.session.lessons.lesson_scene import racers_of
from gui.session.session import Session
from landscapes.lessons import Heat, Lesson


def race_heat(session: Session, lesson: Lesson, heat: Heat) -> None:
    """Put the landscape, the start and the racers of a heat in the place of those of a session.

    Raises
    ------
    FormulaError
        Where a landscape or a racer is unknown; nothing has changed then.
    """
    landscape, racers = landscape_of(lesson), racers_of(lesson, heat)
    data, lies = data_of_heat(landscape, heat), transform_of_heat(landscape, heat)
    # Not one by one: with each of thirty racers that leaves, the window would show those that are left.
    session.racers = []
    session.racers_changed.emit()
    session.choose(replace(landscape, start=heat.start))
    if data is not None:
        session.set_data(data)
    for name, value in heat.parameters.items():
        session.set_parameter(name, value)
    session.set_transform(lies.angle, lies.stretch, lies.shift)
    session.set_batch(heat.batch)
    session.set_speed(min(max(lesson.speed, SLOWEST), FASTEST))
    session.add_saved(*racers)
