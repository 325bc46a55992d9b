"""How a racer looks in every view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.frame import RacerFrame


@dataclass(frozen=True)
class RacerLook:
    """A racer's name, colour ("#rrggbb") and whether it is drawn."""

    name: str
    colour: str
    visible: bool = True


def state_of(looks: Sequence[RacerLook], racers: Sequence[RacerFrame]) -> object:
    """Return what is equal for two moments in which racers look the same in a picture of the landscape."""
    return tuple(looks), [(racer.position, racer.rank, racer.trail.mark) for racer in racers]
