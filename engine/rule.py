"""An optimizer's update step from a text: its states, its hyperparameters, and a kernel that runs many steps."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from engine.aligned import aligned_empty
from engine.language.consistency import names_read
from engine.language.errors import FormulaError
from engine.language.folding import Unrolling, parts_first
from engine.language.graph import Graph
from engine.language.loss_kernel import LossGraph
from engine.language.native import LANES
from engine.language.parser import parse_rule
from engine.language.reference import evaluate
from engine.language.step_kernel import StepCode, StepGraph
from engine.language.tree import Assignment, Call, Expression, FunctionDefinition, parts_of
from engine.loss import DEFAULT_PARAMETER, Loss, check_values

Array = NDArray[np.float64]
DIMENSIONS = 2
MOST_NODES = 5_000
"""Nodes of a rule: its machine code is made with care, and for more would not be ready within a second."""
MOST_CODES = 64
"""Rules whose machine code is kept for the next racer that runs them: about a megabyte each."""
MOST_STATES = 100
"""Names that a rule keeps: which of them are vectors is found by going over its lines once for each at most."""
GIVEN = ("w", "g", "f", "t")
"""What every rule may read: the position, the gradient and the loss there, and the number of the step from 1."""
MIXING = frozenset({"sum", "mean", "norm", "dot"})
"""Functions that make one number of all coordinates, beside `min` and `max` of one vector."""

Quantity = tuple[int, ...]
"""The nodes of a quantity's coordinates: one for a scalar, `DIMENSIONS` for a vector."""


class Rule:
    """A compiled rule; make one with `compile_rule`.

    Attributes
    ----------
    text : str
        The rule.
    name : str
        What to call a racer that runs it.
    states : tuple of str
        The names that live from one step to the next, beside the position.
    per_coordinate : bool
        Whether each coordinate is updated without a look at the others, but for what the loss tells.
    """

    def __init__(self, text: str, hyperparameters: Mapping[str, float], name: str = "Rule") -> None:
        self.text = text
        self.name = name
        tree = parse_rule(text)
        self._functions = tree.functions
        self._initial = tuple(line for line in tree.assignments if line.initial)
        self._update = tuple(line for line in tree.assignments if not line.initial)
        self.states = _states(self._update)
        values = [*(line.value for line in tree.assignments), *(function.value for function in tree.functions)]
        self.per_coordinate = not any(_mixes_coordinates(value) for value in values)
        if len(self.states) > MOST_STATES:
            raise FormulaError(f"This rule keeps too many states: {MOST_STATES} are the most.", 0, len(text))
        self._sizes = self._state_sizes()
        self._rows = tuple(row for name in ("w", *self.states) for row in self._row_names(name))
        self.slots = len(self._rows)
        self._graph, self._moved, self._kept, self._loss = self._build_update()
        self._names = self._hyperparameter_names()
        self._values = np.full(len(self._names), DEFAULT_PARAMETER)
        self.set(**hyperparameters)

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The free names of the rule and their values."""
        return dict(zip(self._names, self._values.tolist(), strict=True))

    def set(self, **values: float) -> None:
        """Change hyperparameters; nothing is recompiled.

        Raises
        ------
        FormulaError
            Where a name is no hyperparameter or a value is not finite; then nothing has changed.
        """
        check_values("hyperparameter", self._names, values)
        for name, value in values.items():
            self._values[self._names.index(name)] = value

    def copy(self) -> Rule:
        """Return this rule with settings of its own; its text is not read again."""
        other = copy(self)
        other._values = self._values.copy()
        return other

    def start_block(self, positions: Array, hyper: Array, loss: Loss) -> Array:
        """Return the block (slots, n) of instances at `positions` (n, 2) before their first step.

        `n` is padded to whole vectors by repeating the last instance.  States are 0 where no ``init`` line says more.
        """
        padded = -(-len(positions) // LANES) * LANES
        block = aligned_empty((self.slots, padded))
        block[DIMENSIONS:] = 0.0
        columns = np.minimum(np.arange(padded), len(positions) - 1)
        block[:DIMENSIONS] = np.asarray(positions, dtype=np.float64).T[:, columns]
        for line in self._initial:
            quantity = self._initial_value(line, block, hyper, loss)
            rows = [self._rows.index(row) for row in self._row_names(line.name)]
            block[rows] = quantity
        return block

    def kernel(self, loss: Loss) -> StepKernel:
        """Return the kernel that steps this rule down `loss`; the machine code of the rule serves every loss."""
        return StepKernel(_code_of(self.text), loss)

    def kernel_for_many(self, loss: Loss) -> StepKernel:
        """Return a kernel with the same results, made for this loss alone: slower to make, and faster to run.

        A large loss is not worth building in: its own work outweighs a call.
        """
        if loss.landscape.is_large:
            return self.kernel(loss)
        return StepKernel(self.compile_code(loss.landscape), loss)

    def compile_code(self, landscape: LossGraph | None = None) -> StepCode:
        """Return new machine code; hyperparameters are among its arguments, so the text alone decides on it."""
        update = StepGraph(self._graph, self._moved, self._kept, self._loss, self._rows, self._names)
        return StepCode(update, landscape)

    def _row_names(self, name: str) -> list[str]:
        size = DIMENSIONS if name == "w" else self._sizes[name]
        return [name] if size == 1 else [f"{name}[{number}]" for number in range(size)]

    def _quantity(self, graph: Graph, name: str) -> Quantity:
        return tuple(graph.name(row) for row in self._row_names(name))

    def _state_sizes(self) -> dict[str, int]:
        """Return how many numbers each state holds: a state is a vector where an assignment makes it one."""
        self._sizes = dict.fromkeys(self.states, 1)
        for _ in range(len(self.states) + 1):
            graph, environment = self._start_environment()
            self._run_lines(graph, environment, (*self._initial, *self._update))
            sizes = {name: max(self._sizes[name], len(environment[name])) for name in self.states}
            if sizes == self._sizes:
                break
            self._sizes = sizes
        return self._sizes

    def _start_environment(self) -> tuple[Graph, dict[str, Quantity]]:
        graph = Graph()
        environment = {name: self._quantity(graph, name) for name in ("w", *self.states)}
        position = environment["w"]
        environment["f"] = (graph.loss(0, position),)
        environment["g"] = tuple(graph.loss(1 + number, position) for number in range(DIMENSIONS))
        environment["t"] = (graph.name("t"),)
        return graph, environment

    def _run_lines(self, graph: Graph, environment: dict[str, Quantity], lines: Sequence[Assignment]) -> None:
        unrolling = _unrolling(graph, environment, self._functions)
        for line in lines:
            environment[line.name] = _line_built(unrolling, line)

    def _build_update(self) -> tuple[Graph, list[int], list[int], int]:
        graph, environment = self._start_environment()
        loss = environment["f"][0]
        self._run_lines(graph, environment, self._update)
        moved = list(_widened(environment["w"], DIMENSIONS))
        kept = [node for name in self.states for node in _widened(environment[name], self._sizes[name])]
        return graph, moved, kept, loss

    def _hyperparameter_names(self) -> tuple[str, ...]:
        names = self._graph.names_in([*self._moved, *self._kept])
        graph, environment = self._start_environment()
        self._run_lines(graph, environment, self._initial)
        names += graph.names_in([node for line in self._initial for node in environment[line.name]])
        return tuple(dict.fromkeys(name for name in names if name != "t" and name not in self._rows))

    def _initial_value(self, line: Assignment, block: Array, hyper: Array, loss: Loss) -> Array:
        graph, environment = self._start_environment()
        quantity = _line_built(_unrolling(graph, environment, self._functions), line)
        outputs = _widened(quantity, self._sizes[line.name])
        values = {"t": 0.0, **dict(zip(self._names, hyper, strict=True)), **dict(zip(self._rows, block, strict=True))}

        def loss_at(component: int, point: Sequence[Array]) -> Array:
            return loss.gradient(*point)[component - 1] if component else loss.value(*point)

        results = evaluate(graph, outputs, values, loss_at)
        return np.array([np.broadcast_to(result, block.shape[1:]) for result in results])

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[str, dict[str, float], str]]:
        return Rule, (self.text, self.hyperparameters, self.name)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value:g}" for name, value in self.hyperparameters.items())
        return f"compile_rule({self.text!r}{settings})"


class StepKernel:
    """The machine code of a rule, bound to a loss.  Nothing in it holds Python's lock while it runs."""

    def __init__(self, code: StepCode, loss: Loss) -> None:
        self._code = code
        self._loss = loss
        self._prepare = _PREPARE(code.address("prepare"))
        self._step = _STEP(code.address("step"))

    def prepare(self, first_step: int, steps: int, hyper: Array, parameters: Array) -> Array:
        """Return what is the same for all instances in each of `steps` updates, float64 (steps, numbers).

        Parameters
        ----------
        first_step : int
            The number of the first update, from 1.
        hyper, parameters : float64
            The values of the rule's hyperparameters and of the loss's parameters.
        """
        table = np.empty((steps, self._code.shared))
        self._prepare(first_step, steps, hyper.ctypes.data, parameters.ctypes.data, table.ctypes.data)
        return table

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        Parameters
        ----------
        block : float64 (slots, n)
            Positions, then states; `n` is a multiple of `LANES`.
        diverged : float64 (n,)
            Infinity while an instance is finite; else the step at which it left the finite numbers.  From then on it
            stays at its last finite position.
        first_step, table, parameters
            As in `prepare`, and what it returned.
        record : float64 (steps, 3), optional
            Row k becomes x, y and loss of the first instance before update k.
        """
        recorded = None if record is None else record.ctypes.data
        arrays = [array.ctypes.data for array in (block, diverged, table, parameters)]
        self._step(block.shape[1], first_step, len(table), *arrays, self._loss.point_address, recorded)


@lru_cache(MOST_CODES)
def _code_of(text: str) -> StepCode:
    """Return the machine code that all racers of one rule share."""
    return Rule(text, {}).compile_code()


_PREPARE = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 2, *[ctypes.c_void_p] * 3)
_STEP = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3, *[ctypes.c_void_p] * 6)


def compile_rule(text: str, **hyperparameters: float) -> Rule:
    """Return the rule that `text` describes.

    Parameters
    ----------
    text
        Lines ``name = formula`` over w, g, f and t; a name read before it is assigned is state and starts at 0.
    **hyperparameters
        Values of free names; the others are 1.

    Raises
    ------
    FormulaError
        Where the text is no rule, or a value does not fit.
    """
    return Rule(text, hyperparameters)


def _states(lines: Sequence[Assignment]) -> tuple[str, ...]:
    """Return the names that are read before they are assigned, in that order."""
    assigned: set[str] = {"w", "g"}
    to_be_assigned = {line.name for line in lines}
    states: dict[str, None] = {}
    for line in lines:
        for name in (read.name for read in names_read(line.value)):
            if name in to_be_assigned and name not in assigned:
                states[name] = None
        assigned.add(line.name)
    return tuple(states)


def _unrolling(
    graph: Graph, environment: Mapping[str, Quantity], functions: Sequence[FunctionDefinition]
) -> Unrolling[Quantity]:
    """Return what builds the lines of a rule, coordinate by coordinate."""

    def number(value: float) -> Quantity:
        return (graph.constant(value),)

    def name(text: str) -> Quantity:
        return environment[text] if text in environment else (graph.leaf(text, {}),)

    def call(function: str, *arguments: Quantity) -> Quantity:
        if function in ("grad", "loss"):
            if len(arguments[0]) != DIMENSIONS:
                raise _NoPointError(function)
            components = range(1, 1 + DIMENSIONS) if function == "grad" else (0,)
            return tuple(graph.loss(component, arguments[0]) for component in components)
        if function in MIXING or _is_extreme_coordinate(function, arguments):
            return (_reduced(graph, function, arguments),)
        size = max(len(argument) for argument in arguments)
        spread = [_widened(argument, size) for argument in arguments]
        return tuple(graph.call(function, *operands) for operands in zip(*spread, strict=True))

    def value(quantity: Quantity) -> float | None:
        return graph.value_of(quantity[0]) if len(quantity) == 1 else None

    return Unrolling(number, name, call, value, partial(graph.check_size, most=MOST_NODES), functions)


class _NoPointError(Exception):
    """A function that asks at a point got a number."""


def _line_built(unrolling: Unrolling[Quantity], line: Assignment) -> Quantity:
    """Return the nodes of a line."""
    try:
        return unrolling.line(line.value, line.start, line.value.end)
    except _NoPointError as error:
        number = _number_asked_at(unrolling, line.value)
        raise FormulaError(f"`{error}` asks at a point, and this is a number.", number.start, number.end) from None


def _number_asked_at(unrolling: Unrolling[Quantity], tree: Expression) -> Expression:
    """Return the argument of the innermost ``grad`` or ``loss`` in `tree` that is no point, or `tree` if none is."""
    pending, asked = [tree], list[Expression]()
    while pending:
        node = pending.pop()
        pending.extend(parts_of(node))
        if isinstance(node, Call) and node.function in ("grad", "loss"):
            asked.extend(node.arguments)
    for point in reversed(asked):
        if len(unrolling.line(point, point.start, point.end)) != DIMENSIONS:
            return point
    return tree


def _is_extreme_coordinate(function: str, arguments: Sequence[object]) -> bool:
    """Return whether this is the extreme coordinate of one vector; of several vectors, each coordinate has its own."""
    return function in ("min", "max") and len(arguments) == 1


def _mixes_coordinates(tree: Expression) -> bool:
    """Return whether a part of `tree` makes one number of all coordinates."""
    calls = [node for node in parts_first(tree) if isinstance(node, Call)]
    return any(call.function in MIXING or _is_extreme_coordinate(call.function, call.arguments) for call in calls)


def _reduced(graph: Graph, function: str, arguments: Sequence[Quantity]) -> int:
    """Return the node of what is one number for all coordinates; a length counts those of all its arguments."""
    vectors = [_widened(argument, DIMENSIONS) for argument in arguments]
    if function in ("min", "max"):
        return graph.call(function, *vectors[0])
    if function == "norm":
        terms = [graph.call("mul", u, u) for vector in vectors for u in vector]
    elif function == "dot":
        terms = [graph.call("mul", u, v) for u, v in zip(*vectors, strict=True)]
    else:
        terms = list(vectors[0])
    total = terms[0]
    for term in terms[1:]:
        total = graph.call("add", total, term)
    if function == "mean":
        return graph.call("div", total, graph.constant(float(len(terms))))
    return graph.call("sqrt", total) if function == "norm" else total


def _widened(quantity: Quantity, size: int) -> Quantity:
    """Return a scalar as a vector whose coordinates are all that scalar."""
    return quantity * size if len(quantity) == 1 else quantity
