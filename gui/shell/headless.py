"""A race without a window: its trails as a table, or where each racer came to, as text or as JSON."""

from __future__ import annotations

import csv
import json
import math
import sys
from argparse import Namespace
from pathlib import Path
from typing import IO, Any

from engine.live.minimum_tracker import MinimumTracker
from engine.loss.machine_loss import MachineLoss
from engine.race.arrivals import FIRST_TOLERANCE
from engine.race.bands import spread_of
from engine.race.race import Race
from gui.session.choices import RacerChoice
from gui.session.saved_landscape import transform_of
from landscapes import Landscape


def race_headless(
    options: Namespace, loss: MachineLoss, names: list[str], racers: list[str | RacerChoice], landscape: Landscape
) -> int:
    """Race as the options say, and print or write what came of it; return the exit status."""
    rules = [racer if isinstance(racer, str) else racer.entry.compile(**racer.values) for racer in racers]
    start = transform_of(landscape).shown(landscape.start)
    race = Race(loss, rules, start=start, seed=options.seed, batch=options.batch, seeds=options.seeds)
    minimum = MinimumTracker()
    # The known minima are those of the landscape's own parameters.
    minimum.set_known(() if options.set else landscape.minima, loss)
    race.set_minimum(minimum.update(race))
    race.advance(options.steps)
    race.set_minimum(minimum.update(race))
    if options.csv == "-":
        _write_trails(race, names, sys.stdout)
    elif options.csv:
        with Path(options.csv).open("w", newline="") as stream:
            _write_trails(race, names, stream)
    elif options.json:
        print(json.dumps(_result(race, names, options.steps, options.seed), indent=2, allow_nan=False))
    else:
        print("\n".join(_lines(race, names)))
    return 0


def _lines(race: Race, names: list[str]) -> list[str]:
    """Return a line for each racer: where it came to, and the losses of its seeds if there are several."""
    lines = []
    ends = zip(names, race.positions, race.losses, race.status, strict=True)
    for number, (racer, (x, y), value, status) in enumerate(ends):
        spread = _spread(race, number)
        step = _arrival(race, number)
        arrived = f", arrived at step {step}" if step is not None else ""
        several = "".join(f"  {name}={loss:<12.6g}" for name, loss in spread.items())
        lines.append(f"{racer:32} x={x:<12.6g} y={y:<12.6g} loss={value:<12.6g} {status}{arrived}{several}")
    return lines


def _result(race: Race, names: list[str], steps: int, seed: int) -> dict[str, Any]:
    """Return what came of a race as plain data for JSON, which has no word for numbers that are not finite: null."""
    ends = zip(names, race.start.tolist(), race.positions.tolist(), race.losses.tolist(), race.status, strict=True)
    return {
        "formula": race.loss.text,
        "parameters": race.loss.parameters,
        "steps": steps,
        "seed": seed,
        "seeds": race.seeds,
        "racers": [
            {
                "racer": racer,
                "start": [_number(each) for each in start],
                "x": _number(x),
                "y": _number(y),
                "loss": _number(value),
                "losses_of_seeds": {name: _number(each) for name, each in _spread(race, number).items()},
                "status": status,
                "arrived_at_step": _arrival(race, number),
            }
            for number, (racer, start, (x, y), value, status) in enumerate(ends)
        ],
    }


def _arrival(race: Race, racer: int) -> int | None:
    """Return after which step a racer arrived at the minimum; None where it did not, or none is known."""
    arrival = race.arrival(racer, FIRST_TOLERANCE)
    return arrival.step if arrival is not None else None


def _spread(race: Race, racer: int) -> dict[str, float]:
    """Return the losses between which eight of ten seeds lie, and the one in the middle; nothing for one seed."""
    if race.seeds == 1:
        return {}
    return dict(zip(("low", "median", "high"), spread_of(race.losses_of_seeds(racer)), strict=True))


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _write_trails(race: Race, names: list[str], stream: IO[str]) -> None:
    writer = csv.writer(stream)
    writer.writerow(("step", "racer", "x", "y", "loss"))
    for number, racer in enumerate(names):
        rows = zip(race.trail_steps(number), race.trail(number), race.trail_losses(number), strict=True)
        writer.writerows((int(step), racer, float(x), float(y), float(loss)) for step, (x, y), loss in rows)
