"""The minimum that loss curves are measured from: a known one, or one polished from the best point of all racers.

Whatever is found is below every loss that was recorded, but for rounding; where nothing is, there is no minimum to
measure from.  Frames in which nothing changed cost a comparison.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.language.types import Point
from engine.loss.machine_loss import MachineLoss
from engine.loss.polish import polish
from engine.race.race import Race
from engine.race.racer import Racer
from engine.race.trail import Trail

MOST_STARTS = 4
"""Known minima, the lowest first, from which others are looked for once a parameter has changed."""
ROUNDING = 1e-14
"""Relative to the loss at the start and to the minimum: so far below the minimum a recorded loss may lie."""


@dataclass(frozen=True)
class BestOfTrail:
    """The lowest finite loss of a trail so far, inf where there is none, and the point that has it."""

    last_step: int
    loss: float
    point: Point

    def continued(self, trail: Trail) -> BestOfTrail:
        """Return the best of the same trail with the rows that were added since."""
        begin = trail.rows_after(self.last_step)
        if begin == len(trail.steps):
            return self
        # Every loss is finite, or there is but one.
        losses = trail.losses[begin:]
        row = int(losses.argmin())
        if not losses[row] < self.loss:
            return BestOfTrail(trail.last_step, self.loss, self.point)
        x, y = trail.positions[begin + row].tolist()
        return BestOfTrail(trail.last_step, float(losses[row]), (x, y))


NOTHING_SEEN = BestOfTrail(-1, math.inf, (0.0, 0.0))


class MinimumTracker:
    """The minimum of the landscape that is raced on; used by one thread alone.

    Attributes
    ----------
    value : float or None
        The loss at the minimum; None where none is known.
    places : tuple of (x, y)
        Where the landscape has it, as it is drawn: the known minima, or those that were found; empty where none is.
    """

    def __init__(self) -> None:
        self.value: float | None = None
        self.places: tuple[Point, ...] = ()
        self._known: tuple[Point, ...] = ()
        self._known_for: tuple[str, dict[str, float], object] = ("", {}, None)
        self._loss: MachineLoss | None = None
        self._numbers = b""
        self._columns: object = None
        self._known_value: float | None = None
        self._best: dict[object, BestOfTrail] = {}
        self._lowest = self._scale = math.inf
        self._searched_at = 0

    def set_known(self, minima: Sequence[Point], loss: MachineLoss) -> None:
        """Set the known minima of `loss` with the parameters and rows of now, in the coordinates of its formula."""
        self._known, self._known_for = tuple(minima), (loss.text, loss.parameters, loss.columns)
        self._loss = None

    @property
    def is_known(self) -> bool:
        """Whether the value is that of the known minima; else it was found below the racers."""
        return self.value is not None and self.value == self._known_value

    def update(self, race: Race) -> float | None:
        """Return the minimum to measure the losses of a race from; None where none is known.

        Before the first step nothing is searched for.
        """
        changed = self._follow_loss(race.loss)
        if (self._follow_racers(race.racers) or changed) and (self.value is None or self._is_above(self.value)):
            self._replace_value(race.loss, race.step)
        return self.value

    def _follow_loss(self, loss: MachineLoss) -> bool:
        """Drop what was found for another loss, or other parameters; return whether it was so."""
        numbers = loss.parameter_array.tobytes()
        if loss is self._loss and numbers == self._numbers and loss.columns is self._columns:
            return False
        self._loss, self._numbers, self._columns = loss, numbers, loss.columns
        self._known_value, self._searched_at = self._value_at_known(loss), 0
        self.value = self._known_value
        self.places = self._known_places(loss)
        return True

    def _value_at_known(self, loss: MachineLoss) -> float | None:
        """Return the loss at the known minima; None where there are none, or parameters have made them false."""
        text, parameters, columns = self._known_for
        # Sets of rows are replaced, never changed.
        if (loss.text, loss.parameters) != (text, parameters) or loss.columns is not columns:
            return None
        return min((value for value, _ in _losses_at(loss, self._known)), default=None)

    def _follow_racers(self, racers: Sequence[Racer]) -> bool:
        """Look at the rows that are new; return whether there were any."""
        trails = [racer.history.trail() for racer in racers]
        best = {trail.generation: self._best.get(trail.generation, NOTHING_SEEN).continued(trail) for trail in trails}
        if best == self._best:
            return False
        self._best = best
        bands = [racer.spread.lowest for racer in racers]
        self._lowest = min([*bands, *(one.loss for one in best.values())], default=math.inf)
        starts = [abs(float(trail.losses[0])) for trail in trails if len(trail.losses)]
        self._scale = max(filter(math.isfinite, starts), default=0.0)
        return True

    def _is_above(self, value: float) -> bool:
        """Return whether a recorded loss is below `value` by more than rounding."""
        return self._lowest < value - ROUNDING * max(abs(value), self._scale)

    def _replace_value(self, loss: MachineLoss, step: int) -> None:
        if self._known_value is not None and not self._is_above(self._known_value):
            self.value = self._known_value
            self.places = self._known_places(loss)
            return
        # Where there is none it is looked for again only after as many steps again: a racer may fall without end.
        if step == 0 or (self.value is None and self._searched_at <= step < 2 * self._searched_at):
            return
        self._searched_at = step
        found = [minimum for start in self._starts(loss) if (minimum := polish(loss, start)) is not None]
        lowest = min((value for _, value in found), default=None)
        self.value = None if lowest is None or self._is_above(lowest) else lowest
        self.places = tuple(point for point, value in found if value == self.value)

    def _known_places(self, loss: MachineLoss) -> tuple[Point, ...]:
        return () if self._known_value is None else tuple(point for _, point in _losses_at(loss, self._known))

    def _starts(self, loss: MachineLoss) -> list[Point]:
        """Return from where to look: the best point of all racers, and minima of before parameters changed."""
        best = min(self._best.values(), key=lambda one: one.loss, default=NOTHING_SEEN)
        known = sorted(_losses_at(loss, self._known))[:MOST_STARTS]
        return [*([best.point] if math.isfinite(best.loss) else []), *(point for _, point in known)]


def _losses_at(loss: MachineLoss, points: Sequence[Point]) -> list[tuple[float, Point]]:
    """Return the finite losses at points of the formula, each with the point where it is drawn."""
    if not points:
        return []
    shown = [loss.transform.shown(point) for point in points]
    # The code that the landscape was sampled with: nothing is compiled for this.
    values = loss.quick_value([x for x, _ in shown], [y for _, y in shown]).tolist()
    return [(value, point) for value, point in zip(values, shown, strict=True) if math.isfinite(value)]
