"""How a racer looks in every view."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RacerLook:
    """A racer's name, colour ("#rrggbb") and whether it is drawn."""

    name: str
    colour: str
    visible: bool = True
