"""Commands about the racers: who races, how they are set, where they start, and what is left to chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from engine.data.batches import check_size
from engine.live.commands.command import Command
from engine.live.live_race import LiveRace, check_start
from engine.live.racer_settings import RacerSettings, check_racers
from engine.race.race import Race
from engine.race.racer import Racer
from engine.race.randomness import Randomness, strength


@dataclass(frozen=True)
class SetRacers(Command):
    """Race these: a known key goes on, with another rule if it has one, and a new one catches up with the others."""

    racers: tuple[RacerSettings, ...]

    failed: ClassVar[str] = "Changing the racers failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Rebuild the race from the racers that stay and the new ones."""
        check_racers(self.racers)
        before, live.racers = {racer.key: racer for racer in live.racers}, list(self.racers)
        if live.race is None:
            return
        running = dict(zip(before, live.race.racers, strict=True))
        live.pacer.expect_new_racers()
        live.race.racers, live.race.start = [], np.empty((0, 2))
        for settings in self.racers:
            if settings.key in before:
                _keep(live, live.race, running[settings.key], before[settings.key], settings)
            else:
                live.race.add(live.compile(settings), live.start)
        live.log_change(self)


def _keep(live: LiveRace, race: Race, racer: Racer, before: RacerSettings, now: RacerSettings) -> None:
    """Let a racer go on in `race`, with its settings of now."""
    race.racers.append(racer)
    race.start = np.vstack([race.start, live.start])
    number = len(race.racers) - 1
    if before.source == now.source:
        race.set(number, **now.values)
    else:
        race.replace(number, live.compile(now))


@dataclass(frozen=True)
class SetHyperparameter(Command):
    """Change a hyperparameter of the racer with this key under the running race."""

    key: int
    name: str
    value: float

    failed: ClassVar[str] = "Changing a hyperparameter failed"
    newest_only: ClassVar[bool] = True

    @property
    def subject(self) -> tuple[object, ...]:
        """The racer and the hyperparameter."""
        return self.key, self.name

    def apply(self, live: LiveRace) -> None:
        """Set the hyperparameter, where the racer's rule of now has it: a new rule brings its values along."""
        for number, settings in enumerate(live.racers):
            if settings.key == self.key and live.race is not None and self.name in settings.to_optimizer().defaults:
                live.race.set(number, **{self.name: self.value})
                live.racers[number] = replace(settings, values={**settings.values, self.name: self.value})
                live.log_change(self, joins=True)


@dataclass(frozen=True)
class TimeSteps(Command):
    """Measure how long a step of the racer with this key takes by itself."""

    key: int

    failed: ClassVar[str] = "Measuring the time of a step failed"
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Measure it on this thread, which makes no step of the race meanwhile."""
        for number, settings in enumerate(live.racers):
            if settings.key == self.key and live.race is not None:
                live.race.time_steps(number)


@dataclass(frozen=True)
class SetRandomness(Command):
    """Change noise and seeds; other noise acts from now on, other seeds run the race again."""

    randomness: Randomness

    failed: ClassVar[str] = "Changing noise or seeds failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Set the noise of each racer, or run the race again as far as it was."""
        before, live.randomness = live.randomness, self.randomness
        if live.race is None:
            return
        if (self.randomness.seed, self.randomness.seeds) != (before.seed, before.seeds):
            step = live.race.step
            live.race = live.new_race(live.race.loss, [live.compile(settings) for settings in live.racers])
            live.begin_log()
            live.catch_up(step)
            return
        for number, settings in enumerate(live.racers):
            if self.randomness.noise != before.noise:
                live.race.replace(number, live.compile(settings))
            else:
                live.race.set(number, **strength(settings.to_optimizer(), self.randomness))
        live.log_change(self)


@dataclass(frozen=True)
class SetBatch(Command):
    """Let each step learn from so many rows of the data set, or from all where `size` is None."""

    size: int | None

    failed: ClassVar[str] = "Changing the batch size failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Set the size for the race of now, if it has data, and for those to come."""
        check_size(self.size)
        live.batch = self.size
        if live.race is not None and live.race.loss.columns:
            live.race.set_batch(self.size)
            live.log_change(self, joins=True)


@dataclass(frozen=True)
class SetStart(Command):
    """Race from another point, from step 0."""

    x: float
    y: float

    failed: ClassVar[str] = "Moving the start failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Restart the race there."""
        start = (self.x, self.y)
        check_start(start)
        live.start = start
        live.restart()
