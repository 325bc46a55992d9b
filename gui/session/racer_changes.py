"""What becomes of a racer when its rule changes, or what goes round it: its settings follow."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count

from engine.optimizers.racer_modifiers import carried, core_of, name_of, parts_of
from engine.optimizers.racer_text import optimizer_of, parts_in
from gui.session.choices import RacerChoice

EDITED = re.compile(r" edited( \d+)?$")
"""What the name of an edited copy ends in."""
Values = Mapping[str, float]


def ruled(racer: RacerChoice, text: str, earlier: Values) -> RacerChoice:
    """Return `racer` with another rule; "" is for the catalogue's.

    Hyperparameters whose names stay keep their values, and one that was there before has what it had `earlier`.

    Raises
    ------
    FormulaError
        Where the text is no rule, or the optimizer a solver.
    """
    return _settled(racer, replace(racer, rule=text), range(len(parts_in(racer.optimizer))), earlier)


def with_part(racer: RacerChoice, part: str, earlier: Values) -> RacerChoice:
    """Return `racer` with a wrapper or schedule round its rule and all that is round it already.

    Raises
    ------
    FormulaError
        Where it does not go round this rule.
    """
    parts = _parts(racer)
    return _enclosed(racer, [*parts, part], [*range(len(parts)), None], earlier)


def without_part(racer: RacerChoice, number: int, earlier: Values) -> RacerChoice:
    """Return `racer` without one of its parts; the others keep their settings."""
    parts = _parts(racer)
    kept = [other for other in range(len(parts)) if other != number]
    return _enclosed(racer, [parts[other] for other in kept], kept, earlier)


def with_other_part(racer: RacerChoice, number: int, part: str, earlier: Values) -> RacerChoice:
    """Return `racer` with a part in the place of another, from which it takes the settings of all names that stay.

    Raises
    ------
    FormulaError
        Where it does not go round this rule.
    """
    parts = _parts(racer)
    return _enclosed(racer, [*parts[:number], part, *parts[number + 1 :]], range(len(parts)), earlier)


def edited_name(name: str, taken: Collection[str]) -> str:
    """Return what to call an edited copy of `name`: "Adam edited", or "Adam edited 2" where that is `taken`."""
    stem = f"{EDITED.sub('', name)} edited"
    numbered = (f"{stem} {number}" for number in count(2))
    return stem if stem not in taken else next(each for each in numbered if each not in taken)


def told(optimizer: str) -> str:
    """Return what to call a racer of an optimizer: its name, a typed schedule without its formula."""
    parts = parts_of(optimizer, optimizer_of(optimizer).hyperparameters)
    return name_of(core_of(optimizer), [part.word for part in parts])


def _parts(racer: RacerChoice) -> list[str]:
    return [part.name for part in parts_in(racer.optimizer)]


def _enclosed(racer: RacerChoice, parts: Sequence[str], kept: Sequence[int | None], earlier: Values) -> RacerChoice:
    return _settled(racer, replace(racer, optimizer=name_of(core_of(racer.optimizer), parts)), kept, earlier)


def _settled(racer: RacerChoice, changed: RacerChoice, kept: Sequence[int | None], earlier: Values) -> RacerChoice:
    """Return `changed` with the settings of `racer`; `kept` tells of each part which one it was before, if any."""
    before, after = (parts_of(one.optimizer, one.entry.hyperparameters) for one in (racer, changed))
    values, ranges = (carried(before, after, kept, settings) for settings in (racer.values, racer.ranges))
    suited = {**changed.entry.playground, **earlier, **values}
    names = changed.entry.defaults
    return replace(
        changed,
        # A name that nobody gave says what races; the views tell racers apart by it.
        name=told(changed.optimizer) if racer.name == told(racer.optimizer) else racer.name,
        values={name: suited[name] for name in names},
        ranges={name: ends for name, ends in ranges.items() if name in names},
    )
