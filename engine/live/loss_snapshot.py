"""The loss of a frame as it was then, for what is computed from it later on another thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.columns import Columns
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss


@dataclass(frozen=True, eq=False)
class LossSnapshot:
    """A loss that is raced on, with its numbers and rows of one moment.

    Taking it compiles nothing and copies no rows: sets of rows are replaced, never changed.
    """

    loss: MachineLoss
    numbers: Array
    columns: Columns | None

    @staticmethod
    def of(loss: MachineLoss, before: LossSnapshot | None) -> LossSnapshot:
        """Return a snapshot of a loss; the one before where nothing has changed since."""
        if before is not None and before._is_of(loss):
            return before
        return LossSnapshot(loss, loss.parameter_array.copy(), loss.columns)

    def _is_of(self, loss: MachineLoss) -> bool:
        same = loss is self.loss and loss.columns is self.columns
        return same and bool(np.array_equal(loss.parameter_array, self.numbers, equal_nan=True))

    def build(self) -> MachineLoss:
        """Return a loss of its own with these numbers, on the thread that will use it; it may have to be compiled."""
        own = self.loss.with_parameters(self.numbers)
        own.columns = self.columns
        return own
