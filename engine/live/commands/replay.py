"""The command that repeats a race of a file, with every change that was made under way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from engine.live.commands.command import Command
from engine.live.commands.landscape import SetData, SetFormula, SetParameter
from engine.live.commands.racers import SetBatch, SetRacers, SetRandomness
from engine.live.live_race import LiveRace
from engine.live.race_log import RaceLog
from engine.live.racer_settings import RacerSettings, check_racers
from engine.race.race import Race
from engine.race.randomness import Randomness


@dataclass(frozen=True)
class ReplayRace(Command):
    """Repeat the race of a log on a formula, slice by slice, and hold; then let the settings given here hold.

    A command that changes the race ends the replay where it is.
    """

    formula: SetFormula
    racers: tuple[RacerSettings, ...]
    randomness: Randomness
    batch: int | None
    log: RaceLog

    failed: ClassVar[str] = "Repeating the race failed"
    newest_only: ClassVar[bool] = True
    sets_formula: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Put the race at its start, and begin to repeat it."""
        start = self.log.start
        check_racers(start.racers)
        live.playing = False
        live.race, live.racers = None, list(start.racers)
        live.randomness, live.batch = start.randomness, start.batch
        replace(self.formula, parameters=start.parameters, data=start.data).apply(live)
        live.begin_replay(self.log, lambda: self._finish(live))
        if self.log.step == 0 and not self.log.changes:
            live.recorder.end_replay()

    def _finish(self, live: LiveRace) -> None:
        if live.race is not None:
            for command in self._differences(live, live.race):
                command.apply(live)
            live.sample()

    def _differences(self, live: LiveRace, race: Race) -> Iterator[Command]:
        """Yield a command for every setting that was changed after the log was taken."""
        if self.formula.data != live.data:
            yield SetData(self.formula.data)
        for name, value in self.formula.parameters.items():
            if race.loss.parameters.get(name, value) != value:
                yield SetParameter(name, value)
        if self.batch != live.batch:
            yield SetBatch(self.batch)
        if list(self.racers) != live.racers:
            yield SetRacers(self.racers)
        if self.randomness != live.randomness:
            yield SetRandomness(self.randomness)
