"""A swarm that follows a race to any step: on by stepping, back to a state that was kept and on from there."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.language.types import Array, Bounds
from engine.loss.machine_loss import MachineLoss
from engine.race.compile_racer import RacerLike
from engine.race.followers.respawning import Respawning, RespawnState
from engine.race.swarm import Swarm, SwarmState

FIRST_INTERVAL = 16
"""Steps between two states that are kept, until there are too many."""
MOST_STATES, FEWEST_STATES, KEPT_BYTES = 64, 2, 2**28
"""How many states are kept: as many as fit into so much memory, within limits."""
MANY, IN_BLOCK = 2**17, 2**15
"""Of so many members, so many are stepped together: a race makes one step at a time."""
AT_ONCE = 2**21
"""Steps of all members together between two looks at the clock: some hundredths of a second."""
FOR_EVER = -1
EVEN = 0.7548776662466927, 0.5698402909980532
"""Powers of the inverse of the plastic number: shares of the sides that cover a rectangle evenly (Roberts, 2018)."""


def even_starts(bounds: Bounds, count: int) -> Array:
    """Return points that cover a rectangle evenly, float64 (count, 2); the first of many are those of fewer."""
    shares = np.mod(0.5 + np.arange(1, count + 1)[:, np.newaxis] * np.array(EVEN), 1.0)
    low, high = np.array(bounds).T
    points: Array = low + (high - low) * shares
    return points


@dataclass(frozen=True, eq=False)
class Settings:
    """What holds from a step on: the hyperparameters that were changed, the numbers of the loss, and respawning."""

    step: int
    hyperparameters: Mapping[str, float]
    numbers: Array
    respawns: bool


@dataclass(frozen=True, eq=False)
class Kept:
    """A swarm at a step, to return to."""

    swarm: SwarmState
    respawning: RespawnState


class FollowingSwarm:
    """A swarm, released over a rectangle, that goes where it is sent.

    Parameters
    ----------
    loss : MachineLoss
        Its own: its parameters become those of the step where the swarm is.
    racer, seed, batch
        Those of `Swarm`.
    released : ((xmin, xmax), (ymin, ymax))
        The rectangle that the starts cover evenly.
    count : int
        How many members there are.
    respawns : bool
        Whether members that have come to rest or left the rectangle begin anew in it.
    """

    def __init__(
        self, loss: MachineLoss, racer: RacerLike, released: Bounds, count: int, seed: int = 0,
        batch: int | None = None, respawns: bool = False,
    ) -> None:  # fmt: skip
        in_block = IN_BLOCK if count >= MANY else None
        self.swarm = Swarm(loss, racer, even_starts(released, count), seed, batch, in_block=in_block)
        self._respawning = Respawning(self.swarm, released, seed)
        first = self._now()
        numbers = loss.parameter_array.copy()
        self._settings = [Settings(0, dict(self.swarm.rule.hyperparameters), numbers, respawns)]
        self._states, self._interval = [first], FIRST_INTERVAL
        self._most = min(max(KEPT_BYTES // max(first.swarm.bytes, 1), FEWEST_STATES), MOST_STATES)

    @property
    def step(self) -> int:
        """The step at which the swarm is."""
        return self.swarm.step

    @property
    def respawned(self) -> int:
        """How many members have begun anew up to this step."""
        return self._respawning.count

    def change(
        self, step: int, hyperparameters: Mapping[str, float], numbers: Array, respawns: bool = False
    ) -> None:  # fmt: skip
        """Let these settings hold from a step on; what was known of later steps is forgotten."""
        self._settings = [each for each in self._settings if each.step < step]
        self._settings.append(Settings(step, dict(hyperparameters), np.array(numbers), respawns))
        # The state at that very step is the outcome of the steps before.
        self._states = [state for state in self._states if state.swarm.step <= step]
        if self.step > step:
            self._go_back(step)

    def follow(self, step: int, seconds: float) -> bool:
        """Go towards a step for about so long; return whether the swarm is there."""
        ends_at = time.monotonic() + seconds
        if step < self.step:
            self._go_back(step)
        while self.step < step:
            self._go_on(step)
            if time.monotonic() >= ends_at:
                break
        return self.step == step

    def _go_on(self, step: int) -> None:
        """Make some of the steps up to `step`."""
        settings, end = self._settings_now()
        self.swarm.loss.parameter_array[...] = settings.numbers
        self.swarm.set(**settings.hyperparameters)
        due = self._states[-1].swarm.step + self._interval
        at_once = max(AT_ONCE // max(self.swarm.count, 1), 1)
        look = self._respawning.next_look() if settings.respawns else FOR_EVER
        stops = [step, end, due, look, self.step + at_once]
        self.swarm.advance(min(stop for stop in stops if stop > self.step) - self.step)
        if settings.respawns:
            self._respawning.look()
        if self.step == due:
            self._keep()

    def _settings_now(self) -> tuple[Settings, int]:
        """Return what holds for the next step, and the step up to which it does; -1 where it does for ever."""
        number = bisect_right([each.step for each in self._settings], self.step) - 1
        later = self._settings[number + 1 : number + 2]
        return self._settings[max(number, 0)], later[0].step if later else FOR_EVER

    def _go_back(self, step: int) -> None:
        """Return to the last state that is no later than a step."""
        kept = next(state for state in reversed(self._states) if state.swarm.step <= step)
        self.swarm.return_to(kept.swarm)
        self._respawning.return_to(kept.respawning)

    def _now(self) -> Kept:
        return Kept(self.swarm.state(), self._respawning.state())

    def _keep(self) -> None:
        """Keep the state of now; of too many, every second one, and from then on half as many."""
        self._states.append(self._now())
        if len(self._states) > self._most:
            self._states = self._states[::2]
            self._interval *= 2
