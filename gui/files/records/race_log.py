"""The log of a race as it stands in a session's file: the settings at its start, and each change with its step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import count
from typing import Annotated

from msgspec import Meta

from engine.data.rows import Data, MadeData, TableData
from engine.live.commands import SetBatch, SetData, SetHyperparameter, SetParameter, SetRacers, SetRandomness
from engine.live.race_log import Change, LoggedChange, RaceLog, RaceSettings, WayBack
from engine.live.racer_settings import RacerSettings
from gui.files.records import types
from gui.files.records.landscapes import AT_MOST, DataRecord
from gui.files.records.session import RandomnessRecord

Step = Annotated[int, Meta(ge=0, le=types.LARGEST_WHOLE)]


class RacerSettingsRecord(types.Record, frozen=True):
    """A racer as it races; `key` is its place among the racers of the session, or beyond them for one that is gone."""

    key: Step
    optimizer: types.Text
    values: types.Numbers
    rule: types.Text = ""

    def build(self) -> RacerSettings:
        """Return the settings."""
        return RacerSettings(**self.entries())


Racers = Annotated[list[RacerSettingsRecord], AT_MOST]


class StartRecord(types.Record, frozen=True):
    """The settings of a race at its first step."""

    racers: Racers
    parameters: types.Numbers
    data: DataRecord | None
    batch: types.Whole | None
    randomness: RandomnessRecord

    def build(self) -> RaceSettings:
        """Return the settings."""
        entries = self.entries()
        return RaceSettings(**{**entries, "racers": tuple(entries["racers"])})


class ChangeRecord(types.Record, frozen=True):
    """A change of a race at a step."""

    step: Step

    def build(self) -> LoggedChange:
        """Return the change."""
        entries = self.entries()
        return LoggedChange(entries.pop("step"), COMMANDS[type(self)](**entries))


class ParameterRecord(ChangeRecord, frozen=True, tag="parameter"):
    """A parameter of the formula has another value."""

    name: types.Text
    value: types.Number


class HyperparameterRecord(ChangeRecord, frozen=True, tag="hyperparameter"):
    """A hyperparameter of a racer has another value."""

    key: Step
    name: types.Text
    value: types.Number


class RacersRecord(ChangeRecord, frozen=True, tag="racers"):
    """Others race, or by other rules."""

    racers: Racers


class RandomnessChangeRecord(ChangeRecord, frozen=True, tag="randomness"):
    """There is other noise."""

    randomness: RandomnessRecord


class BatchRecord(ChangeRecord, frozen=True, tag="batch"):
    """A step learns from another number of rows."""

    size: types.Whole | None


class DataChangeRecord(ChangeRecord, frozen=True, tag="data"):
    """The formula runs over other rows."""

    data: DataRecord | None


class WayBackRecord(ChangeRecord, frozen=True, tag="back"):
    """The race has gone back."""

    target: Step


COMMANDS: Mapping[type[ChangeRecord], Callable[..., Change]] = {
    ParameterRecord: SetParameter,
    HyperparameterRecord: SetHyperparameter,
    RacersRecord: lambda racers: SetRacers(tuple(racers)),
    RandomnessChangeRecord: SetRandomness,
    BatchRecord: SetBatch,
    DataChangeRecord: SetData,
    WayBackRecord: lambda target: WayBack(target),
}
"""What makes the command of a change of its entries."""

AnyChange = (
    ParameterRecord
    | HyperparameterRecord
    | RacersRecord
    | RandomnessChangeRecord
    | BatchRecord
    | DataChangeRecord
    | WayBackRecord
)


class RaceLogRecord(types.Record, frozen=True):
    """How a race came to its step."""

    start: StartRecord
    changes: list[AnyChange]
    step: Step

    def build(self) -> RaceLog:
        """Return the log; the rules of its racers are read when it is repeated."""
        return RaceLog(self.start.build(), tuple(change.build() for change in self.changes), self.step)


def log_entries(log: RaceLog, keys: Sequence[int]) -> dict[str, object]:
    """Return a log as its record has it; the racers with these `keys` get the numbers of their places.

    A log of a Python function cannot be written: see `runs_functions`.
    """
    numbered = renumbered(log, dict(zip(keys, count())), count(len(keys)))
    start = numbered.start
    return {
        "start": {
            "racers": _racers(start.racers),
            "parameters": dict(start.parameters),
            "data": _data(start.data),
            "batch": start.batch,
            "randomness": asdict(start.randomness),
        },
        "changes": [{"step": change.step, **_change(change.command)} for change in numbered.changes],
        "step": log.step,
    }


def runs_functions(log: RaceLog) -> bool:
    """Return whether a racer of the log runs a Python function, whose code no file holds."""
    return any(racer.function is not None for racers in _all_racers(log) for racer in racers)


def renumbered(log: RaceLog, keys: Mapping[int, int], others: Iterator[int]) -> RaceLog:
    """Return the log with other keys of its racers; those that are not among `keys` get the next of `others`."""
    known = dict(keys)

    def new(key: int) -> int:
        if key not in known:
            known[key] = next(others)
        return known[key]

    def all_new(racers: Iterable[RacerSettings]) -> tuple[RacerSettings, ...]:
        return tuple(replace(racer, key=new(racer.key)) for racer in racers)

    def changed(command: Change) -> Change:
        if isinstance(command, SetHyperparameter):
            return replace(command, key=new(command.key))
        return SetRacers(all_new(command.racers)) if isinstance(command, SetRacers) else command

    start = replace(log.start, racers=all_new(log.start.racers))
    return replace(
        log, start=start, changes=tuple(LoggedChange(each.step, changed(each.command)) for each in log.changes)
    )


def _all_racers(log: RaceLog) -> Iterator[Sequence[RacerSettings]]:
    yield log.start.racers
    for change in log.changes:
        if isinstance(change.command, SetRacers):
            yield change.command.racers


def _change(command: Change) -> dict[str, object]:
    match command:
        case SetParameter(name, value):
            return {"type": "parameter", "name": name, "value": value}
        case SetHyperparameter(key, name, value):
            return {"type": "hyperparameter", "key": key, "name": name, "value": value}
        case SetRacers(racers):
            return {"type": "racers", "racers": _racers(racers)}
        case SetRandomness(randomness):
            return {"type": "randomness", "randomness": asdict(randomness)}
        case SetBatch(size):
            return {"type": "batch", "size": size}
        case SetData(data):
            return {"type": "data", "data": _data(data)}
        case WayBack(step):
            return {"type": "back", "target": step}
    raise TypeError(f"{type(command).__name__} is no change of a race.")


def _racers(racers: Iterable[RacerSettings]) -> list[dict[str, object]]:
    return [
        {"key": racer.key, "optimizer": racer.optimizer, "values": dict(racer.values), "rule": racer.rule}
        for racer in racers
    ]


def _data(data: Data | None) -> dict[str, object] | None:
    if isinstance(data, MadeData | TableData):
        return {**asdict(data), "type": "table" if isinstance(data, TableData) else "made"}
    return None
