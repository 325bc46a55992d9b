"""The race under way, and the settings that outlive it: what commands change."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence

from engine.language.errors import FormulaError
from engine.language.types import Bounds, Point
from engine.live.minimum_tracker import MinimumTracker
from engine.live.pacing import Pacer, RateMeter
from engine.live.racer_settings import RacerSettings
from engine.loss.machine_loss import MachineLoss
from engine.loss.terrain_sampler import TerrainSampler
from engine.race.race import Race
from engine.race.racer import AnyRule
from engine.race.randomness import Randomness, noisy, strength

REPEAT_S = 0.05
"""How long a race may be run again on a turned landscape or with other seeds: beyond, a dragged slider would wait."""


class LiveRace:
    """A race that is changed while it runs; one thread alone may use it.

    Attributes
    ----------
    race : Race or None
        None before the first formula that can be compiled.
    playing : bool
        Whether the race goes on by itself.
    racers : list of RacerSettings
        In the order of the racers of `race`.
    start : (x, y)
        Where all racers start.
    randomness : Randomness
        Noise and seeds of all racers.
    batch : int or None
        Rows of the data set that a step learns from; None for all.
    sampler : TerrainSampler
        Samples the landscape for the views.
    minimum : MinimumTracker
        Knows or finds the minimum that loss curves are measured from.
    pacer, rate : Pacer, RateMeter
        How fast the race should go, and goes.
    """

    def __init__(self) -> None:
        self.race: Race | None = None
        self.playing = False
        self.racers: list[RacerSettings] = []
        self.start: Point = (0.0, 0.0)
        self.randomness = Randomness()
        self.batch: int | None = None
        self.sampler = TerrainSampler()
        self.minimum = MinimumTracker()
        self.pacer, self.rate = Pacer(), RateMeter()

    def change_landscape(
        self,
        loss: MachineLoss,
        parameters: Mapping[str, float],
        bounds: Bounds,
        start: Point | None,
        minima: Sequence[Point] = (),
    ) -> None:
        """Race on `loss` over other bounds, from step 0; `parameters` that it does not have are left out.

        Its known `minima` are in the coordinates of the formula, which no transform changes.
        """
        loss.set(**{name: value for name, value in parameters.items() if name in loss.parameters})
        self.minimum.set_known(minima, loss)
        self.sampler.bounds = bounds
        self.start = start if start is not None else self.start
        self.sampler.sample(loss)
        self.change_loss(loss)

    def change_loss(self, loss: MachineLoss) -> None:
        """Race on `loss` from step 0, with the rules that are compiled already: compiling them takes as long again."""
        if self.race is None:
            rules = [self.compile(racer) for racer in self.racers]
        else:
            rules = [racer.rule for racer in self.race.racers]
        self.race = self.new_race(loss, rules)
        self.pacer.expect_new_racers()
        self.rate.reset()

    def new_race(self, loss: MachineLoss, rules: Sequence[AnyRule]) -> Race:
        """Return a race of `rules` with the settings of now, at step 0."""
        batch = self.batch if loss.columns else None
        return Race(loss, rules, self.start, self.randomness.seed, batch, self.randomness.seeds)

    def compile(self, racer: RacerSettings) -> AnyRule:
        """Return the rule of a racer, with the noise of now."""
        optimizer = racer.to_optimizer()
        return noisy(optimizer, self.randomness).compile(**racer.values, **strength(optimizer, self.randomness))

    def sample(self) -> None:
        """Sample the landscape again, because the loss has changed."""
        if self.race is not None:
            self.sampler.sample(self.race.loss)

    def restart(self) -> None:
        """Go back to step 0, at the start of now."""
        if self.race is not None:
            self.race.restart(self.start)
            self.rate.reset()

    def catch_up(self, step: int) -> None:
        """Run the race as far as `step`, or as far as `REPEAT_S` allows."""
        if self.race is None:
            return
        ends_at, steps = time.monotonic() + REPEAT_S, 1
        while self.race.step < step and time.monotonic() < ends_at:
            self.race.advance(min(steps, step - self.race.step))
            steps *= 2


def check_finite(wish: str, values: Sequence[float]) -> None:
    """Raise a FormulaError whose sentence begins with `wish` where one of `values` is not finite."""
    if not all(math.isfinite(value) for value in values):
        raise FormulaError(f"{wish}, not {', '.join(f'{value:g}' for value in values)}.")


def check_start(start: Point) -> None:
    """Raise a FormulaError where `start` is not a point."""
    check_finite("The start must be a point", start)
