"""A swarm: many starts of one racer, stepped together on every core by the same kernels as a race."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.data.batches import Batches, check_batch
from engine.language.codegen.assembly import LANES
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.machine.aligned import aligned_empty
from engine.machine.threads import parallel_for
from engine.race.compile_racer import RacerLike, compile_racer
from engine.race.racer import AnyRule
from engine.rules.goal import NO_GOAL, Goal
from engine.rules.kernel import StepKernel
from engine.rules.member_kernel import Changing, MemberKernel, member_losses
from engine.rules.members import Members, members_of
from engine.solvers.kernel import SolverKernel
from engine.solvers.solver import SolverRule

MOST_IN_BLOCK, CACHE_NUMBERS = 2048, 2**16
"""Instances that are stepped together, and how many float64 the smallest second-level cache holds."""
BLOCKS_IN_ALL = 16
"""Blocks that even a small swarm is made of, so that all cores have work to the end."""
ROWS_BESIDE = 3
"""Rows that a step needs beside the slots: the positions after it, and the losses."""
SLICE = 2048
"""Steps that all blocks make before the next ones: the numbers that are the same for all blocks are computed for this
many steps at once."""
NOTHING: Mapping[str, ArrayLike] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class SwarmState:
    """A swarm at a step: what `Swarm.state` has copied."""

    step: int
    blocks: Sequence[Array]
    diverged: Sequence[Array]
    reached: Sequence[Array]

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return sum(part.nbytes for part in (*self.blocks, *self.diverged, *self.reached))


class Swarm:
    """Instances of one rule at many starts, which may differ in their settings too.

    Parameters
    ----------
    loss : MachineLoss
    racer : str, Rule or Optimizer
    starts : float64 (n, 2)
    seed : int
        Determines the random numbers that the rule draws: each instance has its own, the first those of a race.  And
        the mini-batches, which all instances share with a race.
    batch : int, optional
        How many rows of the loss's data set a step learns from, as in a race; without it, all.
    hyperparameters, parameters : mapping of str to float or float64 (n,)
        Hyperparameters of the racer, and parameters of the formula, for all instances or for each.  An instance does
        bit for bit what a racer with its settings does.
    seeds : int or int (n,), optional
        A seed for each instance: its random numbers and mini-batches are those of a race of that seed.
    threshold : float or float64 (n,), optional
        A loss, for all instances or for each: `steps_to_threshold` holds the step at which each has reached it.
    in_block : int, optional
        How many instances are stepped together, a multiple of `LANES`: more than fit a cache where few steps are made
        at a time, because each block costs as much as many steps; it changes no bit.

    Raises
    ------
    FormulaError
        Where the text names no racer, a batch is no number of rows, or a setting does not fit.
    """

    def __init__(
        self, loss: MachineLoss, racer: RacerLike, starts: ArrayLike, seed: int = 0, batch: int | None = None,
        hyperparameters: Mapping[str, ArrayLike] = NOTHING, parameters: Mapping[str, ArrayLike] = NOTHING,
        seeds: ArrayLike | None = None, threshold: ArrayLike | None = None, in_block: int | None = None,
    ) -> None:  # fmt: skip
        check_batch(batch, loss.columns)
        places = np.asarray(starts, dtype=np.float64).reshape(-1, 2)
        self.loss = loss
        self.rule = compile_racer(racer)
        self.step = 0
        self._count = len(places)
        self._seed, self._batch = seed, batch
        self._members: Members | None = None
        if hyperparameters or parameters or seeds is not None:
            names, values = [*self.rule.hyperparameters], self.rule.hyperparameters
            self._members = members_of(self._count, names, values, loss, hyperparameters, parameters, seeds)
        self._kernel: StepKernel | SolverKernel | MemberKernel
        if self._members is None or isinstance(self.rule, SolverRule):
            self._kernel = self.rule.kernel_for_many(loss, seed)
        else:
            self._kernel = self.rule.kernel_for_members(loss, seed)
        self._in_block = in_block or _block_size(self.rule, self._count)
        self._blocks = [self._start(number, places) for number in range(-(-self._count // self._in_block))]
        self._diverged = [aligned_empty(block.shape[1:]) for block in self._blocks]
        self._goals = [self._goal(number, threshold) for number in range(len(self._blocks))]
        for steps in (*self._diverged, *(goal.reached for goal in self._goals)):
            steps.fill(np.inf)

    @property
    def count(self) -> int:
        """How many instances there are."""
        return self._count

    @property
    def positions(self) -> Array:
        """Where the instances are, float64 (n, 2); a diverged one at its last finite position."""
        joined = [block[:2].T[: self._size(number)] for number, block in enumerate(self._blocks)]
        return np.concatenate(joined) if joined else np.empty((0, 2))

    @property
    def losses(self) -> Array:
        """The loss of each instance, float64 (n,)."""
        if self._members is None or "parameters" not in self._members.varied:
            places = self.positions
            return self.loss.value(places[:, 0], places[:, 1])
        return self._joined([self._member_losses(number, self._members) for number in range(len(self._blocks))])

    @property
    def diverged(self) -> Array:
        """The step at which each instance left the finite numbers, float64 (n,); infinity while it has not."""
        return self._joined(self._diverged)

    @property
    def resting(self) -> NDArray[np.bool_]:
        """Whether each instance makes no step any more, (n,): a solver that can say so; a rule's never rest."""
        if not isinstance(self.rule, SolverRule):
            return np.zeros(self._count, dtype=bool)
        rests = [self.rule.resting(block)[: self._size(number)] for number, block in enumerate(self._blocks)]
        return np.concatenate(rests) if rests else np.zeros(0, dtype=bool)

    @property
    def steps_to_threshold(self) -> Array:
        """The step after which each instance first had a loss of the threshold or less, float64 (n,); else infinity."""
        if all(goal is NO_GOAL for goal in self._goals):
            return np.full(self._count, np.inf)
        # The loop looks before each step, so that the positions of now are looked at only where somebody asks.
        self._record_reached()
        return self._joined([goal.reached for goal in self._goals])

    def parts(self) -> list[tuple[Array, Array, int]]:
        """Return the instances as they lie in memory, for what reads all of them often and changes none.

        Of each part: float64 (slots, padded), whose first two rows are x and y; the steps of divergence, (padded,); and
        how many of its columns are instances.
        """
        pairs = enumerate(zip(self._blocks, self._diverged, strict=True))
        return [(block, diverged, self._size(number)) for number, (block, diverged) in pairs]

    def state(self) -> SwarmState:
        """Return a copy of everything that steps change, to return to."""
        reached = [goal.reached.copy() for goal in self._goals]
        blocks, diverged = ([part.copy() for part in parts] for parts in (self._blocks, self._diverged))
        return SwarmState(self.step, blocks, diverged, reached)

    def return_to(self, state: SwarmState) -> None:
        """Go back to a state of this swarm; the steps from there are the same again."""
        self.step = state.step
        now = (*self._blocks, *self._diverged, *(goal.reached for goal in self._goals))
        for part, then in zip(now, (*state.blocks, *state.diverged, *state.reached), strict=True):
            part[...] = then

    def restart(self, members: NDArray[np.int64], starts: Array, seed: int) -> None:
        """Let some instances begin anew for the steps to come, as new ones do that step on from the present step.

        Parameters
        ----------
        members : int64 (k,)
            Their numbers, which rise.
        starts : float64 (k, 2)
        seed : int
            Determines what the rule draws before the first step.
        """
        if self._members is not None:
            raise TypeError("Instances with settings of their own cannot begin anew.")
        if not len(members):
            return
        fresh = self.rule.start_block(starts, self._hyper(), self.loss, seed)
        edges = np.searchsorted(members, self._in_block * np.arange(len(self._blocks) + 1)).tolist()
        for number, (first, end) in enumerate(pairwise(edges)):
            columns = members[first:end] - number * self._in_block
            self._blocks[number][:, columns] = fresh[:, first:end]
            self._diverged[number][columns] = np.inf

    def set(self, **hyperparameters: float) -> None:
        """Change hyperparameters of all instances for the steps to come; nothing is recompiled."""
        self.rule.set(**hyperparameters)
        if self._members is not None:
            self._members = self._members.with_hyper([*self.rule.hyperparameters], hyperparameters)

    def advance(self, steps: int = 1) -> None:
        """Make `steps` updates of every instance that has not diverged, on every core."""
        if self._members is not None:
            self._advance_members(self._members, steps)
        else:
            self._advance_alike(steps)
        self.step += steps

    def _advance_members(self, members: Members, steps: int) -> None:
        """Make updates of instances that have settings of their own."""
        kernel, first, end = self._kernel, self.step + 1, self.step + steps + 1
        grouped = kernel.in_groups(members) if isinstance(kernel, MemberKernel) else None
        while first < end:
            count, changing = end - first, None
            if isinstance(kernel, MemberKernel) and grouped is not None:
                count = min(count, SLICE, kernel.most_steps(grouped))
                changing = kernel.changing(grouped, self._count, first, count)
            run = partial(self._run_members, members=members, first_step=first, steps=count, changing=changing)
            parallel_for(run, range(len(self._blocks)))
            first += count

    def _advance_alike(self, steps: int) -> None:
        """Make updates of instances that have the same settings."""
        kernel, hyper = self._kernel, self._hyper()
        if isinstance(kernel, MemberKernel):
            raise TypeError("Instances with settings of their own have no table of steps in common.")
        for first, count, parameters in self._stretches(self.step + 1, self.step + steps + 1):
            table = kernel.prepare(first, count, hyper, parameters)
            run = partial(self._run, kernel, first=first, table=table, parameters=parameters)
            parallel_for(run, range(len(self._blocks)))

    def _stretches(self, first: int, end: int) -> Iterator[tuple[int, int, Array]]:
        """Yield steps to make together: the first, how many, and the parameters of all or of each."""
        parameters, drawn = self.loss.parameter_array.copy(), self._drawn_batches()
        while first < end:
            count = min(SLICE, end - first)
            if drawn is not None:
                count = min(count, drawn.reach(first))
                yield first, count, drawn.parameters(parameters, first, count)
            else:
                yield first, count, parameters
            first += count

    def _drawn_batches(self) -> Batches | None:
        """Return the mini-batches that the rule learns from, or None where it learns from all rows, as solvers do."""
        if self.loss.columns is None or isinstance(self.rule, SolverRule):
            return None
        batches = Batches(self.loss.columns, self._batch, self._seed)
        return None if batches.whole else batches

    def _run(self, kernel: StepKernel | SolverKernel, number: int, first: int, table: Array, parameters: Array) -> None:
        """Step one block of instances that have the same settings."""
        block, diverged, instance = self._blocks[number], self._diverged[number], number * self._in_block
        kernel.run(block, diverged, first, table, parameters, instance=instance, goal=self._goals[number])

    def _run_members(
        self, number: int, members: Members, first_step: int, steps: int, changing: Changing | None
    ) -> None:
        """Step one block of instances that have settings of their own."""
        block, diverged, first = self._blocks[number], self._diverged[number], number * self._in_block
        own, goal = self._members_of(members, number), self._goals[number]
        if isinstance(self._kernel, MemberKernel):
            drawn, columns = self._drawn_batches(), self.loss.columns
            batches = [] if drawn is None or columns is None else own.batches(columns, self._batch, self._seed)
            known = changing and changing.part(first, self._size(number), block.shape[1])
            self._kernel.run(block, diverged, first_step, steps, own, batches, first, goal, known)
        elif isinstance(self._kernel, SolverKernel):
            self._kernel.run_members(block, diverged, first_step, steps, own, first, goal)

    def _members_of(self, members: Members, number: int) -> Members:
        """Return the settings of the instances of a block."""
        first, size = number * self._in_block, self._size(number)
        padded = size if isinstance(self.rule, SolverRule) else -(-size // LANES) * LANES
        return members.part(first, size, padded)

    def _start(self, number: int, places: Array) -> Array:
        """Return the block of some instances before their first step."""
        first = number * self._in_block
        own = places[first : first + self._in_block]
        if self._members is None:
            return self.rule.start_block(own, self._hyper(), self.loss, self._seed, first)
        return self.rule.start_members(own, self._members_of(self._members, number), self.loss, self._seed, first)

    def _goal(self, number: int, threshold: ArrayLike | None) -> Goal:
        """Return the goal of a block: nobody has reached it."""
        if threshold is None:
            return NO_GOAL
        reached, thresholds = (aligned_empty(self._blocks[number].shape[1:]) for _ in range(2))
        first, size = number * self._in_block, self._size(number)
        thresholds[size:] = -np.inf
        thresholds[:size] = np.broadcast_to(threshold, (self._count,))[first : first + size]
        return Goal(reached, thresholds)

    def _member_losses(self, number: int, all_members: Members) -> Array:
        """Return the losses of a block whose instances have formulas with parameters of their own."""
        block, size = self._blocks[number], self._size(number)
        padded = -(-size // LANES) * LANES
        members = all_members.part(number * self._in_block, size, padded)
        positions = block[:2, np.minimum(np.arange(padded), size - 1)]
        return member_losses(self.loss, positions, members.parameters)

    def _record_reached(self) -> None:
        """Record who has reached the threshold at the present positions."""
        losses = self.losses
        for number, goal in enumerate(self._goals):
            first, size = number * self._in_block, self._size(number)
            reached = goal.reached[:size]
            low = losses[first : first + size] <= goal.thresholds[:size]
            reached[low & np.isinf(reached)] = self.step

    def _joined(self, parts: Sequence[Array]) -> Array:
        joined = [steps[: self._size(number)] for number, steps in enumerate(parts)]
        return np.concatenate(joined) if joined else np.empty(0)

    def _hyper(self) -> Array:
        return np.array(list(self.rule.hyperparameters.values()))

    def _size(self, number: int) -> int:
        return min(self._in_block, self._count - number * self._in_block)


def _block_size(rule: AnyRule, count: int) -> int:
    """Return how many of `count` instances fit the cache with their slots and the rows that a step needs.

    A solver makes all steps of one instance before those of the next, so that one fits.
    """
    fitting = MOST_IN_BLOCK if isinstance(rule, SolverRule) else CACHE_NUMBERS // (rule.slots + ROWS_BESIDE)
    least = -(-count // BLOCKS_IN_ALL)
    return max(min(MOST_IN_BLOCK, fitting, least) // LANES, 1) * LANES
