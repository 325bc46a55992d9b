"""A rule as its text says it, with values for its hyperparameters: all of a rule but its machine code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import numpy as np

from engine.language.errors import check_values
from engine.language.syntax.rule_text import RuleText
from engine.loss.loss import DEFAULT_PARAMETER
from engine.rules.update import Update


class RuleSettings:
    """A rule that has been read, and the values of its hyperparameters, which may be changed at any time.

    Attributes
    ----------
    written : RuleText
        The rule with its tokens.
    update : Update
        What its lines say.
    """

    def __init__(self, written: RuleText, values: Mapping[str, float]) -> None:
        self.written = written
        self.update = Update(written)
        self._names = self.update.step.hyperparameters
        self._values = np.full(len(self._names), DEFAULT_PARAMETER)
        self.set(**values)

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The free names of the rule and their values."""
        return dict(zip(self._names, self._values.tolist(), strict=True))

    def set(self, **values: float) -> None:
        """Change hyperparameters; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where a name is no hyperparameter or a value is not finite; then nothing has changed.
        """
        check_values("hyperparameter", self._names, values)
        for name, value in values.items():
            self._values[self._names.index(name)] = value

    def copy(self) -> Self:
        """Return a copy with settings of its own; the text is not read again."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, _values=self._values.copy())
        return other
