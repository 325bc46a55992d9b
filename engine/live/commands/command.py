"""A command: what all of them have in common, and which of those in a queue need not be carried out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from engine.live.live_race import LiveRace


class Command(ABC):
    """One thing that is asked of a race.

    Attributes
    ----------
    failed : str
        What failed where `apply` raises an unexpected exception, as a clause: "Changing the height failed".
    newest_only : bool
        Whether a command that waits is dropped once a newer one of the same class and `subject` waits behind it.
    spares_replay : bool
        Whether a race that is being repeated goes on being repeated, because the command changes nothing of it or puts
        another in its place.
    sets_formula : bool
        Whether it answers to a text in the formula bar, which shows the error then, until the next such command.
    """

    failed: ClassVar[str]
    newest_only: ClassVar[bool] = False
    sets_formula: ClassVar[bool] = False
    spares_replay: ClassVar[bool] = False

    @property
    def subject(self) -> tuple[object, ...]:
        """What the command changes, where its class can change several things: the name of a parameter, say."""
        return ()

    @abstractmethod
    def apply(self, live: LiveRace) -> None:
        """Carry out the command.

        Raises
        ------
        FormulaError
            Where its arguments are refused.
        """


def newest_only(commands: Sequence[tuple[int, Command]]) -> list[tuple[int, Command]]:
    """Return numbered `commands`, oldest first, without those that a newer one makes pointless."""
    seen: set[tuple[object, ...]] = set()
    kept: list[tuple[int, Command]] = []
    for number, command in reversed(commands):
        key = (type(command), *command.subject)
        if not (command.newest_only and key in seen):
            kept.append((number, command))
        seen.add(key)
    return kept[::-1]
