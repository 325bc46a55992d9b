"""The finish of a race: who is done, and whether the race is held once everyone is."""

from __future__ import annotations

from dataclasses import dataclass

from engine.language.errors import FormulaError
from engine.race.arrivals import FIRST_TOLERANCE, TOLERANCES
from engine.race.race import Race


@dataclass(frozen=True)
class FinishRule:
    """When a racer has arrived, and what happens once everyone is done.

    Attributes
    ----------
    tolerance : float
        One of `engine.race.arrivals.TOLERANCES`: how near to the minimum a racer has arrived.
    holds : bool
        Whether the race is held once everyone is done.

    Raises
    ------
    FormulaError
        Where there is no such tolerance.
    """

    tolerance: float = FIRST_TOLERANCE
    holds: bool = True

    def __post_init__(self) -> None:
        if self.tolerance not in TOLERANCES:
            raise FormulaError(f"The tolerance must be one of {', '.join(f'{one:g}' for one in TOLERANCES)}.")


class Finish:
    """Follows a race to its finish.

    Attributes
    ----------
    rule : FinishRule
    """

    def __init__(self) -> None:
        # A race of which nobody has said that it is to be held goes on.
        self.rule = FinishRule(holds=False)
        self._passed = False
        self._last = 0

    def is_over(self, race: Race) -> bool:
        """Return whether there are racers, and all are done."""
        count = len(race.racers)
        # The racer that was under way before most likely still is, and then no other need be looked at.
        if self._last < count and not is_done(race, self._last, self.rule.tolerance):
            return False
        waiting = next((number for number in range(count) if not is_done(race, number, self.rule.tolerance)), None)
        self._last = waiting or 0
        return count > 0 and waiting is None

    def pass_by(self, race: Race | None) -> None:
        """Let a race that is over go on: it is held again only after it was not over."""
        self._passed = race is not None and self.is_over(race)

    def hold(self, race: Race) -> bool:
        """Return whether the race ends now; then take it back to the step after which the last racer was done."""
        if not self.is_over(race):
            self._passed = False
            return False
        if self._passed or not self.rule.holds:
            return False
        self._passed = True
        step = last_step(race, self.rule.tolerance)
        if step is not None and step < race.step:
            race.rewind(step)
        return True


def is_done(race: Race, number: int, tolerance: float) -> bool:
    """Return whether a racer has arrived, has diverged, or moves no more."""
    if race.arrival(number, tolerance) is not None or race.racers[number].diverged_at is not None:
        return True
    return race.rested(number) is not None or race.has_converged(number) or bool(race.stall(number))


def last_step(race: Race, tolerance: float) -> int | None:
    """Return the step after which the last racer was done; None where one rests, and has no such step."""
    steps = []
    for number, racer in enumerate(race.racers):
        arrival = race.arrival(number, tolerance)
        other = racer.diverged_at if racer.diverged_at is not None else race.rested(number)
        steps.append(arrival.step if arrival is not None else other)
    return None if None in steps else max((step for step in steps if step is not None), default=None)
