"""The basin maps that are wanted at a moment, as a job of a worker: picture after picture, until it is cancelled."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

from engine.language.errors import FormulaError
from engine.language.types import Bounds, Point
from engine.live.loss_snapshot import LossSnapshot
from engine.live.racer_settings import RacerSettings
from engine.race.maps.basins import Basins
from engine.race.maps.linked_maps import LinkedMaps, LinkedPicture
from engine.race.randomness import Randomness
from gui.look.theme import Theme
from gui.views.basins.colours import MinimumColours
from gui.views.basins.painting import MapImage, map_image
from gui.window.many.remarks import remarks_of


@dataclass(frozen=True)
class MapWish:
    """What the maps are to show.

    Attributes
    ----------
    racers : tuple of RacerSettings
    loss : LossSnapshot
        Compared by identity: a snapshot stands for as long as nothing changes.
    cells : (int, int)
        Starts along x and along y.
    """

    racers: tuple[RacerSettings, ...]
    loss: LossSnapshot
    bounds: Bounds
    cells: tuple[int, int]
    steps: int
    minima: tuple[Point, ...]
    randomness: Randomness
    batch: int | None

    @property
    def diagonal(self) -> float:
        """The diagonal of what is visible."""
        (x0, x1), (y0, y1) = self.bounds
        return math.hypot(x1 - x0, y1 - y0)


@dataclass(frozen=True, eq=False)
class MapPicture:
    """A picture of the map of one racer, by its key, and the data that it is of."""

    key: int
    basins: Basins
    image: MapImage


class MapJob:
    """Computes and paints maps; `next` is called on one worker's thread, `cancel` from any.

    Parameters
    ----------
    colours : MinimumColours
        Shared by all jobs of the worker, one after the other.
    """

    def __init__(self, wish: MapWish, colours: MinimumColours, theme: Theme, same_loss: bool) -> None:
        self.wish, self.theme, self.sentence, self.remarks = wish, theme, "", ""
        self._colours, self._same_loss = colours, same_loss
        self._cancelled = Event()
        self._maps: LinkedMaps | None = None
        self._pictures: Iterator[LinkedPicture] | None = None

    def cancel(self) -> None:
        """Let `next` return None soon."""
        self._cancelled.set()
        if self._maps is not None:
            self._maps.cancel()

    def next(self) -> MapPicture | None:
        """Return the next picture; None where there is none, with a sentence if something is wrong."""
        try:
            if self._pictures is None:
                self._pictures = self._begin()
            picture = None if self._cancelled.is_set() else next(self._pictures, None)
        except FormulaError as error:
            self.sentence = f"{error.message} {error.hint}".strip()
            return None
        if picture is None or self._cancelled.is_set():
            return None
        key = self.wish.racers[picture.number].key
        return MapPicture(key, picture.basins, self.painted(picture.basins, self.theme))

    def painted(self, basins: Basins, theme: Theme) -> MapImage:
        """Return the picture of a map of this job in a theme."""
        numbers = self._colours.numbers(basins.minima, self.wish.diagonal)
        return map_image(basins, self.wish.bounds, self.wish.steps, numbers, theme)

    def _begin(self) -> Iterator[LinkedPicture]:
        wish, seed = self.wish, self.wish.randomness.seed
        if not self._same_loss:
            self._colours.begin()
        loss = wish.loss.build()
        batch = wish.batch if loss.columns else None
        rules = [settings.compile(wish.randomness) for settings in wish.racers]
        rows = loss.columns.rows if loss.columns else 0
        self.remarks = remarks_of(rules, seed, batch, rows)
        self._maps = LinkedMaps(loss, rules, wish.bounds, wish.cells, wish.steps, wish.minima, seed, batch)
        return self._maps.pictures()
