"""Linked maps: basin maps of several racers on one loss, computed by turns, whose labels stand for the same minima."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.language.types import Array, Bounds
from engine.loss.machine_loss import MachineLoss
from engine.race.compile_racer import RacerLike
from engine.race.maps.basins import BasinMap, Basins

NO_MINIMUM = -1, -1
"""What stands for the two labels below 0, which count from the end, so that there is always such a row."""
SAME = 1e-4
"""Relative: minima of two maps that are no farther apart are one."""


@dataclass(frozen=True)
class LinkedPicture:
    """A picture of the map of one racer, by its number; its labels are rows of the minima of all maps so far."""

    number: int
    basins: Basins


class LinkedMaps:
    """Basin maps of several racers; beside `racers` the arguments are those of `basins`.

    Attributes
    ----------
    minima, minimum_losses : float64 (k, 2), (k,)
        The minima of all maps: those that were known, then those that were found, in this order for good.
    """

    def __init__(
        self, loss: MachineLoss, racers: Sequence[RacerLike], domain: Bounds, size: tuple[int, int], steps: int = 500,
        minima: ArrayLike = (), seed: int = 0, batch: int | None = None,
    ) -> None:  # fmt: skip
        self._maps = [BasinMap(loss, racer, domain, size, steps, minima, seed, batch) for racer in racers]
        self.minima, self.minimum_losses = np.empty((0, 2)), np.empty(0)

    def cancel(self) -> None:
        """Let the pictures end soon, from any thread."""
        for each in self._maps:
            each.cancel()

    def pictures(self) -> Iterator[LinkedPicture]:
        """Yield the coarsest picture of every racer, then a finer one of each, and so on."""
        under_way = {number: each.stages() for number, each in enumerate(self._maps)}
        while under_way:
            for number, stages in list(under_way.items()):
                picture = next(stages, None)
                if picture is None:
                    del under_way[number]
                else:
                    yield LinkedPicture(number, self._linked(picture))

    def _linked(self, picture: Basins) -> Basins:
        """Return a picture with labels of the minima of all maps."""
        numbers = self._numbers_of(picture.minima, picture.minimum_losses)
        # Labels of cells at no minimum are negative: they stay what they are.
        labels = np.where(picture.labels < 0, picture.labels, np.append(numbers, NO_MINIMUM)[picture.labels])
        return replace(picture, labels=labels, minima=self.minima, minimum_losses=self.minimum_losses)

    def _numbers_of(self, points: Array, losses: Array) -> NDArray[np.int64]:
        """Return the rows of `minima` at these points; those that are new are added."""
        numbers = np.empty(len(points), dtype=np.int64)
        for place, (point, loss) in enumerate(zip(points, losses, strict=True)):
            apart = np.hypot(*(self.minima - point).T)
            near = np.flatnonzero(apart <= SAME * (1.0 + np.hypot(*point)))
            if not len(near):
                near = np.array([len(self.minima)])
                self.minima = np.vstack([self.minima, point])
                self.minimum_losses = np.append(self.minimum_losses, loss)
            numbers[place] = near[0]
        return numbers
