"""The step loop of solvers: for each instance its steps, the record of the first, its rest and its divergence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from engine.solvers.around import settle_around, shown, surround, tilt
from engine.solvers.context import Record, loss_at, place
from engine.solvers.plane import is_finite
from engine.solvers.reasons import Reason

Step = Callable[[Record, Record, Record], Reason]
Begin = Callable[[Record, Record, Record], None]


def loop_of(begin: Begin, step: Step) -> Callable[..., None]:
    """Return the loop of one solver: compiled as a whole, its step becomes a part of it."""

    def descend(
        walks: Any, saved: Any, rings: Any, saved_rings: Any, parts: Any, hypers: Any, parameters: Any, seeds: Any,
        diverged: Any, first: int, steps: int, instance: int, record: Any, contexts: Any, reached: Any,
        threshold: float,
    ) -> None:  # fmt: skip
        """Make `steps` updates of each instance that has not diverged.

        Parameters
        ----------
        walks : records (n,)
        rings : records (n, wrappers)
            What the wrappers round each instance remember.
        saved, saved_rings : records (1,), (1, wrappers)
            Room for an instance before a step.
        parts : records (n or 1, wrappers)
            The wrappers themselves, the innermost first.
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
            Row k becomes x, y and loss of the first instance before update k, as it is drawn.
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
            walk, ring, around = walks[i], rings[i], parts[i if len(parts) > 1 else 0]
            if walk.begun == 0.0:
                settle_around(walk, ring)
            drawn = shown(walk, ring, around)
            loss = loss_at(context, drawn)
            if not math.isfinite(loss):
                diverged[i] = first - 1
                continue
            for k in range(steps):
                hyper = hypers[k if len(hypers) > 1 else 0, i if own else 0]
                if i < len(reached) and loss <= threshold and reached[i] == math.inf:
                    reached[i] = float(first + k - 1)
                if i == 0 and k < len(record):
                    record[k, 0], record[k, 1], record[k, 2] = drawn[0], drawn[1], loss
                if walk.begun == 0.0:
                    context.step = 0
                    walk.evaluations = walk.begun = 1.0
                    begin(walk, hyper, context)
                saved[0] = walks[i]
                copy_rings(ring, saved_rings[0])
                context.step = first + k
                tilt(walk, around, context)
                reason = step(walk, hyper, context).value
                context.tilted = 0
                if reason != 0:
                    walks[i] = saved[0]
                surround(walk, ring, around, place(saved[0]), float(first + k))
                before, drawn = drawn, shown(walk, ring, around)
                if reason != 0 and drawn == before:
                    if walk.reason == 0.0:
                        walk.rested = float(first + k - 1)
                    walk.reason = float(reason)
                    if len(hypers) > 1 or len(around) > 0:
                        continue
                    if i == 0:
                        repeat_last(record, k)
                    # The steps that follow would find the same.
                    break
                walk.reason = 0.0
                loss = loss_at(context, drawn)
                if not (math.isfinite(loss) and is_finite(drawn) and stands(walk, context, len(around))):
                    walks[i] = saved[0]
                    copy_rings(saved_rings[0], ring)
                    diverged[i] = first + k
                    if i == 0:
                        repeat_last(record, k)
                    break

    return descend


def stands(walk: Record, context: Record, parts: int) -> bool:
    """Tell whether the solver stands on finite ground too, where it may be drawn elsewhere."""
    return parts == 0 or (is_finite(place(walk)) and math.isfinite(loss_at(context, place(walk))))


def copy_rings(source: Any, target: Any) -> None:
    """Copy what the wrappers round one instance remember."""
    for number in range(len(source)):
        target[number] = source[number]


def repeat_last(record: Any, last: int) -> None:
    """Write the row `last` into all that follow: who rests stays there."""
    for k in range(last + 1, len(record)):
        for column in range(record.shape[1]):
            record[k, column] = record[last, column]
