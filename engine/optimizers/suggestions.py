"""The optimizers that were perhaps meant by a name that none has: one with a slip in it, or another usual name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

MOST_SUGGESTED = 3
LETTERS_A_SLIP = 3
"""A word may have one slip for each three of its letters, rounded down, and one at least."""
ALIASES: Mapping[str, str] = MappingProxyType({
    "GD": "SGD",
    "GradientDescent": "SGD",
    "SteepestDescent": "SGD",
    "HeavyBall": "Momentum",
    "NAG": "Nesterov",
    "AcceleratedGradient": "Nesterov",
    "AveragedSGD": "ASGD",
    "LevenbergMarquardt": "DampedNewton",
    "CG": "ConjugateGradient",
    "FletcherReeves": "ConjugateGradient",
    "Simplex": "NelderMead",
    "Amoeba": "NelderMead",
    "PSO": "ParticleSwarm",
    "DE": "DifferentialEvolution",
    "Annealing": "SimulatedAnnealing",
})  # fmt: skip
"""Other usual names of optimizers in the catalogue."""


def nearest_optimizers(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the `known` names that `name` may stand for, the nearest first."""
    names = list(known)
    usual = {alias: meant for alias, meant in ALIASES.items() if meant in names}
    near = nearest_names(name, [*names, *usual])
    return list(dict.fromkeys(usual.get(each, each) for each in near))


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the `known` names that differ from `name` by few slips, or else by few letters.

    `difflib` alone would take `Adma` for Adan rather than Adam: it does not see that two letters have changed places.
    """
    names = {other.lower(): other for other in known}
    word = name.strip().lower()
    most = max(1, len(word) // LETTERS_A_SLIP)
    distances = {other: slips_between(word, other) for other in names if abs(len(other) - len(word)) <= most}
    near = sorted((other for other in distances if distances[other] <= most), key=distances.__getitem__)
    if near:
        # A name with two slips is hardly meant where one with a single slip is there.
        near = [other for other in near if distances[other] == distances[near[0]]]
    else:
        near = difflib.get_close_matches(word, names, n=MOST_SUGGESTED)
    return [names[other] for other in near[:MOST_SUGGESTED]]


def slips_between(one: str, other: str) -> int:
    """Return by how many slips two words differ: letters too many, missing, wrong, or in each other's place."""
    before, row = list[int](), list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, last, row = row, before, [place]
        for column, wanted in enumerate(other, start=1):
            slips = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and (letter, one[place - 2]) == (other[column - 2], wanted):
                slips = min(slips, last[column - 2] + 1)
            row.append(slips)
    return row[-1]
