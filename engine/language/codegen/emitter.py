"""Writes a graph as LLVM assembly for vectors of `LANES` instances.

The vectors are explicit, so that no optimiser forms them: every instance takes the same path whatever its place in an
array, results never depend on how many instances run beside it, and compiling needs no optimisation passes.
What is the same for all instances (parameters, hyperparameters, the step) is computed once, outside the loop.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from engine.language.codegen import power, remainder
from engine.language.codegen.assembly import LANES, MASK, VECTOR, literal, spread, vectors
from engine.language.codegen.machine_code import link
from engine.language.codegen.power import call_of_logarithm, call_of_power
from engine.language.codegen.vector_math import has_own_power, multiplies_and_adds, vector_library
from engine.language.functions import FUNCTIONS
from engine.language.graph.graph import Graph
from engine.language.graph.node import Node

FAST, APART, LOOSE = "nsz contract", "nsz", "nsz contract arcp"
"""Fast-math flags without nnan and ninf: NaN and infinity mark a racer as diverged, so they must survive.

The first are those of most instructions, the others those of the sums and quotients that `rounding` names."""

FMA = f"@llvm.fma.v{LANES}f64"
"""The intrinsic that multiplies, adds and then rounds once."""

SMALLEST_INVERTED, LARGEST_INVERTED = 2.0**-1000, 2.0**1000
"""Constants between these have a reciprocal that is as exact as a double can be."""

LARGEST_SHARED_POWER = 4.0
"""Constant powers between 1 and this are products: each factor may cost half a unit of the last place."""

NOISE_A_PLACE = 2
"""Random numbers that one run of the generator gives."""

COMPARISONS: Mapping[str, str] = {"<": "olt", "<=": "ole", ">": "ogt", ">=": "oge", "==": "oeq", "!=": "une"}


WriteLoss: TypeAlias = "Callable[[Emitter, Sequence[str]], Sequence[str]]"
WriteNoise: TypeAlias = "Callable[[Emitter, int], Sequence[str]]"


class Emitter:
    """Writes the assembly of graph nodes into two places: once per call or step, and once per vector.

    Parameters
    ----------
    graph
        Where the nodes are.
    lanes, uniform
        Operands of the names that differ between instances (vectors) and of those that do not (doubles).
    write_loss : callable, optional
        Writes the loss at a point: from the operands of the point it returns those of the loss and its slopes there.
    write_noise : callable, optional
        Writes the random numbers of one place, of which each ``noise`` node is one.
    given : mapping, optional
        Operands of nodes that are computed already, the same for all instances.
    steps : Emitter, optional
        Writes what is the same for all instances, for `LANES` steps side by side; its lanes are those of ``t``.
    prefix : str
        The beginning of all operands that it makes; two emitters that write into one function need two prefixes.

    Attributes
    ----------
    once, each : list of str
        The instructions.
    shared : dict
        For each operand that is computed once and read by `each`, the vector with that number in every lane.
    declarations : set of str
        The declarations of the functions that the instructions call.
    """

    def __init__(
        self,
        graph: Graph,
        lanes: Mapping[str, str],
        uniform: Mapping[str, str],
        write_loss: WriteLoss | None = None,
        prefix: str = "v",
        write_noise: WriteNoise | None = None,
        given: Mapping[int, str] | None = None,
        steps: Emitter | None = None,
    ) -> None:
        self.once: list[str] = []
        self.each: list[str] = []
        self.shared: dict[str, str] = {}
        self.declarations: set[str] = set()
        self._graph = graph
        self._lanes = lanes
        self._uniform = uniform
        self._write_loss = write_loss
        self._write_noise = write_noise
        self._prefix = prefix
        self._given = given or {}
        self._steps = steps
        self._operands = dict(self._given)
        self._is_lane = dict.fromkeys(self._given, False)
        self._masks: dict[int, str] = {}
        self._losses: dict[tuple[int, ...], Sequence[str]] = {}
        self._logarithms: dict[str, Sequence[str]] = {}
        self._powers: dict[tuple[str, str], str] = {}
        self._written_once: dict[str, str] = {}
        self._drawn: dict[int, Sequence[str]] = {}
        self._count = 0

    @property
    def before_each(self) -> list[str]:
        """The instructions to run once in a function that goes on with those for each vector."""
        return self.once + [line for operand, vector in self.shared.items() for line in spread(operand, vector)]

    def emit(self, outputs: Sequence[int]) -> list[str]:
        """Write all nodes that `outputs` depend on; return the vector operands of `outputs`."""
        for index in self._graph.needed_for(outputs, self._given):
            if index not in self._operands:
                self._is_lane[index] = self._differs(self._graph.nodes[index])
                self._operands[index] = self._node(index, self._graph.nodes[index])
        return [self._vector(output) for output in outputs]

    def written(self, index: int) -> list[str]:
        """Return the vector operands of a node that has been written."""
        return [self._vector(index)]

    def _differs(self, node: Node) -> bool:
        """Return whether a node's value differs between instances."""
        if node.function == "name":
            return node.payload in self._lanes
        return node.function in ("loss", "noise") or any(self._is_lane[argument] for argument in node.arguments)

    def _node(self, index: int, node: Node) -> str:
        if self._steps is not None and not self._is_lane[index]:
            return self._steps.emit([index])[0]
        if node.function == "constant":
            return literal(float(node.payload or 0.0))
        if node.function == "name":
            return (self._lanes if self._is_lane[index] else self._uniform)[str(node.payload)]
        if node.function == "loss":
            return self._loss(node)
        if node.function == "noise":
            return self._noise(int(node.payload or 0))
        if node.function == "div" and self._is_lane[index] and not self._is_lane[node.arguments[1]]:
            return self._divide_by_uniform(index, *node.arguments)
        if node.function == "pow" and self._is_lane[index] and has_own_power():
            return self._power(*node.arguments)
        kind, _, name = FUNCTIONS[node.function].native.partition(" ")
        lane = self._is_lane[index]
        operands = [self._vector(a) if lane else self._operands[a] for a in node.arguments]
        if kind == "compare":
            return self._compare(index, name, operands, lane)
        if kind == "select":
            return self._select(node.arguments[0], operands, lane)
        if kind == "instruction":
            type_ = VECTOR if lane else "double"
            return self.write(f"{name} {self._freedoms(index)} {type_} {', '.join(operands)}", lane)
        if kind == "remainder":
            return self._remainder(name, operands, lane)
        return self._function(kind, name, operands, lane)

    def _freedoms(self, index: int) -> str:
        """Return the fast-math flags of an instruction."""
        if index in self._graph.rounding.apart:
            return APART
        return LOOSE if index in self._graph.rounding.loose else FAST

    def write(self, instruction: str, lane: bool) -> str:
        """Write `instruction` for each vector, or once; return the operand of its result."""
        self._count += 1
        operand = f"%{self._prefix}{self._count}"
        (self.each if lane else self.once).append(f"{operand} = {instruction}")
        return operand

    def _vector(self, index: int) -> str:
        """Return a node as a vector; a number that is the same for all instances is copied to all lanes."""
        operand = self._operands[index]
        return operand if self._is_lane[index] else self._spread(operand)

    def _spread(self, operand: str) -> str:
        if operand.startswith("<"):
            return operand
        if not operand.startswith("%"):
            return f"<{', '.join([f'double {operand}'] * LANES)}>"
        return self.shared.setdefault(operand, f"{operand}.v")

    def _divide_by_uniform(self, index: int, dividend: int, divisor: int) -> str:
        """Write a quotient by a divisor that is the same for all instances, by its reciprocal where that is quicker.

        The product with the reciprocal becomes the rounded quotient by a correction from the remainder, which is exact
        (Markstein, Computation of elementary functions on the IBM RISC System/6000 processor, 1990).  Infinite
        quotients need no correction, and for dividends below 1e-291 it may underflow.
        """
        numerator, value = self._vector(dividend), self._graph.value_of(divisor)
        loose = index in self._graph.rounding.loose
        invertible = value is None or SMALLEST_INVERTED < abs(value) < LARGEST_INVERTED
        if not invertible or not (loose or multiplies_and_adds()):
            return self.write(f"fdiv {FAST} {VECTOR} {numerator}, {self._vector(divisor)}", lane=True)
        reciprocal = self._reciprocal(divisor)
        quotient = self.write(f"fmul {FAST if loose else APART} {VECTOR} {numerator}, {reciprocal}", lane=True)
        if loose:
            return quotient
        negative = self._negative(divisor)
        rest = self._call(FMA, [negative, quotient, numerator], VECTOR, lane=True)
        corrected = self._call(FMA, [rest, reciprocal, quotient], VECTOR, lane=True)
        is_number = self.write(f"fcmp ord {VECTOR} {corrected}, zeroinitializer", lane=True)
        return self.write(f"select {MASK} {is_number}, {VECTOR} {corrected}, {VECTOR} {quotient}", lane=True)

    def _reciprocal(self, divisor: int) -> str:
        """Return the vector of 1/v, computed once."""
        value, one = self._graph.value_of(divisor), literal(1.0)
        if value is not None:
            return self._spread(literal(1.0 / value))
        return self._once("fdiv", [one if self._steps is None else self._spread(one), self._operands[divisor]])

    def _negative(self, divisor: int) -> str:
        """Return the vector of -v, computed once."""
        value = self._graph.value_of(divisor)
        return self._spread(literal(-value)) if value is not None else self._once("fneg", [self._operands[divisor]])

    def _once(self, instruction: str, operands: Sequence[str]) -> str:
        """Write an instruction on what is the same for all instances, unless it is written; return its vector."""
        writer, type_ = (self, "double") if self._steps is None else (self._steps, VECTOR)
        text = f"{instruction} {type_} {', '.join(operands)}"
        if text not in self._written_once:
            self._written_once[text] = self._spread(writer.write(text, lane=writer is not self))
        return self._written_once[text]

    def _compare(self, index: int, name: str, operands: list[str], lane: bool) -> str:
        type_, bits = (VECTOR, MASK) if lane else ("double", "i1")
        self._masks[index] = self.write(f"fcmp {COMPARISONS[name]} {type_} {', '.join(operands)}", lane)
        return self.write(f"uitofp {bits} {self._masks[index]} to {type_}", lane)

    def _select(self, condition: int, operands: list[str], lane: bool) -> str:
        type_, bits = (VECTOR, MASK) if lane else ("double", "i1")
        if condition in self._masks and self._is_lane[condition] == lane:
            mask = self._masks[condition]
        else:
            zero = "zeroinitializer" if lane else literal(0.0)
            mask = self.write(f"fcmp une {type_} {operands[0]}, {zero}", lane)
        return self.write(f"select {bits} {mask}, {type_} {operands[1]}, {type_} {operands[2]}", lane)

    def _function(self, kind: str, name: str, operands: list[str], lane: bool) -> str:
        if kind == "intrinsic":
            symbol = f"@llvm.{name}.v{LANES}f64" if lane else f"@llvm.{name}.f64"
            return self._call(symbol, operands, VECTOR if lane else "double", lane)
        if not lane:
            return self._call(f"@{name}", operands, "double", lane)
        library = vector_library()
        variant = library.variant(name, len(operands))
        if variant is None:
            return self._call_in_parts(f"@{name}", operands, 1)
        if library.width == LANES:
            return self._call(f"@{variant}", operands, VECTOR, lane)
        return self._call_in_parts(f"@{variant}", operands, library.width)

    def _remainder(self, name: str, operands: list[str], lane: bool) -> str:
        """Write a remainder or the quotient that belongs to it, by the functions of `remainder`."""
        link(remainder.definitions, (remainder.REMAINDER, remainder.FLOOR_QUOTIENT))
        self.declarations.update(remainder.DECLARATIONS)
        if lane:
            return self.write(remainder.call_of(name, *operands), lane)
        filled = [self._filled(operand) for operand in operands]
        return self.write(f"extractelement {VECTOR} {self.write(remainder.call_of(name, *filled), lane)}, i64 0", lane)

    def _filled(self, operand: str) -> str:
        """Write a vector, once, with this number in every lane."""
        first = self.write(f"insertelement {VECTOR} poison, double {operand}, i64 0", lane=False)
        zeros = f"<{LANES} x i32> zeroinitializer"
        return self.write(f"shufflevector {VECTOR} {first}, {VECTOR} poison, {zeros}", lane=False)

    def _power(self, base: int, exponent: int) -> str:
        """Write a power; powers of one base share its logarithm.

        With a constant exponent c above 1 it is |u|*u^(c - 1), since the slope needs u^(c - 1) anyway.  Without the
        slope it is computed so too, so that the value has the same bits.
        """
        value = self._graph.value_of(exponent)
        if value is None or not 1.0 < value < LARGEST_SHARED_POWER:
            return self._power_of(self._vector(base), self._vector(exponent))
        size = self._function("intrinsic", "fabs", [self._vector(base)], lane=True)
        least = value - math.ceil(value) + 1.0
        result = self._power_of(self._vector(base), self._spread(literal(least)))
        for _ in range(math.ceil(value) - 1):
            result = self.write(f"fmul {VECTOR} {size}, {result}", lane=True)
        return result

    def _power_of(self, base: str, exponent: str) -> str:
        """Write a power of vectors, unless it is written already."""
        if (base, exponent) not in self._powers:
            link(power.definitions, (power.LOGARITHM, power.POWER))
            self.declarations.update(power.DECLARATIONS)
            self._powers[base, exponent] = self.write(call_of_power(base, exponent, *self._logarithm(base)), lane=True)
        return self._powers[base, exponent]

    def _logarithm(self, base: str) -> Sequence[str]:
        """Write both parts of a logarithm, unless they are written already."""
        if base not in self._logarithms:
            both = self.write(call_of_logarithm(base), lane=True)
            self._logarithms[base] = [self.write(f"extractvalue {vectors(2)} {both}, {part}", True) for part in (0, 1)]
        return self._logarithms[base]

    def _call(self, symbol: str, operands: list[str], type_: str, lane: bool) -> str:
        self.declarations.add(f"declare {type_} {symbol}({', '.join([type_] * len(operands))}) memory(none) nounwind")
        return self.write(f"call {type_} {symbol}({', '.join(f'{type_} {o}' for o in operands)})", lane)

    def _call_in_parts(self, symbol: str, operands: list[str], width: int) -> str:
        """Call a function of narrower vectors (or of single numbers) on each part, and join the results."""
        result = "poison"
        for first in range(0, LANES, width):
            if width == 1:
                parts = [self.write(f"extractelement {VECTOR} {o}, i64 {first}", True) for o in operands]
                part = self._call(symbol, parts, "double", True)
                result = self.write(f"insertelement {VECTOR} {result}, double {part}, i64 {first}", True)
            else:
                result = self._call_part(symbol, operands, width, first, result)
        return result

    def _call_part(self, symbol: str, operands: list[str], width: int, first: int, result: str) -> str:
        narrow = f"<{width} x double>"
        chosen = _indices(range(first, first + width))
        parts = [self.write(f"shufflevector {VECTOR} {o}, {VECTOR} poison, {chosen}", True) for o in operands]
        part = self._call(symbol, parts, narrow, True)
        widened = _indices([i if i < width else 0 for i in range(LANES)])
        wide = self.write(f"shufflevector {narrow} {part}, {narrow} poison, {widened}", True)
        merge = _indices([LANES + i - first if first <= i < first + width else i for i in range(LANES)])
        return self.write(f"shufflevector {VECTOR} {result}, {VECTOR} {wide}, {merge}", True)

    def _loss(self, node: Node) -> str:
        """Return the loss or a slope at a point; one call for each point gives them all."""
        if node.arguments not in self._losses:
            assert self._write_loss is not None, 'only a rule has nodes of the loss, and it is given "write_loss"'
            self._losses[node.arguments] = self._write_loss(
                self, [self._vector(argument) for argument in node.arguments]
            )
        return self._losses[node.arguments][int(node.payload or 0)]

    def _noise(self, number: int) -> str:
        """Return a random number; those of one place are computed together."""
        place, part = divmod(number, NOISE_A_PLACE)
        if place not in self._drawn:
            assert self._write_noise is not None, 'only a rule has random numbers, and it is given "write_noise"'
            self._drawn[place] = self._write_noise(self, place)
        return self._drawn[place][part]


def _indices(numbers: Sequence[int]) -> str:
    return f"<{len(numbers)} x i32> <{', '.join(f'i32 {number}' for number in numbers)}>"
