"""The catalogue of optimizers: each one entry, a rule as text with its hyperparameters and its source.

An *optimizer* is a named rule; a *hyperparameter* is a free name of a rule.
"""

from collections.abc import Iterator, Mapping

from engine.optimizers import adaptive, momentum
from engine.optimizers.optimizer import Hyperparameter, Optimizer

__all__ = ["OPTIMIZERS", "Catalogue", "Hyperparameter", "Optimizer"]


class Catalogue(Mapping[str, Optimizer]):
    """Optimizers by name, in any case."""

    def __init__(self, entries: tuple[Optimizer, ...]) -> None:
        self._entries = {entry.name.lower(): entry for entry in entries}

    def __getitem__(self, name: str) -> Optimizer:
        return self._entries[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return (entry.name for entry in self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


OPTIMIZERS = Catalogue(
    (
        *(entry for entry in vars(momentum).values() if isinstance(entry, Optimizer)),
        *(entry for entry in vars(adaptive).values() if isinstance(entry, Optimizer)),
    )
)
