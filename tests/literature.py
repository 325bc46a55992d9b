"""The landscapes as formulas without parameters, for tests and measurements of the language."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import LANDSCAPES, Landscape


class Published(NamedTuple):
    """A formula with the rectangle on which it is drawn, as ((xmin, xmax), (ymin, ymax))."""

    name: str
    domain: tuple[tuple[float, float], tuple[float, float]]
    formula: str

    def points(self, count: int) -> NDArray[np.float64]:
        """Return `count` points within the rectangle, always the same, as (2, count)."""
        low, high = np.array(self.domain).T
        return np.random.default_rng(7).uniform(low, high, (count, 2)).T


def _published(landscape: Landscape) -> Published:
    """Define the parameters in the formula itself, so that it has no free names."""
    definitions = "".join(f"{name} = {value!r}\n" for name, value in landscape.parameters.items())
    return Published(landscape.name, landscape.domain, definitions + landscape.formula)


PUBLISHED = [_published(landscape) for landscape in LANDSCAPES.values()]
