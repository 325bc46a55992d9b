"""A race: racers descend one loss side by side, step by step; every earlier step can be restored, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.data.batches import check_batch
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.arrivals import Arrival
from engine.race.bands import Band
from engine.race.compile_racer import RacerLike, compile_racer
from engine.race.evaluations import Evaluations
from engine.race.racer import Racer
from engine.race.status import stall_of, status_of
from engine.race.step_time import step_time
from engine.race.step_values.watch import Watch
from engine.race.timeline import CHUNK, ROWS_IN_ALL, Timeline
from engine.solvers.solver import SolverRule

STAGGER = 0.2
"""The share of it by which the racers' rooms differ, so that they are not all thinned at the same step."""


class Race:
    """Several racers on one loss.

    Parameters
    ----------
    loss : MachineLoss
    racers : sequence
        Each a text such as ``"Adam(lr=0.02)"`` or ``"BFGS"``, a rule or an `Optimizer`.
    start : (2,) or (racers, 2)
        Where all start, or where each does.
    seed : int
        Determines the random numbers that rules draw, and the mini-batches: the same for all racers in each step.
    batch : int, optional
        How many rows of the loss's data set a step learns from; without it, all.  The shown losses are those of all
        rows.  Solvers, and ``init`` lines of a rule, get all rows too.
    seeds : int
        How many times each racer runs, every time with random numbers and mini-batches of its own.  The first run is
        the racer, with its trail; the others show in `band` how much was luck.  A racer whose first run diverges ends
        with it.

    Raises
    ------
    FormulaError
        Where a text names no racer, or a batch is no number of rows.
    """

    def __init__(
        self,
        loss: MachineLoss,
        racers: Sequence[RacerLike],
        start: ArrayLike = (0.0, 0.0),
        seed: int = 0,
        batch: int | None = None,
        seeds: int = 1,
    ) -> None:
        self.loss = loss
        self.seed = seed
        self.seeds = max(seeds, 1)
        self.step = 0
        self.racers: list[Racer] = []
        self._timeline = Timeline(loss, seed, self.seeds)
        self.set_batch(batch)
        self.start = np.array(np.broadcast_to(np.asarray(start, dtype=np.float64), (len(racers), 2)))
        for racer_like, place in zip(racers, self.start, strict=True):
            self._enter(racer_like, place)

    @property
    def positions(self) -> Array:
        """Where the racers are, float64 (racers, 2); a diverged one at its last finite point."""
        return np.array([racer.history.last[:2] for racer in self.racers]).reshape(-1, 2)

    @property
    def losses(self) -> Array:
        """The loss of each racer, float64 (racers,), with the parameters of now."""
        positions = self.positions
        now = self.loss.quick_value(positions[:, 0], positions[:, 1])
        before = np.array([racer.history.last[2] for racer in self.racers])
        return np.where(np.isfinite(now), now, before)

    @property
    def status(self) -> list[str]:
        """Per racer "running", "converged" or "diverged at step k"; only divergence stops one."""
        return [status_of(racer, self.loss) for racer in self.racers]

    @property
    def epoch(self) -> int | None:
        """How often the racers have gone through the whole data set; None where there is none."""
        return None if self.steps_per_epoch is None else self.step // self.steps_per_epoch

    @property
    def steps_per_epoch(self) -> int | None:
        """How many steps it takes to go through the whole data set; None where there is none."""
        batches = self._timeline.stepper.batches_at(self.step)
        return None if batches is None else batches.per_epoch

    def set_batch(self, batch: int | None) -> None:
        """Let the steps to come learn from `batch` rows each, or from all.

        Raises
        ------
        FormulaError
            Where it is no number of rows, or the loss has no data set.
        """
        check_batch(batch, self.loss.columns)
        self._batch = batch
        self._record_conditions()

    def set_minimum(self, minimum: float | None) -> None:
        """Set the loss at the minimum, with the parameters and rows of now: racers arrive near it.  None: not known."""
        self._record_conditions()
        since = self._timeline.stepper.landscape_since
        if self._timeline.stepper.minima.record(since, minimum):
            for racer in self.racers:
                racer.arrivals.look_again(racer.history.trail(), since, minimum)

    def arrival(self, racer: int, tolerance: float) -> Arrival | None:
        """Return when a racer was near the minimum for the first time; None where it was not, or none is known.

        Parameters
        ----------
        racer : int
        tolerance : float
            One of `engine.race.arrivals.TOLERANCES`: the share of the loss above the minimum at the racer's start that
            may be left.
        """
        return self.racers[racer].arrivals.at(tolerance)

    def watch(self, racer: int) -> Watch:
        """Return what tells the values of a racer's steps by the names of its rule; the race pays nothing for it."""
        return Watch(self.racers[racer], self._timeline.stepper, self.loss, self.seed)

    def trail(self, racer: int) -> Array:
        """Return where a racer has been, float64 (rows, 2): one row a step, until thinning (see `trail_steps`)."""
        return self.racers[racer].history.trail().positions

    def trail_steps(self, racer: int) -> NDArray[np.int64]:
        """Return the step of each row of `trail`, int64 (rows,)."""
        return self.racers[racer].history.trail().steps

    def trail_losses(self, racer: int) -> Array:
        """Return the loss at each row of `trail` with the parameters of that step, float64 (rows,)."""
        return self.racers[racer].history.trail().losses

    def band(self, racer: int) -> Band | None:
        """Return the spread of a racer's losses over its seeds; None where it has but one."""
        return self.racers[racer].spread.band() if self.seeds > 1 else None

    def losses_of_seeds(self, racer: int) -> Array:
        """Return the loss of each seed of a racer now, float64 (seeds,); infinite where a seed has diverged."""
        return self._timeline.losses_of_seeds(self.racers[racer])

    def cloud(self, racer: int) -> Array | None:
        """Return where a racer's seeds are that have not diverged, float64 (seeds, 2); None where it has but one."""
        if self.seeds == 1:
            return None
        running = np.isinf(self.racers[racer].diverged[: self.seeds])
        places: Array = self.racers[racer].block[:2, : self.seeds].T[running]
        return places

    def stall(self, racer: int) -> str:
        """Return in a sentence what has died of a racer that moves no more before a minimum; "" for all others."""
        return stall_of(self.racers[racer], self.loss)

    def has_converged(self, racer: int) -> bool:
        """Return whether the status of a racer is "converged"."""
        return status_of(self.racers[racer], self.loss) == "converged"

    def reason(self, racer: int) -> str:
        """Return in a sentence why a solver stays where it is; "" for one under way, and for every rule."""
        rule = self.racers[racer].rule
        return rule.reason(self.racers[racer].block[:, 0]) if isinstance(rule, SolverRule) else ""

    def rested(self, racer: int) -> int | None:
        """Return after which step a solver has stayed where it is; None for one under way, and for every rule."""
        rule = self.racers[racer].rule
        return rule.rested(self.racers[racer].block[:, 0]) if isinstance(rule, SolverRule) else None

    def evaluations(self, racer: int) -> int | None:
        """Return the number of points at which a solver has evaluated the loss or its gradient; None for a rule."""
        return self.racers[racer].counted

    def evaluations_by_step(self, racer: int) -> Evaluations:
        """Return at how many points a racer has evaluated the loss or its slopes up to each of its steps."""
        return self.racers[racer].cost.evaluations(self.step, self.racers[racer].counted)

    def population(self, racer: int) -> Array | None:
        """Return the points of a solver that has many, float64 (members, 2); None for all others."""
        rule = self.racers[racer].rule
        return rule.population(self.racers[racer].block[:, 0]) if isinstance(rule, SolverRule) else None

    def time_steps(self, racer: int) -> float:
        """Measure how long a step of a racer takes by itself on this machine, and return it, in seconds."""
        measured = self.racers[racer]
        measured.step_s = step_time(self._timeline.stepper, measured, self.step)
        return measured.step_s

    def advance(self, steps: int = 1) -> None:
        """Make `steps` updates of every racer that has not diverged."""
        self._record_conditions()
        target = self.step + steps
        while self.step < target:
            end = min(target, self._timeline.next_stop(self.step))
            for racer in self.racers:
                self._timeline.advance(racer, self.step, end, self._room(racer))
            self.step = end
            self._timeline.keep(self.racers, end)

    def rewind(self, step: int) -> None:
        """Restore `step`: every position and state is bit for bit what it was; settings stay as they are now.

        Raises
        ------
        ValueError
            Where `step` is not between 0 and the present step.
        """
        if not 0 <= step <= self.step:
            raise ValueError(f"A race at step {self.step} cannot go back to step {step}.")
        self._record_conditions()
        minimum = self._timeline.stepper.minima.newest
        for racer in self.racers:
            self._timeline.rewind(racer, step, self._room(racer))
        self.step = step
        for racer in self.racers:
            racer.settings.cut_after(step)
            racer.settings.record(step, racer.hyper.copy())
        self._timeline.stepper.cut_after(step)
        self.set_minimum(minimum)

    def restart(self, start: ArrayLike | None = None) -> None:
        """Go back to step 0, to a new `start` (2,) or (racers, 2) if one is given; settings stay as they are now."""
        if start is not None:
            self.start = np.array(np.broadcast_to(np.asarray(start, dtype=np.float64), (len(self.racers), 2)))
        self.step = 0
        self._timeline.clear()
        self._record_conditions()
        for racer, place in zip(self.racers, self.start, strict=True):
            racer.start = place
            self._timeline.begin(racer)

    def set(self, racer: int, **hyperparameters: float) -> None:
        """Change a racer's hyperparameters for the steps to come; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where a name is no hyperparameter or a value is not finite; then nothing has changed.
        """
        changed = self.racers[racer]
        changed.rule.set(**hyperparameters)
        changed.hyper = np.array(list(changed.rule.hyperparameters.values()))
        changed.settings.record(self.step, changed.hyper.copy())

    def replace(self, racer: int, racer_like: RacerLike) -> None:
        """Continue a racer by another rule from its position; its trail stays, and no other racer changes.

        A state that both rules have, with as many numbers, is kept, and so are the states of a solver of which only
        wrappers and schedules change; others get their initial values, while ``t`` goes on counting.  A racer that has
        diverged continues from its last finite point, with no state kept.

        Every earlier step can be restored, bit for bit; from there the racer continues by its new rule, since settings
        stay as they are.  Beyond `MOST_EARLIER` replacements it has run its new rule from the start.
        """
        self._timeline.replace(self.racers[racer], compile_racer(racer_like), self.step)

    def add(self, racer_like: RacerLike, start: ArrayLike | None = None) -> int:
        """Add a racer, move it from `start` (default: the first racer's) to the present step, and return its index."""
        place = np.array(start if start is not None else self.start[0] if len(self.start) else (0.0, 0.0), dtype=float)
        self._record_conditions()
        racer = self._enter(racer_like, place)
        self.start = np.vstack([self.start, place])
        self._timeline.catch_up(racer, self.step, self._room(racer))
        return len(self.racers) - 1

    def remove(self, racer: int) -> None:
        """Remove a racer from the race."""
        del self.racers[racer]
        self.start = np.delete(self.start, racer, axis=0)

    def _record_conditions(self) -> None:
        """Record the landscape and the batch size of now: they hold for the steps to come."""
        self._timeline.stepper.record(self.step, self._batch)

    def _enter(self, racer_like: RacerLike, place: Array) -> Racer:
        rule = compile_racer(racer_like)
        hyper = np.array(list(rule.hyperparameters.values()))
        racer = Racer(rule, hyper, kernel=rule.kernel(self.loss, self.seed), start=place)
        self._timeline.begin(racer)
        self.racers.append(racer)
        return racer

    def _room(self, racer: Racer) -> int:
        """Return the number of rows that a racer's trail may hold."""
        racers = max(len(self.racers), 1)
        number = next((number for number, other in enumerate(self.racers) if other is racer), 0)
        return max(int(ROWS_IN_ALL / racers * (1.0 - STAGGER * number / racers)), 2 * CHUNK)
