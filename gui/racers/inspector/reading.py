"""Reads the rule of a step, on a worker's thread, and finds the numbers of a step for the places of its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.language.display.numbered import RESULT, STEP, Place, numbered_rule
from engine.language.errors import FormulaError
from engine.race.step_values.record import StepValues, as_point
from gui.formula.drawing import Room
from gui.racers.inspector.arrangement import Arranged, Spot, arranged
from gui.racers.inspector.number_text import number_text, whole_text

TOO_MUCH = "This rule is too large to be shown with numbers."


@dataclass(frozen=True)
class Form:
    """What a picture is made of: numbers of two steps with the same form fit into the same picture.

    Attributes
    ----------
    text : str
        The rule.
    hyperparameters : tuple of (str, float)
    step_digits : int
        The digits of the step's number.
    colour : str
        Of what is no changing number.
    """

    text: str
    hyperparameters: tuple[tuple[str, float], ...]
    step_digits: int
    room: Room
    colour: str


def form_of(values: StepValues, room: Room, colour: str) -> Form:
    """Return the form of a step's picture."""
    return Form(values.text, tuple(values.hyperparameters.items()), len(whole_text(values.update)), room, colour)


def picture_of_step(values: StepValues, form: Form) -> Arranged | str:
    """Return the picture of a step without its numbers, or a sentence that says why there is none."""
    read = [values.read_by(number) for number in range(len(values.lines))]
    try:
        rule = numbered_rule(values.text, values.hyperparameters, read, [line.value for line in values.lines])
    except FormulaError as error:
        return str(error)
    return arranged(rule, form.room, form.colour) or TOO_MUCH


def numbers_of_step(values: StepValues, spots: Sequence[Spot]) -> tuple[str, ...]:
    """Return the numbers of a step, as they are written at `spots`."""
    read = [values.read_by(number) for number in range(len(values.lines))]

    def text(place: Place) -> str:
        value = values.lines[place.line].value if place.name == RESULT else read[place.line][place.name]
        number = as_point(value)[place.coordinate]
        return whole_text(number) if place.name == STEP else number_text(number)

    return tuple(text(spot.place) for spot in spots)
