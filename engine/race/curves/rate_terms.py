"""By which factors the lines of a rule lead from the gradient to the step, read from its text alone.

The last line that assigns ``w`` subtracts a direction times a factor: in Adam the direction ``m_hat``, and the factor
``lr/(sqrt(v_hat) + eps)``.  A direction is a vector in which that line is linear: the factor is its derivative by it.
It is followed into the line that assigns it as long as that line, or one before it, brings in a factor for each
coordinate or the learning rate; a mean such as ``m`` brings in none, since its own factors add up to 1, nor does the
division by ``1 - beta1^t`` that makes them do so from the first step on.  Where ``w`` is an average of the places that
a rule steps to, as in the wrappers ``ema`` and ``polyak``, the step is the one between these places.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER
from engine.language.graph.derivative import differentiate
from engine.language.graph.graph import Graph
from engine.language.syntax.semantic_checks import names_read
from engine.rules.modifiers.schedule import RATE
from engine.rules.update import APART, Trace, Update

MOST_TERMS = 200
"""Factors that are followed: a rule whose lines lead to more has no rate that a person could read."""
EVEN, ODD, NEITHER = 1.0, -1.0, 0.0
"""What a number does where all gradients change their signs: it stays, changes its sign too, or does something else."""
EVEN_FUNCTIONS = ("abs", "hypot", "cosh", "cos")
"""Functions whose value stays as it is where their argument changes its sign."""
ODD_FUNCTIONS = (
    "neg", "add", "sub", "max", "min", "where", "sign", "sin", "tan", "sinh", "tanh", "atan", "asinh", "cbrt",
)  # fmt: skip
"""Functions whose value changes its sign with all of their arguments."""
PASSING = ("mul", "neg", "min", "max")
"""Functions within whose arguments the correction of a mean is looked for."""
STEP = "t"
"""The name of the number of the step."""
SLOPE = f"{APART}slope"
"""The name of an answer of the loss that is a slope begins with it; other answers with `APART` alone."""


class AnswersByName(Graph):
    """A graph in which what the loss answers is a name, so that a line is linear in a gradient that it asks for.

    Attributes
    ----------
    answers : dict
        To each such name the component, as a `Node` numbers it, and the nodes of the point.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, tuple[int, tuple[int, ...]]] = {}

    def loss(self, component: int, point: Sequence[int]) -> int:
        """Return the node of the name for the loss or a derivative at `point`."""
        kind = SLOPE if 0 < component < FIRST_ORDER else f"{APART}answer"
        name = f"{kind}{component}@{','.join(map(str, point))}"
        self.answers[name] = component, tuple(point)
        return self.name(name)


class NoRateError(Exception):
    """A rule of which no rate can be told."""


@dataclass
class _Version:
    """A vector that a line reads: what it is in the text, and the line that assigned it; None for what was given."""

    name: str
    line: int | None


@dataclass
class RateTerms:
    """The factors of one rule.

    Attributes
    ----------
    update : Update
    trace : Trace
        Its lines, each by itself.
    stepped : str
        The place that the rule steps from: ``w``, or the state that it begins with in the place of an average.
    rates : list of int
        For each coordinate, or for any, the node of the factor of the direction.
    """

    update: Update
    graph: AnswersByName = field(default_factory=AnswersByName)

    def __post_init__(self) -> None:
        self.trace: Trace = self.update.trace(self.graph, apart=True)
        self._names = [traced.line.name for traced in self.trace.lines]
        self._places = self._positions()
        self._changing, self._even = self._numbers_that_change(), self._even_names()
        self._followed = 0
        self.stepped = self._place_stepped_from()
        last = max((number for number, name in enumerate(self._names) if name == self.stepped), default=None)
        if last is None:
            raise NoRateError
        count = 1 if self.update.per_coordinate else DIMENSIONS
        self.rates = [self._rate(last, coordinate) for coordinate in range(count)]

    def _rate(self, last: int, coordinate: int) -> int:
        factor = self._gain(last, coordinate, frozenset())
        if self.graph.value_of(factor) == 0.0:
            raise NoRateError
        return self.graph.call("neg", factor)

    def _gain(self, line: int, coordinate: int, passed: frozenset[int]) -> int:
        """Return the node of the factor by which a line multiplies the gradient, through all directions it reads."""
        total = self.graph.constant(0.0)
        own, terms = self._terms(line, coordinate)
        for version, factor in terms:
            self._followed += 1
            if self._followed > MOST_TERMS:
                raise NoRateError
            gain = self._followed_gain(version, coordinate, passed | {line})
            mean = self._mean(own, self._unbiased(version, factor, coordinate))
            total = self.graph.call("add", total, self.graph.call("mul", mean, gain))
        return total

    def _followed_gain(self, version: _Version, coordinate: int, passed: frozenset[int]) -> int:
        """Return the factor of the gradient in a direction, 0 in a place, 1 where nothing is to be followed."""
        graph = self.graph
        if version.name in self._places:
            # A place that an earlier line of the same update moved has been moved along a direction.
            if version.line is None or version.line in passed:
                return graph.constant(0.0)
            return self._gain(version.line, coordinate, passed)
        line = self._line_of(version)
        if line is None or line in passed or not self._brings(line, coordinate, passed):
            return graph.constant(self._sign_of(version, coordinate, passed))
        return self._gain(line, coordinate, passed)

    def _sign_of(self, version: _Version, coordinate: int, passed: frozenset[int]) -> float:
        """Return 1 for a direction that points uphill, as the gradient does, and -1 for one that points downhill."""
        line = self._line_of(version)
        if line is None or line in passed:
            return 1.0
        signs = {
            self._sign(factor) * self._sign_of(before, coordinate, passed | {line})
            for before, factor in self._terms(line, coordinate)[1]
            if before.name not in self._places
        }
        return -1.0 if signs == {-1.0} else 1.0

    def _sign(self, node: int) -> float:
        """Return the sign of a factor whose names stand for positive numbers."""
        function, arguments = self.graph.nodes[node].function, self.graph.nodes[node].arguments
        value = self.graph.value_of(node)
        if value is not None:
            return -1.0 if value < 0.0 else 1.0
        signs = [self._sign(argument) for argument in arguments] if function in ("neg", "mul", "div") else [1.0]
        return math.prod(signs) * (-1.0 if function == "neg" else 1.0)

    def _unbiased(self, version: _Version, factor: int, coordinate: int) -> int:
        """Return a factor without the correction of a mean that began at 0, which makes its own factors add up to 1."""
        line = None if version.name in self._places else self._line_of(version)
        own = None if line is None else self._terms(line, coordinate)[0]
        if own is None:
            return factor
        graph = self.graph
        correction = graph.call("sub", graph.constant(1.0), graph.call("pow", own, graph.name(STEP)))
        return graph.call("mul", factor, correction) if self._is_divided_by(correction, factor) else factor

    def _is_divided_by(self, sought: int, node: int) -> bool:
        function, arguments = self.graph.nodes[node].function, self.graph.nodes[node].arguments
        if function == "name":
            line = str(self.graph.nodes[node].payload).partition(APART)[2]
            within = self.trace.lines[int(line)].quantity.nodes if line.isdigit() else ()
            return any(self._is_divided_by(sought, each) for each in within)
        if function == "div":
            return self._is_factor(sought, arguments[1]) or self._is_divided_by(sought, arguments[0])
        # A rate that is clipped after the division is one for the corrected mean too, whichever bound holds.
        inside = {"where": arguments[1:]}.get(function, arguments if function in PASSING else ())
        return any(self._is_divided_by(sought, argument) for argument in inside)

    def _brings(self, line: int, coordinate: int, passed: frozenset[int]) -> bool:
        """Return whether a line, or one before it, brings in a factor of each coordinate or the learning rate."""
        passed |= {line}
        for version, factor in self._terms(line, coordinate)[1]:
            if any(self._vector(name) or name in self._changing for name in self.graph.names_in([factor])):
                return True
            before = None if version.name in self._places else self._line_of(version)
            if before is not None and before not in passed and self._brings(before, coordinate, passed):
                return True
        return False

    def _terms(self, line: int, coordinate: int) -> tuple[int | None, list[tuple[_Version, int]]]:
        """Return the factor of a line's own earlier value, if it is linear in that, and those of all other vectors."""
        nodes = self.trace.lines[line].quantity.nodes
        node = nodes[coordinate if len(nodes) > 1 else 0]
        own, terms = None, list[tuple[_Version, int]]()
        for name in self.graph.names_in([node]):
            version = self._vector(name)
            if version is None or (name in self._even and version.name not in self._places):
                continue
            factor = differentiate(self.graph, node, name)
            if self.graph.value_of(factor) == 0.0 or name in self._values_read(factor):
                continue
            if not self._is_along(name, coordinate):
                # One coordinate of the step follows another: that is no rate of each.
                raise NoRateError
            if version.name == self._names[line] and version.line is None and version.name not in self._places:
                own = factor
            else:
                terms.append((version, factor))
        return own, terms

    def _mean(self, own: int | None, factor: int) -> int:
        """Return the factor of a direction in a line; in a mean of late ones, that of all of them together."""
        if own is None:
            return factor
        rest = self.graph.call("sub", self.graph.constant(1.0), own)
        return self.graph.call("div", factor, rest) if self._is_factor(rest, factor) else factor

    def _is_factor(self, sought: int, node: int) -> bool:
        function, arguments = self.graph.nodes[node].function, self.graph.nodes[node].arguments
        if node == sought:
            return True
        inside = {"mul": arguments, "div": arguments[:1], "neg": arguments, "where": arguments[1:]}.get(function, ())
        return any(self._is_factor(sought, argument) for argument in inside)

    def _vector(self, name: str) -> _Version | None:
        """Return the vector that a name of the graph belongs to; None for numbers."""
        if name.startswith(SLOPE):
            return _Version("g", None)
        base, _, number = name.partition("[")[0].partition(APART)
        line = int(number) if number.isdigit() else None
        if line is not None:
            return _Version(base, line) if self.trace.lines[line].quantity.is_vector else None
        given = self.trace.given.get(base)
        return _Version(base, None) if given is not None and given.is_vector and base != "g" else None

    def _line_of(self, version: _Version) -> int | None:
        """Return the line that assigned a vector, in the update before for a state; None for the gradient."""
        if version.line is not None or version.name == "g":
            return version.line
        return max((number for number, name in enumerate(self._names) if name == version.name), default=None)

    def _positions(self) -> frozenset[str]:
        """Return the names of places: the position, states that begin there, and copies of these."""
        begun = {line.name for line in self.update.initial if "w" in {read.name for read in names_read(line.value)}}
        places = {"w", *begun}
        for traced in self.trace.lines:
            read = [self._vector(name) for name in self.graph.names_in(traced.quantity.nodes)]
            copied = all(self.graph.nodes[node].function == "name" for node in traced.quantity.nodes)
            if copied and read and all(version is not None and version.name in places for version in read):
                places.add(traced.line.name)
        return frozenset(places)

    def _place_stepped_from(self) -> str:
        """Return the state that a rule puts in the place of ``w`` before its step, and its result into afterwards."""
        first = next((number for number, name in enumerate(self._names) if name == "w"), None)
        nodes = () if first is None else self.trace.lines[first].quantity.nodes
        versions = [self._vector(name) for name in self.graph.names_in(nodes)]
        copied = all(self.graph.nodes[node].function == "name" for node in nodes)
        states = {version.name for version in versions if version is not None and version.line is None}
        return states.pop() if copied and len(states) == 1 and states <= self._places & {*self._names} else "w"

    def _is_along(self, name: str, coordinate: int) -> bool:
        """Return whether a vector's name is that of this coordinate."""
        if self.update.per_coordinate:
            return True
        return name.startswith(f"{SLOPE}{1 + coordinate}@") or name.endswith(f"[{coordinate}]")

    def _values_read(self, node: int) -> set[str]:
        """Return the names that a node depends on, but for those that only choose between two branches."""
        names, met, waiting = set[str](), set[int](), [node]
        while waiting:
            # A node that many need is looked at once: on every way to it that would take for ever.
            if (index := waiting.pop()) not in met:
                met.add(index)
                met_node = self.graph.nodes[index]
                if met_node.function == "name":
                    names.add(str(met_node.payload))
                waiting += met_node.arguments[1:] if met_node.function == "where" else met_node.arguments
        return names

    def _numbers_that_change(self) -> frozenset[str]:
        """Return the names of numbers that depend on the learning rate, or on where the racer is."""
        found = {RATE}
        for number, traced in enumerate(self.trace.lines):
            read = self.graph.names_in(traced.quantity.nodes)
            changes = any(name in found or name.startswith(APART) or self._vector(name) for name in read)
            if not traced.quantity.is_vector and changes:
                found |= {f"{traced.line.name}{APART}{number}", traced.line.name}
        return frozenset(found)

    def _even_names(self) -> frozenset[str]:
        """Return the names of what keeps its sign where all gradients change theirs, as squares do: no directions."""
        every = [name for name in self.graph.names_in(range(len(self.graph.nodes))) if not name.startswith(SLOPE)]
        known: dict[str, float | None] = {}
        # What lines say of each other is found step by step: a name that is known stays so, or becomes neither.
        while (found := self._parities_of(every, known)) != known:
            known = found
        return frozenset(name for name, parity in known.items() if parity in (EVEN, None))

    def _parities_of(self, names: Sequence[str], known: Mapping[str, float | None]) -> dict[str, float | None]:
        # Arguments stand before the nodes that need them, so each node is looked at once.
        parities: list[float | None] = []
        for node in range(len(self.graph.nodes)):
            parities.append(self._parity(node, parities, known))
        return {name: self._parity_of(name, parities) for name in names}

    def _parity_of(self, name: str, parities: Sequence[float | None]) -> float | None:
        version = self._vector(name)
        line = None if version is None or version.name in self._places else self._line_of(version)
        if line is None:
            return EVEN
        return _joined([parities[node] for node in self.trace.lines[line].quantity.nodes])

    def _parity(self, node: int, parities: Sequence[float | None], known: Mapping[str, float | None]) -> float | None:
        function, arguments = self.graph.nodes[node].function, self.graph.nodes[node].arguments
        if function == "name":
            name = str(self.graph.nodes[node].payload)
            return ODD if name.startswith(SLOPE) else known.get(name)
        parts = [parities[argument] for argument in arguments]
        if function in ("mul", "div"):
            return None if None in parts else math.prod(part for part in parts if part is not None)
        joined = _joined(parts[1:] if function == "where" else parts)
        if joined is None:
            # Zero changes its sign and stays.
            return None if parts or self.graph.value_of(node) == 0.0 else EVEN
        if function in EVEN_FUNCTIONS:
            return abs(joined)
        return joined if joined == EVEN or function in ODD_FUNCTIONS else NEITHER


def _joined(parities: Sequence[float | None]) -> float | None:
    """Return what several numbers are together; None while nothing is known of any."""
    known = {parity for parity in parities if parity is not None}
    return None if not known else known.pop() if len(known) == 1 else NEITHER
