"""The wrappers and schedules of a racer: their hyperparameters, and the settings that stay when one comes or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.optimizers.racer_syntax import BAR
from engine.optimizers.racer_text import modifiers_in
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.modifiers.schedule import SCHEDULES, TYPED, Schedule
from engine.rules.modifiers.wrappers import Wrapper
from engine.rules.optimizer import Optimizer
from engine.solvers.modified_solver import refusal
from engine.solvers.solver import Solver

T = TypeVar("T")


@dataclass(frozen=True)
class RacerModifier:
    """A wrapper or schedule of a racer; `specs` are its hyperparameters under the names that the racer has for them."""

    entry: Schedule | Wrapper
    specs: tuple[Hyperparameter, ...]

    @property
    def word(self) -> str:
        """Its name in a racer's text: that of the entry, but for a typed schedule."""
        return TYPED if self.typed else self.entry.name

    @property
    def typed(self) -> bool:
        """Whether it is a schedule that a person has typed."""
        return isinstance(self.entry, Schedule) and self.entry.name not in SCHEDULES

    def own(self, values: Mapping[str, T]) -> dict[str, T]:
        """Return its share of a racer's `values`, by the names that the entry gives them."""
        pairs = zip(self.entry.hyperparameters, self.specs, strict=True)
        return {spec.name: values[whole.name] for spec, whole in pairs if whole.name in values}


def core_of(name: str) -> str:
    """Return the name of an optimizer without its wrappers and schedules."""
    return name.partition(BAR)[0].strip()


def name_of(core: str, modifiers: Sequence[str]) -> str:
    """Return the name of the optimizer `core` with `modifiers`."""
    return f" {BAR} ".join([core, *modifiers])


def modifiers_of(name: str, specs: Sequence[Hyperparameter]) -> tuple[RacerModifier, ...]:
    """Return the wrappers and schedules in the order of `name`; `specs` are those of the whole optimizer."""
    entries = modifiers_in(name)
    at = len(specs) - sum(len(entry.hyperparameters) for entry in entries)
    found: dict[int, RacerModifier] = {}
    # The hyperparameters of schedules come before those of wrappers, wherever they are written.
    for number in sorted(range(len(entries)), key=lambda number: isinstance(entries[number], Wrapper)):
        end = at + len(entries[number].hyperparameters)
        found[number] = RacerModifier(entries[number], tuple(specs[at:end]))
        at = end
    return tuple(found[number] for number in range(len(entries)))


def own_specs(name: str, specs: Sequence[Hyperparameter]) -> tuple[Hyperparameter, ...]:
    """Return the specs of the rule itself, without those of its wrappers and schedules."""
    return tuple(specs[: len(specs) - sum(len(modifier.specs) for modifier in modifiers_of(name, specs))])


def refusal_of(optimizer: Optimizer, modifier: Schedule | Wrapper) -> str:
    """Return why `modifier` suits no optimizer of this kind, in a sentence; "" where its rule, if any, decides."""
    return refusal(optimizer, modifier) if isinstance(optimizer, Solver) else optimizer.bare


def carried(
    before: Sequence[RacerModifier],
    after: Sequence[RacerModifier],
    kept: Sequence[int | None],
    settings: Mapping[str, T],
) -> dict[str, T]:
    """Return a racer's `settings` by the names that they have after its wrappers and schedules have changed.

    Parameters
    ----------
    before, after : sequence of RacerModifier
    kept : sequence
        For each modifier of `after` the number of the one of `before` that it was; None for a new one.
    settings : mapping
        Something for each hyperparameter, or for some.
    """
    names_before = {spec.name for modifier in before for spec in modifier.specs}
    result = {name: value for name, value in settings.items() if name not in names_before}
    for modifier, number in zip(after, kept, strict=True):
        own = before[number].own(settings) if number is not None else {}
        pairs = zip(modifier.entry.hyperparameters, modifier.specs, strict=True)
        result |= {whole.name: own[spec.name] for spec, whole in pairs if spec.name in own}
    return result


def delay_of(number: int, modifiers: Sequence[RacerModifier], values: Mapping[str, float]) -> float:
    """Return for how many steps the schedule `number` waits for a warm-up among the others."""
    waits = [
        modifier.own(values).get(modifier.entry.delays, 0.0)
        for modifier in modifiers
        if isinstance(modifier.entry, Schedule) and modifier.entry.delays
    ]
    entry = modifiers[number].entry
    return 0.0 if not waits or (isinstance(entry, Schedule) and entry.delays) else waits[0]
