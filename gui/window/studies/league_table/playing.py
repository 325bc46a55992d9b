"""The league that a person has chosen: its racers and landscapes, its file, and the work for a thread."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.language.errors import FormulaError
from engine.optimizers import OPTIMIZERS
from engine.optimizers.written_racer import written_racer
from engine.race.compile_racer import RacerLike
from engine.tuning.league import League, league
from engine.tuning.league_file import LeagueFileError
from engine.tuning.space import tunable
from gui.files.folders import saved_folder
from gui.session.choices import RacerChoice
from gui.session.study_choices import LEAGUE_FIELDS, LeagueChoice
from gui.window.studies.study_work import Telltale, threads
from landscapes import CATALOGUE, Landscape

OF_RACE, EVERYONE = LEAGUE_FIELDS
MISTAKES = (FormulaError, LeagueFileError)
FOLDER = "leagues"
NO_RACER = "There is no racer of the catalogue in this race: rules and functions of your own have no text for a league."


@dataclass(frozen=True, eq=False)
class LeagueTask:
    """A league.

    Attributes
    ----------
    racers : sequence
    landscapes : sequence of Landscape
    choice : LeagueChoice
    seed : int
    out : Path
        Where its rows are kept, so that it can be stopped and goes on.
    """

    racers: Sequence[RacerLike]
    landscapes: Sequence[Landscape]
    choice: LeagueChoice
    seed: int
    out: Path

    def __call__(self, telltale: Telltale) -> League:
        """Return what was raced until the end, or until it was stopped.

        Raises
        ------
        FormulaError, LeagueFileError
            Where it cannot be raced or kept.
        """
        folder = self.out.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LeagueFileError(f"{folder.name} cannot be made: {error.strerror}.") from None
        choice = self.choice
        return league(
            self.racers, self.landscapes, choice.budget, threads, starts=choice.starts, trials=choice.trials,
            seeds=(self.seed,), seed=self.seed, out=self.out, progress=telltale.progress, stopped=telltale.stopped,
        )  # fmt: skip


def racers_for(choice: LeagueChoice, racers: Sequence[RacerChoice]) -> list[RacerLike]:
    """Return the racers of a league; rules and functions of one's own have no text, and no place in it.

    Raises
    ------
    FormulaError
        Where there are none, or two are the same.
    """
    if choice.field == EVERYONE:
        return list(OPTIMIZERS)
    found: list[RacerLike] = [
        written_racer(racer.optimizer, racer.entry.hyperparameters, racer.values)
        for racer in racers
        if racer.optimizer and not racer.rule and not racer.is_own_rule
    ]
    if not found:
        raise FormulaError(NO_RACER)
    return list(dict.fromkeys(found))


def landscapes_for(choice: LeagueChoice) -> list[Landscape]:
    """Return the landscapes with one of the tags; all of them where no tag is chosen."""
    return [entry for entry in CATALOGUE.values() if not choice.tags or {*entry.tags} & {*choice.tags}]


def file_of(racers: Sequence[RacerLike], choice: LeagueChoice, seed: int) -> Path:
    """Return where the rows of a league are kept: leagues under the same conditions share a file."""
    conditions = repr((choice.budget, choice.trials, choice.starts, seed))
    named = conditions if choice.field == EVERYONE else conditions + repr([tunable(racer).name for racer in racers])
    return saved_folder() / FOLDER / f"{hashlib.sha256(named.encode()).hexdigest()[:16]}.csv"
