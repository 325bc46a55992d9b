"""Linked maps: several racers' basin maps by turns, with one number for each minimum."""

import numpy as np

from engine import basins, compile_loss
from engine.language.types import Bounds
from engine.race.maps.linked_maps import LinkedMaps

HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
DOMAIN: Bounds = ((-5, 5), (-5, 5))
RACERS = ("SGD(lr=0.01)", "Adam(lr=0.1)", "NelderMead")


def test_the_maps_of_several_racers_come_by_turns_and_mean_the_same_minima() -> None:
    loss = compile_loss(HIMMELBLAU)
    maps = LinkedMaps(loss, RACERS, DOMAIN, (64, 64), 200)
    pictures = list(maps.pictures())
    assert [(picture.number, picture.basins.stride) for picture in pictures] == [
        (number, stride) for stride in (2, 1) for number in range(len(RACERS))
    ]
    assert len(maps.minima) == 4
    for picture in pictures[-len(RACERS) :]:
        alone = basins(loss, RACERS[picture.number], DOMAIN, 64, 200)
        labels = picture.basins.labels
        assert ((labels < 0) == (alone.labels < 0)).all()
        at = labels >= 0
        assert np.allclose(maps.minima[labels[at]], alone.minima[alone.labels[at]], atol=1e-4)


def test_cancelled_maps_end() -> None:
    maps = LinkedMaps(compile_loss(HIMMELBLAU), RACERS, DOMAIN, (64, 64), 200)
    pictures = maps.pictures()
    next(pictures)
    maps.cancel()
    assert len(list(pictures)) <= len(RACERS)


def test_a_plane_without_minima_has_maps_too() -> None:
    *_, last = LinkedMaps(compile_loss("x + y"), ["SGD(lr=0.1)"], DOMAIN, (32, 32), 20).pictures()
    assert (last.basins.labels == -2).all() and last.basins.minima.shape == (0, 2)
