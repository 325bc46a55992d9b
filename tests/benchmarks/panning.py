"""A frame of panning, landscape by landscape: what is seen is evaluated and shaded anew, in the pixels of the plot."""

import statistics

from measure import seconds

from engine import compile_loss
from engine.loss.terrain import Terrain, sample_terrain
from gui.look.theme import DARK
from gui.views.contour.shaded import shaded
from landscapes import LANDSCAPES, Landscape

SIZE = (572, 530)
"""Of the plot in the window of 1600 by 1000 pixels."""
MOVES, STRIDE = 15, 0.02
"""Frames, and how far each is moved, as a share of the domain."""
FRAME_MS = 1e3 / 30


def moved(landscape: Landscape, share: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the domain of a landscape moved to the right by a share of it."""
    (x0, x1), up = landscape.domain
    away = share * (x1 - x0)
    return (x0 + away, x1 + away), up


def frame_times(landscape: Landscape) -> tuple[float, float]:
    """Return the median ms of evaluating and of shading what is seen."""
    loss = compile_loss(landscape.formula, **landscape.parameters)
    whole = sample_terrain(loss.value, landscape.domain, *SIZE, 0)
    sampling, shading, terrains = [], [], list[Terrain]()
    for move in range(MOVES):
        bounds = moved(landscape, STRIDE * move)
        sampling.append(seconds(lambda: terrains.append(sample_terrain(loss.value, bounds, *SIZE, move, whole.scale))))
        shading.append(seconds(lambda: shaded(terrains[-1], DARK, SIZE, landscape.domain, True)))
    return 1e3 * statistics.median(sampling), 1e3 * statistics.median(shading)


def main() -> None:
    """Print how many landscapes keep up with 30 frames a second, and which is the slowest."""
    times = {name: frame_times(entry) for name, entry in LANDSCAPES.items()}
    both = {name: sum(parts) for name, parts in times.items()}
    quick = sum(total < FRAME_MS for total in both.values())
    slowest = max(both, key=lambda name: both[name])
    parts = "evaluated {:.1f} ms, shaded {:.1f} ms".format(*map(statistics.median, zip(*times.values(), strict=True)))
    print(f"panning at {SIZE[0]} by {SIZE[1]} pixels, {len(times)} landscapes: {parts} (medians)")
    print(f"  at 30 frames a second: {quick}; {slowest} takes {both[slowest]:.0f} ms (goal: 120 of 130)")


if __name__ == "__main__":
    main()
