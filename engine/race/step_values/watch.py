"""A watch on one racer: the values of any update that it has made, and of the one that it would make next."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.racer import AnyRule, Racer
from engine.race.step_values.made import values_of
from engine.race.step_values.record import StepValues
from engine.race.step_values.replay import Replay, ReplayedUpdate
from engine.race.step_values.updates import Updates
from engine.race.stepper import Stepper
from engine.solvers.solver import SolverRule

MOST_KEPT = 2
"""Updates whose values are kept: what came next at the last frame is often what was made at this one."""


class Watch:
    """The values of a racer's steps; the racer does not notice.  Going on step by step is cheap.

    Parameters
    ----------
    racer : Racer
    stepper : Stepper
        Of its race.
    loss : MachineLoss
    seed : int
    """

    def __init__(self, racer: Racer, stepper: Stepper, loss: MachineLoss, seed: int) -> None:
        self.racer = racer
        self._replay = Replay(stepper, loss, seed, racer)
        self._stepper, self._loss, self._seed = stepper, loss, seed
        self._kept: dict[tuple[object, ...], tuple[Updates, StepValues]] = {}

    def made(self, number: int) -> StepValues | None:
        """Return the values of the update with this number, from 1; of the last one where the racer diverged before.

        None where it has made none, or where it is forgotten how: beyond hundreds of replacements of its rule.
        """
        last = self.racer.diverged_at
        number = self.last_update(number)
        if not self.reaches(number):
            return None
        return self._values(number, lambda: self.update(number), diverged=number == last)

    def coming(self, step: int) -> StepValues | None:
        """Return the values of the update after `step`, where the racer is, with the settings of now.

        None where it has diverged.
        """
        if self.racer.diverged_at is not None:
            return None
        return self._values(step + 1, lambda: self._replay.coming(step))

    def _values(self, number: int, make: Callable[[], ReplayedUpdate], diverged: bool = False) -> StepValues:
        """Return the values of an update, which `make` makes where it is not one of the last two."""
        conditions = self._replay.conditions(number)
        key = (number, diverged, *conditions)
        known = self._kept.pop(key, None)
        if known is None:
            updates = self.updates(make())
            known = updates, values_of(updates, diverged)
        self._kept = dict([*self._kept.items(), (key, known)][-MOST_KEPT:])
        return known[1]

    def updates_of(self, values: StepValues) -> Updates | None:
        """Return the update whose values `made` or `coming` has returned last; it is not made again."""
        return next((updates for updates, kept in self._kept.values() if kept is values), None)

    def last_update(self, step: int) -> int:
        """Return the number of the last update that the racer, which is at `step`, has made; 0 before the first."""
        diverged_at = self.racer.diverged_at
        return step if diverged_at is None else min(step, diverged_at)

    def reaches(self, number: int) -> bool:
        """Return whether it is known how the update with this number was made."""
        return self._replay.reaches(number)

    def rule_of(self, number: int) -> AnyRule | None:
        """Return the rule by which an update was made, None where that is forgotten."""
        return self._replay.rule_of(number)

    def update(self, number: int) -> ReplayedUpdate:
        """Return an update that is reached."""
        return self._of_solver(number) or self._replay.update(number)

    def updates(self, *made: ReplayedUpdate) -> Updates:
        """Return updates of one rule together with what held for them."""
        return Updates(made, self._loss, self._stepper, self._seed)

    def _of_solver(self, number: int) -> ReplayedUpdate | None:
        """Return a solver's update from its trail, which tells all that can be told; None where it is thinned there.

        A solver's steps may take long to make again.
        """
        rule, trail = self.racer.rule, self.racer.history.trail()
        if not isinstance(rule, SolverRule) or number <= self.racer.began:
            return None
        row = trail.rows_after(number) - 1
        if row < 1 or trail.steps[row] != number or trail.steps[row - 1] != number - 1:
            return None
        before, after = (np.array(trail.positions[place]) for place in (row - 1, row))
        hyper: Array = self.racer.settings.value_at(number - 1)
        return ReplayedUpdate(number, rule, hyper, before, after)
