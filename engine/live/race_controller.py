"""Carries out commands on a race and takes snapshots of it: what the runner's thread alone touches."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from engine.compiled.driver import NoCompilerError
from engine.data.batches import check_size
from engine.data.rows import Data, columns_of
from engine.language.errors import FormulaError, check_values
from engine.language.types import Bounds, Point
from engine.live.frame import FormulaState, Frame, RacerFrame
from engine.loss.hints import Hint, Hints
from engine.loss.loss import Loss
from engine.loss.machine_loss import MachineLoss
from engine.loss.terrain import Terrain, check_bounds
from engine.loss.terrain_sampler import TerrainSampler
from engine.loss.transform import Transform
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.racer_text import optimizer_of
from engine.race.race import Race
from engine.race.racer import AnyRule
from engine.race.randomness import Randomness, noisy, strength
from engine.rules.optimizer import Optimizer

SLICE_S, LONGEST_SLICE_S = 0.004, 0.03
"""How long a slice of the race should take, and may: a command waits no longer, and the lock is free between slices."""
PUBLISH_S = 0.008
"""The least time between two frames while racing: twice as often as a screen shows them."""
FEWEST_STEPS = 1024
"""Steps of a slice that is not too long for them: with many racers most of its time goes by the slice, not by steps."""
FIRST_STEPS = 32
"""Steps of a slice while it is not known how long new racers take for one: solvers are a thousand times as slow."""
RATE_WINDOW_S = 0.5
"""Over how long the reached speed is measured."""
SLOWEST = 0.1
"""Steps per second."""
FLAT = "0"
"""What is shown as long as no formula could be drawn."""
REPEAT_S = 0.05
"""How long a race may be run again on a landscape that was turned, or with other seeds: then the slider comes first."""


@dataclass(frozen=True)
class RacerSettings:
    """A racer as the window knows it: `key` stays with it, `values` are its hyperparameters.

    `rule` is a text in the place of the optimizer's own rule; "" for that.  `function` is what runs in the place of an
    optimizer of the catalogue: one whose step is a function of one's own.
    """

    key: int
    optimizer: str
    values: Mapping[str, float] = field(default_factory=dict)
    rule: str = ""
    function: FunctionOptimizer | None = None


def report(error: Exception) -> None:
    """Hand an exception with its traceback to whoever takes those of threads: the program's log, or the shell."""
    threading.excepthook(
        threading.ExceptHookArgs((type(error), error, error.__traceback__, threading.current_thread()))
    )


def check_finite(wish: str, values: Sequence[float]) -> None:
    """Refuse values that are not finite, with a sentence that begins with `wish`."""
    if not all(math.isfinite(value) for value in values):
        raise FormulaError(f"{wish}, not {', '.join(f'{value:g}' for value in values)}.")


def check_racers(racers: Sequence[RacerSettings]) -> None:
    """Refuse racers of which one cannot be."""
    keys = [settings.key for settings in racers]
    if len(set(keys)) < len(keys):
        raise FormulaError("Two racers have the same key.")
    for settings in racers:
        check_values("hyperparameter", tuple(_optimizer_of(settings).defaults), settings.values)


def racer_frames(race: Race) -> tuple[RacerFrame, ...]:
    """Return a snapshot of each racer."""
    losses, status = race.losses, race.status
    order = np.argsort(np.argsort(losses, kind="stable"), kind="stable") + 1
    rows = zip(race.racers, race.positions, losses, status, order, strict=True)
    return tuple(
        RacerFrame(
            (float(x), float(y)), float(loss), text, int(rank), racer.history.trail(), race.band(number),
            race.reason(number), race.rested(number), race.evaluations(number), racer.rule.asks,
            race.population(number),
        )
        for number, (racer, (x, y), loss, text, rank) in enumerate(rows)
    )  # fmt: skip


class RaceController:
    """A race, and what was asked of it."""

    def __init__(self) -> None:
        self.race: Race | None = None
        self.playing = False
        self.speed = 60.0
        self._racers: list[RacerSettings] = []
        self._start: Point = (0.0, 0.0)
        self._randomness = Randomness()
        self._batch: int | None = None
        self._sampler = TerrainSampler()
        self._hints = Hints()
        self._error: FormulaError | None = None
        self._request = self._answered = 0
        self._frames = 0
        self._due = 0.0
        self._clock = 0.0
        self._steps_per_slice = float(FIRST_STEPS)
        self._marks: list[tuple[float, int]] = []

    def execute(self, request: int, name: str, arguments: tuple[object, ...]) -> None:
        """Carry out a command; whatever goes wrong becomes a sentence in the next frame."""
        handler: Callable[..., None] = getattr(self, f"_on_{name}")
        self._answered = request
        if name in ("set_formula", "set_loss"):
            self._request, self._error = request, None
        with self._reporting_errors():
            handler(*arguments)

    def precompile(self) -> None:
        """Make what the first step will need, while nothing is asked for: who types on may never make one."""
        if self.race is not None:
            with self._reporting_errors():
                self.race.loss.compile()

    def go_on(self) -> bool:
        """Advance the race by what is due; tell whether it moved, or cannot."""
        moved = None
        with self._reporting_errors():
            moved = self.advance_slice()
        if moved is None:
            # A race that cannot go on would be tried again at once, for ever.
            self.playing = False
        return moved is not False

    @contextmanager
    def _reporting_errors(self) -> Iterator[None]:
        """Make a sentence of whatever goes wrong."""
        try:
            yield
        except FormulaError as error:
            self._error = error
        except NoCompilerError as error:
            self._error = FormulaError(str(error), hint="`main.py --selfcheck` tells what there is.")
        except Exception as error:  # The thread must outlive any mistake of ours; the person is told.
            report(error)
            self._error = FormulaError(f"That did not work: {type(error).__name__}.", hint="Please report it.")

    def advance_slice(self) -> bool:
        """Advance the race by what is due, for at most a slice of time; tell whether it moved."""
        now = time.monotonic()
        self._due = min(self._due + (now - self._clock) * self.speed, self.speed * PUBLISH_S * 2 + 1)
        self._clock = now
        steps = int(min(self._due, self._steps_per_slice))
        # Few long slices: many short ones would hold Python's lock most of the time, and the window waits for it.
        if self.race is None or self._due < max(1.0, self.speed * PUBLISH_S):
            time.sleep(PUBLISH_S / 4)
            return False
        self.race.advance(steps)
        took = max(time.monotonic() - now, 1e-6)
        self._steps_per_slice = self._fitting_steps(steps / took)
        self._due -= steps
        return True

    def _fitting_steps(self, rate: float) -> float:
        """Return how many steps the next slice may have, after one that made so many a second."""
        fewest = max(1.0, min(FEWEST_STEPS, rate * LONGEST_SLICE_S))
        return max(fewest, min(rate * SLICE_S, 2.0 * self._steps_per_slice))

    def frame(self) -> Frame:
        """Return a snapshot."""
        race, terrain = self.race, self._sampler.terrain
        assert race is not None and terrain is not None, "frames begin with the first good formula"
        self._frames += 1
        racers = racer_frames(race)
        columns = tuple(race.loss.columns or ())
        loss, hints = race.loss, self._hints_now(terrain)
        formula = FormulaState(
            loss.text, loss.parameters, self._error, self._request, columns, hints, loss.slopes, loss.remark
        )
        rate = self._rate(race.step)
        return Frame(
            self._frames, self._answered, race.step, self.playing, rate, self._start, racers, terrain,
            self._sampler.detail, formula, race.epoch, race.loss.columns,
        )  # fmt: skip

    def _hints_now(self, terrain: Terrain) -> tuple[Hint, ...]:
        """Return what the formula may be meant as; nothing for a loss that is none."""
        hints: tuple[Hint, ...] = ()
        with self._reporting_errors():
            if self.race is not None and isinstance(self.race.loss, Loss):
                hints = self._hints.of(self.race.loss, (terrain, self._sampler.detail))
        return hints

    def _rate(self, step: int) -> float:
        """Return the steps per second over the last moments."""
        now = time.monotonic()
        if not self.playing:
            self._marks.clear()
            return 0.0
        self._marks.append((now, step))
        while now - self._marks[0][0] > RATE_WINDOW_S and len(self._marks) > 2:
            self._marks.pop(0)
        (then, before) = self._marks[0]
        seconds = now - then
        return max(step - before, 0) / seconds if seconds > 0 else 0.0

    def _on_set_formula(
        self, text: str, bounds: Bounds, parameters: dict[str, float], start: Point | None, transform: Transform,
        data: Data | None,
    ) -> None:  # fmt: skip
        check_finite("The start must be a point", start or ())
        check_bounds(bounds)
        try:
            loss = Loss(text, {}, columns_of(data), transform)
        except FormulaError:
            if self.race is None:
                # What is wrong is told with a picture, and so is whatever is typed next.
                self._begin_on(Loss(FLAT, {}), {}, bounds, start)
            raise
        self._begin_on(loss, parameters, bounds, start)

    def _on_set_loss(
        self, loss: MachineLoss, bounds: Bounds, parameters: dict[str, float], start: Point | None, transform: Transform
    ) -> None:
        check_finite("The start must be a point", start or ())
        check_bounds(bounds)
        # One of its own: the runner alone changes its numbers.
        self._begin_on(loss.with_transform(transform), parameters, bounds, start)

    def _begin_on(
        self, loss: MachineLoss, parameters: Mapping[str, float], bounds: Bounds, start: Point | None
    ) -> None:
        loss.set(**{name: value for name, value in parameters.items() if name in loss.parameters})
        self._sampler.bounds = bounds
        self._start = start if start is not None else self._start
        self._sampler.sample(loss)
        self._begin_race(loss)

    def _begin_race(self, loss: MachineLoss) -> None:
        # Rules that are read already stay: reading them again would take as long as the picture.
        rules = map(self._rule_of, self._racers) if self.race is None else (racer.rule for racer in self.race.racers)
        self.race = self._race_of(loss, list(rules))
        self._steps_per_slice = FIRST_STEPS
        self._marks.clear()

    def _race_of(self, loss: MachineLoss, rules: Sequence[AnyRule]) -> Race:
        batch = self._batch if loss.columns else None
        return Race(loss, rules, self._start, self._randomness.seed, batch, self._randomness.seeds)

    def _on_set_data(self, data: Data) -> None:
        """Run the formula over other rows, under the racers; the columns stay."""
        if self.race is not None:
            self.race.loss.set_columns(columns_of(data) or {})
            self._sampler.sample(self.race.loss)

    def _on_set_batch(self, batch: int | None) -> None:
        check_size(batch)
        self._batch = batch
        if self.race is not None and self.race.loss.columns:
            self.race.set_batch(batch)

    def _on_set_transform(self, transform: Transform, start: Point) -> None:
        """Turn the landscape under the race, which is run again: a trail that turns along does not mind."""
        check_finite("The start must be a point", start)
        self._start = start
        if self.race is None:
            return
        loss, step = self.race.loss, self.race.step
        if transform.is_identity or loss.transform.is_identity:
            self._begin_race(loss := loss.with_transform(transform))
        else:
            loss.set_transform(transform)
            self._on_restart()
        self._repeat(step)
        self._sampler.sample(loss)

    def _repeat(self, step: int) -> None:
        """Run the race as far as `step`, or as far as time allows."""
        assert self.race is not None
        ends_at, steps = time.monotonic() + REPEAT_S, 1
        while self.race.step < step and time.monotonic() < ends_at:
            self.race.advance(min(steps, step - self.race.step))
            steps *= 2

    def _on_set_bounds(self, bounds: Bounds) -> None:
        check_bounds(bounds)
        self._sampler.bounds = bounds
        if self.race is not None:
            self._sampler.sample(self.race.loss)

    def _on_set_height(self, kind: str) -> None:
        self._sampler.set_height(kind)

    @property
    def detail_due_s(self) -> float | None:
        """In how many seconds what is visible is to be sampled more finely, None where it is already."""
        return self._sampler.detail_due_s

    def refine(self) -> bool:
        """Sample more finely what is due, or a part of it; tell whether there is something new to see."""
        if self.race is None or self.detail_due_s != 0.0:
            return False
        with self._reporting_errors():
            return self._sampler.refine(self.race.loss)
        return True

    def _on_set_parameter(self, name: str, value: float) -> None:
        if self.race is not None and name in self.race.loss.parameters:
            self.race.loss.set(**{name: value})
            self._sampler.sample(self.race.loss)

    def _on_set_racers(self, racers: tuple[RacerSettings, ...]) -> None:
        check_racers(racers)
        before, self._racers = {settings.key: settings for settings in self._racers}, list(racers)
        if self.race is None:
            return
        running = dict(zip(before, self.race.racers, strict=True))
        self._steps_per_slice = FIRST_STEPS
        self.race.racers, self.race.start = [], np.empty((0, 2))
        for settings in racers:
            known = before.get(settings.key)
            if known is None:
                self.race.add(self._rule_of(settings), self._start)
                continue
            self.race.racers.append(running[settings.key])
            self.race.start = np.vstack([self.race.start, self._start])
            number = len(self.race.racers) - 1
            if _runs(known) == _runs(settings):
                self.race.set(number, **settings.values)
            else:
                self.race.replace(number, self._rule_of(settings))

    def _on_set_hyperparameter(self, key: int, name: str, value: float) -> None:
        for number, settings in enumerate(self._racers):
            # A rule that is on its way brings the values of its names along.
            if settings.key == key and self.race is not None and name in _optimizer_of(settings).defaults:
                self.race.set(number, **{name: value})
                self._racers[number] = replace(settings, values={**settings.values, name: value})

    def _on_set_randomness(self, randomness: Randomness) -> None:
        """Leave something else to chance: other noise goes on from where racers are, other seeds race again."""
        before, self._randomness = self._randomness, randomness
        if self.race is None:
            return
        if (randomness.seed, randomness.seeds) != (before.seed, before.seeds):
            step = self.race.step
            rules = [self._rule_of(settings) for settings in self._racers]
            self.race = self._race_of(self.race.loss, rules)
            self._repeat(step)
            return
        for number, settings in enumerate(self._racers):
            if randomness.noise != before.noise:
                self.race.replace(number, self._rule_of(settings))
            else:
                self.race.set(number, **strength(_optimizer_of(settings), randomness))

    def _rule_of(self, settings: RacerSettings) -> AnyRule:
        """Return what a racer runs, with the noise of now."""
        optimizer = _optimizer_of(settings)
        return noisy(optimizer, self._randomness).compile(**settings.values, **strength(optimizer, self._randomness))

    def _on_set_start(self, x: float, y: float) -> None:
        check_finite("The start must be a point", (x, y))
        self._start = (x, y)
        self._on_restart()

    def _on_set_speed(self, steps_per_second: float) -> None:
        check_finite("The speed must be a number", (steps_per_second,))
        self.speed = max(steps_per_second, SLOWEST)

    def _on_set_detail(self, bounds: Bounds | None, columns: int, rows: int) -> None:
        if bounds is None:
            self._sampler.clear_viewport()
        else:
            self._sampler.set_viewport(bounds, columns, rows)

    def _on_play(self) -> None:
        self.playing, self._clock, self._due = True, time.monotonic(), 0.0

    def _on_pause(self) -> None:
        self.playing = False

    def _on_step(self, n: int) -> None:
        self.playing = False
        if self.race is not None:
            self.race.advance(n)

    def _on_back(self, n: int) -> None:
        if self.race is not None:
            self._on_seek(self.race.step - n)

    def _on_seek(self, step: int) -> None:
        check_finite("The step must be a number", (step,))
        self.playing = False
        if self.race is not None:
            self.race.rewind(min(max(step, 0), self.race.step))
            self.race.advance(max(step, 0) - self.race.step)

    def _on_restart(self) -> None:
        if self.race is not None:
            self.race.restart(self._start)
            self._marks.clear()


def _runs(settings: RacerSettings) -> tuple[object, ...]:
    """Return what tells one racer's rule from another's, whatever it is set to."""
    return settings.optimizer, settings.rule, settings.function


def _optimizer_of(settings: RacerSettings) -> Optimizer:
    """Return the optimizer of a racer; a mistake in its rule has no place in the formula, which is what errors show."""
    if settings.function is not None:
        return settings.function
    try:
        return optimizer_of(settings.optimizer, settings.rule)
    except FormulaError as error:
        raise FormulaError(error.message, hint=error.hint) from None
