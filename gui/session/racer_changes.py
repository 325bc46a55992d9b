"""A racer whose rule, wrappers or schedules are changed keeps the settings of all names that stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count

from engine.optimizers.racer_modifiers import carried, core_of, modifiers_of, name_of
from engine.optimizers.racer_text import modifiers_in, optimizer_of
from gui.session.choices import RacerChoice

EDITED = re.compile(r" edited( \d+)?$")
"""What the name of an edited copy ends in."""
OWN_NAME = "My rule"
"""What a rule of a person's own is called at first."""
Values = Mapping[str, float]


def with_rule(racer: RacerChoice, text: str, earlier: Values) -> RacerChoice:
    """Return `racer` with another rule; "" stands for that of the catalogue.

    Hyperparameters whose names stay keep their values, and one that comes back has its value of `earlier`.

    Raises
    ------
    FormulaError
        Where the text cannot be read as a rule, or the optimizer is a solver.
    """
    return _settled(racer, replace(racer, rule=text), range(len(modifiers_in(racer.optimizer))), earlier)


def with_modifier(racer: RacerChoice, modifier: str, earlier: Values) -> RacerChoice:
    """Return `racer` with one more wrapper or schedule, applied after those that it has.

    Raises
    ------
    FormulaError
        Where it cannot be applied to this rule.
    """
    parts = _modifiers(racer)
    return _with_modifiers(racer, [*parts, modifier], [*range(len(parts)), None], earlier)


def without_modifier(racer: RacerChoice, number: int, earlier: Values) -> RacerChoice:
    """Return `racer` without one of its wrappers and schedules; the others keep their settings."""
    parts = _modifiers(racer)
    kept = [other for other in range(len(parts)) if other != number]
    return _with_modifiers(racer, [parts[other] for other in kept], kept, earlier)


def with_other_modifier(racer: RacerChoice, number: int, modifier: str, earlier: Values) -> RacerChoice:
    """Return `racer` with another wrapper or schedule at a place, which takes over the settings of all names that stay.

    Raises
    ------
    FormulaError
        Where it cannot be applied to this rule.
    """
    parts = _modifiers(racer)
    return _with_modifiers(racer, [*parts[:number], modifier, *parts[number + 1 :]], range(len(parts)), earlier)


def edited_name(name: str, taken: Collection[str]) -> str:
    """Return what to call an edited copy of `name`: "Adam edited", or "Adam edited 2" where that is `taken`."""
    return free_name(f"{EDITED.sub('', name)} edited", taken)


def free_name(stem: str, taken: Collection[str]) -> str:
    """Return `stem`, or "stem 2" where that is `taken`."""
    numbered = (f"{stem} {number}" for number in count(2))
    return stem if stem not in taken else next(each for each in numbered if each not in taken)


def default_name(optimizer: str) -> str:
    """Return the name of a new racer of an optimizer: that of the optimizer, a typed schedule without its formula."""
    parts = modifiers_of(optimizer, optimizer_of(optimizer).hyperparameters)
    return name_of(core_of(optimizer), [part.word for part in parts])


def _modifiers(racer: RacerChoice) -> list[str]:
    return [part.name for part in modifiers_in(racer.optimizer)]


def _with_modifiers(
    racer: RacerChoice, parts: Sequence[str], kept: Sequence[int | None], earlier: Values
) -> RacerChoice:
    return _settled(racer, replace(racer, optimizer=name_of(core_of(racer.optimizer), parts)), kept, earlier)


def _settled(racer: RacerChoice, changed: RacerChoice, kept: Sequence[int | None], earlier: Values) -> RacerChoice:
    """Return `changed` with the settings of `racer`.

    `kept` holds for each of its modifiers the number that it had before, None for a new one.
    """
    before, after = (modifiers_of(one.optimizer, one.entry.hyperparameters) for one in (racer, changed))
    values = carried(before, after, kept, racer.values)
    ranges = carried(before, after, kept, racer.ranges)
    suited = {**changed.entry.playground, **earlier, **values}
    names = changed.entry.defaults
    return replace(
        changed,
        # A racer that was not named by hand is called by what it runs, so that its name follows.
        name=default_name(changed.optimizer) if racer.name == default_name(racer.optimizer) else racer.name,
        values={name: suited[name] for name in names},
        ranges={name: ends for name, ends in ranges.items() if name in names},
    )
