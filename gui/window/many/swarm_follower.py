"""The swarms of all racers on a worker's thread: they follow the race for a moment, and are painted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

from engine.language.errors import FormulaError
from engine.language.types import Bounds
from engine.live.loss_snapshot import LossSnapshot
from engine.live.racer_settings import RacerSettings
from engine.race.followers.following_swarm import FollowingSwarm
from engine.race.randomness import Randomness
from gui.views.swarms.painting import SwarmImage, cells_for, density_image, density_of, together

NO_MEMORY = "There is not enough memory for so many starts."
MOMENT_S = 0.03
"""For so long swarms go on before they are painted again, where a race is farther than that."""


@dataclass(frozen=True)
class SwarmWish:
    """A swarm that is wanted: of which racer, how large, released over what was visible then, and in which panel."""

    settings: RacerSettings
    count: int
    released: Bounds
    colour: str
    rim: str
    panel: int


@dataclass(frozen=True)
class SwarmsWish:
    """All swarms that are wanted, at a step of the race, what of the plane is visible, and what the 3-D views show."""

    swarms: tuple[SwarmWish, ...]
    loss: LossSnapshot
    step: int
    randomness: Randomness
    batch: int | None
    bounds: Bounds
    ground: Bounds
    pixels: tuple[int, int]
    panels: int
    respawn: bool


@dataclass(frozen=True, eq=False)
class SwarmsShown:
    """The pictures of each panel and 3-D view, the lowest step of a swarm, how many began anew, and what is wrong."""

    wish: SwarmsWish
    images: Sequence[SwarmImage | None]
    draped: Sequence[SwarmImage | None]
    step: int
    respawned: int = 0
    sentence: str = ""


class SwarmFollower:
    """Keeps a swarm for each wish; used by one thread alone."""

    def __init__(self) -> None:
        self._swarms: dict[object, tuple[FollowingSwarm, object]] = {}

    def follow(self, wish: SwarmsWish) -> SwarmsShown:
        """Go towards the step of the race, and return what is to be seen."""
        try:
            swarms = [self._swarm(each, wish) for each in wish.swarms]
        except FormulaError as error:
            return _nothing(wish, f"{error.message} {error.hint}".strip())
        except MemoryError:
            return _nothing(wish, NO_MEMORY)
        ends_at = time.monotonic() + MOMENT_S
        for swarm in swarms:
            swarm.follow(wish.step, ends_at - time.monotonic())
        images = _images(wish, swarms, wish.bounds)
        draped = images if wish.ground == wish.bounds else _images(wish, swarms, wish.ground)
        step = min(swarm.step for swarm in swarms) if swarms else wish.step
        return SwarmsShown(wish, images, draped, step, sum(swarm.respawned for swarm in swarms))

    def _swarm(self, each: SwarmWish, wish: SwarmsWish) -> FollowingSwarm:
        """Return the swarm of a wish, which is made where it is new, with the settings of now."""
        place = self._place(each, wish)
        kept = {self._place(other, wish) for other in wish.swarms}
        self._swarms = {known: swarm for known, swarm in self._swarms.items() if known in kept}
        settings = (tuple(each.settings.values.items()), wish.loss, wish.respawn)
        if place not in self._swarms:
            loss = wish.loss.build()
            rule = each.settings.compile(wish.randomness)
            batch = wish.batch if loss.columns else None
            swarm = FollowingSwarm(loss, rule, each.released, each.count, wish.randomness.seed, batch, wish.respawn)
            self._swarms[place] = swarm, settings
            return swarm
        swarm, before = self._swarms[place]
        if before != settings:
            swarm.change(wish.step, each.settings.values, wish.loss.numbers, wish.respawn)
            self._swarms[place] = swarm, settings
        return swarm

    def _place(self, each: SwarmWish, wish: SwarmsWish) -> object:
        """Return what a swarm is made anew for when it changes."""
        made_of = each.settings.key, each.settings.source, each.count, each.released
        return *made_of, id(wish.loss.loss), id(wish.loss.columns), wish.randomness, wish.batch


def _nothing(wish: SwarmsWish, sentence: str) -> SwarmsShown:
    """Return that there is nothing to be seen, and why."""
    nothing = [None] * wish.panels
    return SwarmsShown(wish, nothing, nothing, wish.step, sentence=sentence)


def _images(wish: SwarmsWish, swarms: Sequence[FollowingSwarm], bounds: Bounds) -> list[SwarmImage | None]:
    """Return the picture of each panel over a rectangle, None where it has no swarms."""
    images: list[SwarmImage | None] = []
    for panel in range(wish.panels):
        pairs = [pair for pair in zip(wish.swarms, swarms, strict=True) if pair[0].panel == panel]
        image = together([_painted(*pair, bounds, wish.pixels) for pair in pairs])
        images.append(SwarmImage(image, bounds) if pairs else None)
    return images


def _painted(each: SwarmWish, swarm: FollowingSwarm, bounds: Bounds, pixels: tuple[int, int]) -> QImage:
    density = density_of(swarm.swarm, bounds, *cells_for(each.count, pixels))
    return density_image(density, each.colour, each.rim)
