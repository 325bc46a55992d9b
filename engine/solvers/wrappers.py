"""What wrappers do before and after a solver's step: add noise, move the position, and draw the racer at an average.

These functions are compiled with the loop of every solver, and do what the lines of
`engine.rules.modifiers.wrappers` do for a rule.  Which wrappers there are is data: adding one compiles nothing.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np

from engine.language.types import Point
from engine.solvers.context import SolverContext, SolverState, loss_and_gradient_at, move_to, position
from engine.solvers.plane import along, difference, scaled
from engine.solvers.random import normal_pair, uniform_pair


class WrapperKind(IntEnum):
    """The wrappers that a solver's loop knows, by their names in capitals."""

    EMA = 0
    POLYAK = 1
    LOOKAHEAD = 2
    WEIGHT_DECAY = 3
    NOISE = 4
    ANISOTROPIC_NOISE = 5
    HEAVY_TAILED_NOISE = 6


AVERAGES = WrapperKind.EMA, WrapperKind.POLYAK
"""They draw the racer at an average of positions, and leave the position of the solver alone."""
WRAPPER = np.dtype([("kind", np.int64), ("first", np.float64), ("second", np.float64)], align=True)
"""A wrapper and its hyperparameters, in the order of its entry."""
WRAPPER_STATE = np.dtype([("average", np.float64, (2,)), ("anchor", np.float64, (2,))], align=True)
"""What a wrapper remembers: the average at which it draws the racer, if it does, and the slow weights of lookahead."""
WRAPPER_SLOTS = WRAPPER_STATE.itemsize // np.dtype(np.float64).itemsize
NOISE_DRAWS = 2**30
"""The number of the first random draw of noise in a step: no solver draws so many by itself."""
Wrappers: TypeAlias = Any
"""The wrappers of one instance, the innermost first: records (wrappers,) of `WRAPPER`, or one of them."""
WrapperStates: TypeAlias = Any
"""What they remember: records (wrappers,) of `WRAPPER_STATE`."""


def begin_wrappers(state: SolverState, wrapper_states: WrapperStates) -> None:
    """Begin with all averages and anchors at the position of the solver."""
    for number in range(len(wrapper_states)):
        for axis in range(2):
            wrapper_states[number].average[axis] = wrapper_states[number].anchor[axis] = state.w[axis]


def drawn_position(state: SolverState, wrapper_states: WrapperStates, wrappers: Wrappers) -> Point:
    """Return where the racer is drawn: at the outermost average, or at the position of the solver."""
    for number in range(len(wrappers) - 1, -1, -1):
        if is_average(wrappers[number].kind):
            return float(wrapper_states[number].average[0]), float(wrapper_states[number].average[1])
    return position(state)


def is_average(kind: int) -> bool:
    """Return whether a wrapper draws the racer at an average."""
    return kind == WrapperKind.EMA.value or kind == WrapperKind.POLYAK.value  # Numba would make a tuple


def add_gradient_noise(state: SolverState, wrappers: Wrappers, context: SolverContext) -> None:
    """Draw the gradient noise of a step, 0 at the position of the solver, so that the loss there stays as it is.

    Each noise changes the gradient that the noises farther out have changed before, as it does for a rule.
    """
    x = y = 0.0
    here, has_noise = position(state), False
    for number in range(len(wrappers) - 1, -1, -1):
        wrapper = wrappers[number]
        if wrapper.kind < WrapperKind.NOISE.value:
            continue
        has_noise = True
        first, second = noise_pair(wrapper, context, NOISE_DRAWS + 2 * number)
        if wrapper.kind == WrapperKind.ANISOTROPIC_NOISE.value:
            gradient = loss_and_gradient_at(context, here)[1]
            first, second = first * abs(gradient[0] + x), second * abs(gradient[1] + y)
        x, y = x + wrapper.first * first, y + wrapper.first * second
    if has_noise:
        context.noise[0], context.noise[1] = x, y
        context.noise_origin[0], context.noise_origin[1] = here
        context.has_noise = 1


def noise_pair(wrapper: Wrappers, context: SolverContext, draw: int) -> Point:
    """Return two independent numbers from the distribution of a noise, of scale 1."""
    if wrapper.kind == WrapperKind.HEAVY_TAILED_NOISE.value:
        angles, waits = uniform_pair(context, 0.0, draw), uniform_pair(context, 0.0, draw + 1)
        return stable_number(wrapper.second, angles[0], waits[0]), stable_number(wrapper.second, angles[1], waits[1])
    return normal_pair(context, 0.0, draw)


def stable_number(alpha: float, angle: float, wait: float) -> float:
    """Return an alpha-stable number from two uniform ones, by the formula of Chambers, Mallows and Stuck, 1976."""
    theta, exponential = math.pi * (angle - 0.5), -math.log1p(-wait)
    ratio = math.sin(alpha * theta) / math.cos(theta) ** (1.0 / alpha)
    return float(ratio * (math.cos((1.0 - alpha) * theta) / exponential) ** ((1.0 - alpha) / alpha))


def apply_wrappers(
    state: SolverState, wrapper_states: WrapperStates, wrappers: Wrappers, before: Point, step: float
) -> None:
    """Do what all wrappers do after a step, the innermost first; `before` is the position before the step."""
    here, average = position(state), -1
    for number in range(len(wrappers)):
        wrapper, own = wrappers[number], wrapper_states[number]
        if is_average(wrapper.kind):
            before = float(own.average[0]), float(own.average[1])
            here, average = updated_average(wrapper, before, here, step), number
        elif wrapper.kind == WrapperKind.LOOKAHEAD.value:
            if step % wrapper.first != 0.0:
                continue
            anchor = float(own.anchor[0]), float(own.anchor[1])
            here = along(anchor, wrapper.second, difference(here, anchor))
            own.anchor[0], own.anchor[1] = here
        elif wrapper.kind == WrapperKind.WEIGHT_DECAY.value:
            here = along(here, -wrapper.first, before)
        # Wrappers outside an average change the average, those inside it the solver.
        if average < 0:
            move_to(state, here)
        else:
            wrapper_states[average].average[0], wrapper_states[average].average[1] = here


def updated_average(wrapper: Wrappers, average: Point, here: Point, step: float) -> Point:
    """Return the average after a step that led to `here`."""
    if wrapper.kind == WrapperKind.POLYAK.value:
        return along(average, 1.0 / max(1.0, step - wrapper.first), difference(here, average))
    if step <= 1.0:
        return here
    return along(scaled(wrapper.first, average), 1.0 - wrapper.first, here)
