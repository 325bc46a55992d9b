"""Racers descend one loss side by side, step for step; any step can be gone back to, bit for bit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.data.batches import check_batch
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.bands import MOST_ROWS, Band, BandRecord
from engine.race.change_log import ChangeLog
from engine.race.compile_racer import RacerLike, compile_racer
from engine.race.history import History
from engine.race.racer import AnyRule, Racer, RuleSpan
from engine.race.stepper import Stepper
from engine.rules.rule import Rule
from engine.solvers.solver import SolverRule

ROWS_IN_ALL = 2**19
"""Rows that all trails may hold together: 17 MB."""
STAGGER = 0.25
"""By what share of it the racers' rooms differ, so that they are not all thinned at the same step."""
CHUNK = 4096
"""Steps that one racer makes before the next one moves; their record fits the second-level cache."""
FIRST_SPACING = 1024
MOST_CHECKPOINTS = 256
"""Checkpoints a racer keeps; when there are more, every second is dropped and the spacing doubles."""
MOST_EARLIER = 200
"""Replaced rules that a racer remembers: tens of kilobytes each."""

SMALL_MOVE = 1e-9
SMALL_SLOPE = 1e-6
"""A racer has converged when its last move and the slope are this small beside its position and its loss."""


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
        Decides on the random numbers that rules draw, and on mini-batches: the same for all racers, step for step.
    batch : int, optional
        How many rows of the loss's data set a step learns from; without it, all.  The shown losses are those of all
        rows.  Solvers, and what a rule asks before its first step, get all rows too.
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
        self._spacing, self._band_spacing = FIRST_SPACING, 1
        self._stepper = Stepper(loss, seed, self.seeds)
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
        return [self._status(racer) for racer in self.racers]

    @property
    def epoch(self) -> int | None:
        """How often the racers have gone through the whole data set; None where there is none."""
        batches = self._stepper.batches_at(self.step)
        return None if batches is None else self.step // batches.per_epoch

    def set_batch(self, batch: int | None) -> None:
        """Let the steps to come learn from `batch` rows each, or from all.

        Raises
        ------
        FormulaError
            Where it is no number of rows, or the loss has no data set.
        """
        check_batch(batch, self.loss.columns)
        self._batch = batch
        self._note()

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

    def reason(self, racer: int) -> str:
        """Return in a sentence why a solver stays where it is; "" for one under way, and for every rule."""
        rule = self.racers[racer].rule
        return rule.reason(self.racers[racer].block[:, 0]) if isinstance(rule, SolverRule) else ""

    def rested(self, racer: int) -> int | None:
        """Return after which step a solver has stayed where it is; None for one under way, and for every rule."""
        rule = self.racers[racer].rule
        return rule.rested(self.racers[racer].block[:, 0]) if isinstance(rule, SolverRule) else None

    def evaluations(self, racer: int) -> int | None:
        """Return at how many points a solver has asked the loss or its slope so far; None for a rule."""
        rule = self.racers[racer].rule
        return rule.evaluations(self.racers[racer].block[:, 0]) if isinstance(rule, SolverRule) else None

    def population(self, racer: int) -> Array | None:
        """Return the points of a solver that has many, float64 (members, 2); None for all others."""
        rule = self.racers[racer].rule
        return rule.population(self.racers[racer].block[:, 0]) if isinstance(rule, SolverRule) else None

    def advance(self, steps: int = 1) -> None:
        """Let every racer that has not diverged make `steps` updates."""
        self._note()
        target = self.step + steps
        while self.step < target:
            checkpoint = (self.step // self._spacing + 1) * self._spacing
            end = min(target, self.step + CHUNK, checkpoint, self._next_in_bands(self.step))
            for racer in self.racers:
                self._go(racer, self.step, end)
            self.step = end
            self._thin_bands()
            if end == checkpoint:
                self._make_checkpoints()

    def rewind(self, step: int) -> None:
        """Go back to `step`: every position and state is bit for bit what it was; settings stay as they are now.

        Raises
        ------
        ValueError
            Where `step` is not between 0 and the present step.
        """
        if not 0 <= step <= self.step:
            raise ValueError(f"A race at step {self.step} cannot go back to step {step}.")
        self._note()
        for racer in self.racers:
            self._rewind(racer, step)
        self.step = step
        for racer in self.racers:
            racer.settings.cut_after(step)
            racer.settings.record(step, racer.hyper.copy())
        self._stepper.cut_after(step)
        self._note()

    def restart(self, start: ArrayLike | None = None) -> None:
        """Go back to step 0, to a new `start` (2,) or (racers, 2) if one is given; settings stay as they are now."""
        if start is not None:
            self.start = np.array(np.broadcast_to(np.asarray(start, dtype=np.float64), (len(self.racers), 2)))
        self.step, self._spacing, self._band_spacing = 0, FIRST_SPACING, 1
        self._stepper.clear()
        self._note()
        for racer, place in zip(self.racers, self.start, strict=True):
            racer.start = place
            self._begin(racer)

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
        """Let a racer go on by another rule from where it stands; its trail stays, and the others notice nothing.

        A state that both rules have, with as many numbers, is kept, and so is what a solver remembers where only what
        goes round it changes; others begin as before a first step, while ``t`` goes on counting.  A racer that has
        diverged goes on from its last finite point, with no state kept.

        Any step before can be gone back to, bit for bit; from there the racer goes on by its new rule, since settings
        stay as they are.  Beyond `MOST_EARLIER` replacements it has run its new rule from the start.
        """
        self._replace(self.racers[racer], compile_racer(racer_like), self.step)

    def add(self, racer_like: RacerLike, start: ArrayLike | None = None) -> int:
        """Let another racer catch up from `start` (the first racer's without one); return its index."""
        place = np.array(start if start is not None else self.start[0] if len(self.start) else (0.0, 0.0), dtype=float)
        self._note()
        racer = self._enter(racer_like, place)
        self.start = np.vstack([self.start, place])
        self._catch_up(racer, self.step)
        return len(self.racers) - 1

    def remove(self, racer: int) -> None:
        """Take a racer out of the race."""
        del self.racers[racer]
        self.start = np.delete(self.start, racer, axis=0)

    def _note(self) -> None:
        """Note the landscape as it is now: it holds for the steps to come."""
        self._stepper.note(self.step, self._batch)

    def _enter(self, racer_like: RacerLike, place: Array) -> Racer:
        rule = compile_racer(racer_like)
        hyper = np.array(list(rule.hyperparameters.values()))
        racer = Racer(rule, hyper, kernel=rule.kernel(self.loss, self.seed), start=place)
        self._begin(racer)
        self.racers.append(racer)
        return racer

    def _begin(self, racer: Racer) -> None:
        """Put a racer at its start, with its first states and an empty trail."""
        places = np.tile(racer.start, (self.seeds, 1))
        racer.block = racer.rule.start_block(places, racer.hyper, self.loss, self.seed)
        racer.diverged = np.full(racer.block.shape[1], np.inf)
        racer.history = History()
        racer.settings = ChangeLog([(0, racer.hyper.copy())])
        racer.checkpoints = [(0, racer.block.copy(), racer.diverged.copy())]
        racer.earlier = []
        loss = float(self.loss.quick_value(*racer.start))
        racer.history.append(0, np.array([[*racer.start, loss]]), ROWS_IN_ALL)
        racer.diverged_at = None if np.isfinite(loss) else 0
        racer.spread = BandRecord()
        self._note_band(racer, 0)

    def _catch_up(self, racer: Racer, step: int) -> None:
        """Make all updates of a racer at its start up to `step`."""
        begin = 0
        while begin < step:
            end = min(step, begin + CHUNK, self._next_in_bands(begin))
            self._go(racer, begin, end)
            begin = end

    def _replace(self, racer: Racer, rule: AnyRule, step: int) -> None:
        """Let `rule` hold for the updates after `step`, where the racer stands."""
        if racer.earlier and racer.began == step:
            # It has made no update by the rule of now, whose states would be empty ones.
            self._return_to_earlier(racer)
        before = racer.span()
        racer.earlier = [*racer.earlier, before][-MOST_EARLIER:]
        self._give(racer, rule)
        *place, loss = racer.history.last
        places = np.tile(place, (self.seeds, 1))
        places[1:] = before.block[:2, 1 : self.seeds].T
        racer.block = rule.start_block(places, racer.hyper, self.loss, self.seed)
        if before.diverged_at is None:
            _keep_states(rule, racer.block, before)
        racer.diverged = np.full(racer.block.shape[1], np.inf)
        racer.diverged_at = None if np.isfinite(loss) else before.diverged_at
        racer.settings = ChangeLog([(step, racer.hyper.copy())])
        racer.checkpoints = [(step, racer.block.copy(), racer.diverged.copy())]

    def _give(self, racer: Racer, rule: AnyRule) -> None:
        racer.rule, racer.kernel = rule, rule.kernel(self.loss, self.seed)
        racer.hyper = np.array(list(rule.hyperparameters.values()))

    def _return_to_earlier(self, racer: Racer) -> None:
        """Make a racer what it was before its rule was last replaced; its trail stays as it is."""
        racer.resume(racer.earlier.pop())
        racer.kernel = racer.rule.kernel(self.loss, self.seed)

    def _go(self, racer: Racer, begin: int, end: int) -> None:
        """Make the updates after `begin` up to `end`, which is no later than the next step that bands show."""
        self._stepper.make(racer, begin, end, self._room(racer))
        if racer.diverged_at is None and end % self._band_spacing == 0:
            self._note_band(racer, end)

    def _next_in_bands(self, step: int) -> int:
        """Return the first step after `step` that bands show."""
        return (step // self._band_spacing + 1) * self._band_spacing if self.seeds > 1 else step + CHUNK

    def _note_band(self, racer: Racer, step: int) -> None:
        if self.seeds > 1:
            x, y = racer.block[:2, : self.seeds]
            losses = self.loss.value(x, y)
            racer.spread.note(step, np.where(np.isinf(racer.diverged[: self.seeds]), losses, np.inf))

    def _thin_bands(self) -> None:
        if self.seeds > 1 and self.step // self._band_spacing >= MOST_ROWS:
            self._band_spacing *= 2
            for racer in self.racers:
                racer.spread.thin(self._band_spacing)

    def _room(self, racer: Racer) -> int:
        """Return how many rows a racer's trail may hold."""
        racers = max(len(self.racers), 1)
        number = next((number for number, other in enumerate(self.racers) if other is racer), 0)
        return max(int(ROWS_IN_ALL / racers * (1.0 - STAGGER * number / racers)), 2 * CHUNK)

    def _make_checkpoints(self) -> None:
        for racer in self.racers:
            if racer.diverged_at is None:
                racer.checkpoints.append((self.step, racer.block.copy(), racer.diverged.copy()))
        if self.step // self._spacing >= MOST_CHECKPOINTS:
            self._spacing *= 2
            for racer in self.racers:
                first, *others = racer.checkpoints
                racer.checkpoints = [first, *(entry for entry in others if entry[0] % self._spacing == 0)]

    def _rewind(self, racer: Racer, step: int) -> None:
        rule = racer.rule
        while racer.earlier and racer.began > step:
            self._return_to_earlier(racer)
        if racer.began > step:
            self._give(racer, rule)
            self._begin(racer)
            self._catch_up(racer, step)
        else:
            self._replay(racer, step)
        if racer.rule is not rule:
            self._replace(racer, rule, step)

    def _replay(self, racer: Racer, step: int) -> None:
        """Put a racer back at `step`, which it has reached by the rule of now."""
        if racer.diverged_at is not None and racer.diverged_at <= step:
            if racer.history.last_step > step:
                racer.history.cut_after(step)
                racer.spread.cut_after(step)
            return
        racer.diverged_at = None
        while racer.checkpoints[-1][0] > step:
            racer.checkpoints.pop()
        begin, block, diverged = racer.checkpoints[-1]
        racer.block, racer.diverged = block.copy(), diverged.copy()
        self._stepper.make(racer, begin, step)
        racer.history.cut_after(step)
        racer.spread.cut_after(step)
        if racer.history.last_step < step:
            x, y = racer.block[:2, 0]
            row = np.array([[x, y, float(self.loss.value(x, y))]])
            racer.history.append(step, row, ROWS_IN_ALL)

    def _status(self, racer: Racer) -> str:
        if racer.diverged_at is not None:
            return f"diverged at step {racer.diverged_at}"
        positions = racer.history.trail().positions[-2:].tolist()
        if len(positions) < 2 or math.dist(*positions) > SMALL_MOVE * (1.0 + math.hypot(*positions[1])):
            return "running"
        x, y, loss = racer.history.last
        if isinstance(racer.rule, SolverRule) and loss > self.loss.quick_value(*racer.start):
            # A peak or a saddle that it climbed to is level too, but no aim.
            return "running"
        slope = math.hypot(*map(float, self.loss.gradient(x, y)))
        return "converged" if slope <= SMALL_SLOPE * (1.0 + abs(loss)) else "running"


def _keep_states(rule: AnyRule, block: Array, before: RuleSpan) -> None:
    """Put into `block` what `rule` has in common with the one that held before."""
    kept = np.isinf(before.diverged)
    if isinstance(rule, Rule) and isinstance(before.rule, Rule):
        rule.keep_states(block, before.rule, before.block, kept)
    if isinstance(rule, SolverRule) and isinstance(before.rule, SolverRule):
        rule.keep_states(block, before.rule, before.block, kept)
