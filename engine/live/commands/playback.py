"""Commands about time: playing, stepping, going to a step, and the speed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.live.commands.command import Command
from engine.live.finish import FinishRule
from engine.live.live_race import LiveRace, check_finite
from engine.live.pacing import SLOWEST


@dataclass(frozen=True)
class Play(Command):
    """Let the race go on by itself."""

    failed: ClassVar[str] = "Starting the race failed"

    def apply(self, live: LiveRace) -> None:
        """Start the clock."""
        live.playing = True
        live.pacer.start()
        live.finish.pass_by(live.race)


@dataclass(frozen=True)
class Pause(Command):
    """Hold the race."""

    failed: ClassVar[str] = "Pausing the race failed"

    def apply(self, live: LiveRace) -> None:
        """Hold the race."""
        live.playing = False


@dataclass(frozen=True)
class Step(Command):
    """Make `count` steps and hold."""

    count: int = 1

    failed: ClassVar[str] = "Stepping on failed"

    def apply(self, live: LiveRace) -> None:
        """Hold the race and advance it."""
        live.playing = False
        live.advance(self.count)


@dataclass(frozen=True)
class GoBack(Command):
    """Go back `count` steps and hold."""

    count: int = 1

    failed: ClassVar[str] = "Stepping back failed"

    def apply(self, live: LiveRace) -> None:
        """Hold the race and rewind it."""
        if live.race is not None:
            Seek(live.race.step - self.count).apply(live)


@dataclass(frozen=True)
class Seek(Command):
    """Go to a step, back or forth, and hold."""

    step: int

    failed: ClassVar[str] = "Going to a step failed"
    newest_only: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Hold the race, and rewind or advance it."""
        check_finite("The step must be a number", (self.step,))
        live.playing = False
        if live.race is not None:
            before, target = live.race.step, min(max(self.step, 0), live.race.step)
            live.race.rewind(target)
            live.recorder.record_way_back(before, target)
            live.advance(max(self.step, 0) - live.race.step)


@dataclass(frozen=True)
class Restart(Command):
    """Go back to step 0; a race that plays goes on from there."""

    failed: ClassVar[str] = "Restarting the race failed"

    def apply(self, live: LiveRace) -> None:
        """Restart the race."""
        live.restart()


@dataclass(frozen=True)
class SetSpeed(Command):
    """Aim at so many steps per second, at least `engine.live.pacing.SLOWEST`."""

    steps_per_second: float

    failed: ClassVar[str] = "Changing the speed failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Set the speed."""
        check_finite("The speed must be a number", (self.steps_per_second,))
        live.pacer.speed = max(self.steps_per_second, SLOWEST)


@dataclass(frozen=True)
class SetStop(Command):
    """Hold a race that plays at a step, and let none play beyond it; None takes that back."""

    step: int | None

    failed: ClassVar[str] = "Changing where the race stops failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Set the step; single steps and `Seek` may go beyond it."""
        live.stop = self.step


@dataclass(frozen=True)
class SetFinish(Command):
    """Change how near to the minimum a racer has arrived, and whether the race is held once everyone is done."""

    rule: FinishRule

    failed: ClassVar[str] = "Changing the finish failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Set the rule; a race that is over by it, and plays, goes on."""
        live.finish.rule = self.rule
        live.finish.pass_by(live.race)
