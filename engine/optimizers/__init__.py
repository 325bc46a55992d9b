"""The catalogue of optimizers: each one entry, a rule as text with its hyperparameters and its source.

An *optimizer* is a named rule; a *hyperparameter* is a free name of a rule.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from engine.optimizers import adaptive, first_order, momentum, sign
from engine.optimizers.optimizer import Hyperparameter, Optimizer

__all__ = ["OPTIMIZERS", "Catalogue", "Hyperparameter", "Optimizer"]


class Catalogue(Mapping[str, Optimizer]):
    """Optimizers by name, in any case; read only."""

    def __init__(self, entries: tuple[Optimizer, ...]) -> None:
        self._entries = MappingProxyType({entry.name.lower(): entry for entry in entries})

    def __getitem__(self, name: str) -> Optimizer:
        entry = self._entries.get(name.lower()) if isinstance(name, str) else None
        if entry is None:
            raise KeyError(f"There is no optimizer {name}. There are: {', '.join(self)}.")
        return entry

    def __iter__(self) -> Iterator[str]:
        return (entry.name for entry in self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


FAMILIES = (first_order, momentum, adaptive, sign)

OPTIMIZERS = Catalogue(
    tuple(entry for family in FAMILIES for entry in vars(family).values() if isinstance(entry, Optimizer))
)
