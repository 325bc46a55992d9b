"""The catalogue of optimizers: each is one entry, a rule as text with its hyperparameters and its source.

An *optimizer* is a named rule; a *hyperparameter* is a free name of a rule; a *family* is a group of optimizers.
"""

from engine.language.errors import FormulaError
from engine.optimizers.entries import ENTRIES, FAMILIES, Entries
from engine.optimizers.racer_syntax import BAR
from engine.optimizers.racer_text import optimizer_of
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.optimizer import Optimizer

__all__ = ["FAMILIES", "OPTIMIZERS", "Catalogue", "Hyperparameter", "Optimizer"]


class Catalogue(Entries):
    """Optimizers by name, in any case; read only.

    A name may have wrappers and schedules, ``Adam | clip_norm | cosine``; such optimizers are found, but not listed.
    """

    def __getitem__(self, name: str) -> Optimizer:
        if not (isinstance(name, str) and BAR in name):
            return super().__getitem__(name)
        try:
            return optimizer_of(name)
        except FormulaError as error:
            raise KeyError(str(error)) from None


OPTIMIZERS = Catalogue(tuple(ENTRIES.values()))
