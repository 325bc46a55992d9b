"""A league from the command line: a table in a file, progress in the terminal, and the standings in the end."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Sequence

import numpy as np

from engine.optimizers import OPTIMIZERS
from engine.optimizers.written_racer import written_racer
from engine.race.compile_racer import RacerLike
from engine.tuning.league import League, league
from engine.tuning.standings import TOLERANCE, racers_of
from gui.session.choices import RacerChoice
from gui.shell.command_racers import read_racer
from landscapes import CATALOGUE, Landscape

STOPPED = 130
"""The exit status of a program that a person has stopped in the terminal."""
TOLD_EVERY_S = 0.2
MINUTE_S = 60


def run_league(options: Namespace, named: Sequence[Landscape]) -> int:
    """Race a league as the options say, on landscapes that they name; return the exit status."""
    racers = [_racer(text) for text in options.racer or OPTIMIZERS]
    tagged = [entry for entry in CATALOGUE.values() if {*entry.tags} & {*options.tag}]
    chosen = {entry.name: entry for entry in (*named, *tagged)} or dict(CATALOGUE)
    progress = _Progress() if sys.stderr.isatty() else None
    try:
        played = league(
            racers, list(chosen.values()), options.budget, trials=options.trials, starts=options.starts,
            seeds=range(options.seed, options.seed + options.seeds), batch=options.batch, seed=options.seed,
            out=options.out, progress=progress,
        )  # fmt: skip
    except KeyboardInterrupt:
        goes_on = f" The same command goes on from {options.out}." if options.out else ""
        print(f"\nThe league was stopped.{goes_on}", file=sys.stderr)
        return STOPPED
    if progress is not None:
        progress.end()
    print("\n".join(_lines(played)))
    return 0


def _racer(text: str) -> RacerLike:
    """Return the racer that a text names; one that was saved is written out, but for a rule of its own."""
    racer = read_racer(text)
    if not isinstance(racer, RacerChoice):
        return racer
    if racer.rule or racer.function is not None:
        return racer.entry.compile(**racer.values)
    return written_racer(racer.optimizer, racer.entry.hyperparameters, racer.values)


def _lines(played: League) -> list[str]:
    """Return the standings, a line for each racer, the best mean rank first; then what could not be raced."""
    racers, profiles = racers_of(played.rows), played.profiles()
    ranks = np.nanmean(played.ranks(), axis=1)
    width = max(map(len, (*racers, "racer")))
    lines = [f"{'racer':{width}}  mean rank  solved  fastest"]
    for number in np.argsort(ranks, kind="stable").tolist():
        solved, fastest = profiles.shares[number, -1], profiles.shares[number, 0]
        lines.append(f"{racers[number]:{width}}  {ranks[number]:9.2f}  {solved:6.0%}  {fastest:7.0%}")
    lines.append(
        f"Solved: no more than {TOLERANCE:g} is left of the descent to the lowest loss that any racer has reached;"
        f" {len(profiles.landscapes)} landscapes count."
    )
    failed = [row for row in played.rows if row.remark]
    return lines + [f"{row.racer} on {row.landscape}: {row.remark}" for row in failed]


class _Progress:
    """Tells in one line of the terminal how many cells are done."""

    def __init__(self) -> None:
        self._began, self._told = time.monotonic(), 0.0
        self._first: int | None = None

    def __call__(self, done: int, total: int) -> None:
        """Tell that so many cells are done of so many."""
        now = time.monotonic()
        # What a file had already was not raced now.
        self._first = done - 1 if self._first is None else self._first
        if now - self._told < TOLD_EVERY_S and done < total:
            return
        self._told = now
        left_s = (now - self._began) * (total - done) / max(done - self._first, 1)
        left = f", about {left_s / MINUTE_S:.0f} minutes left" if left_s > MINUTE_S else ""
        print(f"\r{done:,} of {total:,} cells{left}\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        print(file=sys.stderr)
