"""Swarms in the window: how fast a million members are stepped and drawn, without the window around them."""

import time

from engine import compile_loss
from engine.race.compile_racer import compile_racer
from engine.race.followers.following_swarm import FollowingSwarm
from gui.views.swarms.painting import cells_for, density_image, density_of
from landscapes import LANDSCAPES

HIMMELBLAU = LANDSCAPES["Himmelblau"]
PIXELS = 1000, 700
GOALS_FPS = {1_000_000: 20, 250_000: 60}
RACERS = "Adam(lr=0.05)", "Momentum(lr=0.001)"
FRAMES = 60


def frames_per_second(racer: str, count: int) -> tuple[float, float]:
    """Return how many pictures a second are made, with a step before each, and how many are painted without one."""
    swarm = FollowingSwarm(compile_loss(HIMMELBLAU.formula), compile_racer(racer), HIMMELBLAU.domain, count)
    cells = cells_for(count, PIXELS)
    times = []
    for step in range(1, FRAMES + 1):
        began = time.perf_counter()
        swarm.follow(step, 1.0)
        stepped = time.perf_counter()
        density_image(density_of(swarm.swarm, HIMMELBLAU.domain, *cells), "#8669e8", "#8669e8")
        times.append((time.perf_counter() - began, time.perf_counter() - stepped))
    # The first step compiles.
    whole, painted = (sum(column[1:]) / (FRAMES - 1) for column in zip(*times, strict=True))
    return 1.0 / whole, 1.0 / painted


def main() -> None:
    """Print all figures."""
    for count, goal in GOALS_FPS.items():
        for racer in RACERS:
            fps, painted = frames_per_second(racer, count)
            print(f"{count:,} members of {racer}: {fps:.0f} pictures a second with a step each (goal {goal}), "
                  f"{fps * count:.2g} members a second; {painted:.0f} without steps", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
