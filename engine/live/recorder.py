"""The recorder: keeps the log of a race while it goes on, or the log that is being repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.live.race_log import Change, RaceLog, RaceSettings


@dataclass
class LogReplay:
    """A race that is being repeated: `made` changes of its log are made, and `finish` is called after the last."""

    log: RaceLog
    finish: Callable[[], None]
    made: int = 0

    @property
    def next_step(self) -> int:
        """The step as far as which nothing changes: that of the next change, or after the last one the end."""
        changes = self.log.changes
        return changes[self.made].step if self.made < len(changes) else self.log.step

    def take_change(self) -> Change | None:
        """Return the next change, which counts as made from now on; None after the last."""
        if self.made == len(self.log.changes):
            return None
        self.made += 1
        return self.log.changes[self.made - 1].command


class Recorder:
    """Records how a race came to its step.  While a log is repeated, that is its log, and nothing is recorded.

    Attributes
    ----------
    log : RaceLog or None
        None where a Python function is raced on, which no file can hold.
    replay : LogReplay or None
        None where no race is being repeated.
    """

    def __init__(self) -> None:
        self.log: RaceLog | None = None
        self.replay: LogReplay | None = None

    def begin(self, settings: RaceSettings | None) -> None:
        """Record from here on: the race stands at its start; no settings where no file can hold them."""
        if self.replay is None:
            self.log = None if settings is None else RaceLog(settings)

    def record(self, step: int, command: Change, joins: bool) -> None:
        """Record a change, as `RaceLog.with_change` describes it."""
        if self.replay is None and self.log is not None:
            self.log = self.log.with_change(step, command, joins)

    def record_way_back(self, step: int, target: int) -> None:
        """Record that the race has gone back from `step` to `target`, if it has."""
        if self.replay is None and self.log is not None and target < step:
            self.log = self.log.with_way_back(step, target)

    def log_at(self, step: int) -> RaceLog | None:
        """Return the log of a race that is at `step`; during a replay the whole log that is repeated."""
        return self.log if self.replay is not None or self.log is None else replace(self.log, step=step)

    def begin_replay(self, log: RaceLog, finish: Callable[[], None]) -> None:
        """Repeat `log` from now on; call `finish` at the end."""
        self.log, self.replay = log, LogReplay(log, finish)

    def end_replay(self) -> None:
        """End the replay where it is; the settings that were chosen last hold from here on."""
        if self.replay is not None:
            replay, self.replay = self.replay, None
            self.log = replay.log.until(replay.made)
            replay.finish()
