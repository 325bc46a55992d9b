"""The choices of a session that show a heat of a lesson, with names by which its racers are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.live.finish import FinishRule
from engine.loss.heights import AUTOMATIC
from engine.optimizers.racer_text import parse_racer
from engine.race.randomness import Randomness
from gui.look.theme import RACER_COLOURS
from gui.session.choices import FASTEST, LAYOUTS, SLOWEST, VIEWS, CameraPose, Choices, RacerChoice
from gui.session.lessons.lesson_race import data_of_heat, landscape_of, transform_of_heat
from gui.session.racer_changes import default_name
from landscapes.lessons import Heat, Lesson

MODIFIED = " | "
"""Stands between the name of an optimizer and those of its modifiers."""
HIDDEN_PANES = ("formula", "racers")
"""What a scene does without, until its state is explored."""


def choices_of(lesson: Lesson, heat: Heat, now: Choices) -> Choices:
    """Return the choices that show a heat; what belongs to the person and to the window stays as in `now`.

    Raises
    ------
    FormulaError
        Where a landscape or a racer is unknown.
    """
    landscape = landscape_of(lesson)
    data, transform = data_of_heat(landscape, heat), transform_of_heat(landscape, heat)
    parameters = {**landscape.parameters, **heat.parameters}
    is_changed = bool(landscape.parameters) and parameters != dict(landscape.parameters)
    return replace(
        now,
        landscape=landscape.name,
        formula=landscape.formula,
        good_formula=landscape.formula,
        bounds=landscape.domain,
        domain=landscape.domain,
        # They are known for the catalogue's values only.
        minima=[] if is_changed or heat.data else list(landscape.minima),
        transform=transform,
        parameters=parameters,
        parameter_ranges={},
        start=transform.shown(heat.start),
        racers=racers_of(lesson, heat),
        data=data,
        batch=heat.batch,
        randomness=Randomness(),
        speed=min(max(lesson.speed, SLOWEST), FASTEST),
        layout=LAYOUTS[0],
        views=VIEWS[0],
        height=AUTOMATIC,
        function=None,
        camera=CameraPose(),
        hidden_panes=list(HIDDEN_PANES),
        finish=FinishRule(holds=False),
    )


def racers_of(lesson: Lesson, heat: Heat) -> list[RacerChoice]:
    """Return the racers of a heat; those of one optimizer have the settings in their names that differ.

    In another heat, a racer of the first one keeps its colour and no other has it, which would be taken for that racer.

    Raises
    ------
    FormulaError
        Where a racer is unknown.
    """
    first = lesson.heats[0].racers
    texts = [*first, *(text for text in heat.racers if text not in first)]
    racers = []
    for number, text in enumerate(texts):
        optimizer, values = parse_racer(text)
        colour = RACER_COLOURS[number % len(RACER_COLOURS)]
        racers.append(RacerChoice(0, "", optimizer.name, colour, {**optimizer.defaults, **values}))
    named = [replace(racer, name=name) for racer, name in zip(racers, names_of(racers), strict=True)]
    if heat.racers == first:
        return named
    others = iter(named[len(first) :])
    return [named[first.index(text)] if text in first else next(others) for text in heat.racers]


def names_of(racers: Sequence[RacerChoice]) -> list[str]:
    """Return what each racer is called, with the settings in which those of one optimizer differ: "Adam beta2=0.99".

    Where these tell all racers apart, modifiers are not named: a legend of long names does not fit into a small plot.
    """
    whole = _told_apart(racers)
    brief = [f"{name.partition(MODIFIED)[0]} {words}" if words else name for name, words in whole]
    if len(set(brief)) == len(brief):
        return brief
    return [f"{name} {words}".strip() for name, words in whole]


def _told_apart(racers: Sequence[RacerChoice]) -> list[tuple[str, str]]:
    """Return the name of each racer's optimizer, and the settings in which those of one name differ."""
    stems = [default_name(racer.optimizer) for racer in racers]
    told = []
    for stem, racer in zip(stems, racers, strict=True):
        alike = [other.values for other, name in zip(racers, stems, strict=True) if name == stem]
        own = racer.values
        differing = [key for key in own if any(other.get(key) != own[key] for other in alike)]
        words = [f"{own[key]:g}" if key.lower() == stem.lower() else f"{key}={own[key]:g}" for key in differing]
        told.append((stem, ", ".join(words)))
    return told


def is_same_race(choices: Choices, others: Choices) -> bool:
    """Return whether the same racers race on the same landscape, whatever they are called and however they look."""
    return _race_of(choices) == _race_of(others)


def _race_of(choices: Choices) -> tuple[object, ...]:
    racers = [(racer.optimizer, racer.rule, dict(racer.values), racer.function) for racer in choices.racers]
    landscape = choices.formula, dict(choices.parameters), choices.transform, choices.data, choices.function
    return racers, landscape, choices.start, choices.batch, choices.randomness
