"""The log of a race: its settings at the start and each later change by step, so that it is repeated bit for bit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from engine.data.rows import Data
from engine.live.racer_settings import RacerSettings
from engine.race.randomness import Randomness


class Change(Protocol):
    """A command that changes a race under way, or its way back to an earlier step."""

    @property
    def subject(self) -> tuple[object, ...]:
        """What it changes, as `engine.live.commands.command.Command` has it."""

    def apply(self, live: Any) -> None:
        """Carry it out on a live race."""


@dataclass(frozen=True)
class WayBack:
    """The race has gone back to an earlier step, with its settings of that moment."""

    step: int

    @property
    def subject(self) -> tuple[object, ...]:
        """Nothing but the race itself."""
        return ()

    def apply(self, live: Any) -> None:
        """Rewind the race."""
        live.race.rewind(min(max(self.step, 0), live.race.step))


@dataclass(frozen=True)
class RaceSettings:
    """What holds for a race at its first step, beside its formula, transform and start, which no race outlives."""

    racers: tuple[RacerSettings, ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)
    data: Data | None = None
    batch: int | None = None
    randomness: Randomness = field(default_factory=Randomness)


@dataclass(frozen=True)
class LoggedChange:
    """A change, and the step that the race was at."""

    step: int
    command: Change


@dataclass(frozen=True)
class RaceLog:
    """How a race came to `step`."""

    start: RaceSettings = RaceSettings()
    changes: tuple[LoggedChange, ...] = ()
    step: int = 0

    def with_change(self, step: int, command: Change, joins: bool) -> RaceLog:
        """Return the log with one more change.

        Where it `joins`, it takes the place of a change of the same kind and subject right before it at the same step:
        a slider that is dragged while the race is held sends many.
        """
        kept = self.changes[:-1] if joins and self._ends_with(step, command) else self.changes
        return replace(self, changes=(*kept, LoggedChange(step, command)))

    def _ends_with(self, step: int, command: Change) -> bool:
        """Return whether the last change was made at `step`, and was of the kind and subject of `command`."""
        if not self.changes or self.changes[-1].step != step:
            return False
        last = self.changes[-1].command
        return type(last) is type(command) and last.subject == command.subject

    def with_way_back(self, step: int, target: int) -> RaceLog:
        """Return the log of a race that has gone back from `step` to `target`.

        Where nothing has changed since `target`, nothing is logged: from there the race repeats what it did.
        """
        if not self.changes:
            return self
        last = self.changes[-1]
        if isinstance(last.command, WayBack):
            if last.command.step <= target:
                return self
            # No change lies between the two, so that one way back leads as far.
            return replace(self, changes=(*self.changes[:-1], LoggedChange(last.step, WayBack(target))))
        if last.step <= target:
            return self
        return replace(self, changes=(*self.changes, LoggedChange(step, WayBack(target))))

    def until(self, changes: int) -> RaceLog:
        """Return the log with its first `changes` alone."""
        return replace(self, changes=self.changes[:changes])
