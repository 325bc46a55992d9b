"""What to race on: each landscape one entry, data only.

A *landscape* is a named formula with its domain, its minima, a start, its source and what it teaches.
"""

from collections.abc import Iterator, Mapping

from landscapes import bowls, multimodal, valleys
from landscapes.landscape import TAGS, Landscape

__all__ = ["LANDSCAPES", "TAGS", "Atlas", "Landscape"]


class Atlas(Mapping[str, Landscape]):
    """Landscapes by name, in any case."""

    def __init__(self, entries: tuple[Landscape, ...]) -> None:
        self._entries = {entry.name.lower(): entry for entry in entries}

    def __getitem__(self, name: str) -> Landscape:
        entry = self._entries.get(name.lower()) if isinstance(name, str) else None
        if entry is None:
            raise KeyError(f"There is no landscape {name}. There are: {', '.join(self)}.")
        return entry

    def __iter__(self) -> Iterator[str]:
        return (entry.name for entry in self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


LANDSCAPES = Atlas(
    tuple(
        entry
        for family in (valleys, bowls, multimodal)
        for entry in vars(family).values()
        if isinstance(entry, Landscape)
    )
)
