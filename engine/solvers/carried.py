"""What a solver remembers when something else goes round it from one step to the next."""

from __future__ import annotations

from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.solvers.around import RING_NUMBERS
from engine.solvers.enclosure import Enclosure
from engine.types import Array


def carried(block: Array, block_before: Array, own_slots: int, after: Enclosure, before: Enclosure) -> Array:
    """Return `block` with what `block_before` remembers; both are (slots, n), and racers are drawn at the same places.

    A wrapper that stays remembers what it did; a new one begins where the racer is drawn.  A solver that goes on only
    from where its own steps led begins anew where an average is taken away, at whose place it does not stand.
    """
    result, drawn = block.copy(), block[:DIMENSIONS]
    rings, rings_before = (_rings(array[own_slots:]) for array in (result, block_before.copy()))
    stands = drawn
    if before.average is not None:
        # A block has the drawn place first, and that of the solver in its stead.
        stands = rings_before[before.average, 0].copy()
        rings_before[before.average, 0] = block_before[:DIMENSIONS]
    if after.average is None and before.average is not None and not after.anywhere:
        return result
    result[DIMENSIONS:own_slots] = block_before[DIMENSIONS:own_slots]
    for number, wrapper in enumerate(after.wrappers):
        known = wrapper in before.wrappers
        rings[number] = rings_before[before.wrappers.index(wrapper)] if known else drawn
    if after.average is not None:
        rings[after.average, 0] = stands
    return result


def _rings(rows: Array) -> Array:
    """Return a view of what wrappers remember, (wrappers, 2, 2, n): places and anchors."""
    return rows.reshape(-1, RING_NUMBERS // DIMENSIONS, DIMENSIONS, rows.shape[1])
