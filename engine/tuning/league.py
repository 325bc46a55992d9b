"""A league: every racer on every landscape, each tuned there with the same budget."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.machine.jobs import ExecutorLike, never, run_jobs
from engine.race.compile_racer import RacerLike
from engine.tuning.cell import Cell, failed, race_cell
from engine.tuning.grounds import CATALOGUE, Ground, LandscapeLike, ground_of
from engine.tuning.league_file import LeagueFile, LeagueFileError
from engine.tuning.row import COLUMNS, LeagueRow
from engine.tuning.search_rules import SearchOptions, SearchRules, check_whole
from engine.tuning.space import tunable
from engine.tuning.standings import TOLERANCE, PerformanceProfiles, performance_profiles, ranks
from engine.tuning.tune import Progress

if TYPE_CHECKING:
    import pandas

RULESETS: Mapping[str, int] = {"5 trials": 5, "none": 1}
"""AlgoPerf's two rulesets as numbers of trials: tuned by five trials, or raced as it is written."""
TRIALS = RULESETS["5 trials"]
DIED = "The process that raced this cell has died twice."


@dataclass(frozen=True, eq=False)
class League:
    """What came of a league.

    Attributes
    ----------
    rows : list of LeagueRow
        One for each racer and landscape, racer by racer; fewer where it was stopped.
    """

    rows: list[LeagueRow]

    def ranks(self) -> Array:
        """Return the rank of each racer on each landscape, float64 (racers, landscapes), see `standings.ranks`."""
        return ranks(self.rows)

    def profiles(self, tolerance: float = TOLERANCE) -> PerformanceProfiles:
        """Return the performance profiles of all racers."""
        return performance_profiles(self.rows, tolerance)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas.DataFrame, by racer and landscape: ``table["loss"].unstack()`` has a row a racer.

        Raises
        ------
        ImportError
            Where pandas, which the program does not need otherwise, is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise ImportError("This needs the package pandas, which is not installed: pip install pandas") from None
        table = {column: [getattr(row, column) for row in self.rows] for column in COLUMNS}
        return pandas.DataFrame(table).set_index(["racer", "landscape"])


def league(
    racers: Sequence[RacerLike], landscapes: Sequence[str | LandscapeLike], budget: int = 200,
    executor: ExecutorLike | None = None, *, starts: int = 1,
    catalogue: Mapping[str, LandscapeLike] | str = CATALOGUE, out: str | os.PathLike[str] | None = None,
    progress: Progress | None = None, stopped: Callable[[], bool] = never, **rules: Unpack[SearchOptions],
) -> League:  # fmt: skip
    """Tune every racer on every landscape with the same budget, and race the best setting of each.

    Parameters
    ----------
    racers, landscapes : sequence
        Racers are texts such as ``"Adam"``, rules or optimizers; landscapes are names of `catalogue`, or landscapes.
    budget, **rules
        As `engine.tuning.search_rules.SearchRules` describes them; `trials` is 5, see `RULESETS`, unless it is given.
    executor : concurrent.futures.Executor or callable, optional
        Where cells are raced; without it, on the cores of this machine.  The cell of a worker that dies is tried again.
    starts : int
        On each landscape: its own start, its other starts, then evenly drawn places where the loss is finite.
    catalogue : mapping or str
        Where names of landscapes are looked up, see `engine.tuning.grounds.ground_of`.
    out : path, optional
        A table to which rows are added as they are done.  A league that was stopped goes on from it.
    progress, stopped : callable, optional
        Told how many cells are done of how many, with those that the file had; and asked whether to stop.

    Raises
    ------
    LeagueFileError
        Where the file cannot be read or written, or is that of another league.
    """
    check_whole("The number of starts", starts)
    options: SearchOptions = {"trials": TRIALS, **rules}
    grounds = [ground_of(landscape, catalogue) for landscape in landscapes]
    cells = _cells(racers, grounds, starts, SearchRules(budget, **options))
    file = None if out is None else LeagueFile(Path(out))
    return League(_raced(cells, file, run_options=(executor, stopped), progress=progress))


def _raced(
    cells: Mapping[tuple[str, str], Cell], file: LeagueFile | None,
    run_options: tuple[ExecutorLike | None, Callable[[], bool]], progress: Progress | None,
) -> list[LeagueRow]:  # fmt: skip
    """Race the cells that the file has not; return the rows in the order of the cells."""
    known = {} if file is None else _known(file, cells)
    missing = [key for key in cells if key not in known]
    if progress is not None and known:
        progress(len(known), len(cells))
    for number, row in run_jobs(race_cell, [cells[key] for key in missing], *run_options):
        key = missing[number]
        known[key] = row if row is not None else failed(cells[key], DIED)
        if file is not None:
            file.add(known[key])
        if progress is not None:
            progress(len(known), len(cells))
    return [known[key] for key in cells if key in known]


def _cells(
    racers: Sequence[RacerLike], grounds: Sequence[Ground], starts: int, rules: SearchRules
) -> dict[tuple[str, str], Cell]:
    """Return all cells by the names of racer and landscape, racer by racer: so each rule is compiled once."""
    names = [tunable(racer).name for racer in racers]
    for kind, some in (("racer", names), ("landscape", [ground.name for ground in grounds])):
        for name, count in Counter(some).items():
            if count > 1:
                raise FormulaError(f"The {kind} {name} is there {count} times: the rows could not be told apart.")
    return {
        (name, ground.name): Cell(racer, ground, starts, rules)
        for name, racer in zip(names, racers, strict=True)
        for ground in grounds
    }


def _known(file: LeagueFile, cells: Mapping[tuple[str, str], Cell]) -> dict[tuple[str, str], LeagueRow]:
    """Return the rows of a file that are cells of this league.

    Raises
    ------
    LeagueFileError
        Where one was raced under other conditions.
    """
    known = {}
    for row in file.rows:
        cell = cells.get((row.racer, row.landscape))
        if cell is None:
            continue
        if not _is_of(row, cell):
            raise LeagueFileError(
                f"{file.name} has rows of another league: {row.racer} on {row.landscape} was raced with "
                f"budget={row.budget}, trials={row.trials}, {len(row.starts)} starts and "
                f"{len(row.seeds)} seeds. Give another file."
            )
        known[row.racer, row.landscape] = row
    return known


def _is_of(row: LeagueRow, cell: Cell) -> bool:
    """Return whether a row was raced under the conditions of a cell."""
    rules = cell.rules
    batch = 0 if cell.ground.data is None else rules.batch or 0
    asked = (
        rules.budget,
        rules.trials,
        rules.seed,
        tuple(rules.seeds),
        cell.ground.formula,
        dict(cell.ground.parameters),
    )
    told = row.budget, row.trials, row.seed, row.seeds, row.formula, dict(row.parameters)
    return asked == told and (bool(row.remark) or (len(row.starts), row.batch) == (cell.starts, batch))
