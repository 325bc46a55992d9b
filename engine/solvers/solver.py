"""The record of a solver, and a solver with its settings, which races as a rule does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.compiled.driver import Driver
from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.errors import check_values
from engine.loss.machine_loss import MachineLoss
from engine.machine.aligned import aligned_empty
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.members import Members
from engine.rules.modifiers.wrappers import Wrapper
from engine.rules.optimizer import Optimizer
from engine.solvers.around import RING_NUMBERS
from engine.solvers.carried import carried
from engine.solvers.context import Record
from engine.solvers.enclosure import Enclosure, Part
from engine.solvers.kernel import SolverKernel, solver_driver
from engine.solvers.loop import Begin, Step
from engine.solvers.reasons import SENTENCES, Reason
from engine.solvers.record import States, part, slots_of, walk_type

Array = NDArray[np.float64]


def no_beginning(walk: Record, hyper: Record, context: Record) -> None:
    """Begin with every state at 0."""


@dataclass(frozen=True)
class Solver(Optimizer):
    """An optimizer that no per-step rule can say; its `rule` is pseudo-code for the reader.

    Attributes
    ----------
    step : callable
        Makes one step from its record, its hyperparameters and what surrounds it (`engine.solvers.context`): changes
        the record and returns `Reason.NONE`, or returns why there is nowhere to go.  Numba compiles it.
    begin : callable
        Fills the states before the first step.
    states : tuple
        The name and the shape of each state, () for a number.
    curved : bool
        Whether it asks for the Hessian.
    proof : str
        What it is held against in the tests.
    rate : str
        The hyperparameter that is a size of its steps, read in each of them: what schedules multiply.  "" where it
        finds the length of its steps by itself.
    anywhere : bool
        Whether a step may begin elsewhere than where the last one led: all that it remembers holds there too.
    core : Solver or None
        What it is without what goes round it; None where nothing does.
    parts : tuple
        The wrappers and schedules round it, schedules first.
    """

    step: Step = field(kw_only=True)
    begin: Begin = field(default=no_beginning, kw_only=True)
    states: States = field(default=(), kw_only=True)
    curved: bool = field(default=False, kw_only=True)
    proof: str = field(default="does what theory says of it", kw_only=True)
    rate: str = field(default="", kw_only=True)
    anywhere: bool = field(default=True, kw_only=True)
    core: Solver | None = field(default=None, kw_only=True)
    parts: tuple[Part, ...] = field(default=(), kw_only=True)

    @property
    def badge(self) -> str:
        """What it is held against."""
        return self.proof

    @property
    def inner(self) -> Solver:
        """What it is without what goes round it."""
        return self.core or self

    @property
    def fixed(self) -> str:
        """Why its rule cannot be edited: it is pseudo-code."""
        return f"{self.name} is a solver: it runs no rule that could be edited."

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """Its step loop: a solver's step is compiled as a part of it, and nothing for what goes round it."""
        return (solver_driver(self.inner),)

    def compile(self, **values: float) -> SolverRule:  # type: ignore[override]  # it has all of a Rule that is asked
        """Return the solver ready to race, with `values` in place of defaults.

        Raises
        ------
        FormulaError
            Where a value is not finite or has no hyperparameter.
        """
        return SolverRule(self, values)


class SolverRule:
    """A solver with its settings, with the face of `engine.rules.rule.Rule`.

    Attributes
    ----------
    text : str
        Pseudo-code.
    name : str
    slots : int
        How many numbers position and states are, and what the wrappers round it remember.
    """

    def __init__(self, solver: Solver, hyperparameters: Mapping[str, float]) -> None:
        self.solver = solver
        self.text = solver.rule
        self.name = solver.name
        self._kind, self._own_slots = walk_type(solver.states), slots_of(solver.states)
        self.slots = self._own_slots + RING_NUMBERS * sum(isinstance(part, Wrapper) for part in solver.parts)
        self._values = solver.defaults
        self.set(**hyperparameters)

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The hyperparameters and their values."""
        return dict(self._values)

    @property
    def asks(self) -> Mapping[str, int]:
        """Nothing: how often a step asks the loss is known only once it has, as `evaluations` counts."""
        return {}

    def set(self, **values: float) -> None:
        """Change hyperparameters.

        Raises
        ------
        FormulaError
            Where a name is no hyperparameter or a value is not finite; then nothing has changed.
        """
        check_values("hyperparameter", tuple(self._values), values)
        self._values |= {name: float(value) for name, value in values.items()}

    def copy(self) -> SolverRule:
        """Return the same solver with settings of its own."""
        return SolverRule(self.solver, self._values)

    def start_block(self, positions: Array, hyper: Array, loss: MachineLoss, seed: int = 0, instance: int = 0) -> Array:
        """Return the block (slots, n) of instances at `positions` (n, 2); states are filled by the first step."""
        block = aligned_empty((self.slots, len(positions)))
        block[:DIMENSIONS] = positions.T
        block[DIMENSIONS:] = 0.0
        return block

    def start_members(
        self, positions: Array, members: Members, loss: MachineLoss, seed: int = 0, instance: int = 0
    ) -> Array:
        """Return the same block for instances that differ."""
        return self.start_block(positions, members.hyper, loss, seed, instance)

    def keep_states(self, block: Array, before: SolverRule, block_before: Array, kept: NDArray[np.bool_]) -> None:
        """Put into `block` what `before` has in its own, where that is the same solver with something else round it.

        `kept` (n,) tells the instances for which that is done.
        """
        if before.solver.inner == self.solver.inner:
            after, own = Enclosure(self.solver), self._own_slots
            block[:, kept] = carried(block[:, kept], block_before[:, kept], own, after, Enclosure(before.solver))

    def kernel(self, loss: MachineLoss, seed: int = 0) -> SolverKernel:
        """Return the kernel that steps this solver down `loss`; `seed` decides on the random numbers that it draws."""
        return SolverKernel(self.solver, loss, seed)

    def kernel_for_many(self, loss: MachineLoss, seed: int = 0) -> SolverKernel:
        """Return the same: a solver's loop serves any number of instances."""
        return self.kernel(loss, seed)

    def evaluations(self, column: Array) -> int:
        """Return at how many points the loss was asked so far."""
        return int(self._part(column, "evaluations"))

    def reason(self, column: Array) -> str:
        """Return in a sentence why the instance whose numbers are `column` stays where it is; "" while it moves."""
        return SENTENCES[Reason(int(self._part(column, "reason")))]

    def rested(self, column: Array) -> int | None:
        """Return after which step the instance has stayed where it is; None while it moves."""
        moves = self._part(column, "reason") == Reason.NONE
        return None if moves else int(self._part(column, "rested"))

    def population(self, column: Array) -> Array | None:
        """Return the points of a solver that has many, float64 (members, d), or None."""
        if not any(name == "population" for name, _ in self.solver.states):
            return None
        members = int(self._part(column, "members"))
        return self._part(column, "population")[:members].copy()

    def _part(self, column: Array, name: str) -> Array:
        """Return one part of the solver's own record."""
        return part(column[: self._own_slots], self._kind, name)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value:g}" for name, value in self._values.items())
        return f"{self.name}({settings})"


def whole(name: str, default: int, low: int, high: int, help: str) -> Hyperparameter:
    """Return the row of a number that is rounded to a whole one."""
    return Hyperparameter(name, float(default), float(low), float(high), help=help)


AS_SCIPY = "makes the steps of scipy.optimize (1.17.1) to 1e-06"
"""The proof of what tests/engine/solvers/test_golden.py compares."""
SEED = whole("seed", 0, 0, 999, "other random numbers for every whole number")
"""The row of every solver that draws random numbers."""
