"""The landscapes of a league: found by name, and made ready to be raced on, here or in another process.

The engine knows no landscapes.  A name is looked up in the catalogue that the caller gives; the one that is named by
default is found by Python when a name is looked up, and not before, as the catalogue of any other program would be.
"""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData, TableData, columns_of
from engine.language.errors import FormulaError
from engine.language.types import Array, Bounds, Point
from engine.loss.loss import Loss
from engine.loss.machine_loss import MachineLoss
from engine.loss.transform import IDENTITY, Transform
from engine.tuning.runs import finite_starts
from engine.tuning.sobol import sobol

CATALOGUE = "landscapes:CATALOGUE"
"""The module and the name of the catalogue in which names are looked up."""
MOST_LOSSES = 512
"""Compiled losses that are kept: more than a catalogue has, so that each is compiled once in a process."""
DRAWN_AT_ONCE, MOST_DRAWN = 64, 4096
"""Points of the domain that are drawn to find starts, and how many in all before it is given up."""


class LandscapeLike(Protocol):
    """What a league reads of a landscape; further attributes may be missing.

    They are `other_starts`; `data`, the name of a generator with its `settings`, or a data set; and `transform`.
    """

    @property
    def name(self) -> str:
        """What its rows are called by."""
        ...

    @property
    def formula(self) -> str:
        """The loss."""
        ...

    @property
    def domain(self) -> Bounds:
        """Where further starts are drawn."""
        ...

    @property
    def start(self) -> Point:
        """The first start."""
        ...

    @property
    def parameters(self) -> Mapping[str, float]:
        """The values of the formula's parameters."""
        ...


@dataclass(frozen=True, eq=False)
class Ground:
    """A landscape as plain data that another process can compile.

    Attributes
    ----------
    name, formula : str
    domain : ((xmin, xmax), (ymin, ymax))
    starts : tuple of (x, y)
        Its own starts, where the transform has put them.
    parameters : mapping
    data : MadeData, TableData or None
    transform : Transform
    """

    name: str
    formula: str
    domain: Bounds
    starts: tuple[Point, ...]
    parameters: Mapping[str, float] = field(default_factory=dict)
    data: MadeData | TableData | None = None
    transform: Transform = IDENTITY

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ground) and repr(self) == repr(other)

    def __hash__(self) -> int:
        # Mappings have no hash, but their texts have.
        return hash(repr(self))

    def starts_for(self, count: int, seed: int) -> Array:
        """Return so many starts with a finite loss, float64 (count, 2): its own, then evenly drawn ones.

        Raises
        ------
        FormulaError
            Where the loss is finite hardly anywhere.
        """
        found = finite_places(loss_of(self), self.starts, self.domain, count, seed)
        if len(found) < count:
            raise FormulaError(f"{self.name} has a finite loss at hardly any place of its domain.")
        return found


def finite_places(loss: MachineLoss, own: Sequence[Point], domain: Bounds, count: int, seed: int) -> Array:
    """Return at most so many starts with a finite loss, float64 (n, 2): the `own` ones, then evenly drawn ones."""
    first = np.array(own[:count]).reshape(-1, 2)
    found = first[finite_starts(loss, first)]
    low, high = np.array(domain).T
    drawn = 0
    while len(found) < count and drawn < MOST_DRAWN:
        places = low + (high - low) * sobol(drawn, DRAWN_AT_ONCE, 2, seed)
        found = np.vstack([found, places[finite_starts(loss, places)]])
        drawn += DRAWN_AT_ONCE
    return found[:count]


@lru_cache(MOST_LOSSES)
def loss_of(ground: Ground) -> MachineLoss:
    """Return the compiled loss of a landscape.

    Raises
    ------
    FormulaError
        Where its formula is none.
    """
    return Loss(ground.formula, ground.parameters, columns_of(ground.data), ground.transform).compile()


def ground_of(landscape: str | LandscapeLike, catalogue: Mapping[str, LandscapeLike] | str = CATALOGUE) -> Ground:
    """Return a landscape, which may be given by its name.

    Parameters
    ----------
    landscape : str or LandscapeLike
    catalogue : mapping, or str
        Landscapes by name; or where there is such a mapping, ``module:name``.

    Raises
    ------
    FormulaError
        Where there is none of that name.
    """
    entry: Any = _named(landscape, catalogue) if isinstance(landscape, str) else landscape
    transform: Transform = getattr(entry, "transform", None) or IDENTITY
    starts = (entry.start, *getattr(entry, "other_starts", ()))
    return Ground(
        entry.name,
        entry.formula,
        entry.domain,
        tuple(transform.shown(start) for start in starts),
        dict(entry.parameters),
        _data_of(entry),
        transform,
    )


def _data_of(entry: Any) -> MadeData | TableData | None:
    """Return the data set of a landscape, with all settings of a generator."""
    data = getattr(entry, "data", None)
    if isinstance(data, str):
        return MadeData(data, {**GENERATORS[data].defaults, **entry.settings})
    found: MadeData | TableData | None = data
    return found


def _named(name: str, catalogue: Mapping[str, LandscapeLike] | str) -> LandscapeLike:
    if isinstance(catalogue, str):
        try:
            known: Mapping[str, LandscapeLike] = pkgutil.resolve_name(catalogue)
        except (ImportError, AttributeError):
            hint = 'Give the landscape itself, or a "catalogue".'
            raise FormulaError(f"There is no {catalogue} in which {name} could be found.", hint=hint) from None
    else:
        known = catalogue
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name.lower(), {each.lower(): each for each in known}, n=1)
    names = {each.lower(): each for each in known}
    raise FormulaError(f'There is no landscape "{name}".', hint=f'Did you mean "{names[close[0]]}"?' if close else "")
