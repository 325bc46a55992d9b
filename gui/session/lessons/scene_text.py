"""Writes the state of a session as the tables of a lesson's file that say what is raced: landscape and race."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from engine.data.rows import MadeData
from engine.language.errors import FormulaError
from engine.language.types import Point
from engine.optimizers.written_racer import written_racer
from gui.session.choices import Choices, RacerChoice
from gui.session.saved_landscape import data_of
from landscapes import CATALOGUE, Landscape

DIGITS = 15
"""So many of a number are told by any computer alike."""
DELETE = "\x7f"
"""The one sign that JSON writes as it is, and TOML does not allow."""


def toml(value: object) -> str:
    """Return texts, numbers, and lists and mappings of them as TOML writes them on one line."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace(DELETE, "\\u007f")
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {toml(entry)}' for key, entry in value.items())} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, float) and value.is_integer() and f"{value:g}" == str(int(value)):
        return str(int(value))
    return repr(value)


def _key(name: object) -> str:
    text = str(name)
    plain = text.isascii() and text.replace("_", "").isalnum()
    return text if plain else toml(text)


def table_text(name: str, entries: Mapping[str, object]) -> str:
    """Return a table of a TOML file; entries that are None or empty are left out."""
    lines = [f"{key} = {toml(value)}" for key, value in entries.items() if value is not None and value != {}]
    return "\n".join([name, *lines])


def racing(choices: Choices) -> list[RacerChoice]:
    """Return the racers that a lesson can have: those that are seen, and that the catalogue has.

    Raises
    ------
    FormulaError
        Where there is none.
    """
    found = [racer for racer in choices.racers if _fits(racer)]
    if not found:
        raise FormulaError("There is no racer that a lesson can have.", hint="Add one of the catalogue.")
    return found


def left_out(choices: Choices) -> list[str]:
    """Return a sentence about each thing that a lesson cannot have."""
    told = [f"{racer.name} is left out: {_why(racer)}." for racer in choices.racers if not _fits(racer)]
    if choices.randomness.noise or choices.randomness.seeds > 1:
        told.append("The noise is left out: a lesson has that of its mini-batches alone.")
    return told


def _fits(racer: RacerChoice) -> bool:
    return racer.visible and racer.function is None and not racer.rule and not racer.is_own_rule


def _why(racer: RacerChoice) -> str:
    if not racer.visible:
        return "it is hidden"
    return "it runs a Python function" if racer.function is not None else "its rule is not that of the catalogue"


def landscape_text(choices: Choices) -> str:
    """Return the table of the landscape.

    Raises
    ------
    FormulaError
        Where a lesson cannot have it.
    """
    if choices.function is not None:
        raise FormulaError("A lesson cannot have a Python function.", hint="Type a formula in its place.")
    entry = CATALOGUE.get(choices.landscape)
    if entry is None or entry.formula != choices.formula:
        if choices.data is not None:
            raise FormulaError("A lesson has the data of the catalogue alone.", hint="Pick a landscape with data.")
        entry = None
    bounds = choices.bounds
    lies = choices.transform
    pivot = tuple(low / 2.0 + high / 2.0 for low, high in bounds)
    turned = {} if lies.is_identity else _turned(choices, (pivot[0], pivot[1]))
    if entry is None:
        own: dict[str, object] = {"formula": choices.formula, "domain": bounds, "minima": choices.minima or None}
        return table_text("[landscape]", own | {"parameters": dict(choices.parameters)} | turned)
    named: dict[str, object] = {"name": entry.name, "domain": None if bounds == entry.domain else bounds}
    changed = {key: value for key, value in choices.parameters.items() if entry.parameters.get(key) != value}
    return table_text("[landscape]", named | {"parameters": changed, "data": _settings(choices, entry)} | turned)


def _turned(choices: Choices, pivot: Point) -> dict[str, object]:
    """Return how the landscape lies, for a turn about `pivot`, which is where a lesson turns it."""
    lies = choices.transform
    x, y = lies.shown(pivot)
    shift = lies.shift if lies.pivot == pivot else (x - pivot[0], y - pivot[1])
    return {"turn": lies.angle, "stretch": lies.stretch, "shift": shift}


def _settings(choices: Choices, entry: Landscape) -> dict[str, float]:
    """Return the settings of the data that are not those of the catalogue."""
    data, known = choices.data, data_of(entry)
    if not isinstance(data, MadeData) or not isinstance(known, MadeData):
        return {}
    return {key: value for key, value in data.settings.items() if known.settings.get(key) != value}


def _start(choices: Choices) -> Point:
    """Return the start in the coordinates of the formula, without the rounding error of a turn."""
    x, y = choices.transform.own(choices.start)
    return (x, y) if choices.transform.is_identity else (float(f"{x:.{DIGITS}g}"), float(f"{y:.{DIGITS}g}"))


def race_text(choices: Choices, steps: int, pause: int) -> str:
    """Return the table of the race.

    Raises
    ------
    FormulaError
        As `racing` does.
    """
    racers = [written_racer(racer.optimizer, racer.entry.hyperparameters, racer.values) for racer in racing(choices)]
    return table_text("[race]", {
        "racers": racers, "start": _start(choices), "batch": choices.batch, "steps": steps,
        "pause": pause, "speed": choices.speed,
    })  # fmt: skip
