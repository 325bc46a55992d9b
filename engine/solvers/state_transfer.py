"""Transfer of a solver's state when its wrappers are replaced while it is under way."""

from __future__ import annotations

from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.types import Array
from engine.solvers.modifiers import ModifierNumbers
from engine.solvers.wrappers import WRAPPER_SLOTS


def transferred(
    block: Array, block_before: Array, own_slots: int, after: ModifierNumbers, before: ModifierNumbers, movable: bool
) -> Array:
    """Return `block` with the states of `block_before`; both are (slots, n), and draw their racers at the same points.

    A wrapper that stays keeps its state; a new one begins where the racer is drawn.  Where an average is removed, the
    solver must go on from the average: one that is not `movable` begins anew there.
    """
    result, drawn = block.copy(), block[:DIMENSIONS]
    wrappers, wrappers_before = (_wrapper_states(array[own_slots:]) for array in (result, block_before.copy()))
    solver_position = drawn
    if before.average is not None:
        # With an average, a block begins with the average, and the solver's position stands where the average would.
        solver_position = wrappers_before[before.average, 0].copy()
        wrappers_before[before.average, 0] = block_before[:DIMENSIONS]
    if after.average is None and before.average is not None and not movable:
        return result
    result[DIMENSIONS:own_slots] = block_before[DIMENSIONS:own_slots]
    for number, wrapper in enumerate(after.wrappers):
        known = wrapper in before.wrappers
        wrappers[number] = wrappers_before[before.wrappers.index(wrapper)] if known else drawn
    if after.average is not None:
        wrappers[after.average, 0] = solver_position
    return result


def _wrapper_states(rows: Array) -> Array:
    """Return a view of the states of wrappers, (wrappers, 2, 2, n): averages and anchors."""
    return rows.reshape(-1, WRAPPER_SLOTS // DIMENSIONS, DIMENSIONS, rows.shape[1])
