"""Heads that lie at one place share a disc, a slice each, so that nobody hides anybody."""

from __future__ import annotations

from collections.abc import Sequence

SAME_PLACE_PX = 4.0
"""Heads that lie so near to each other share one disc."""


def shared_discs(places: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Return the numbers of the heads on each disc; a head joins the first disc near enough to its place in pixels."""
    discs: list[list[int]] = []
    for number, (x, y) in enumerate(places):
        for disc in discs:
            there_x, there_y = places[disc[0]]
            if abs(x - there_x) + abs(y - there_y) < SAME_PLACE_PX:
                disc.append(number)
                break
        else:
            discs.append([number])
    return discs
