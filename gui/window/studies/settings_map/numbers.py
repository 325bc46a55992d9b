"""The numbers that can be axes of a map, with their ranges and their values of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.race.maps.axes import FORMULA, RACER
from engine.rules.hyperparameters import Hyperparameter
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.session.study_choices import SCALES, AxisChoice, SettingsMapChoice
from gui.views.studies.setting_axis import SettingAxis
from landscapes import CATALOGUE
from landscapes.landscape import Range

LOG, LINEAR = SCALES
REACH = 5.0
"""An axis of a parameter without a declared range goes from minus to plus this many times its value."""


@dataclass(frozen=True)
class Number:
    """A number that can be an axis.

    Attributes
    ----------
    written : str
        As a sweep reads it: with "racer." or "formula." before it where both have one of that name.
    name : str
    is_parameter : bool
        Whether it is one of the formula.
    value : float
        That of now.
    first : AxisChoice
        The axis over all of its range.
    """

    written: str
    name: str
    is_parameter: bool
    value: float
    first: AxisChoice


def numbers_of(session: Session, racer: RacerChoice, parameters: Mapping[str, float]) -> dict[str, Number]:
    """Return the numbers of a racer and of the formula, by how they are written."""
    specs, chosen = racer.entry.hyperparameters, {**parameters, **session.parameters}
    both = {spec.name for spec in specs} & parameters.keys()
    found = [_of_racer(racer, spec, f"{RACER}{spec.name}" if spec.name in both else spec.name) for spec in specs]
    for name in parameters:
        written = f"{FORMULA}{name}" if name in both else name
        low, high = _range_of(session, name, chosen[name])
        found.append(Number(written, name, True, chosen[name], AxisChoice(written, low, high, LINEAR)))
    return {number.written: number for number in found}


def axes_of(choice: SettingsMapChoice, numbers: Mapping[str, Number]) -> tuple[AxisChoice, ...]:
    """Return the axes that were chosen, and others in the place of those that are none of `numbers`; at most two."""
    known = [axis for axis in choice.axes if axis.name in numbers]
    # The learning rate and what else is even by factors; then whatever there is.
    order = sorted(numbers.values(), key=lambda number: number.is_parameter)
    taken = {axis.name for axis in known}
    free = [number for number in order if number.written not in taken]
    first = [number for number in free if number.first.scale == LOG and "eps" not in number.name]
    rest = [*first[:1], *(number for number in free if number not in first[:1])]
    return (*known, *(number.first for number in rest))[:2]


def drawn_axis(axis: AxisChoice) -> SettingAxis:
    """Return an axis as plots have it."""
    return SettingAxis(axis.name, axis.low, axis.high, axis.scale == LOG)


def chosen_axis(axis: SettingAxis) -> AxisChoice:
    """Return an axis as a session has it."""
    return AxisChoice(axis.name, axis.low, axis.high, LOG if axis.log else LINEAR)


def _of_racer(racer: RacerChoice, spec: Hyperparameter, written: str) -> Number:
    low, high = racer.ranges.get(spec.name, (spec.low, spec.high))
    scale = LOG if spec.scale == LOG and low > 0.0 else LINEAR
    return Number(written, spec.name, False, racer.values[spec.name], AxisChoice(written, low, high, scale))


def _range_of(session: Session, name: str, value: float) -> Range:
    """Return the ends of a parameter's slider."""
    declared = CATALOGUE[session.landscape].ranges if session.landscape in CATALOGUE else {}
    reach = REACH * (abs(value) or 1.0)
    return session.parameter_ranges.get(name) or declared.get(name) or (-reach, reach)
