"""An optimizer's update step from a text: its states, its hyperparameters, and a kernel that runs many steps."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.aligned import aligned_empty
from engine.language.loss_kernel import DIMENSIONS, FIRST_ORDER, LARGE_NODES, LossGraph, component_along
from engine.language.native import LANES
from engine.language.noise import uniforms, wrapped
from engine.language.step_graph import row_names
from engine.language.step_kernel import StepCode
from engine.loss import DEFAULT_PARAMETER, Loss, check_values
from engine.update import BEFORE_FIRST_STEP, Update

Array = NDArray[np.float64]
MOST_CODES = 64
"""Rules whose machine code is kept for the next racer that runs them: about a megabyte each."""
MOST_READ = 64
"""Rules that are kept as they were read, tens of kilobytes each."""
ASKED = ("loss", "gradient", "Hessian")
"""What a rule can ask the landscape for."""


class Rule:
    """A compiled rule; make one with `compile_rule`.

    Attributes
    ----------
    text : str
        The rule.
    name : str
        What to call a racer that runs it.
    """

    def __init__(self, text: str, hyperparameters: Mapping[str, float], name: str = "Rule") -> None:
        self.text = text
        self.name = name
        self._update = Update(text)
        self._rows = self._update.step.rows
        self._names = self._update.step.hyperparameters
        self._values = np.full(len(self._names), DEFAULT_PARAMETER)
        self.set(**hyperparameters)

    @property
    def states(self) -> tuple[str, ...]:
        """The names that live from one step to the next, beside the position."""
        return self._update.states

    @property
    def slots(self) -> int:
        """How many numbers position and states are."""
        return len(self._rows)

    @property
    def per_coordinate(self) -> bool:
        """Whether each coordinate is updated without a look at the others, but for what the loss tells."""
        return self._update.per_coordinate

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The free names of the rule and their values."""
        return dict(zip(self._names, self._values.tolist(), strict=True))

    @cached_property
    def asks(self) -> Mapping[str, int]:
        """At how many points a step asks for the loss, for gradients and for Hessians, as far as it does."""
        graph, points = self._update.step.graph, dict[str, set[tuple[int, ...]]]()
        for index in graph.needed_for(self._update.step.changed):
            node = graph.nodes[index]
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
        instances = np.arange(instance, instance + padded, dtype=np.uint64)
        shape = block[:DIMENSIONS].shape if self.per_coordinate else (padded,)

        def loss_at(component: int, point: Sequence[Array]) -> Array:
            if not self.per_coordinate:
                return _component_at(loss, component, point)
            return _component_along(loss, component, [*np.broadcast_to(point[0], shape)])

        def noise_at(number: int) -> Array:
            return np.broadcast_to(uniforms(seed, BEFORE_FIRST_STEP, number, instances), shape)

        values = {name: np.asarray(value) for name, value in zip(self._names, hyper, strict=True)}
        self._update.begin(values | self._places(block), loss_at, noise_at)
        return block

    def _places(self, block: Array) -> dict[str, Array]:
        """Return the rows of a block by the names that the graphs have for them."""
        if not self.per_coordinate:
            return dict(zip(self._rows, block, strict=True))
        first, places = 0, {}
        for name, quantity in self._update.step.results.items():
            rows = len(row_names(name, quantity.is_vector))
            places[name] = block[first : first + rows] if quantity.is_vector else block[first]
            first += rows
        return places

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
        landscape = loss.curved_landscape if self._update.step.curved else loss.landscape
        if landscape.columns or landscape.size * len(self._update.step.points) > LARGE_NODES:
            return self.kernel(loss, seed)
        return StepKernel(self.compile_code(landscape), loss, seed)

    def compile_code(self, landscape: LossGraph | None = None) -> StepCode:
        """Return new machine code; hyperparameters are among its arguments, so the text alone decides on it."""
        return StepCode(self._update.step, landscape)

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
        self._point = loss.curved_point_address if code.curved else loss.point_address
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


def _component_along(loss: Loss, component: int, point: Sequence[Array]) -> Array:
    """Return the loss (n,) at `point` (2, n), or the derivatives by each coordinate that are numbered by that of x."""
    if component == 0:
        return _component_at(loss, component, point)
    along = [component_along(component, coordinate) for coordinate in range(DIMENSIONS)]
    return np.array([_component_at(loss, each, point) for each in along])


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
