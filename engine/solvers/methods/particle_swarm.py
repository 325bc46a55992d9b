"""Particle swarm: points with a velocity each, drawn to the best place of their own and to the best of all."""

from __future__ import annotations

from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Record, losses_at, new_losses
from engine.solvers.methods.population import MOST_MEMBERS, SPREAD, best_of, members, settle, within
from engine.solvers.random import uniform_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver

FEWEST = 2
FASTEST = 1e4
"""Times `spread` that a particle flies along a coordinate at most: strong pulls would else throw it out of the numbers.
"""


def begin(walk: Record, hyper: Record, context: Record) -> None:
    """Begin with particles at rest around the start."""
    settle(walk, hyper, context, FEWEST)
    for member in range(int(walk.members)):
        for axis in range(2):
            walk.best[member, axis] = walk.population[member, axis]


def particle_swarm(walk: Record, hyper: Record, context: Record) -> Reason:
    """Let every particle fly on, and remember what it found."""
    count, points, best, losses = int(walk.members), walk.population, walk.best, walk.losses
    losses_at(context, best, count)
    for member in range(count):
        losses[member] = context.first[member]
    fly(walk, hyper, context, best_of(losses, count))
    new_losses(walk, context, points, count)
    for member in range(count):
        if context.first[member] < losses[member]:
            losses[member] = context.first[member]
            best[member, 0], best[member, 1] = points[member, 0], points[member, 1]
    leader = best_of(losses, count)
    walk.w[0], walk.w[1] = best[leader, 0], best[leader, 1]
    return Reason.NONE


def fly(walk: Record, hyper: Record, context: Record, leader: int) -> None:
    """Move every particle by its velocity, drawn to its own best place and to that of the leader."""
    points, velocities, best = walk.population, walk.velocities, walk.best
    most = FASTEST * abs(hyper.spread)
    for member in range(int(walk.members)):
        own = uniform_pair(context, hyper.seed, 2 * member)
        common = uniform_pair(context, hyper.seed, 2 * member + 1)
        for axis in range(2):
            here = points[member, axis]
            pull = hyper.own * own[axis] * (best[member, axis] - here)
            pull += hyper.common * common[axis] * (best[leader, axis] - here)
            velocities[member, axis] = within(hyper.inertia * velocities[member, axis] + pull, most)
            points[member, axis] = here + velocities[member, axis]


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
    anywhere=False,
    begin=begin,
    states=(
        ("population", (MOST_MEMBERS, 2)),
        ("members", ()),
        ("velocities", (MOST_MEMBERS, 2)),
        ("best", (MOST_MEMBERS, 2)),
        ("losses", (MOST_MEMBERS,)),
    ),
)
