"""Racers whose step is a function of one's own: who is absent until its file was run, and who takes a new one over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.optimizers.function_optimizer import FunctionOptimizer
from gui.session.choices import RacerChoice


def function_racer(optimizer: FunctionOptimizer, values: dict[str, float] | None = None) -> RacerChoice:
    """Return a racer that runs a function, at its defaults but for `values`."""
    settings = {**optimizer.defaults, **(values or {})}
    return RacerChoice(0, optimizer.name, "", "", settings, function=optimizer)


def in_order(racers: Iterable[RacerChoice]) -> list[RacerChoice]:
    """Return racers in the order in which they came, wherever they were meanwhile."""
    return sorted(racers, key=lambda racer: racer.key)


def taking_over(racers: Iterable[RacerChoice], optimizer: FunctionOptimizer) -> list[RacerChoice]:
    """Return those of `racers` that run the function at a place, each with the function as it is now.

    Settings whose names stay are kept.
    """
    return [
        replace(racer, function=optimizer).fitted()
        for racer in racers
        if racer.place is not None and racer.place == optimizer.place
    ]
