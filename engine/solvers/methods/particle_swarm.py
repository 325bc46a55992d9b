"""Particle swarm: members with a velocity, which their own best points and the best point of all attract."""

from __future__ import annotations

from engine.rules.hyperparameters import Hyperparameter
from engine.solvers.context import Hyperparameters, SolverContext, SolverState, evaluate_losses, losses_at
from engine.solvers.methods.population import MOST_MEMBERS, SPREAD, begin_population, best_of, clipped, members
from engine.solvers.random import uniform_pair
from engine.solvers.reasons import Reason
from engine.solvers.solver import SEED, Solver

FEWEST = 2
FASTEST = 1e4
"""Times `spread` that a particle moves along a coordinate at most: else strong pulls make its velocity overflow."""


def begin(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin with particles at rest around the start."""
    begin_population(state, hyper, context, FEWEST)
    for member in range(int(state.members)):
        for axis in range(2):
            state.best[member, axis] = state.population[member, axis]


def particle_swarm(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> Reason:
    """Move every particle, and keep the best points."""
    count, points, best, losses = int(state.members), state.population, state.best, state.losses
    losses_at(context, best, count)
    for member in range(count):
        losses[member] = context.first[member]
    move_particles(state, hyper, context, best_of(losses, count))
    evaluate_losses(state, context, points, count)
    for member in range(count):
        if context.first[member] < losses[member]:
            losses[member] = context.first[member]
            best[member, 0], best[member, 1] = points[member, 0], points[member, 1]
    leader = best_of(losses, count)
    state.w[0], state.w[1] = best[leader, 0], best[leader, 1]
    return Reason.NONE


def move_particles(state: SolverState, hyper: Hyperparameters, context: SolverContext, leader: int) -> None:
    """Move every particle by its velocity, which its own best point and that of the leader change."""
    points, velocities, best = state.population, state.velocities, state.best
    most = FASTEST * abs(hyper.spread)
    for member in range(int(state.members)):
        own = uniform_pair(context, hyper.seed, 2 * member)
        common = uniform_pair(context, hyper.seed, 2 * member + 1)
        for axis in range(2):
            coordinate = points[member, axis]
            pull = hyper.own * own[axis] * (best[member, axis] - coordinate)
            pull += hyper.common * common[axis] * (best[leader, axis] - coordinate)
            velocities[member, axis] = clipped(hyper.inertia * velocities[member, axis] + pull, most)
            points[member, axis] = coordinate + velocities[member, axis]


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
    movable=False,
    begin=begin,
    states=(
        ("population", (MOST_MEMBERS, 2)),
        ("members", ()),
        ("velocities", (MOST_MEMBERS, 2)),
        ("best", (MOST_MEMBERS, 2)),
        ("losses", (MOST_MEMBERS,)),
    ),
)
