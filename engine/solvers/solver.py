"""The entry of a solver, and a solver with its settings, which races as a rule does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.compiled.driver import Driver
from engine.language.codegen.loss_kernel import DIMENSIONS
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.machine.aligned import aligned_empty
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.members import Members
from engine.rules.modifiers.wrappers import Wrapper
from engine.rules.named_settings import NamedSettings
from engine.rules.optimizer import Optimizer
from engine.solvers.context import Hyperparameters, SolverContext, SolverState
from engine.solvers.kernel import SolverKernel
from engine.solvers.loop import Begin, Step
from engine.solvers.modifiers import Modifier, ModifierNumbers
from engine.solvers.reasons import SENTENCES, Reason
from engine.solvers.state import States, field_of
from engine.solvers.state_transfer import transferred
from engine.solvers.step_function import StepFunction
from engine.solvers.wrappers import WRAPPER_SLOTS


def begin_at_zero(state: SolverState, hyper: Hyperparameters, context: SolverContext) -> None:
    """Begin with every state at 0."""


@dataclass(frozen=True)
class Solver(Optimizer):
    """An optimizer that no per-step rule can say; its `rule` is pseudo-code for the reader.

    Attributes
    ----------
    step : callable
        Makes one step from its state, its hyperparameters and its context (`engine.solvers.context`): changes the
        state and returns `Reason.NONE`, or returns why no step can be made.  Numba compiles it.
    begin : callable
        Fills the states before the first step.
    states : tuple
        The name and the shape of each state, () for a number.
    uses_hessian : bool
        Whether it evaluates second derivatives.
    proof : str
        What it is compared with in the tests.
    step_size : str
        The hyperparameter that is the size of a step, read in each: what schedules multiply.  "" where the solver
        finds the length of its steps by itself.
    movable : bool
        Whether a wrapper may move it between two steps: all that it remembers holds at any position.
    core : Solver or None
        The solver without wrappers and schedules; None where it has none.
    modifiers : tuple
        Its schedules, then its wrappers, the innermost first.
    """

    step: Step = field(kw_only=True)
    begin: Begin = field(default=begin_at_zero, kw_only=True)
    states: States = field(default=(), kw_only=True)
    uses_hessian: bool = field(default=False, kw_only=True)
    proof: str = field(default="does what theory says of it", kw_only=True)
    step_size: str = field(default="", kw_only=True)
    movable: bool = field(default=True, kw_only=True)
    core: Solver | None = field(default=None, kw_only=True)
    modifiers: tuple[Modifier, ...] = field(default=(), kw_only=True)

    @property
    def badge(self) -> str:
        """What it is compared with in the tests."""
        return self.proof

    @property
    def unmodified(self) -> Solver:
        """The solver without wrappers and schedules."""
        return self.core or self

    @property
    def step_function(self) -> StepFunction:
        """What is compiled of it, whatever its wrappers and schedules."""
        names = tuple(self.unmodified.defaults)
        return StepFunction(self.unmodified.name, self.step, self.begin, self.states, names, self.uses_hessian)

    @property
    def modifier_numbers(self) -> ModifierNumbers:
        """Its wrappers and schedules as its loop reads them."""
        return ModifierNumbers(list(self.unmodified.defaults), self.modifiers, self.step_size)

    @property
    def fixed(self) -> str:
        """Why its rule cannot be edited: it is pseudo-code."""
        return f"{self.name} is a solver: it runs no rule that could be edited."

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """Its loop, of which its step is a compiled part; wrappers and schedules compile nothing."""
        return (self.step_function.driver,)

    def compile(self, **values: float) -> SolverRule:  # type: ignore[override]  # a race calls what it has of a Rule
        """Return the solver ready to race, with `values` in place of defaults.

        Raises
        ------
        FormulaError
            Where a value is not finite or has no hyperparameter.
        """
        return SolverRule(self, values)


class SolverRule(NamedSettings):
    """A solver with its settings, with the methods of `engine.rules.rule.Rule`.

    Attributes
    ----------
    solver : Solver
    text : str
        Pseudo-code.
    name : str
    slots : int
        How many float64 its state has, and the states of its wrappers.
    """

    def __init__(self, solver: Solver, hyperparameters: Mapping[str, float]) -> None:
        super().__init__(solver.defaults, hyperparameters)
        self.solver = solver
        self.text = solver.rule
        self.name = solver.name
        self._function = solver.step_function
        wrappers = sum(isinstance(modifier, Wrapper) for modifier in solver.modifiers)
        self.slots = self._function.slots + WRAPPER_SLOTS * wrappers

    @property
    def asks(self) -> Mapping[str, int]:
        """Empty: a solver's evaluations are known only after a step, and `evaluations` counts them."""
        return {}

    @property
    def evaluations_per_step(self) -> int:
        """0: they are not the same in each step, and so `evaluations` counts them."""
        return 0

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
        """Transfer the states of `before` to `block` where that is the same solver with other wrappers or schedules.

        `kept` (n,) is True for the instances to transfer.
        """
        solver = self.solver
        if before.solver.unmodified == solver.unmodified:
            block[:, kept] = transferred(
                block[:, kept], block_before[:, kept], self._function.slots, solver.modifier_numbers,
                before.solver.modifier_numbers, solver.movable,
            )  # fmt: skip

    def kernel(self, loss: MachineLoss, seed: int = 0) -> SolverKernel:
        """Return the kernel that steps this solver down `loss`; `seed` decides on the random numbers that it draws."""
        return SolverKernel(self._function, self.solver.modifier_numbers, loss, seed)

    def kernel_for_many(self, loss: MachineLoss, seed: int = 0) -> SolverKernel:
        """Return the same kernel: a solver's loop takes any number of instances."""
        return self.kernel(loss, seed)

    def evaluations(self, column: Array) -> int:
        """Return at how many points the loss was evaluated so far."""
        return int(self._field(column, "evaluations"))

    def reason(self, column: Array) -> str:
        """Return in a sentence why the instance whose numbers are `column` makes no step; "" while it moves."""
        return SENTENCES[Reason(int(self._field(column, "reason")))]

    def rested(self, column: Array) -> int | None:
        """Return the number of the last step that moved the instance, if it rests now; None while it moves."""
        moves = self._field(column, "reason") == Reason.NONE
        return None if moves else int(self._field(column, "rested"))

    def resting(self, block: Array) -> NDArray[np.bool_]:
        """Return whether each instance of a block (slots, n) makes no step any more, (n,)."""
        fields = self._function.state_dtype.fields
        assert fields is not None, "a state is a record"
        place = int(fields["reason"][1]) // block.itemsize
        return np.asarray(block[place] != Reason.NONE)

    def lowest(self, column: Array) -> float:
        """Return the lowest loss of the points of the last step; infinity where the lowest one is drawn."""
        return float(self._field(column, "lowest"))

    def population(self, column: Array) -> Array | None:
        """Return the points of a solver that has many, float64 (members, d), or None."""
        if not any(name == "population" for name, _ in self.solver.states):
            return None
        members = int(self._field(column, "members"))
        return self._field(column, "population")[:members].copy()

    def _field(self, column: Array, name: str) -> Array:
        """Return one field of the solver's state."""
        return field_of(column[: self._function.slots], self._function.state_dtype, name)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value:g}" for name, value in self._values.items())
        return f"{self.name}({settings})"


def integer(name: str, default: int, low: int, high: int, help: str) -> Hyperparameter:
    """Return the spec of a hyperparameter that is rounded to an integer."""
    return Hyperparameter(name, float(default), float(low), float(high), help=help)


AS_SCIPY = "makes the steps of scipy.optimize (1.17.1) to 1e-06"
"""The proof of a solver that tests/engine/solvers/test_golden.py compares."""
SEED = integer("seed", 0, 0, 999, "other random numbers for every whole number")
"""The seed of every solver that draws random numbers."""
