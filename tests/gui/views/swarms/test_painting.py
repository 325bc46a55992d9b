"""The density of a swarm: each member is counted once where it is, and more members are more opaque."""

import numpy as np
import pytest

from engine import Swarm, compile_loss
from engine.race.followers.following_swarm import even_starts
from gui.views.swarms.painting import MOST_NUMBERS, density_image, density_of

BOUNDS = ((-2.0, 1.0), (0.0, 4.0))
COLUMNS, ROWS = 30, 20
ELSEWHERE = np.array([(-2.1, 1.0), (1.0, 1.0), (0.0, 4.1), (0.0, 0.0), (0.0, -1e300), (1e300, 1.0)])
"""Right and lower edges belong to no cell."""


def swarm_at(places: np.ndarray, formula: str = "x^2 + y^2", in_block: int | None = None) -> Swarm:
    return Swarm(compile_loss(formula), "SGD(lr=0.1)", places, in_block=in_block)


@pytest.mark.parametrize("count", [1, 7, 5000, 300_000])
def test_every_member_is_counted_where_it_is(count: int) -> None:
    places = np.vstack([even_starts(((-3, 3), (-1, 5)), count), ELSEWHERE])
    density = density_of(swarm_at(places, in_block=4096), BOUNDS, COLUMNS, ROWS)
    # Rows of the picture come from above: the first is that of the largest y.
    x, y = places.T
    inside = (x >= -2) & (x < 1) & (y <= 4) & (y > 0)
    expected = np.zeros((ROWS, COLUMNS), int)
    scale = COLUMNS / 3.0, ROWS / 4.0
    np.add.at(expected, (((4 - y[inside]) * scale[1]).astype(int), ((x[inside] + 2) * scale[0]).astype(int)), 1)
    assert np.array_equal(density.counts, expected)
    numbers = np.bincount(np.minimum(expected, MOST_NUMBERS - 1).ravel(), minlength=MOST_NUMBERS)
    assert np.array_equal(density.numbers, numbers)


def test_members_that_have_diverged_are_not_counted() -> None:
    places = np.array([(-1.0, 1.0), (0.5, 1.0), (0.5, 1.0)])
    swarm = swarm_at(places, "log(x)")
    swarm.advance(0)
    assert density_of(swarm, BOUNDS, COLUMNS, ROWS).counts.sum() == 3
    swarm.advance(1)
    assert density_of(swarm, BOUNDS, COLUMNS, ROWS).counts.sum() == 2


def test_no_member_leaves_a_pixel_clear_and_more_make_it_more_opaque() -> None:
    places = np.repeat([(-1.9, 3.9), (-1.7, 3.9), (-1.5, 3.9)], [1, 5, 40], axis=0)
    image = density_image(density_of(swarm_at(places), BOUNDS, 15, 20), "#2040ff", "#2040ff")
    opacities = [image.pixelColor(column, 0).alpha() for column in range(4)]
    assert 0 < opacities[0] < opacities[1] < opacities[2] == 255 and opacities[3] == 0
    assert image.pixelColor(2, 0).name() == "#2040ff" and image.pixelColor(0, 1).alpha() == 0


def test_a_lone_member_has_the_rim_s_colour_mixed_in_and_a_crowd_has_not() -> None:
    places = np.repeat([(-1.9, 3.9), (-1.7, 3.9)], [1, 100_000], axis=0)
    image = density_image(density_of(swarm_at(places), BOUNDS, 15, 20), "#000000", "#ffffff")
    assert image.pixelColor(0, 0).lightness() > 150 and image.pixelColor(1, 0).lightness() == 0


def test_nobody_in_sight_is_a_clear_picture() -> None:
    image = density_image(density_of(swarm_at(ELSEWHERE), BOUNDS, 15, 20), "#2040ff", "#2040ff")
    assert all(image.pixelColor(column, row).alpha() == 0 for column in range(15) for row in range(20))
