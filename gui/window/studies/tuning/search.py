"""What is searched for each racer of the session, and the search itself, for a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.rules.hyperparameters import Hyperparameter
from engine.tuning.grounds import finite_places, ground_of, loss_of
from engine.tuning.score import middle
from engine.tuning.space import Dimension, names_to_tune
from engine.tuning.tune import TunedRacer, tune
from gui.session.choices import RacerChoice
from gui.session.study_choices import SpaceChoice, TuningChoice
from gui.window.studies.study_ground import StudyGround
from gui.window.studies.study_work import Telltale, threads
from landscapes import CATALOGUE

Found = Mapping[int, TunedRacer]
"""What was found, by the keys of racers."""


@dataclass(frozen=True, eq=False)
class TuningTask:
    """The tuning of some racers."""

    ground: StudyGround
    racers: Sequence[RacerChoice]
    tuning: TuningChoice

    def __call__(self, telltale: Telltale) -> Found:
        """Return the best settings that were found until the end, or until it was stopped.

        Raises
        ------
        FormulaError
            Where a start, a landscape or a search space does not do.
        """
        tuning, randomness = self.tuning, self.ground.randomness
        losses, starts = self._grounds()
        spaces = [dimensions_of(spaces_of(racer, tuning)) for racer in self.racers]
        rules = [self.ground.rule(racer) for racer in self.racers]
        found = tune(
            losses, rules, tuning.budget, threads, starts=starts, spaces=spaces, trials=tuning.trials,
            seeds=range(randomness.seed, randomness.seed + tuning.seeds), batch=self.ground.batch,
            seed=randomness.seed, score=tuning.score, progress=telltale.progress, stopped=telltale.stopped,
        )  # fmt: skip
        # Where it was stopped in the first round, nobody has a result.
        return dict(zip([racer.key for racer in self.racers], found, strict=False))

    def _grounds(self) -> tuple[list[MachineLoss], Array]:
        """Return the losses, and the starts on each of them."""
        count, seed = self.tuning.starts, self.ground.randomness.seed
        loss = self.ground.loss()
        places = finite_places(loss, [self.ground.start], self.ground.bounds, count, seed)
        if len(places) < count or tuple(places[0].tolist()) != self.ground.start:
            x, y = self.ground.start
            raise FormulaError(f"The loss and its slopes must be finite at the start ({x:g}, {y:g}), and at others.")
        others = [ground_of(name, CATALOGUE) for name in self.tuning.also]
        losses = [loss, *(loss_of(other) for other in others)]
        return losses, np.array([places, *(other.starts_for(count, seed) for other in others)])


def spaces_of(racer: RacerChoice, tuning: TuningChoice) -> list[SpaceChoice]:
    """Return what is searched of each hyperparameter of a racer: what a person chose, or what is declared."""
    chosen = {space.name: space for space in tuning.spaces if space.racer == racer.name}
    tuned = names_to_tune(racer.own_specs)
    return [chosen.get(spec.name) or _declared(racer.name, spec, spec.name in tuned) for spec in racer.own_specs]


def _declared(racer: str, spec: Hyperparameter, tuned: bool) -> SpaceChoice:
    return SpaceChoice(racer, spec.name, spec.low, spec.high, "log" if spec.scale == "log" else "linear", tuned)


def with_space(tuning: TuningChoice, changed: SpaceChoice) -> tuple[SpaceChoice, ...]:
    """Return the chosen spaces with another one."""
    place = changed.racer, changed.name
    return (*(space for space in tuning.spaces if (space.racer, space.name) != place), changed)


def dimensions_of(spaces: Sequence[SpaceChoice]) -> tuple[Dimension, ...]:
    """Return the dimensions of a search."""
    return tuple(Dimension(space.name, space.low, space.high, space.scale) for space in spaces if space.tuned)


def loss_before(tuned: TunedRacer) -> float:
    """Return where a run ends with the settings that the racer had: those of the first trial."""
    return float(middle(np.concatenate([losses.ravel() for losses in tuned.trials[0].losses])))


def names_read(text: str) -> tuple[str, ...]:
    """Return the names of landscapes in a text, with commas between them.

    Raises
    ------
    FormulaError
        Where there is no landscape of that name.
    """
    return tuple(ground_of(name.strip(), CATALOGUE).name for name in text.split(",") if name.strip())
