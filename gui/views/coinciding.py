"""Coinciding trails: racers that went the same way share it in dashes that alternate, so that each colour is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from engine.live.frame import RacerFrame
from engine.race.trail import Trail
from gui.views.dashes import SOLID, Dash
from gui.views.racer_look import RacerLook

DASH_PX = 14.0
"""The length of a dash of each racer."""
LOOKED_AT = 16
"""Steps at which two trails are compared: so many evenly, and so many ever closer to the start, where racers part."""
FIRST_STEPS = 1_000
"""Steps at the beginning at which all racers are compared with each other at once, before any two in full."""
Parted = set[tuple[object, object]]
"""Pairs of the generations of trails that parted within `FIRST_STEPS`, which never coincide whatever follows."""
APART = 0.005
"""Relative to how far the racers came from their start: trails that are no farther apart are drawn as one."""


def alternating(
    looks: Sequence[RacerLook], racers: Sequence[RacerFrame], parted: Parted | None = None
) -> list[RacerLook]:
    """Return the looks in which racers that share a trail with others are drawn in dashes that leave room for them.

    Those that have dashes of their own keep them.  Whoever asks for every frame of a race keeps `parted`, an empty set
    at first, so that pairs which have parted are not compared again.
    """
    changed = list(looks)
    for group in _groups(looks, racers, set() if parted is None else parted):
        for turn, number in enumerate(group):
            if not (looks[number].dash or SOLID).lengths:
                changed[number] = replace(looks[number], dash=_turn(turn, len(group)))
    return changed


def _groups(looks: Sequence[RacerLook], racers: Sequence[RacerFrame], parted: Parted) -> list[list[int]]:
    """Return the numbers of the visible racers that share a trail, two or more together."""
    pairs = list(zip(looks, racers, strict=False))
    shown = [number for number, (look, racer) in enumerate(pairs) if look.visible and len(racer.trail.steps) > 1]
    if len(shown) < 2:
        return []
    groups: dict[int, list[int]] = {}
    taken: set[int] = set()
    # Each pair once, in order: the first of a group finds all of its others.
    for first, second in _candidates([racers[number] for number in shown], parted):
        free = first not in taken and second not in taken
        if free and _coincide(racers[shown[first]].trail, racers[shown[second]].trail):
            groups.setdefault(first, [first]).append(second)
            taken.add(second)
    return [[shown[place] for place in group] for group in groups.values()]


def _candidates(racers: Sequence[RacerFrame], parted: Parted) -> list[tuple[int, int]]:
    """Return the pairs of racers that are together now and were soon after the start, in order."""
    generations = [racer.trail.generation for racer in racers]
    if parted.issuperset(combinations(generations, 2)):
        return []
    heads = np.array([racer.position for racer in racers])
    reach = APART * np.abs(heads - np.array([racer.trail.positions[0] for racer in racers])).max(axis=1)
    near = np.triu(np.abs(heads[:, None] - heads).max(axis=2) <= reach, 1)
    if near.any():
        # The first rows are steps that no trail has thinned.
        last = min(min(len(racer.trail.steps) for racer in racers) - 1, FIRST_STEPS)
        rows = np.geomspace(1, last, LOOKED_AT).astype(np.intp)
        early = np.array([racer.trail.positions[rows] for racer in racers]).reshape(len(racers), -1)
        begun = np.abs(early - np.tile(racers[0].trail.positions[0], len(rows))).max(axis=1)
        together = np.abs(early[:, None] - early).max(axis=2) <= APART * begun
        near &= together
        if last == FIRST_STEPS:
            parted.clear()
            apart = np.argwhere(np.triu(~together, 1)).tolist()
            parted.update((generations[first], generations[second]) for first, second in apart)
    return [(first, second) for first, second in np.argwhere(near).tolist()]


def _coincide(first: Trail, second: Trail) -> bool:
    """Return whether two trails are together at the steps that are looked at, of those that both have."""
    if first.last_step != second.last_step:
        return False
    last = len(first.steps) - 1
    rows = np.concatenate([np.linspace(0, last, LOOKED_AT), np.geomspace(1, last, LOOKED_AT)]).astype(np.intp)
    others = np.minimum(np.searchsorted(second.steps, first.steps[rows]), len(second.steps) - 1)
    both = second.steps[others] == first.steps[rows]
    here, there = first.positions[rows[both]], second.positions[others[both]]
    return bool(np.abs(here - there).max(initial=0.0) <= APART * _extent(here))


def _extent(places: NDArray[np.float64]) -> float:
    """Return the longer side of the rectangle that holds all places (n, 2)."""
    return float(np.ptp(places, axis=0).max()) if len(places) else 0.0


def _turn(turn: int, count: int) -> Dash:
    """Return the dashes of the racer whose turn it is among `count`, counted from 0."""
    return Dash((0.0, turn * DASH_PX, DASH_PX, (count - 1 - turn) * DASH_PX), "")
