"""Groups the racers' heads that lie at one place: they share a disc, one slice each, so that all stay visible."""

from __future__ import annotations

from collections.abc import Sequence

SAME_PLACE_PX = 4.0
"""Heads closer than this share one disc."""


def shared_discs(places: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Return the numbers of the heads on each disc; each head joins the first disc within `SAME_PLACE_PX`.

    `places` are x, y in pixels; the distance is the sum of the differences of x and of y.
    """
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
