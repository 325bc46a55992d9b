"""The timelines of racers: the start, the steps, the replacement of a rule, and the way back to any earlier step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.arrivals import Arrivals
from engine.race.bands import MOST_ROWS, BandRecord
from engine.race.change_log import ChangeLog
from engine.race.evaluations import EvaluationRecord
from engine.race.history import History
from engine.race.racer import AnyRule, Racer, RuleSpan
from engine.race.stepper import Stepper
from engine.rules.rule import Rule
from engine.solvers.solver import SolverRule

ROWS_IN_ALL = 2**21
"""Rows that all trails may hold together: 67 MB."""
CHUNK = 8192
"""Steps that one racer makes before the next one moves; their record fits the second-level cache."""
FIRST_SPACING = 1024
"""Steps from one checkpoint to the next, at first."""
MOST_CHECKPOINTS = 256
"""Checkpoints that a racer keeps; when there are more, every second is dropped and the spacing doubles."""
MOST_EARLIER = 200
"""Replaced rules that a racer remembers: tens of kilobytes each."""


class Timeline:
    """Moves the racers of one race along their steps, forwards and back.

    Parameters
    ----------
    loss : MachineLoss
    seed : int
        Decides on random numbers and mini-batches.
    seeds : int
        How many times each racer runs.

    Attributes
    ----------
    stepper : Stepper
        Knows what holds for each step.
    """

    def __init__(self, loss: MachineLoss, seed: int, seeds: int) -> None:
        self.stepper = Stepper(loss, seed, seeds)
        self._loss, self._seed, self._seeds = loss, seed, seeds
        self._spacing, self._band_spacing = FIRST_SPACING, 1

    def clear(self) -> None:
        """Forget what held for any step: the race is at its start."""
        self._spacing, self._band_spacing = FIRST_SPACING, 1
        self.stepper.clear()

    def begin(self, racer: Racer) -> None:
        """Put a racer at its start, with its first states and an empty trail."""
        places = np.tile(racer.start, (self._seeds, 1))
        racer.block = racer.rule.start_block(places, racer.hyper, self._loss, self._seed)
        racer.diverged = np.full(racer.block.shape[1], np.inf)
        loss = float(self._loss.quick_value(*racer.start))
        racer.history = History(racer.start, loss)
        racer.settings = ChangeLog([(0, racer.hyper.copy())])
        racer.checkpoints = [(0, racer.block.copy(), racer.diverged.copy())]
        racer.earlier = []
        racer.diverged_at = None if np.isfinite(loss) else 0
        racer.spread, racer.cost = BandRecord(), EvaluationRecord()
        racer.cost.begin_rule(0, racer.rule.evaluations_per_step)
        racer.arrivals = Arrivals(loss)
        racer.arrivals.look(0, np.array([loss]), self.stepper.minima.value_at(0))
        self._record_band(racer, 0)

    def next_stop(self, step: int) -> int:
        """Return the step up to which racers at `step` may advance before `keep` must be called."""
        return min(self._next_in_chunk(step), (step // self._spacing + 1) * self._spacing)

    def advance(self, racer: Racer, begin: int, end: int, room: int) -> None:
        """Make a racer's updates after `begin` up to `end`, which is no later than `next_stop`.

        Its trail grows within `room` rows.
        """
        self.stepper.make(racer, begin, end, room)
        if racer.diverged_at is None and end % self._band_spacing == 0:
            self._record_band(racer, end)

    def keep(self, racers: Sequence[Racer], step: int) -> None:
        """Make checkpoints of racers that have come to `step`, where one is due, and thin what has grown too long."""
        if self._seeds > 1 and step // self._band_spacing >= MOST_ROWS:
            self._band_spacing *= 2
            for racer in racers:
                racer.spread.thin(self._band_spacing)
        if step % self._spacing == 0:
            self._make_checkpoints(racers, step)

    def catch_up(self, racer: Racer, step: int, room: int) -> None:
        """Make all updates of a racer at its start up to `step`."""
        begin = 0
        while begin < step:
            end = min(step, self._next_in_chunk(begin))
            self.advance(racer, begin, end, room)
            begin = end

    def replace(self, racer: Racer, rule: AnyRule, step: int) -> None:
        """Let `rule` hold for the updates after `step`, where the racer is."""
        if racer.earlier and racer.began == step:
            # It has made no update by its present rule, so the states to be kept are those of the rule before.
            self._return_to_earlier(racer)
        before = racer.span()
        racer.earlier = [*racer.earlier, before][-MOST_EARLIER:]
        self._give(racer, rule)
        *place, loss = racer.history.last
        places = np.tile(place, (self._seeds, 1))
        places[1:] = before.block[:2, 1 : self._seeds].T
        racer.block = rule.start_block(places, racer.hyper, self._loss, self._seed)
        if before.diverged_at is None:
            _keep_states(rule, racer.block, before)
        racer.cost.begin_rule(step, rule.evaluations_per_step, racer.counted or 0)
        racer.diverged = np.full(racer.block.shape[1], np.inf)
        racer.diverged_at = None if np.isfinite(loss) else before.diverged_at
        racer.settings = ChangeLog([(step, racer.hyper.copy())])
        racer.checkpoints = [(step, racer.block.copy(), racer.diverged.copy())]

    def rewind(self, racer: Racer, step: int, room: int) -> None:
        """Restore a racer at an earlier step; from there it continues by its present rule."""
        rule = racer.rule
        while racer.earlier and racer.began > step:
            self._return_to_earlier(racer)
        if racer.began > step:
            self._give(racer, rule)
            self.begin(racer)
            self.catch_up(racer, step, room)
        else:
            self._replay(racer, step)
            racer.arrivals.cut_after(step)
        if racer.rule is not rule:
            self.replace(racer, rule, step)

    def _next_in_chunk(self, step: int) -> int:
        """Return the next step that bands show, or the end of a chunk of steps, if that comes first."""
        in_bands = (step // self._band_spacing + 1) * self._band_spacing if self._seeds > 1 else step + CHUNK
        return min(step + CHUNK, in_bands)

    def _give(self, racer: Racer, rule: AnyRule) -> None:
        racer.rule, racer.kernel, racer.step_s = rule, rule.kernel(self._loss, self._seed), None
        racer.hyper = np.array(list(rule.hyperparameters.values()))

    def _return_to_earlier(self, racer: Racer) -> None:
        """Undo the last replacement of a racer's rule; its trail stays as it is."""
        racer.resume(racer.earlier.pop())
        racer.kernel = racer.rule.kernel(self._loss, self._seed)

    def _record_band(self, racer: Racer, step: int) -> None:
        if self._seeds > 1:
            racer.spread.record(step, self.losses_of_seeds(racer))

    def losses_of_seeds(self, racer: Racer) -> Array:
        """Return the loss of each seed of a racer, float64 (seeds,); infinite where a seed has diverged."""
        x, y = racer.block[:2, : self._seeds]
        return np.where(np.isinf(racer.diverged[: self._seeds]), self._loss.value(x, y), np.inf)

    def _make_checkpoints(self, racers: Sequence[Racer], step: int) -> None:
        for racer in racers:
            if racer.diverged_at is None:
                racer.checkpoints.append((step, racer.block.copy(), racer.diverged.copy()))
        if step // self._spacing >= MOST_CHECKPOINTS:
            self._spacing *= 2
            for racer in racers:
                first, *others = racer.checkpoints
                racer.checkpoints = [first, *(entry for entry in others if entry[0] % self._spacing == 0)]

    def _replay(self, racer: Racer, step: int) -> None:
        """Restore a racer at `step`, which it has reached by its present rule."""
        racer.cost.cut_after(step)
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
        self.stepper.make(racer, begin, step)
        racer.history.cut_after(step)
        racer.spread.cut_after(step)
        if racer.history.last_step < step:
            x, y = racer.block[:2, 0]
            row = np.array([[x, y, float(self._loss.value(x, y))]])
            racer.history.append(step, row, ROWS_IN_ALL)


def _keep_states(rule: AnyRule, block: Array, before: RuleSpan) -> None:
    """Write into `block` the states that `rule` has in common with the one that held before."""
    kept = np.isinf(before.diverged)
    if isinstance(rule, Rule) and isinstance(before.rule, Rule):
        rule.keep_states(block, before.rule, before.block, kept)
    if isinstance(rule, SolverRule) and isinstance(before.rule, SolverRule):
        rule.keep_states(block, before.rule, before.block, kept)
