"""The loop of solvers: makes the steps of every instance, and notes where each is, when it rests and when it diverges.

The arguments of a compiled loop are:

states : records (n,) of `engine.solvers.state.state_dtype`
saved_state : records (1,)
    Room for the state of an instance before a step.
wrapper_states : records (n, wrappers) of `WRAPPER_STATE`
    What the wrappers of each instance remember.
saved_wrapper_states : records (1, wrappers)
wrappers : records (n or 1, wrappers) of `WRAPPER`
    The wrappers, the innermost first.
hyperparameters : records (steps or 1, n or 1)
    The hyperparameters of each step and instance.
parameters : float64 (n or 1, numbers)
    The parameters of the loss.
seeds : int64 (n or 1,)
    One for all instances, which their numbers then tell apart; or one each, as in n races.
diverged : float64 (n,)
    The step at which each instance left the finite numbers; infinity while it has not.
first, steps, instance : int
    The number of the first step, how many steps to make, and the number of the first instance.
record : float64 (steps or 0, 3 or 5)
    Row k becomes x, y and loss of the first instance before step k, where the racer is drawn; two more columns become
    the loss of its lowest point, and at how many points the loss was evaluated until then.
contexts : records (1,) of `CONTEXT`
    The addresses of the loss, and buffers.
reached : float64 (n or 0,)
thresholds : float64 (n or 0,)
    The fields of a `Goal`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

from engine.language.types import Array, Point
from engine.solvers.context import Hyperparameters, SolverContext, SolverState, loss_at, position
from engine.solvers.plane import is_finite
from engine.solvers.reasons import Reason
from engine.solvers.wrappers import (
    Wrappers,
    WrapperStates,
    add_gradient_noise,
    apply_wrappers,
    begin_wrappers,
    drawn_position,
)

Step = Callable[[SolverState, Hyperparameters, SolverContext], Reason]
"""Makes one step: changes the state and returns `Reason.NONE`, or returns why there is none."""
Begin = Callable[[SolverState, Hyperparameters, SolverContext], None]
"""Fills the state before the first step."""
States: TypeAlias = Any
"""The states of all instances: records (n,)."""


def loop_of(begin: Begin, step: Step) -> Callable[..., None]:
    """Return the loop of one solver, whose arguments the module describes; Numba compiles `step` as a part of it."""
    make_steps = _steps_of(_once(begin), step)

    def run(
        states: Any, saved_state: Any, wrapper_states: Any, saved_wrapper_states: Any, wrappers: Any,
        hyperparameters: Any, parameters: Any, seeds: Any, diverged: Any, first: int, steps: int, instance: int,
        record: Any, contexts: Any, reached: Any, thresholds: Any,
    ) -> None:  # fmt: skip
        """Make `steps` steps of each instance that has not diverged."""
        context = contexts[0]
        for i in range(len(states)):
            if diverged[i] != math.inf:
                continue
            set_instance(context, i, parameters, seeds, instance)
            own_wrappers = wrappers[i if len(wrappers) > 1 else 0]
            column = i if hyperparameters.shape[1] > 1 else 0
            # Whole arrays and indices: slices would take Numba a tenth of a solver's time to compile.
            diverged[i] = make_steps(
                states, i, saved_state, wrapper_states[i], saved_wrapper_states[0], own_wrappers, hyperparameters,
                column, context, first, steps, record, len(record) if i == 0 else 0, reached, thresholds,
            )  # fmt: skip

    return run


def _once(begin: Begin) -> Begin:
    """Return a function that fills a state which has not begun."""

    def begin_once(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
        if state.has_begun == 0.0:
            context.step = 0
            state.evaluations = state.has_begun = 1.0
            state.lowest = math.inf
            begin(state, hyper, context)

    return begin_once


def _steps_of(begin_once: Begin, step: Step) -> Callable[..., float]:
    """Return a function that makes the steps of one instance."""

    def make_steps(
        states: States, i: int, saved_state: States, wrapper_states: WrapperStates, saved_wrapper_states: WrapperStates,
        wrappers: Wrappers, hypers: Any, column: int, context: SolverContext, first: int, steps: int, record: Array,
        rows: int, reached: Array, thresholds: Array,
    ) -> float:  # fmt: skip
        """Make `steps` steps of an instance, with `rows` of the record; return at which it diverged, else infinity."""
        state = states[i]
        drawn, loss = drawn_at_first(state, wrapper_states, wrappers, context)
        if not math.isfinite(loss):
            return float(first - 1)
        for k in range(steps):
            hyper = hypers[k if len(hypers) > 1 else 0, column]
            begin_once(state, hyper, context)
            note(i, k, rows, first, drawn, loss, state, record, reached, thresholds)
            saved_state[0] = states[i]
            copy_records(wrapper_states, saved_wrapper_states)
            set_step(state, wrappers, context, first + k)
            reason = step(state, hyper, context).value
            if reason != 0:
                states[i] = saved_state[0]
            before, drawn = drawn, after_wrappers(state, wrapper_states, wrappers, context, position(saved_state[0]))
            if reason != 0 and drawn == before:
                rest(state, float(reason), float(first + k - 1))
                # Under the same hyperparameters and without wrappers, all steps that follow would rest too.
                if len(hypers) == 1 and len(wrappers) == 0:
                    return repeated(record, k, rows, math.inf)
                continue
            state.reason = 0.0
            loss = loss_at(context, drawn)
            if not (math.isfinite(loss) and is_finite(drawn) and is_on_finite_ground(state, context, len(wrappers))):
                states[i] = saved_state[0]
                copy_records(saved_wrapper_states, wrapper_states)
                return repeated(record, k, rows, float(first + k))
        return math.inf

    return make_steps


def set_instance(context: SolverContext, i: int, parameters: Array, seeds: Any, instance: int) -> None:
    """Point the context to the parameters and the random numbers of an instance."""
    context.parameters = parameters[i if len(parameters) > 1 else 0].ctypes.data
    context.seed = seeds[i if len(seeds) > 1 else 0]
    context.instance = instance + i if len(seeds) == 1 else 0


def drawn_at_first(
    state: SolverState, wrapper_states: WrapperStates, wrappers: Wrappers, context: SolverContext
) -> tuple[Point, float]:
    """Return where an instance is drawn before its first step, and the loss there; begin its wrappers if need be."""
    if state.has_begun == 0.0:
        begin_wrappers(state, wrapper_states)
    drawn = drawn_position(state, wrapper_states, wrappers)
    return drawn, loss_at(context, drawn)


def set_step(state: SolverState, wrappers: Wrappers, context: SolverContext, number: int) -> None:
    """Set the number of a step in the context, and the gradient noise of that step."""
    context.step = number
    add_gradient_noise(state, wrappers, context)


def after_wrappers(
    state: SolverState, wrapper_states: WrapperStates, wrappers: Wrappers, context: SolverContext, before: Point
) -> Point:
    """Apply the wrappers to a step from `before`, end its gradient noise, and return where the racer is drawn."""
    context.has_noise = 0
    apply_wrappers(state, wrapper_states, wrappers, before, float(context.step))
    return drawn_position(state, wrapper_states, wrappers)


def note(
    i: int, k: int, rows: int, first: int, drawn: Point, loss: float, state: SolverState, record: Array,
    reached: Array, thresholds: Array,
) -> None:  # fmt: skip
    """Note where instance `i` is before step `k`, if the record has a row for it, and whether it reached the goal."""
    if len(reached) > 0 and loss <= thresholds[i] and reached[i] == math.inf:
        reached[i] = float(first + k - 1)
    if k < rows:
        record[k, 0], record[k, 1], record[k, 2] = drawn[0], drawn[1], loss
        if record.shape[1] > 3:
            record[k, 3], record[k, 4] = min(loss, state.lowest), state.evaluations


def rest(state: SolverState, reason: float, last: float) -> None:
    """Note the reason for which an instance rests, and the number of its last step if it rests only now."""
    if state.reason == 0.0:
        state.rested = last
    state.reason = reason


def is_on_finite_ground(state: SolverState, context: SolverContext, wrappers: int) -> bool:
    """Return whether the position and the loss of the solver itself are finite, which may be drawn elsewhere."""
    return wrappers == 0 or (is_finite(position(state)) and math.isfinite(loss_at(context, position(state))))


def copy_records(source: Any, target: Any) -> None:
    """Copy records into an array of the same length."""
    for number in range(len(source)):
        target[number] = source[number]


def repeated(record: Array, last: int, rows: int, result: float) -> float:
    """Write the row `last` into all `rows` that follow, where a resting or diverged instance stays; return `result`."""
    for k in range(last + 1, rows):
        for column in range(record.shape[1]):
            record[k, column] = record[last, column]
    return result
