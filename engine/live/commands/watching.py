"""Commands about what is told of a race beside its trails: nothing of the race changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.live.commands.command import Command
from engine.live.live_race import LiveRace


@dataclass(frozen=True)
class WatchSteps(Command):
    """Tell the values of the steps of the racers with these keys in each frame, and of no others.

    Attributes
    ----------
    rates : bool
        Whether to tell their effective rates too.
    """

    keys: frozenset[int]
    rates: bool = False

    failed: ClassVar[str] = "Watching the steps of a racer failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Note the keys; one that no racer has is kept, because a racer may come back."""
        live.watching.keys, live.watching.rates = self.keys, self.rates


@dataclass(frozen=True)
class DrawQuantity(Command):
    """Tell in each frame one quantity along all steps of the racers with these keys, and of no others.

    Attributes
    ----------
    quantity : str
        As in `engine.race.curves.quantities`; "" for none.
    """

    quantity: str
    keys: frozenset[int]

    failed: ClassVar[str] = "Drawing a quantity failed"
    newest_only: ClassVar[bool] = True
    spares_replay: ClassVar[bool] = True

    def apply(self, live: LiveRace) -> None:
        """Note what is drawn."""
        live.watching.quantity, live.watching.drawn = self.quantity, self.keys
