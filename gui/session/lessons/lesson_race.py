"""Races the heats of a lesson: without a window, so that tests and pages can do so too."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from engine.data.rows import MadeData, columns_of
from engine.language.errors import FormulaError
from engine.language.types import Point
from engine.loss.loss import compile_loss
from engine.loss.machine_loss import MachineLoss
from engine.loss.polish import polish
from engine.loss.transform import Transform
from engine.race.claims.racer_record import RacerRecord, records_of
from engine.race.race import Race
from gui.session.saved_landscape import TYPED, DataSet, data_of, transform_of
from landscapes import CATALOGUE, Landscape
from landscapes.lessons import Heat, Lesson, Slider

START_X, START_Y = "start x", "start y"
"""What a slider of a lesson is called that moves the start."""


def landscape_of(lesson: Lesson) -> Landscape:
    """Return the landscape of a lesson's file.

    Raises
    ------
    FormulaError
        Where the catalogue has none of its name.
    """
    if lesson.formula and lesson.domain is not None:
        start = lesson.heats[0].start
        return Landscape("", lesson.formula, lesson.domain, lesson.minima, start, TYPED)
    if lesson.landscape not in CATALOGUE:
        raise FormulaError(f'There is no landscape "{lesson.landscape}".', hint="Its list is in docs/landscapes.md.")
    entry = CATALOGUE[lesson.landscape]
    return entry if lesson.domain is None else replace(entry, domain=lesson.domain)


def race_of(lesson: Lesson, heat: Heat, seed: int = 0) -> tuple[Race, list[Point]]:
    """Return the race of a heat before its first step, and the minima of its landscape in the picture.

    Raises
    ------
    FormulaError
        Where the heat cannot be raced: a racer is unknown, say.
    """
    landscape = landscape_of(lesson)
    loss, changed = _loss(landscape, heat)
    race = Race(loss, heat.racers, start=loss.transform.shown(heat.start), seed=seed, batch=heat.batch)
    shown = [loss.transform.shown(minimum) for minimum in landscape.minima]
    if changed:
        # They were known for the catalogue's values only.
        shown = [found[0] for minimum in shown if (found := polish(loss, minimum)) is not None]
    return race, shown


def prepare_scene(lesson: Lesson) -> None:
    """Have everything made that the first step of a lesson needs: rows, and machine code, which all its races share.

    A lesson that cannot be raced says so when it is played.
    """
    with contextlib.suppress(FormulaError):
        race, _ = race_of(lesson, lesson.heats[0])
        race.advance(1)
        # A landscape is sampled first with code that is compiled quickly.
        race.loss.with_transform(race.loss.transform).quick_value(*race.positions.T)


def records_of_lesson(lesson: Lesson, seed: int = 0) -> list[RacerRecord]:
    """Return the racers of all heats after their races.

    Raises
    ------
    FormulaError
        As `race_of` does.
    """
    return [record for heat in lesson.heats for record in _raced(*race_of(lesson, heat, seed), lesson.steps)]


def records_with_slider(lesson: Lesson, value: float, seed: int = 0) -> list[RacerRecord]:
    """Return the racers of the first heat after a race with the lesson's slider at `value`.

    Raises
    ------
    FormulaError
        As `race_with_slider` does.
    """
    return _raced(*race_with_slider(lesson, value, seed), lesson.steps)


def race_with_slider(lesson: Lesson, value: float, seed: int = 0) -> tuple[Race, list[Point]]:
    """Return what `race_of` does for the first heat, with the lesson's slider at `value`.

    Raises
    ------
    FormulaError
        As `race_of` does, and where nothing has the slider's name.
    """
    slider, heat = lesson.slider, lesson.heats[0]
    if slider.racer is None:
        return race_of(lesson, moved_heat(lesson, heat, slider, value), seed)
    race, minima = race_of(lesson, heat, seed)
    race.set(slider.racer - 1, **{slider.name: value})
    return race, minima


def moved_heat(lesson: Lesson, heat: Heat, slider: Slider, value: float) -> Heat:
    """Return a heat with a slider that belongs to no racer at `value`."""
    match slider.name:
        case "turn":
            return replace(heat, turn=value)
        case "batch":
            return replace(heat, batch=round(value))
        case name if name == START_X:
            return replace(heat, start=(value, heat.start[1]))
        case name if name == START_Y:
            return replace(heat, start=(heat.start[0], value))
    data = data_of(landscape_of(lesson))
    if isinstance(data, MadeData) and slider.name in data.settings:
        return replace(heat, data={**heat.data, slider.name: value})
    return replace(heat, parameters={**heat.parameters, slider.name: value})


def _raced(race: Race, minima: list[Point], steps: int) -> list[RacerRecord]:
    race.advance(steps)
    return records_of(race, minima)


def data_of_heat(landscape: Landscape, heat: Heat) -> DataSet | None:
    """Return the data set of a heat, None for a landscape without one.

    Raises
    ------
    FormulaError
        Where the heat has settings for data that are not there.
    """
    data = data_of(landscape)
    if isinstance(data, MadeData):
        return replace(data, settings={**data.settings, **heat.data})
    if heat.data:
        raise FormulaError("This landscape has no data set.", hint='Leave out "data".')
    return data


def transform_of_heat(landscape: Landscape, heat: Heat) -> Transform:
    """Return how the landscape lies in a heat."""
    return replace(transform_of(landscape), angle=heat.turn, stretch=heat.stretch, shift=heat.shift)


def _loss(landscape: Landscape, heat: Heat) -> tuple[MachineLoss, bool]:
    """Return the loss of a heat, and whether parameters or data differ from those that the minima are known for."""
    data = data_of_heat(landscape, heat)
    parameters = {**landscape.parameters, **heat.parameters}
    loss = compile_loss(landscape.formula, columns_of(data), **parameters)
    lies = transform_of_heat(landscape, heat)
    if not lies.is_identity:
        loss = loss.with_transform(lies)
    own_values = dict(landscape.parameters) or parameters
    return loss, data != data_of(landscape) or parameters != own_values
