"""An update: the states of a rule, their initial values, its hyperparameters, and the graph of one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.language.codegen.step_graph import Quantity, StepGraph, row_names
from engine.language.errors import FormulaError
from engine.language.graph.graph import Graph
from engine.language.graph.reference import LossAt, NoiseAt, evaluate
from engine.language.graph.rounding import rounding_of
from engine.language.syntax.parser import parse_rule
from engine.language.syntax.rule_text import RuleText
from engine.language.syntax.semantic_checks import names_read
from engine.language.syntax.tree import Assignment
from engine.language.types import Array
from engine.rules.rule_builder import RuleBuilder, first_mixing, gradient_at, widened

MOST_STATES = 100
"""States of a rule: to find which of them are vectors may take one pass over its lines for each."""
APART = "#"
"""Stands between a name and the number of the line that assigns it; no name of a text has it."""
BEFORE_FIRST_STEP = 0
"""The value of `t` in ``init`` lines."""


@dataclass(frozen=True)
class TracedLine:
    """A line of a rule that runs in every step, and the nodes of what it assigns."""

    line: Assignment
    quantity: Quantity


@dataclass(frozen=True)
class Trace:
    """A graph of all lines of a step.

    Attributes
    ----------
    graph : Graph
    given : mapping
        What the first line may read, by its name: position, states, loss, gradient and step.
    lines : tuple of TracedLine
        In the order of the text, without ``init`` lines and functions.
    """

    graph: Graph
    given: Mapping[str, Quantity]
    lines: tuple[TracedLine, ...]


class Update:
    """The lines of a rule, without values for its hyperparameters.

    Where no line mixes coordinates, all graphs are those of one coordinate and hold for any; else a vector has a node
    for each.

    Attributes
    ----------
    states : tuple of str
        The names whose values are kept from one step to the next, beside the position.
    mixing : Call or None
        The first call in the text that mixes coordinates.
    step : StepGraph
        The graph of one update.
    initial : list of Assignment
        Its ``init`` lines.
    """

    def __init__(self, text: str | RuleText) -> None:
        written = RuleText.of(text)
        tree = parse_rule(written)
        self._functions = tree.functions
        self.initial = [line for line in tree.assignments if line.initial]
        self._lines = [line for line in tree.assignments if not line.initial]
        self.states = _states(self._lines)
        if len(self.states) > MOST_STATES:
            raise FormulaError(f"This rule keeps too many states: {MOST_STATES} are the most.", 0, len(written.text))
        values = [*(line.value for line in tree.assignments), *(function.value for function in tree.functions)]
        self.mixing = first_mixing(values)
        self._vectors = {"w"}
        self.step = self._built()

    @property
    def per_coordinate(self) -> bool:
        """Whether each coordinate is updated from itself, the loss and its derivatives, not from other coordinates."""
        return self.mixing is None

    def names(self, name: str) -> list[str]:
        """Return the names in the graphs for a position or a state."""
        return self._rows(name, name in self._vectors)

    def _rows(self, name: str, is_vector: bool) -> list[str]:
        return [name] if self.per_coordinate else row_names(name, is_vector)

    def begin(self, values: Mapping[str, Array], loss_at: LossAt, noise_at: NoiseAt) -> None:
        """Write the values of ``init`` lines into `values`, where position and states have an array each, by `names`.

        In graphs of one coordinate an array has an axis more, the first: that of the coordinates, or of one number.
        """
        if not self.initial:
            # A map begins hundreds of blocks, and a graph would be built for each.
            return
        graph, environment = self._start_environment()
        builder = RuleBuilder(graph, environment, self._functions, self.per_coordinate)
        known = {"t": BEFORE_FIRST_STEP, **values}
        for line in self.initial:
            outputs = self._sized(line.name, builder.built(line)).nodes
            results = evaluate(graph, outputs, known, loss_at, noise_at)
            for name, result in zip(self.names(line.name), results, strict=True):
                values[name][...] = result

    def trace(self, graph: Graph | None = None, apart: bool = False) -> Trace:
        """Return a graph of all lines of a step, in which what each line assigns has nodes that can be evaluated.

        Parameters
        ----------
        graph : Graph, optional
            An empty one to build in, such as one that keeps what the loss is asked in another way.
        apart : bool
            Whether what a line assigns is a new name for the lines after it, ``m#2`` for the third line, say: then the
            nodes of a line tell of that line alone.
        """
        graph, environment = self._start_environment(graph)
        given, lines = dict(environment), list[TracedLine]()
        builder = RuleBuilder(graph, environment, self._functions, self.per_coordinate)
        for number, line in enumerate(self._lines):
            built = environment[line.name] = builder.built(line)
            if apart:
                rows = self._rows(f"{line.name}{APART}{number}", built.is_vector)
                environment[line.name] = Quantity(tuple(map(graph.name, rows)), built.is_vector)
            lines.append(TracedLine(line, built))
        return Trace(graph, given, tuple(lines))

    def _sized(self, name: str, quantity: Quantity) -> Quantity:
        """Return a quantity as a vector, if its name is one."""
        return widened(quantity, self.per_coordinate) if name in self._vectors else quantity

    def _built(self) -> StepGraph:
        """Return the graph of an update, and find which states are vectors: those to which a line assigns one."""
        for _ in range(len(self.states) + 1):
            graph, environment, fits = self._run_lines(self._lines)
            starts, started, starts_fit = self._run_lines(self.initial)
            found = {name for name in self.states if started[name].is_vector or environment[name].is_vector}
            if found <= self._vectors:
                break
            self._vectors |= found
        if not (fits and starts_fit):
            # The vectors are known now, so building the lines again raises an error at the one that is wrong.
            for lines in (self._lines, self.initial):
                self._run_lines(lines, settled=True)
        results = {name: self._sized(name, environment[name]) for name in ("w", *self.states)}
        changed = [node for quantity in results.values() for node in quantity.nodes]
        begun = [node for line in self.initial for node in started[line.name].nodes]
        own = {"t", *(row for name in results for row in self.names(name))}
        names = dict.fromkeys([*graph.names_in(changed), *starts.names_in(begun)])
        hyperparameters = [name for name in names if name not in own]
        graph.rounding = rounding_of(graph, changed, averages=True)
        return StepGraph(graph, environment["f"].nodes[0], results, self.per_coordinate, hyperparameters)

    def _start_environment(self, graph: Graph | None = None) -> tuple[Graph, dict[str, Quantity]]:
        graph = Graph() if graph is None else graph
        environment = {name: self._quantity(graph, name) for name in ("w", *self.states)}
        position = environment["w"].nodes
        environment["f"] = Quantity((graph.loss(0, position),), False)
        environment["g"] = gradient_at(graph, position)
        environment["t"] = Quantity((graph.name("t"),), False)
        return graph, environment

    def _quantity(self, graph: Graph, name: str) -> Quantity:
        return Quantity(tuple(graph.name(row) for row in self.names(name)), name in self._vectors)

    def _run_lines(self, lines: Sequence[Assignment], settled: bool = False) -> tuple[Graph, dict[str, Quantity], bool]:
        """Return a graph of `lines`, the quantity of each name after the last, and whether all arguments fit."""
        graph, environment = self._start_environment()
        builder = RuleBuilder(graph, environment, self._functions, self.per_coordinate, settled)
        for line in lines:
            environment[line.name] = builder.built(line)
        return graph, environment, builder.fits


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
