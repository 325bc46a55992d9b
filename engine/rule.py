"""An optimizer's update step from a text: its states, its hyperparameters, and a kernel that runs many steps."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.aligned import aligned_empty
from engine.language.consistency import names_read
from engine.language.errors import FormulaError
from engine.language.graph import Graph
from engine.language.loss_kernel import FIRST_ORDER, LARGE_NODES, LossGraph
from engine.language.native import LANES
from engine.language.noise import uniforms, wrapped
from engine.language.parser import parse_rule
from engine.language.reference import evaluate
from engine.language.step_kernel import StepCode, StepGraph
from engine.language.tree import Assignment
from engine.loss import DEFAULT_PARAMETER, Loss, check_values
from engine.quantities import DIMENSIONS, Quantities, Quantity, mixes_coordinates, widened

Array = NDArray[np.float64]
MOST_CODES = 64
"""Rules whose machine code is kept for the next racer that runs them: about a megabyte each."""
MOST_READ = 64
"""Rules that are kept as they were read, tens of kilobytes each."""
MOST_STATES = 100
"""Names that a rule keeps: which of them are vectors is found by going over its lines once for each at most."""
ASKED = ("loss", "gradient", "Hessian")
"""What a rule can ask the landscape for."""
BEFORE_FIRST_STEP = 0
"""What `t` is in ``init`` lines."""


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
    slots : int
        How many numbers position and states are.
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
        self.per_coordinate = not any(mixes_coordinates(value) for value in values)
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

    @cached_property
    def asks(self) -> Mapping[str, int]:
        """At how many points a step asks for the loss, for gradients and for Hessians, as far as it does."""
        nodes = [self._graph.nodes[index] for index in self._graph.needed_for([*self._moved, *self._kept])]
        points: dict[str, set[tuple[int, ...]]] = {}
        for node in nodes:
            if node.function == "loss":
                component = int(node.payload or 0)
                what = "loss" if component == 0 else "gradient" if component < FIRST_ORDER else "Hessian"
                points.setdefault(what, set()).add(node.arguments)
        return {what: len(points[what]) for what in ASKED if what in points}

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
        other = object.__new__(Rule)
        other.__dict__.update(self.__dict__, _values=self._values.copy())
        return other

    def start_block(self, positions: Array, hyper: Array, loss: Loss, seed: int = 0, instance: int = 0) -> Array:
        """Return the block (slots, n) of instances at `positions` (n, 2) before their first step.

        `n` is padded to whole vectors by repeating the last instance.  States are 0 where no ``init`` line says more.
        `seed` and the number of the first `instance` decide on random numbers, as in `StepKernel.run`.
        """
        padded = -(-len(positions) // LANES) * LANES
        block = aligned_empty((self.slots, padded))
        block[DIMENSIONS:] = 0.0
        columns = np.minimum(np.arange(padded), len(positions) - 1)
        block[:DIMENSIONS] = np.asarray(positions, dtype=np.float64).T[:, columns]
        graph, environment = self._start_environment()
        quantities = Quantities(graph, environment, self._functions)
        instances = np.arange(instance, instance + padded, dtype=np.uint64)

        def loss_at(component: int, point: Sequence[Array]) -> Array:
            return _component_at(loss, component, point)

        def noise_at(number: int) -> Array:
            return uniforms(seed, BEFORE_FIRST_STEP, number, instances)

        hyperparameters = dict(zip(self._names, hyper, strict=True))
        for line in self._initial:
            outputs = widened(quantities.built(line), self._sizes[line.name])
            values = {"t": BEFORE_FIRST_STEP, **hyperparameters, **dict(zip(self._rows, block, strict=True))}
            rows = [self._rows.index(row) for row in self._row_names(line.name)]
            for row, result in zip(rows, evaluate(graph, outputs, values, loss_at, noise_at), strict=True):
                block[row] = result
        return block

    def keep_states(self, block: Array, before: Rule, block_before: Array, kept: NDArray[np.bool_]) -> None:
        """Put into `block` what `before` has in its own, wherever both have a state of one name and size.

        `kept` (n,) tells the instances for which that is done.
        """
        for number, row in enumerate(self._rows):
            if row in before._rows:
                block[number, kept] = block_before[before._rows.index(row), kept]

    def make_ready(self) -> None:
        """Have the machine code made here and now: the next racer of this rule, on any thread, need not wait for it."""
        _code_of(self.text)

    def kernel(self, loss: Loss, seed: int = 0) -> StepKernel:
        """Return the kernel that steps this rule down `loss`; the machine code of the rule serves every loss.

        `seed` decides on the random numbers that the rule draws.
        """
        return StepKernel(_code_of(self.text), loss, seed)

    def kernel_for_many(self, loss: Loss, seed: int = 0) -> StepKernel:
        """Return a kernel with the same results, made for this loss alone: slower to make, and faster to run.

        A large loss is not worth building in: its own work outweighs a call.  Nor is one from data.
        """
        landscape = loss.curved_landscape if self._step_graph.curved else loss.landscape
        if landscape.columns or landscape.size * len(self._step_graph.points) > LARGE_NODES:
            return self.kernel(loss, seed)
        return StepKernel(self.compile_code(landscape), loss, seed)

    def compile_code(self, landscape: LossGraph | None = None) -> StepCode:
        """Return new machine code; hyperparameters are among its arguments, so the text alone decides on it."""
        return StepCode(self._step_graph, landscape)

    @property
    def _step_graph(self) -> StepGraph:
        return StepGraph(self._graph, self._moved, self._kept, self._loss, self._rows, self._names)

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
            started = dict(environment)
            self._run_lines(graph, started, self._initial, settled=False)
            self._run_lines(graph, environment, self._update, settled=False)
            sizes = {name: max(self._sizes[name], len(started[name]), len(environment[name])) for name in self.states}
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

    def _run_lines(
        self, graph: Graph, environment: dict[str, Quantity], lines: Sequence[Assignment], settled: bool = True
    ) -> None:
        quantities = Quantities(graph, environment, self._functions, settled)
        for line in lines:
            environment[line.name] = quantities.built(line)

    def _build_update(self) -> tuple[Graph, list[int], list[int], int]:
        graph, environment = self._start_environment()
        loss = environment["f"][0]
        self._run_lines(graph, environment, self._update)
        moved = list(widened(environment["w"], DIMENSIONS))
        kept = [node for name in self.states for node in widened(environment[name], self._sizes[name])]
        return graph, moved, kept, loss

    def _hyperparameter_names(self) -> tuple[str, ...]:
        names = self._graph.names_in([*self._moved, *self._kept])
        graph, environment = self._start_environment()
        self._run_lines(graph, environment, self._initial)
        names += graph.names_in([node for line in self._initial for node in environment[line.name]])
        return tuple(dict.fromkeys(name for name in names if name != "t" and name not in self._rows))

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[str, dict[str, float], str]]:
        return Rule, (self.text, self.hyperparameters, self.name)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value:g}" for name, value in self.hyperparameters.items())
        return f"compile_rule({self.text!r}{settings})"


class StepKernel:
    """The machine code of a rule, bound to a loss.  Nothing in it holds Python's lock while it runs."""

    def __init__(self, code: StepCode, loss: Loss, seed: int = 0) -> None:
        self._code = code
        self._loss = loss
        self._seed = wrapped(seed)
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
        # The loss's slopes are compiled here, at the first updates, and by one thread.
        self._point  # noqa: B018
        table = np.empty((steps, self._code.shared))
        self._prepare(first_step, steps, hyper.ctypes.data, parameters.ctypes.data, table.ctypes.data)
        return table

    def run(self, block: Array, diverged: Array, first_step: int, table: Array, parameters: Array,
            record: Array | None = None, instance: int = 0) -> None:  # fmt: skip
        """Make the updates that `table` was prepared for, in place; any split into calls gives the same bits.

        Parameters
        ----------
        block : float64 (slots, n)
            Positions, then states; `n` is a multiple of `LANES`.
        diverged : float64 (n,)
            Infinity while an instance is finite; else the step at which it left the finite numbers.  From then on it
            stays at its last finite position.
        first_step, table, parameters
            As in `prepare`, and what it returned.  Parameters may be a row for each update, (steps, numbers).
        record : float64 (steps, 3), optional
            Row k becomes x, y and loss of the first instance before update k.
        instance : int
            The number of the first instance: each has random numbers of its own.
        """
        recorded = None if record is None else record.ctypes.data
        arrays = [array.ctypes.data for array in (block, diverged, table, parameters)]
        stride = parameters.shape[1] if parameters.ndim > 1 else 0
        numbers = block.shape[1], first_step, len(table), self._seed, instance, stride
        self._step(*numbers, *arrays, self._point, recorded)

    @cached_property
    def _point(self) -> int:
        return self._loss.curved_point_address if self._code.curved else self._loss.point_address


@lru_cache(MOST_CODES)
def _code_of(text: str) -> StepCode:
    """Return the machine code that all racers of one rule share."""
    return _read(text).compile_code()


@lru_cache(MOST_READ)
def _read(text: str) -> Rule:
    return Rule(text, {})


# Brief: to give Python's lock away, and wait for it again, would take longer than the work.
_PREPARE = ctypes.PYFUNCTYPE(None, *[ctypes.c_int64] * 2, *[ctypes.c_void_p] * 3)
_STEP = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3, ctypes.c_uint64, *[ctypes.c_int64] * 2, *[ctypes.c_void_p] * 6)


def _component_at(loss: Loss, component: int, point: Sequence[Array]) -> Array:
    """Return the loss or a derivative at `point`, numbered as a `Node` numbers them."""
    if component >= FIRST_ORDER:
        return loss.hessian(*point)[component - FIRST_ORDER]
    return loss.value_and_gradient(*point)[component]


def read_rule(text: str, name: str = "Rule") -> Rule:
    """Return the rule that `text` describes, under a name; a text that was read lately is not read again.

    Raises
    ------
    FormulaError
        Where the text is no rule.
    """
    rule = _read(text).copy()
    rule.name = name
    return rule


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
