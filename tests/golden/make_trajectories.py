"""Makes the golden trajectories: 100 steps of every optimizer by the public implementation that it follows.

Run it with ``make golden``, which makes an environment of its own with the versions pinned in ``requirements.txt``
beside this file.  Everything is float64; gradients come from the libraries' own automatic differentiation.  Every
tenth place is kept.
"""

import importlib.metadata
import json
import math
from pathlib import Path

import jax
import torch
from cases import CASES
from references import REFERENCES, UNCORRECTED

KEPT_EVERY = 10
LANDSCAPES = {
    "rosenbrock": ((-1.2, 1.0), lambda x, y, m: (1 - x) ** 2 + 100 * (y - x**2) ** 2),
    "beale": (
        (1.0, 1.5),
        lambda x, y, m: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    ),
    "wavy": ((1.7, -1.1), lambda x, y, m: m.sin(2 * x) * m.cos(3 * y) + (x**2 + y**2) / 5),
    "ravine": ((-2.3, 1.9), lambda x, y, m: 30 * (y - x / 2) ** 2 + (x + y) ** 2 / 20),
}
LIBRARIES = ("torch", "optax", "jax", "pytorch_optimizer")


def check_versions(found):
    """Raise where a library is not the pinned version: other versions may take other steps."""
    lines = Path(__file__).with_name("requirements.txt").read_text().split()
    pinned = dict(line.split("==") for line in lines)
    wrong = {name: version for name, version in found.items() if version != pinned[name]}
    if wrong:
        raise SystemExit(f"requirements.txt pins other versions than {wrong}; run `make golden`.")


def main():
    """Write every trajectory to trajectories.json."""
    jax.config.update("jax_enable_x64", True)
    torch.set_default_dtype(torch.float64)
    versions = {name: importlib.metadata.version(name).split("+")[0] for name in LIBRARIES}
    check_versions(versions)
    golden = []
    for name, settings in CASES:
        walk = UNCORRECTED if settings.get("bias_correction") == 0 else REFERENCES[name]
        given = {key: value for key, value in settings.items() if key != "bias_correction"}
        for landscape, (start, loss) in LANDSCAPES.items():
            trail = walk(given, start, loss)
            assert all(math.isfinite(value) for place in trail for value in place), (name, settings, landscape)
            kept = trail[::KEPT_EVERY]
            golden.append({"optimizer": name, "settings": settings, "landscape": landscape, "trail": kept})
    target = Path(__file__).with_name("trajectories.json")
    target.write_text(json.dumps({"versions": versions, "trajectories": golden}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
