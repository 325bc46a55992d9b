"""Some updates that a racer made by one rule, and the loss as each of them met it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.data.batches import Batches
from engine.language.codegen.loss_kernel import FIRST_ORDER, SECOND_ORDER
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.racer import AnyRule
from engine.race.step_values.replay import ReplayedUpdate
from engine.race.stepper import Stepper


@dataclass(frozen=True, eq=False)
class Updates:
    """Updates of one racer by one rule, in any order.

    Attributes
    ----------
    made : sequence of ReplayedUpdate
        At least one.
    loss : MachineLoss
    stepper : Stepper
        Knows the loss's parameters and rows in each update.
    seed : int
        That of the race.
    """

    made: Sequence[ReplayedUpdate]
    loss: MachineLoss
    stepper: Stepper
    seed: int

    def __len__(self) -> int:
        return len(self.made)

    @property
    def rule(self) -> AnyRule:
        """The rule of all of them."""
        return self.made[0].rule

    @cached_property
    def before(self) -> Array:
        """The racer before each, float64 (slots, n): its position, then its states."""
        return np.array([update.before for update in self.made]).T

    @cached_property
    def after(self) -> Array:
        """The racer after each, float64 (slots, n)."""
        return np.array([update.after for update in self.made]).T

    @property
    def hyperparameters(self) -> dict[str, Array]:
        """The values that held for each, float64 (n,) by their names."""
        rows = np.array([update.hyper for update in self.made])
        return dict(zip(self.rule.hyperparameters, rows.T, strict=True))

    def loss_at(self, component: int, point: Sequence[Array]) -> Array:
        """Return the loss or a derivative, as a `Node` numbers them, at a point for each update, float64 (n,)."""
        places = np.array([np.broadcast_to(coordinate, len(self)) for coordinate in point])
        curved = component >= FIRST_ORDER
        key = curved, places.tobytes()
        if key not in self._answers:
            self._answers[key] = self._asked(places, curved)
        answers: Array = self._answers[key][component - FIRST_ORDER if curved else component]
        return answers

    def _asked(self, places: Array, curved: bool) -> Array:
        """Return the loss and its gradient at `places` (2, n), or its second derivatives, float64 (components, n)."""
        answers = np.empty((SECOND_ORDER - FIRST_ORDER if curved else FIRST_ORDER, len(self)))
        for own, loss in self.losses():
            x, y = places[:, own]
            # At a single point it is asked for with less ado.
            at = (float(x[0]), float(y[0])) if len(x) == 1 else (x, y)
            answers[:, own] = np.reshape(loss.hessian(*at) if curved else loss.value_and_gradient(*at), (-1, len(x)))
        return answers

    @cached_property
    def _answers(self) -> dict[tuple[bool, bytes], Array]:
        """What the loss has answered: a rule asks for it, and for each of its slopes, at the same point."""
        return {}

    def losses(self) -> Iterator[tuple[slice, MachineLoss]]:
        """Yield neighbouring updates that have met the same loss, and that loss, which is valid until the next."""
        begin = 0
        while begin < len(self):
            parameters, batches = self._met(begin)
            end = begin + 1
            if batches is None:
                while end < len(self) and self._met(end)[0] is parameters and self._met(end)[1] is None:
                    end += 1
            else:
                parameters = batches.parameters(parameters, self.made[begin].number, 1)[0]
            yield slice(begin, end), self.loss.with_parameters(parameters)
            begin = end

    def _met(self, place: int) -> tuple[Array, Batches | None]:
        """Return the parameters and the mini-batches of an update."""
        step = self.made[place].number - 1
        return self.stepper.parameters_at(step), self.stepper.drawn_at(self.rule, step)
