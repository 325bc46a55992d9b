"""The hyperparameters of what races without a text of its own: numbers by their names."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.errors import check_values


class NamedSettings:
    """Hyperparameters and their values, which may be changed at any time.

    Parameters
    ----------
    defaults : mapping
        All names, in order, each with its value where none is given.
    values : mapping
        The values that differ.
    """

    def __init__(self, defaults: Mapping[str, float], values: Mapping[str, float]) -> None:
        self._values = dict(defaults)
        self.set(**values)

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The hyperparameters and their values."""
        return dict(self._values)

    def set(self, **values: float) -> None:
        """Change hyperparameters; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where a name is no hyperparameter or a value is not finite; then nothing has changed.
        """
        check_values("hyperparameter", tuple(self._values), values)
        self._values |= {name: float(value) for name, value in values.items()}
