"""Means over the rows of a data set, at one point, as loops over vectors of rows.

The terms are added up in `LANES` sums, or in four times as many where a row takes few instructions: each in the order
of the rows, and then these sums by halves.  The order depends on the formula and the number of rows alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.language.codegen.assembly import INTEGERS, LANES, VECTOR, load, spread
from engine.language.codegen.emitter import FAST, Emitter
from engine.language.codegen.loops import Carried, loop
from engine.language.functions import FUNCTIONS, OVER_ROWS
from engine.language.graph.graph import Graph

STRIDE = 4
"""Vectors of rows in one turn of a quick loop: while one sum waits for its last addition, the others go on."""
LITTLE_WORK = 40
"""Nodes of a row from which on other work fills the time that an addition takes."""
EVERY_LANE = f"<{', '.join(f'i64 {lane}' for lane in range(LANES))}>"
ZEROS = "zeroinitializer"


@dataclass(frozen=True)
class _Turn:
    """The code for one vector of rows: an emitter that has written it, and the operands of the terms."""

    emitter: Emitter
    terms: Sequence[str]


class MeanLoops:
    """Writes the means of a graph into one function, which has %rows, %count (%rows as a double) and %column0 ...

    Parameters
    ----------
    graph
        Where the nodes are.
    columns
        The columns, in the order of their pointers.
    uniform
        Operands of all other names.
    block
        The label of the block that the lines begin in.

    Attributes
    ----------
    lines : list of str
    declarations : set of str
        The declarations of the functions that they call.
    means : dict
        The operand of each mean that is written, a double.
    """

    def __init__(self, graph: Graph, columns: Sequence[str], uniform: Mapping[str, str], block: str) -> None:
        self.lines: list[str] = []
        self.declarations: set[str] = set()
        self.means: dict[int, str] = {}
        self._graph = graph
        self._columns = columns
        self._uniform = uniform
        self._block = block
        self._spread: set[str] = set()

    def add_all(self, outputs: Sequence[int]) -> None:
        """Write every mean that `outputs` depend on; one whose rows need another mean comes after that."""
        for number, means in enumerate(_levels(self._graph, outputs)):
            self._add(means, f"m{number}.")

    def at_the_point(self, outputs: Sequence[int]) -> list[str]:
        """Write nodes that are the same for all rows; return their vectors, with the same number in every lane."""
        emitter = self._emitter("e", {})
        results = emitter.emit(outputs)
        self._prepare(emitter)
        return results

    def _prepare(self, emitter: Emitter) -> None:
        """Write what an emitter computes once and the vectors that it shares, unless they are written already."""
        self.lines += emitter.once
        for operand, vector in emitter.shared.items():
            if operand not in self._spread:
                self.lines += spread(operand, vector)
                self._spread.add(operand)

    def _emitter(self, prefix: str, lanes: Mapping[str, str]) -> Emitter:
        emitter = Emitter(self._graph, lanes, self._uniform, prefix=prefix, given=self.means)
        emitter.declarations = self.declarations
        return emitter

    def _add(self, means: Sequence[int], prefix: str) -> None:
        """Write the loops of means that need only means written before."""
        terms = [self._graph.nodes[mean].arguments[0] for mean in means]
        quick = [self._turn(terms, f"{prefix}q{number}.") for number in range(STRIDE if self._is_little(terms) else 0)]
        rest = self._turn(terms, f"{prefix}r.")
        for turn in (*quick, rest):
            self._prepare(turn.emitter)
        self.lines.append(f"%{prefix}whole = and i64 %rows, {-STRIDE * LANES if quick else 0}")
        sums = self._quick_loop(prefix, quick, len(means)) if quick else [ZEROS] * len(means)
        sums = self._careful_loop(prefix, rest, sums)
        for number, (mean, total) in enumerate(zip(means, sums, strict=True)):
            self.means[mean] = self._mean(f"%{prefix}h{number}.", total)

    def _turn(self, terms: Sequence[int], prefix: str) -> _Turn:
        places = {name: f"%{prefix}c{number}" for number, name in enumerate(self._columns)}
        emitter = self._emitter(prefix, places)
        operands = emitter.emit(terms)
        read = {str(self._graph.nodes[index].payload) for index in self._graph.needed_for(terms, self.means)}
        loads = [
            load(places[name], f"%column{number}", f"%{prefix}i")
            for number, name in enumerate(self._columns)
            if name in read
        ]
        emitter.each[:0] = [line for lines in loads for line in lines]
        return _Turn(emitter, operands)

    def _is_little(self, terms: Sequence[int]) -> bool:
        """Return whether a row takes few instructions and no call, which would preserve no vector register."""
        indices = [index for index in self._graph.needed_for(terms, self.means) if self._graph.by_row[index]]
        specs = [FUNCTIONS.get(self._graph.nodes[index].function) for index in indices]
        return len(specs) <= LITTLE_WORK and not any(
            spec.native.startswith(("call", "remainder")) for spec in specs if spec is not None
        )

    def _quick_loop(self, prefix: str, turns: Sequence[_Turn], means: int) -> list[str]:
        """Write the loop over `STRIDE` whole vectors of rows at a time; return the sum of each term."""
        begin, done, index, whole = f"{prefix}quick", f"{prefix}joined", f"%{prefix}qi", f"%{prefix}whole"
        entry, self._block = self._block, done
        body = list[str]()
        for number, turn in enumerate(turns):
            body += [f"%{prefix}q{number}.i = add i64 {index}, {number * LANES}", *turn.emitter.each]
        sums = [[self._sum(f"%{prefix}", f"{mean}.{turn}") for turn in range(len(turns))] for mean in range(means)]
        for mean, of_mean in enumerate(sums):
            for one, turn in zip(of_mean, turns, strict=True):
                body.append(f"{one.after} = fadd {FAST} {VECTOR} {one.before}, {turn.terms[mean]}")
        carried = [one for of_mean in sums for one in of_mean]
        enter = [f"%{prefix}any = icmp ne i64 {whole}, 0", f"br i1 %{prefix}any, label %{begin}, label %{done}"]
        self.lines += loop(
            body,
            index,
            step=STRIDE * LANES,
            end=whole,
            entry=entry,
            enter=enter,
            carried=carried,
            begin=begin,
            done=done,
        )
        return [self._halved([one.result for one in of_mean]) for of_mean in sums]

    @staticmethod
    def _sum(prefix: str, name: str) -> Carried:
        return Carried(f"{prefix}a{name}", ZEROS, f"{prefix}b{name}", f"{prefix}s{name}")

    def _halved(self, sums: list[str]) -> str:
        """Write the sum of `sums`, added in pairs."""
        while len(sums) > 1:
            pairs = zip(sums[::2], sums[1::2], strict=True)
            sums = [self._write(f"{left}.j", f"fadd {FAST} {VECTOR} {left}, {right}") for left, right in pairs]
        return sums[0]

    def _careful_loop(self, prefix: str, turn: _Turn, sums: Sequence[str]) -> list[str]:
        """Write the loop over the vectors of rows that are left, of which the last may be a part of one."""
        begin, done, index, whole = f"{prefix}rest", f"{prefix}done", f"%{prefix}r.i", f"%{prefix}whole"
        entry, self._block = self._block, done
        carried = [
            Carried(f"%{prefix}c{number}", first, f"%{prefix}d{number}", f"%{prefix}t{number}")
            for number, first in enumerate(sums)
        ]
        body = [*turn.emitter.each, f"{index}left = sub i64 %rows, {index}"]
        body += spread(f"{index}left", f"{index}lefts", "i64")
        body += [f"{index}in = icmp ugt {INTEGERS} {index}lefts, {EVERY_LANE}"]
        for one, term in zip(carried, turn.terms, strict=True):
            body.append(f"{one.after}in = select <{LANES} x i1> {index}in, {VECTOR} {term}, {VECTOR} {ZEROS}")
            body.append(f"{one.after} = fadd {FAST} {VECTOR} {one.before}, {one.after}in")
        enter = [f"%{prefix}left = icmp ult i64 {whole}, %rows", f"br i1 %{prefix}left, label %{begin}, label %{done}"]
        self.lines += loop(
            body, index, first=whole, end="%rows", entry=entry, enter=enter, carried=carried, begin=begin, done=done
        )
        return [one.result for one in carried]

    def _mean(self, prefix: str, total: str) -> str:
        """Write the sum of the lanes of `total`, added by halves, over the number of rows; return its operand."""
        width = LANES
        while width > 1:
            width //= 2
            moved = ", ".join(f"i32 {lane + width if lane < width else lane}" for lane in range(LANES))
            moved = self._write(
                f"{prefix}m{width}", f"shufflevector {VECTOR} {total}, {VECTOR} poison, <{LANES} x i32> <{moved}>"
            )
            total = self._write(f"{prefix}s{width}", f"fadd {FAST} {VECTOR} {total}, {moved}")
        single = self._write(f"{prefix}first", f"extractelement {VECTOR} {total}, i64 0")
        return self._write(f"{prefix}mean", f"fdiv double {single}, %count")

    def _write(self, operand: str, instruction: str) -> str:
        self.lines.append(f"{operand} = {instruction}")
        return operand


def _levels(graph: Graph, outputs: Sequence[int]) -> list[list[int]]:
    """Return the means that `outputs` depend on, in levels: the rows of each level need only means of those before."""
    depths: dict[int, int] = {}
    levels: list[list[int]] = []
    for index in graph.needed_for(outputs):
        node = graph.nodes[index]
        depths[index] = max((depths[argument] for argument in node.arguments), default=0)
        if node.function == OVER_ROWS:
            if depths[index] == len(levels):
                levels.append([])
            levels[depths[index]].append(index)
            depths[index] += 1
    return levels
