"""Particle swarm: points with a velocity each, drawn to the best place of their own and to the best of all."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.optimizer import Hyperparameter
from engine.solvers.population import MOST_MEMBERS, SPREAD, living, members, settle
from engine.solvers.solver import SEED, Solver
from engine.solvers.walk import Shape, Walk

FEWEST = 2
FASTEST = 1e4
"""Times `spread` that a particle flies along a coordinate at most: strong pulls would else throw it out of the numbers.
"""


def states(dimensions: int) -> Mapping[str, Shape]:
    """Return where the particles are, how they move, and the best place of each."""
    points = (MOST_MEMBERS, dimensions)
    return {"population": points, "velocities": points, "best": points, "members": (1,)}


def begin(walk: Walk) -> None:
    """Begin with particles at rest around the start."""
    settle(walk, FEWEST)
    living(walk, "best")[:] = living(walk)


def particle_swarm(walk: Walk) -> None:
    """Let every particle fly on, and remember what it found."""
    points, velocities, best = (living(walk, name) for name in ("population", "velocities", "best"))
    heights = walk.known(best)
    own, common = walk.random().random((2, *points.shape))
    pull_own = walk.hyper["own"] * own * (best - points)
    pull_common = walk.hyper["common"] * common * (best[np.argmin(heights)] - points)
    most = FASTEST * abs(walk.hyper["spread"])
    velocities[:] = np.clip(walk.hyper["inertia"] * velocities + pull_own + pull_common, -most, most)
    points += velocities
    found = walk.values(points)
    better = found < heights
    best[better] = points[better]
    walk.w[:] = best[np.argmin(np.where(better, found, heights))]


PARTICLE_SWARM = Solver(
    "ParticleSwarm",
    """
    members points x at rest, within spread of w    (seed)
    for each of them, with random r1, r2 from 0 to 1 for each coordinate:
        v = inertia*v + own*r1*(best place of its own - x) + common*r2*(best place of all - x)
        v = v, along no coordinate larger than 10^4*spread
        x = x + v
    w = best place of all
    """,
    (
        members(FEWEST, 16),
        SPREAD,
        Hyperparameter("inertia", 0.7298, 0.0, 1.0, help="share of its velocity that a particle keeps"),
        Hyperparameter("own", 1.49618, 0.0, 3.0, help="pull of its own best place"),
        Hyperparameter("common", 1.49618, 0.0, 3.0, help="pull of the best place of all"),
        SEED,
    ),
    "Kennedy and Eberhart, Particle swarm optimization, 1995; with the constants of Clerc and Kennedy, 2002",
    "A flock that overshoots, swings back and gathers; what is drawn is the best place that any has found.",
    "inertia is Shi and Eberhart's (1998), and so is a largest velocity (2000); particles begin at rest",
    "https://doi.org/10.1109/ICNN.1995.488968",
    step=particle_swarm,
    begin=begin,
    states=states,
)
