"""Writes docs/league.md from a league of all optimizers on all landscapes, which goes on from its file if it has one.

Unlike the other pages it takes minutes, and depends on the machine in the last bits of losses: so no test makes it.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from docs.pages import table
from engine import OPTIMIZERS, league
from engine.tuning.league import RULESETS, League
from engine.tuning.standings import TOLERANCE, landscapes_of, racers_of
from landscapes import CATALOGUE, TAGS

PAGE = Path(__file__).with_name("league.md")
ROWS = PAGE.parents[1] / "build" / "league.csv"
BUDGET, STARTS = 200, 1
TRIALS = RULESETS["5 trials"]
RATIOS = (1, 2, 4, 16, 64)
"""The columns of the performance profiles."""
BEST = 5
"""Racers that are named for each tag."""
TOLD_EVERY = 200

OPENING = """\
# The league of all optimizers

Made by `make league`. Each of the {racers} optimizers of the catalogue raced on each of its {landscapes} landscapes:
{cells:,} cells, in about ten minutes on two cores. In each cell the optimizer was tuned with the same budget as any
other: {trials} settings, its defaults among them, each of which may evaluate the loss or its slopes {budget} times from
the landscape's start, with one seed; [Tuning and leagues](tuning.md) says how. The best setting then raced.

Read it with care. A landscape has two coordinates here, a run few evaluations, and half of the methods are made for
millions of weights and noisy gradients, which this league does not have. A method that searches the whole plane, as
`DifferentialEvolution` does, and one that uses second derivatives, count an evaluation as one too.

- **Mean rank**: of {racers}, by the loss that was reached; equal losses share a rank.
- **Solved**: on which share of the landscapes no more than {tolerance:g} is left of the descent to the lowest loss that
  anyone has reached.
- **Within** 2, 4 ...: on which share it was solved with at most so many times the evaluations of the fastest: the
  performance profile of Dolan and Moré (2002). At 1 it is who was fastest.

"""
TAGGED = """
## By kind of landscape

The best mean ranks among the landscapes with a tag.

"""
UNRACED = """
## What could not be raced

"""
AGAIN = """
## Again

`make league` goes on from `build/league.csv`, and begins anew where that is deleted. It is the same as

    python main.py --league --budget {budget} --trials {trials} --out build/league.csv

whose rows have every setting, start, seed and number of steps: each can be raced again to the same bits.
"""


def page(played: League) -> str:
    """Return the whole page as Markdown."""
    racers, places = racers_of(played.rows), landscapes_of(played.rows)
    opening = OPENING.format(
        racers=len(racers),
        landscapes=len(places),
        cells=len(played.rows),
        trials=TRIALS,
        budget=BUDGET,
        tolerance=TOLERANCE,
    )
    ranks = played.ranks()
    tags = table(["Tag", "Landscapes", "Best mean ranks"], _tags(racers, places, ranks))
    again = AGAIN.format(budget=BUDGET, trials=TRIALS)
    return f"{opening}{_standings(played, racers, ranks)}{TAGGED}{tags}{_unraced(played)}{again}"


def _standings(played: League, racers: Sequence[str], ranks: np.ndarray) -> str:
    profiles, means = played.profiles(), np.nanmean(ranks, axis=1)
    columns = [int(np.flatnonzero(profiles.ratios == ratio)[0]) for ratio in RATIOS]
    rows = [
        [str(place), racers[number], f"{means[number]:.1f}", f"{profiles.shares[number, -1]:.0%}",
         *(f"{profiles.shares[number, column]:.0%}" for column in columns)]
        for place, number in enumerate(np.argsort(means, kind="stable").tolist(), start=1)
    ]  # fmt: skip
    within = [f"Within {ratio}" if ratio > 1 else "Fastest" for ratio in RATIOS]
    words = f"Shares are of the {len(profiles.landscapes)} landscapes that anyone went down.\n"
    return table(["", "Optimizer", "Mean rank", "Solved", *within], rows) + "\n" + words


def _tags(racers: Sequence[str], places: Sequence[str], ranks: np.ndarray) -> list[list[str]]:
    found = []
    for tag in TAGS:
        tagged = [number for number, name in enumerate(places) if tag in CATALOGUE[name].tags]
        if tagged:
            means = np.nanmean(ranks[:, tagged], axis=1)
            best = np.argsort(means, kind="stable")[:BEST].tolist()
            found.append([tag, str(len(tagged)), ", ".join(f"{racers[number]} {means[number]:.1f}" for number in best)])
    return found


def _unraced(played: League) -> str:
    """Return the cells without a result, by what they say."""
    failed: dict[str, list[str]] = {}
    for row in played.rows:
        if row.remark:
            failed.setdefault(row.remark, []).append(f"{row.racer} on {row.landscape}")
    if not failed:
        return ""
    return UNRACED + "".join(f"- {remark} ({', '.join(cells)})\n" for remark, cells in failed.items())


def _tell(done: int, total: int) -> None:
    if done % TOLD_EVERY == 0 or done == total:
        print(f"{done:,} of {total:,} cells", file=sys.stderr)


if __name__ == "__main__":
    ROWS.parent.mkdir(exist_ok=True)
    everywhere = list(CATALOGUE.values())
    rows = league(list(OPTIMIZERS), everywhere, BUDGET, trials=TRIALS, starts=STARTS, out=ROWS, progress=_tell)
    PAGE.write_text(page(rows), encoding="utf-8")
