"""The step loop of solvers: for each instance its steps, the record of the first, its rest and its divergence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from engine.solvers.context import Record, loss_at, place
from engine.solvers.reasons import Reason

Step = Callable[[Record, Record, Record], Reason]
Begin = Callable[[Record, Record, Record], None]


def loop_of(begin: Begin, step: Step) -> Callable[..., None]:
    """Return the loop of one solver: compiled as a whole, its step becomes a part of it."""

    def descend(
        walks: Any, saved: Any, hypers: Any, parameters: Any, seeds: Any, diverged: Any, first: int, steps: int,
        instance: int, record: Any, contexts: Any, reached: Any, threshold: float,
    ) -> None:  # fmt: skip
        """Make `steps` updates of each instance that has not diverged.

        Parameters
        ----------
        walks : records (n,)
        saved : records (1,)
            Room for an instance before a step.
        hypers : records (steps or 1, n or 1)
            The hyperparameters of each step and instance.
        parameters : float64 (n or 1, numbers)
            The loss's parameters.
        seeds : int64 (n or 1,)
            One for all, whose instances have numbers of their own; or one each, as in so many races.
        diverged : float64 (n,)
            The step at which each instance left the finite numbers; infinity while it has not.
        first, instance : int
            The numbers of the first update and of the first instance.
        record : float64 (steps or 0, 3)
            Row k becomes x, y and loss of the first instance before update k.
        contexts : records (1,)
            The addresses of the loss, and room.
        reached, threshold
            A `Goal`.
        """
        context = contexts[0]
        for i in range(len(walks)):
            if diverged[i] != math.inf:
                continue
            context.parameters = parameters[i if len(parameters) > 1 else 0].ctypes.data
            context.seed = seeds[i if len(seeds) > 1 else 0]
            context.instance = instance + i if len(seeds) == 1 else 0
            own = hypers.shape[1] > 1
            walk, loss = walks[i], loss_at(context, place(walks[i]))
            if not math.isfinite(loss):
                diverged[i] = first - 1
                continue
            for k in range(steps):
                hyper = hypers[k if len(hypers) > 1 else 0, i if own else 0]
                if i < len(reached) and loss <= threshold and reached[i] == math.inf:
                    reached[i] = float(first + k - 1)
                if i == 0 and k < len(record):
                    record[k, 0], record[k, 1], record[k, 2] = walk.w[0], walk.w[1], loss
                if walk.begun == 0.0:
                    context.step = 0
                    walk.evaluations = walk.begun = 1.0
                    begin(walk, hyper, context)
                saved[0] = walks[i]
                context.step = first + k
                reason = step(walk, hyper, context).value
                if reason != 0:
                    walks[i] = saved[0]
                    if walk.reason == 0.0:
                        walk.rested = float(first + k - 1)
                    walk.reason = float(reason)
                    if i == 0:
                        repeat_last(record, k)
                    # The steps that follow would find the same.
                    break
                walk.reason = 0.0
                loss = loss_at(context, place(walk))
                if not (math.isfinite(loss) and math.isfinite(walk.w[0]) and math.isfinite(walk.w[1])):
                    walks[i] = saved[0]
                    diverged[i] = first + k
                    if i == 0:
                        repeat_last(record, k)
                    break

    return descend


def repeat_last(record: Any, last: int) -> None:
    """Write the row `last` into all that follow: who rests stays there."""
    for k in range(last + 1, len(record)):
        for column in range(record.shape[1]):
            record[k, column] = record[last, column]
