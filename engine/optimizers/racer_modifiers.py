"""What goes round a racer's rule, part by part: its hyperparameters, and what stays set when a part comes or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.optimizers import BAR
from engine.optimizers.racer_text import parts_in
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.modifiers.schedule import SCHEDULES, TYPED, Schedule
from engine.rules.modifiers.wrappers import Wrapper
from engine.rules.optimizer import Optimizer
from engine.solvers.enclosure import refusal
from engine.solvers.solver import Solver

T = TypeVar("T")


@dataclass(frozen=True)
class RacerModifier:
    """A wrapper or schedule with its `rows`, which have the names that they have in the whole."""

    entry: Schedule | Wrapper
    rows: tuple[Hyperparameter, ...]

    @property
    def word(self) -> str:
        """What a racer's text calls it: its name, but for a schedule that is typed."""
        return TYPED if self.typed else self.entry.name

    @property
    def typed(self) -> bool:
        """Whether it is a schedule that a person has typed."""
        return isinstance(self.entry, Schedule) and self.entry.name not in SCHEDULES

    def own(self, values: Mapping[str, T]) -> dict[str, T]:
        """Return its share of a racer's `values`, by the names that the entry gives them."""
        pairs = zip(self.entry.hyperparameters, self.rows, strict=True)
        return {row.name: values[whole.name] for row, whole in pairs if whole.name in values}


def core_of(name: str) -> str:
    """Return the name of the optimizer that `name` puts its wrappers and schedules round."""
    return name.partition(BAR)[0].strip()


def name_of(core: str, parts: Sequence[str]) -> str:
    """Return the name of the optimizer `core` with `parts` round it."""
    return f" {BAR} ".join([core, *parts])


def parts_of(name: str, rows: Sequence[Hyperparameter]) -> tuple[RacerModifier, ...]:
    """Return the wrappers and schedules in the order of `name`; `rows` are those of the whole optimizer."""
    entries = parts_in(name)
    at = len(rows) - sum(len(entry.hyperparameters) for entry in entries)
    found: dict[int, RacerModifier] = {}
    # Schedules stand nearest to the rule, wherever they are written.
    for number in sorted(range(len(entries)), key=lambda number: isinstance(entries[number], Wrapper)):
        end = at + len(entries[number].hyperparameters)
        found[number] = RacerModifier(entries[number], tuple(rows[at:end]))
        at = end
    return tuple(found[number] for number in range(len(entries)))


def own_rows(name: str, rows: Sequence[Hyperparameter]) -> tuple[Hyperparameter, ...]:
    """Return the rows of the rule itself, without those of what goes round it."""
    return tuple(rows[: len(rows) - sum(len(part.rows) for part in parts_of(name, rows))])


def refusal_of(optimizer: Optimizer, part: Schedule | Wrapper) -> str:
    """Return in a sentence why `part` goes round no optimizer of this kind; "" where its rule, if any, decides."""
    return refusal(optimizer, part) if isinstance(optimizer, Solver) else optimizer.bare


def carried(
    before: Sequence[RacerModifier],
    after: Sequence[RacerModifier],
    kept: Sequence[int | None],
    settings: Mapping[str, T],
) -> dict[str, T]:
    """Return `settings` by the names of another enclosure, in which some may have changed.

    Parameters
    ----------
    before, after : sequence of RacerModifier
    kept : sequence
        For each part of `after` the number of the one of `before` that it was; None for a new one.
    settings : mapping
        Something for each hyperparameter, or for some.
    """
    names_before = {row.name for part in before for row in part.rows}
    result = {name: value for name, value in settings.items() if name not in names_before}
    for part, number in zip(after, kept, strict=True):
        own = before[number].own(settings) if number is not None else {}
        pairs = zip(part.entry.hyperparameters, part.rows, strict=True)
        result |= {whole.name: own[row.name] for row, whole in pairs if row.name in own}
    return result


def delay_of(number: int, parts: Sequence[RacerModifier], values: Mapping[str, float]) -> float:
    """Return for how many steps the schedule `number` waits for a warm-up beside it."""
    waits = [
        part.own(values).get(part.entry.delays, 0.0)
        for part in parts
        if isinstance(part.entry, Schedule) and part.entry.delays
    ]
    entry = parts[number].entry
    return 0.0 if not waits or (isinstance(entry, Schedule) and entry.delays) else waits[0]
