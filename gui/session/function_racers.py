"""Racers whose step is a Python function: they are absent until its file is run, and take over its newest version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.optimizers.function_optimizer import FunctionOptimizer
from gui.session.choices import RacerChoice


def function_racer(optimizer: FunctionOptimizer, values: dict[str, float] | None = None) -> RacerChoice:
    """Return a racer that runs a function, at its defaults but for `values`."""
    settings = {**optimizer.defaults, **(values or {})}
    return RacerChoice(0, optimizer.name, "", "", settings, function=optimizer)


def together(racing: Iterable[RacerChoice], absent: Iterable[RacerChoice]) -> list[RacerChoice]:
    """Return racers in the order that a person gave them, each absent one behind all that were added before it."""
    everyone = list(racing)
    for racer in sorted(absent, key=lambda racer: racer.key):
        earlier = [number for number, other in enumerate(everyone) if other.key < racer.key]
        everyone.insert(earlier[-1] + 1 if earlier else 0, racer)
    return everyone


def with_function(racers: Iterable[RacerChoice], optimizer: FunctionOptimizer) -> list[RacerChoice]:
    """Return those of `racers` whose function stands where `optimizer` does, each with `optimizer` in its place.

    They keep the settings of all names that stay.
    """
    return [
        replace(racer, function=optimizer).fitted()
        for racer in racers
        if racer.place is not None and racer.place == optimizer.place
    ]
