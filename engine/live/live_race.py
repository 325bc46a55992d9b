"""The race under way, and the settings that outlive it: what commands change."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence

from engine.data.rows import Data
from engine.language.errors import FormulaError
from engine.language.types import Bounds, Point
from engine.live.finish import Finish
from engine.live.minimum_tracker import MinimumTracker
from engine.live.pacing import Pacer, RateMeter
from engine.live.race_log import Change, RaceLog, RaceSettings
from engine.live.racer_settings import RacerSettings
from engine.live.recorder import Recorder
from engine.live.watching import Watching
from engine.loss.loss import Loss
from engine.loss.machine_loss import MachineLoss
from engine.loss.terrain_sampler import TerrainSampler
from engine.race.race import Race
from engine.race.racer import AnyRule
from engine.race.randomness import Randomness
from engine.race.timeline import CHUNK

STOOD_S = 0.5
"""While a mistake stands in a formula, the last landscape is shown that stood for so long, not one passed in typing."""
REPEAT_S = 0.05
"""How long a race may be run again on a turned landscape or with other seeds: beyond, a dragged slider would wait."""
REPLAY_S = 0.008
"""How long a slice of a replay takes: a command waits no longer."""


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
    data : Data or None
        The data set that the formula runs over.
    recorder : Recorder
        How the race came to its step, or the log that is being repeated.
    batch : int or None
        Rows of the data set that a step learns from; None for all.
    sampler : TerrainSampler
        Samples the landscape for the views.
    stop : int or None
        The step at which a race that plays is held, and beyond which it does not play; None where there is none.
    minimum : MinimumTracker
        Knows or finds the minimum that loss curves are measured from.
    finish : Finish
        When racers have arrived, and whether the race is held once everyone is done.
    watching : Watching
        Which racers are watched step by step.
    pacer, rate : Pacer, RateMeter
        How fast the race should go, and goes.
    """

    def __init__(self) -> None:
        self.race: Race | None = None
        self.playing = False
        self.stop: int | None = None
        self.racers: list[RacerSettings] = []
        self.start: Point = (0.0, 0.0)
        self.randomness = Randomness()
        self.batch: int | None = None
        self.data: Data | None = None
        self.recorder = Recorder()
        self.sampler = TerrainSampler()
        self.minimum = MinimumTracker()
        self.finish = Finish()
        self.watching = Watching()
        self.pacer, self.rate = Pacer(), RateMeter()
        self._stands_from = -math.inf
        self._stood: MachineLoss | None = None

    @property
    def keys(self) -> list[int]:
        """The keys of the racers of the race, in their order."""
        return [settings.key for settings in self.racers][: len(self.race.racers) if self.race is not None else 0]

    def change_landscape(
        self,
        loss: MachineLoss,
        parameters: Mapping[str, float],
        bounds: Bounds,
        start: Point | None,
        minima: Sequence[Point] = (),
        typed: bool = False,
    ) -> None:
        """Race on `loss` over other bounds, from step 0; `parameters` that it does not have are left out.

        Its known `minima` are in the coordinates of the formula, which no transform changes.  Where it was `typed`, it
        may be one of many on the way to what a person means.
        """
        now = time.monotonic()
        if self.race is not None and now >= self._stands_from:
            self._stood = self.race.loss
        self._stands_from = now + STOOD_S if typed else -math.inf
        loss.set(**{name: value for name, value in parameters.items() if name in loss.parameters})
        self.minimum.set_known(minima, loss)
        self.sampler.bounds = bounds
        self.start = start if start is not None else self.start
        self.sampler.sample(loss, anew=True)
        self.change_loss(loss)

    def note_mistake(self) -> None:
        """Note that a mistake was typed: what has not stood for `STOOD_S` by now was only passed on the way."""
        if time.monotonic() < self._stands_from:
            self._stands_from = math.inf

    def return_to_stood(self) -> None:
        """Race on the last landscape again that stood for `STOOD_S`, if that of now was only passed on the way."""
        if self._stood is not None and self._stands_from == math.inf:
            self._stands_from = -math.inf
            self.sampler.sample(self._stood, anew=True)
            self.change_loss(self._stood)

    def change_loss(self, loss: MachineLoss) -> None:
        """Race on `loss` from step 0, with the rules that are compiled already: compiling them takes as long again."""
        if self.race is None:
            rules = [self.compile(racer) for racer in self.racers]
        else:
            rules = [racer.rule for racer in self.race.racers]
        self.race, self.recorder.replay = self.new_race(loss, rules), None
        self.begin_log()
        self.finish.pass_by(self.race)
        self.pacer.expect_new_racers()
        self.rate.reset()

    def new_race(self, loss: MachineLoss, rules: Sequence[AnyRule]) -> Race:
        """Return a race of `rules` with the settings of now, at step 0."""
        batch = self.batch if loss.columns else None
        return Race(loss, rules, self.start, self.randomness.seed, batch, self.randomness.seeds)

    def compile(self, racer: RacerSettings) -> AnyRule:
        """Return the rule of a racer, with the noise of now."""
        return racer.compile(self.randomness)

    def sample(self, anew: bool = False) -> None:
        """Sample the landscape again, because the loss has changed; `anew` as in `TerrainSampler.sample`."""
        if self.race is not None:
            self.sampler.sample(self.race.loss, anew)

    def restart(self) -> None:
        """Go back to step 0, at the start of now."""
        if self.race is not None:
            self.race.restart(self.start)
            self.begin_log()
            self.finish.pass_by(self.race)
            self.rate.reset()

    def begin_log(self) -> None:
        """Log from here on: the race stands at its start, with the settings of now."""
        if self.race is not None:
            loss = self.race.loss
            now = RaceSettings(tuple(self.racers), dict(loss.parameters), self.data, self.batch, self.randomness)
            self.recorder.begin(now if isinstance(loss, Loss) else None)

    def log_change(self, command: Change, joins: bool = False) -> None:
        """Log a change that was made to the race; `joins` as in `RaceLog.with_change`.

        At step 0 the race begins anew with it instead: nothing has happened yet, and so its first states and losses
        are those of the settings that it starts with.
        """
        if self.race is None or self.recorder.replay is not None:
            return
        if self.race.step == 0:
            self.restart()
        else:
            self.recorder.record(self.race.step, command, joins)

    @property
    def log_so_far(self) -> RaceLog | None:
        """The log with the step of now; during a replay the whole log that is repeated."""
        return self.recorder.log_at(self.race.step if self.race is not None else 0)

    def begin_replay(self, log: RaceLog, finish: Callable[[], None]) -> None:
        """Repeat `log` on the race of now, which stands at its start, in slices; call `finish` at the end."""
        self.recorder.begin_replay(log, finish)
        self.pacer.expect_new_racers()

    def continue_replay(self) -> None:
        """Repeat what fits into a slice of time."""
        ends_at, steps = time.monotonic() + REPLAY_S, 1
        while self.race is not None and self.recorder.replay is not None and time.monotonic() < ends_at:
            remaining = self.recorder.replay.next_step - self.race.step
            if remaining > 0:
                self.advance(min(steps, remaining))
                steps *= 2
            elif (change := self.recorder.replay.take_change()) is not None:
                change.apply(self)
            else:
                self.recorder.end_replay()

    def follow_minimum(self) -> None:
        """Let the racers arrive near the minimum that is known now, or can be found below them."""
        if self.race is not None:
            self.race.set_minimum(self.minimum.update(self.race))

    def advance(self, steps: int) -> None:
        """Make `steps` steps, and look for a minimum before the rows in which racers may have arrived are thinned."""
        while self.race is not None and steps > 0:
            count = min(steps, CHUNK)
            self.race.advance(count)
            self.follow_minimum()
            steps -= count

    def catch_up(self, step: int) -> None:
        """Run the race as far as `step`, or as far as `REPEAT_S` allows."""
        if self.race is None:
            return
        ends_at, steps = time.monotonic() + REPEAT_S, 1
        while self.race.step < step and time.monotonic() < ends_at:
            self.advance(min(steps, step - self.race.step))
            steps *= 2


def check_finite(wish: str, values: Sequence[float]) -> None:
    """Raise a FormulaError whose sentence begins with `wish` where one of `values` is not finite."""
    if not all(math.isfinite(value) for value in values):
        raise FormulaError(f"{wish}, not {', '.join(f'{value:g}' for value in values)}.")


def check_start(start: Point) -> None:
    """Raise a FormulaError where `start` is not a point."""
    check_finite("The start must be a point", start)
