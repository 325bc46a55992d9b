"""Commands about time: playing, stepping, going to a step, and the speed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.live.commands.command import Command
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
        if live.race is not None:
            live.race.advance(self.count)


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
            live.race.rewind(min(max(self.step, 0), live.race.step))
            live.race.advance(max(self.step, 0) - live.race.step)


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

    def apply(self, live: LiveRace) -> None:
        """Set the speed."""
        check_finite("The speed must be a number", (self.steps_per_second,))
        live.pacer.speed = max(self.steps_per_second, SLOWEST)
