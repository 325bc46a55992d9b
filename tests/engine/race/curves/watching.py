"""Some updates of a racer of a race, with what held for each."""

from collections.abc import Iterable

from engine import Race
from engine.race.step_values.updates import Updates


def updates_of(race: Race, number: int, updates: Iterable[int]) -> Updates:
    watch = race.watch(number)
    return watch.updates(*(watch.update(update) for update in updates))
