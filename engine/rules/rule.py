"""A rule: the text of an update step, compiled, with values for its hyperparameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.language.codegen.loss_kernel import FIRST_ORDER, LARGE_NODES, LossGraph
from engine.language.codegen.step_kernel import StepCode
from engine.language.graph.graph import Graph
from engine.language.syntax.rule_text import RuleText
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.rules.function_rule import FunctionRule, function_rule
from engine.rules.initial_state import start_block
from engine.rules.kernel import StepKernel
from engine.rules.member_kernel import MemberKernel
from engine.rules.members import Members, distinct
from engine.rules.n_dimensional import NDimensionalRule, over
from engine.rules.rule_settings import RuleSettings

MOST_CODES = 64
"""Rules whose machine code is cached for the next racer that runs them: tens of kilobytes each."""
MOST_INLINED = 16
"""Rules with losses built in, whose machine code is cached for the next swarm, and the graph of the loss."""
MOST_READ = 64
"""Rules whose graphs are cached: tens of kilobytes each."""
ASKED = ("loss", "gradient", "Hessian")
"""The kinds of values of a loss that a rule can read."""


class Rule(RuleSettings):
    """A compiled rule; make one with `compile_rule`.

    Attributes
    ----------
    name : str
        The name of a racer that runs it.
    """

    def __init__(self, text: str | RuleText, hyperparameters: Mapping[str, float], name: str = "Rule") -> None:
        super().__init__(RuleText.of(text), hyperparameters)
        self.name = name
        self._slot_names = self.update.step.rows

    @property
    def text(self) -> str:
        """The rule."""
        return self.written.text

    @property
    def states(self) -> tuple[str, ...]:
        """The names whose values are kept from one step to the next, beside the position."""
        return self.update.states

    @property
    def slots(self) -> int:
        """The number of float64 that position and states take."""
        return len(self._slot_names)

    @property
    def per_coordinate(self) -> bool:
        """Whether each coordinate is updated from itself, the loss and its derivatives, not from other coordinates."""
        return self.update.per_coordinate

    @cached_property
    def asks(self) -> Mapping[str, int]:
        """The number of points at which a step evaluates the loss, the gradient and the Hessian; 0 is left out."""
        return {what: len(self._points[what]) for what in ASKED if what in self._points}

    @cached_property
    def evaluations_per_step(self) -> int:
        """The number of points at which a step evaluates the loss or any of its slopes."""
        return len(set[tuple[int, ...]]().union(*self._points.values()))

    @cached_property
    def _points(self) -> Mapping[str, set[tuple[int, ...]]]:
        """The points at which a step evaluates the loss, the gradient and the Hessian, as numbers of its graph."""
        graph, points = self.update.step.graph, dict[str, set[tuple[int, ...]]]()
        for index in graph.needed_for(self.update.step.changed):
            node = graph.nodes[index]
            if node.function == "loss":
                component = int(node.payload or 0)
                what = "loss" if component == 0 else "gradient" if component < FIRST_ORDER else "Hessian"
                points.setdefault(what, set()).add(node.arguments)
        return points

    def start_block(self, positions: Array, hyper: Array, loss: MachineLoss, seed: int = 0, instance: int = 0) -> Array:
        """Return the block (slots, n) of instances at `positions` (n, 2) before their first step.

        `n` is padded to whole vectors by repeating the last instance.  States are 0 where no ``init`` line says more.
        `seed` and the number of the first `instance` determine the random numbers, as in `StepKernel.run`.
        """
        values = dict(zip(self._names, hyper.tolist(), strict=True))
        return start_block(self.update, positions, values, partial(_component_at, loss), seed, instance)

    def start_members(
        self, positions: Array, members: Members, loss: MachineLoss, seed: int = 0, instance: int = 0
    ) -> Array:
        """Return the block of instances with settings of their own, `members`, padded to whole vectors."""
        values = dict(zip(self._names, members.hyper.T, strict=True))
        seeds, first = (seed, instance) if members.seeds is None else (members.seeds.view(np.uint64), 0)

        def loss_at(component: int, point: Sequence[Array]) -> Array:
            answers = np.empty(np.broadcast(*point).shape)
            for numbers, own in distinct(members.parameters):
                places = [np.broadcast_to(coordinate, answers.shape)[own] for coordinate in point]
                answers[own] = _component_at(loss.with_parameters(numbers), component, places)
            return answers

        return start_block(self.update, positions, values, loss_at, seeds, first)

    def keep_states(self, block: Array, before: Rule, block_before: Array, kept: NDArray[np.bool_]) -> None:
        """Copy into `block` the states of another rule, `before`, that have the same name and size in both.

        `kept` (n,) is true for the instances whose states are copied.
        """
        for number, name in enumerate(self._slot_names):
            if name in before._slot_names:
                block[number, kept] = block_before[before._slot_names.index(name), kept]

    def precompile(self) -> None:
        """Compile the machine code now, so that the next racer of this rule, on any thread, does not wait for it."""
        _code_of(self.written)

    def kernel(self, loss: MachineLoss, seed: int = 0) -> StepKernel:
        """Return the kernel that runs this rule on `loss`; the machine code of the rule serves every loss.

        `seed` determines the random numbers that the rule draws.
        """
        return StepKernel(_code_of(self.written), loss, seed)

    def kernel_for_many(self, loss: MachineLoss, seed: int = 0) -> StepKernel:
        """Return a kernel with the same results, compiled for this loss alone: slower to compile, and faster to run.

        A large loss and a loss over data are called instead of inlined, since their own work outweighs a call; a loss
        that is no formula cannot be inlined.
        """
        landscape = loss.curved_landscape if self.update.step.curved else loss.landscape
        if landscape is None or landscape.columns or landscape.size * len(self.update.step.points) > LARGE_NODES:
            return StepKernel(_code_of(self.written), loss, seed, many=True)
        code = _inlined_code_of(self.written, landscape.graph, tuple(landscape.outputs), tuple(landscape.parameters))
        return StepKernel(code, loss, seed, many=True)

    def kernel_for_members(self, loss: MachineLoss, seed: int = 0) -> MemberKernel:
        """Return a kernel for instances that differ in their settings."""
        return MemberKernel(_member_code_of(self.written), loss, seed)

    def compile_code(self, landscape: LossGraph | None = None) -> StepCode:
        """Return new machine code; hyperparameters are its arguments, so it depends on the text alone."""
        return StepCode(self.update.step, landscape)

    def over(self, start: ArrayLike, seed: int = 0) -> NDimensionalRule:
        """Return this rule at `start` (n,), ready for a loss of any number of coordinates.

        Its random numbers follow from `seed` as in a swarm: the coordinates 2i and 2i + 1 are x and y of its i-th
        instance.

        Raises
        ------
        FormulaError
            Where a coordinate is not updated by itself.
        ValueError
            Where `start` is no row of numbers.
        """
        return over(self.copy(), start, seed)

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[str, dict[str, float], str]]:
        return Rule, (self.text, self.hyperparameters, self.name)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value:g}" for name, value in self.hyperparameters.items())
        return f"compile_rule({self.text!r}{settings})"


@lru_cache(MOST_CODES)
def _code_of(text: RuleText) -> StepCode:
    """Return the machine code that all racers of one rule share."""
    return _read(text).compile_code()


@lru_cache(MOST_CODES)
def _member_code_of(text: RuleText) -> StepCode:
    """Return the machine code of one rule for instances that differ."""
    return StepCode(_read(text).update.step, members=True)


@lru_cache(MOST_INLINED)
def _inlined_code_of(text: RuleText, graph: Graph, outputs: tuple[int, ...], parameters: tuple[str, ...]) -> StepCode:
    """Return the machine code of one rule with one loss built in, the same for all swarms of both."""
    return _read(text).compile_code(LossGraph(graph, outputs, parameters))


@lru_cache(MOST_READ)
def _read(text: RuleText) -> Rule:
    return Rule(text, {})


def _component_at(loss: MachineLoss, component: int, point: Sequence[Array]) -> Array:
    """Return the loss or a derivative at `point`, numbered as a `Node` numbers them."""
    if component >= FIRST_ORDER:
        return loss.hessian(*point)[component - FIRST_ORDER]
    return loss.value_and_gradient(*point)[component]


def read_rule(text: str | RuleText, name: str = "Rule") -> Rule:
    """Return the rule that `text` describes, under a name; a text that was read recently is not read again.

    Raises
    ------
    FormulaError
        Where the text is no rule.
    """
    rule = _read(text).copy()
    rule.name = name
    return rule


@overload
def compile_rule(rule: str, /, **hyperparameters: float) -> Rule: ...
@overload
def compile_rule(rule: Callable[..., Any], /, **hyperparameters: float) -> FunctionRule: ...
def compile_rule(rule: str | Callable[..., Any], /, **hyperparameters: float) -> Rule | FunctionRule:
    """Return the rule that a text describes, or a function of one's own.

    Parameters
    ----------
    rule
        Lines ``name = formula`` over w, g, f and t; a name read before it is assigned is state and starts at 0.  Or a
        function of w, g and any of f, t, states and hyperparameters, as `engine.rules.function_rule` describes it.
    **hyperparameters
        Values of free names; the others are 1, or what the function gives as their defaults.

    Raises
    ------
    FormulaError
        Where the text is no rule, the function no step, or a value does not fit.
    """
    return Rule(rule, hyperparameters) if isinstance(rule, str) else function_rule(rule, hyperparameters)
