"""Writes engine/rules/agreements.py: how closely each optimizer follows its golden trajectories, rounded up."""

import json
import math
from pathlib import Path

import numpy as np

from engine import OPTIMIZERS, Race, compile_loss

FORMULAS = {
    "rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "beale": "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "wavy": "sin(2x)*cos(3y) + (x^2 + y^2)/5",
    "ravine": "30*(y - x/2)^2 + (x + y)^2/20",
}
STEPS = 100
KEPT_EVERY = 10
TARGET = Path(__file__).parents[2] / "engine" / "rules" / "agreements.py"
OPENING = '''"""How closely each optimizer follows its public implementation: written by `make agreements`."""

from collections.abc import Mapping
from types import MappingProxyType

'''


def golden():
    """Return the versions of the libraries and the golden trajectories."""
    kept = json.loads(Path(__file__).with_name("trajectories.json").read_text())
    return kept["versions"], kept["trajectories"]


def error_of(case):
    """Return the largest error of a coordinate, as a share of it where it is larger than 1."""
    trail = np.array(case["trail"])
    rule = OPTIMIZERS[case["optimizer"]].compile(**case["settings"])
    race = Race(compile_loss(FORMULAS[case["landscape"]]), [rule], start=trail[0])
    race.advance(STEPS)
    return float((np.abs(race.trail(0)[::KEPT_EVERY] - trail) / np.maximum(1.0, np.abs(trail))).max())


def rounded_up(error):
    """Return the next number above `error` with one digit."""
    size = 10.0 ** math.floor(math.log10(max(error, np.finfo(float).eps)))
    return float(f"{math.ceil(error / size) * size:.0e}") if error else float(f"{size:.0e}")


def main():
    """Write the table."""
    versions, cases = golden()
    worst = dict.fromkeys((name for name, optimizer in OPTIMIZERS.items() if optimizer.follows), 0.0)
    for case in cases:
        worst[case["optimizer"]] = max(worst[case["optimizer"]], error_of(case))
    lines = ["VERSIONS: Mapping[str, str] = MappingProxyType({"]
    lines += [f'    "{name}": "{version}",' for name, version in versions.items() if name != "jax"]
    lines += ["})  # fmt: skip", '"""The libraries that made the golden trajectories."""', ""]
    lines += ["AGREEMENTS: Mapping[str, float] = MappingProxyType({"]
    lines += [f'    "{name}": {rounded_up(error):.0e},' for name, error in worst.items()]
    lines += ["})  # fmt: skip", '"""The largest error over 100 steps on four landscapes."""']
    TARGET.write_text(OPENING + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
