"""The racers that are watched step by step: the values of the step of now, and one quantity along all steps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from engine.language.types import Point
from engine.live.frame import WatchedStep
from engine.race.curves.momentum import momentum_of
from engine.race.curves.quantities import RATE, measured
from engine.race.curves.series import QuantityCurve, Series
from engine.race.race import Race
from engine.race.step_values.updates import Updates
from engine.race.step_values.watch import Watch
from engine.rules.rule import Rule

PLAYING_S, STANDING_S = 0.004, 0.02
"""How long curves are made further for one frame, while the race goes on or stands; the next goes on from there."""


class Watching:
    """Watches racers by their keys, from frame to frame.

    Attributes
    ----------
    keys : frozenset of int
        Whose values of the step of now are told.
    rates : bool
        Whether their effective rates are told too.
    quantity : str
        What is drawn along all steps; "" for nothing.
    drawn : frozenset of int
        Of whom it is drawn.
    """

    def __init__(self) -> None:
        self.keys = frozenset[int]()
        self.rates = False
        self.quantity = ""
        self.drawn = frozenset[int]()
        self._watches: dict[int, Watch] = {}
        self._series: dict[int, Series] = {}

    def values(self, race: Race, keys: Sequence[int]) -> dict[int, WatchedStep]:
        """Return the values of the watched racers by their numbers; `keys` are those of all racers of `race`."""
        present = {key: number for number, key in enumerate(keys[: len(race.racers)]) if key in self.keys}
        self._watches = {key: self._watch(race, key, number) for key, number in present.items()}
        return {number: _step(self._watches[key], race.step, self.rates) for key, number in present.items()}

    def curves(
        self, race: Race, keys: Sequence[int], minima: Sequence[Point], most_s: float
    ) -> dict[int, QuantityCurve]:
        """Return the quantity along the steps of each racer that has it, as far as it could be made in the time."""
        self._follow(race, keys)
        until = time.monotonic() + most_s
        waiting = [series for series in self._series.values() if not series.is_complete(race.step, minima)]
        # Whoever has waited longest comes first.
        for series in sorted(waiting, key=lambda one: one.extended_to):
            if not series.extend(race.step, minima, until):
                break
        found = {key: series.curve() for key, series in self._series.items()}
        return {key: curve for key, curve in found.items() if curve is not None}

    def is_behind(self, race: Race, keys: Sequence[int], minima: Sequence[Point]) -> bool:
        """Return whether curves are to be made further."""
        if not self.quantity:
            return False
        self._follow(race, keys)
        return not all(series.is_complete(race.step, minima) for series in self._series.values())

    def _follow(self, race: Race, keys: Sequence[int]) -> None:
        """Keep the series of the racers and the quantity of now."""
        present = {key: racer for key, racer in zip(keys, race.racers, strict=False) if key in self.drawn}
        kept = {}
        for number, key in enumerate(keys[: len(race.racers)]):
            if self.quantity and key in present:
                known = self._series.get(key)
                same = known is not None and known.quantity == self.quantity and known.watch.racer is present[key]
                kept[key] = known if known is not None and same else Series(race.watch(number), self.quantity)
        self._series = kept

    def _watch(self, race: Race, key: int, number: int) -> Watch:
        known = self._watches.get(key)
        return known if known is not None and known.racer is race.racers[number] else race.watch(number)


def _step(watch: Watch, step: int, rates: bool) -> WatchedStep:
    made = watch.made(step)
    watched = WatchedStep(made, watch.coming(step))
    updates = watch.updates_of(watched.shown) if watched.shown is not None else None
    if updates is None or not isinstance(updates.rule, Rule):
        return watched
    return replace(watched, momentum=momentum_of(updates.rule), rate=_rate(updates) if rates else None)


def _rate(updates: Updates) -> Point | None:
    found = measured(RATE, updates)
    return None if found is None else (float(found[0, 0]), float(found[-1, 0]))
