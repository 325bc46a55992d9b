"""What a loss curve runs along: the steps of the race, the evaluations that they cost each racer, or epochs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.live.frame import RacerFrame

STEP, EVALUATIONS, EPOCH = "step", "evaluations", "epoch"
UNIT_WORDS = {STEP: "step", EVALUATIONS: "evaluation", EPOCH: "epoch"}
Steps = NDArray[np.int64]
Along = NDArray[np.float64]


@dataclass(frozen=True)
class Progress:
    """The map from the steps of a racer to places along the axis.

    Attributes
    ----------
    wanted : str
        One of `UNIT_WORDS`.
    steps_per_epoch : int or None
        None where the loss has no data set, so that there are no epochs: the axis then shows steps.
    """

    wanted: str = STEP
    steps_per_epoch: int | None = None

    @property
    def unit(self) -> str:
        """What the axis shows."""
        return STEP if self.wanted == EPOCH and self.steps_per_epoch is None else self.wanted

    def along(self, racer: RacerFrame, steps: Steps) -> Along:
        """Return the places (n,) of steps (n,) of a racer."""
        if self.unit == EVALUATIONS and racer.evaluations_by_step is not None:
            return racer.evaluations_by_step.at(steps)
        return np.asarray(steps, dtype=np.float64) / self._divisor

    def step_at(self, racer: RacerFrame, place: float) -> int:
        """Return the step of a racer that is nearest to a place; of evaluations the last step that they suffice for."""
        if self.unit == EVALUATIONS and racer.evaluations_by_step is not None:
            return int(racer.evaluations_by_step.step_at(max(place, 0.0)))
        return max(round(place * self._divisor), 0)

    def place_of(self, step: int) -> float | None:
        """Return the place of a step of the race; None where it is another one for each racer."""
        return None if self.unit == EVALUATIONS else step / self._divisor

    @property
    def _divisor(self) -> int:
        return self.steps_per_epoch or 1 if self.unit == EPOCH else 1
