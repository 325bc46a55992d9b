"""What to race on: each landscape one entry, data only.

A *landscape* is a named formula with its domain, its minima, a start, its source and what it teaches.
"""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from landscapes import basins, bowls, datasets, dimples, edges, models, physics, plateaus, saddles, valleys, waves
from landscapes.landscape import TAGS, DataLandscape, Landscape

__all__ = ["CATALOGUE", "DATA_LANDSCAPES", "FAMILIES", "LANDSCAPES", "TAGS", "Atlas", "DataLandscape", "Landscape"]


T = TypeVar("T", bound=Landscape)


class Atlas(Mapping[str, T]):
    """Landscapes by name, in any case."""

    def __init__(self, entries: tuple[T, ...]) -> None:
        self._entries = {entry.name.lower(): entry for entry in entries}

    def __getitem__(self, name: str) -> T:
        entry = self._entries.get(name.lower()) if isinstance(name, str) else None
        if entry is None:
            raise KeyError(f'There is no landscape "{name}". There are: {", ".join(self)}.')
        return entry

    def __iter__(self) -> Iterator[str]:
        return (entry.name for entry in self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


FAMILIES = {
    module.__name__.rpartition(".")[2]: tuple(entry for entry in vars(module).values() if isinstance(entry, Landscape))
    for module in (valleys, bowls, basins, saddles, plateaus, dimples, waves, edges, physics, models)
}
"""The landscapes of each file, by its name."""

LANDSCAPES = Atlas(tuple(entry for entries in FAMILIES.values() for entry in entries))

DATA_LANDSCAPES = Atlas(tuple(entry for entry in vars(datasets).values() if isinstance(entry, DataLandscape)))
"""Losses from data, each of which needs its data set to be compiled."""

CATALOGUE = Atlas((*LANDSCAPES.values(), *DATA_LANDSCAPES.values()))
"""All of them."""
