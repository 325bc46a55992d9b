"""Compiles a loss: over arrays of points, and at one vector of points for the kernels of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.language.codegen.assembly import (
    PAST_CACHE,
    VECTOR,
    VECTOR_BYTES,
    function,
    load,
    load_each,
    load_uniforms,
    return_vectors,
    store,
    vectors,
)
from engine.language.codegen.emitter import Emitter
from engine.language.codegen.loops import loop
from engine.language.codegen.machine_code import OPTIMISED, QUICK, Code
from engine.language.codegen.row_kernel import (
    at_one_point,
    in_every_lane,
    in_lanes_of_members,
    over_members,
    over_points,
)
from engine.language.graph.graph import Graph

LARGE_NODES = 700
"""Nodes up to which LLVM optimises, since that takes 0.1 s for so many, and four times that for twice as many."""
PAST_CACHE_POINTS = 2**17
"""Points at a time from which on results bypass the cache, which would load the old values only to evict them."""
BLOCK_LINES = 100
"""Instructions in one block of quick code: even unoptimised, compile time grows with the square of a block's length."""

DIMENSIONS = 2
"""Coordinates of a landscape."""
FIRST_ORDER, SECOND_ORDER = 3, 6
"""Outputs without second derivatives, and with them."""


def component_along(component: int, coordinate: int) -> int:
    """Return the output that is for `coordinate` what `component` is for x: the slope by y for the slope by x, say."""
    if component < FIRST_ORDER:
        return component + coordinate if component else component
    # Second derivatives are numbered row by row, each row from the diagonal on.
    return component + sum(DIMENSIONS - row for row in range(coordinate))


@dataclass(frozen=True)
class LossGraph:
    """The graph of a loss.

    `outputs` are the nodes of its value, of its slopes by x and y and, for rules that need them, of its second
    derivatives by xx, xy and yy, in the order in which `Node` numbers them.  `columns` are those of the
    data set that it runs over, if it has one.
    """

    graph: Graph
    outputs: Sequence[int]
    parameters: Sequence[str]
    columns: Sequence[str] = ()

    @property
    def size(self) -> int:
        """The number of nodes that its outputs depend on."""
        return len(self.graph.needed_for(self.outputs))

    @property
    def is_large(self) -> bool:
        """Whether its code is compiled without optimisation."""
        return self.size > LARGE_NODES

    def emit(self, prefix: str = "v") -> tuple[list[str], Emitter, list[str]]:
        """Return the lines that load the parameters, an emitter that has written all outputs, and their operands."""
        loads, uniform = load_uniforms(self.parameters, "%parameters", "p")
        emitter = Emitter(self.graph, {"x": "%x", "y": "%y"}, uniform, prefix=prefix)
        return loads, emitter, emitter.emit(self.outputs)

    def with_outputs(self, outputs: Sequence[int]) -> LossGraph:
        """Return the graph of other nodes of the same formula."""
        return LossGraph(self.graph, outputs, self.parameters, self.columns)


def compile_slopes(loss: LossGraph) -> Code:
    """Return the code of a loss with its gradient.

    ``value(n, x, y, parameters, f)`` and ``gradient(n, x, y, parameters, f, gx, gy)`` run over arrays of `n` float64, a
    multiple of `LANES`, or any number for a loss from data; ``point(x, y, parameters)`` takes and returns vectors, for
    the kernels of rules.
    """
    loops = {"value": 1, "gradient": FIRST_ORDER}
    if loss.columns:
        return _row_code(loss, loops)
    if loss.is_large:
        return _quick_code(loss, loops)
    written = [_loop(name, loss.with_outputs(loss.outputs[:count])) for name, count in loops.items()]
    return Code(_module([_point("point", loss), *written]))


def compile_loop(name: str, loss: LossGraph, level: int = OPTIMISED) -> Code:
    """Return the code of ``name(n, x, y, parameters, *results)``, one result array for each output of `loss`.

    At the level `QUICK` it compiles in a third of the time, and runs up to 1.5 times as long.
    """
    if loss.columns:
        return _row_code(loss, {name: len(loss.outputs)}, point=False)
    if loss.is_large:
        return _quick_code(loss, {name: len(loss.outputs)})
    return Code(_module([_loop(name, loss)]), level)


def compile_point(loss: LossGraph) -> Code:
    """Return the code of ``point`` alone; see `compile_slopes`."""
    if loss.columns:
        return _row_code(loss, {})
    return _quick_code(loss, {}) if loss.is_large else Code(_module([_point("point", loss)]))


class MemberCode(Code):
    """The code of a loss whose parameters are each instance's own.

    ``prepare(parameters, row)`` computes, from the parameters of one instance, the numbers that its code reads;
    ``point(x, y, table, i, n)``, for the kernels of rules, and ``value(n, x, y, table, f)`` read them from a table.

    Attributes
    ----------
    numbers : int
        How many there are.
    by_instance : bool
        Whether the table is (n, numbers): so it is for a loss from data, whose code runs at one point at a time.  Else
        it is (numbers, n).
    """

    def __init__(self, loss: LossGraph) -> None:
        self.by_instance = bool(loss.columns)
        if loss.columns:
            slots = len(loss.parameters) + 1 + len(loss.columns)
            self.numbers, functions = slots, [_copied(slots), *_members_of_data(loss, slots)]
        else:
            self.numbers, functions = _members(loss)
        super().__init__(_module(functions), QUICK if loss.is_large else OPTIMISED)


Function: TypeAlias = tuple[str, set[str]]
"""The text of a function, and the declarations of what it calls."""


def _module(functions: Sequence[Function]) -> str:
    declarations = set[str]().union(*(declared for _, declared in functions))
    return "\n".join([*sorted(declarations), *(text for text, _ in functions), PAST_CACHE])


def _quick_code(loss: LossGraph, loops: Mapping[str, int]) -> Code:
    """Return code in which one function has the formula, and each of `loops` calls it for its first so many outputs."""
    asking = [_asking_loop(name, outputs, len(loss.outputs)) for name, outputs in loops.items()]
    return Code(_module([_point("point", loss), *asking]), QUICK)


def _row_code(loss: LossGraph, loops: Mapping[str, int], point: bool = True) -> Code:
    """Return the code of a loss from data, in which each of `loops` has its first so many outputs."""
    functions: list[Function] = []
    for count in sorted({*loops.values(), *([len(loss.outputs)] if point else [])}):
        outputs = loss.outputs[:count]
        functions.append(at_one_point(f"single{count}", loss.graph, outputs, loss.parameters, loss.columns))
    functions += [(over_points(name, f"single{count}", count), set()) for name, count in loops.items()]
    if point:
        functions.append((in_every_lane("point", f"single{len(loss.outputs)}", len(loss.outputs)), set()))
    return Code(_module(functions), QUICK if loss.is_large else OPTIMISED)


def _point(name: str, loss: LossGraph) -> Function:
    """Return the function of one vector of points."""
    loads, emitter, results = loss.emit()
    each = _in_blocks(emitter.each) if loss.is_large else emitter.each
    body = [*loads, *emitter.before_each, *each, *return_vectors(results)]
    returned = vectors(len(results))
    return function(f"{returned} @{name}({VECTOR} %x, {VECTOR} %y, ptr %parameters)", body), emitter.declarations


def _members(loss: LossGraph) -> tuple[int, list[Function]]:
    """Return how many numbers each instance has in the table, and the functions that write and read them."""
    loads, emitter, results = loss.emit()
    # ``value`` is written apart, as for a loss with one set of parameters, so that its bits are the same as there.
    _, alone, (value,) = loss.with_outputs(loss.outputs[:1]).emit("alone")
    each = _in_blocks(emitter.each) if loss.is_large else emitter.each
    body = [*load_each([*emitter.shared.values()], "%table"), *each, *return_vectors(results)]
    point = function(f"{vectors(len(results))} @point({VECTOR} %x, {VECTOR} %y, ptr %table, i64 %i, i64 %n)", body)
    made = [*emitter.shared, *alone.shared]
    lines = [*loads, *emitter.once, *alone.once, *_written(made), "ret void"]
    prepare = function("void @prepare(ptr %parameters, ptr %row)", lines)
    own = load_each([*alone.shared.values()], "%parameters", len(emitter.shared))
    return len(made), [
        (point, emitter.declarations),
        (prepare, set()),
        (_over_arrays("value", [], [*own, *alone.each], [value]), alone.declarations),
    ]


def _written(operands: Sequence[str]) -> list[str]:
    """Return the lines that write numbers into a row."""
    lines = []
    for number, operand in enumerate(operands):
        lines.append(f"%to{number} = getelementptr double, ptr %row, i64 {number}")
        lines.append(f"store double {operand}, ptr %to{number}")
    return lines


def _copied(numbers: int) -> Function:
    """Return ``prepare`` of a loss whose code reads the parameters as they are."""
    lines = []
    for number in range(numbers):
        for name, array in (("from", "%parameters"), ("to", "%row")):
            lines.append(f"%{name}{number} = getelementptr double, ptr {array}, i64 {number}")
        lines += [f"%v{number} = load double, ptr %from{number}", f"store double %v{number}, ptr %to{number}"]
    return function("void @prepare(ptr %parameters, ptr %row)", [*lines, "ret void"]), set()


def _members_of_data(loss: LossGraph, slots: int) -> list[Function]:
    """Return ``point`` and ``value`` of a loss from data, lane by lane."""
    outputs = len(loss.outputs)
    singles = [
        at_one_point(f"single{count}", loss.graph, loss.outputs[:count], loss.parameters, loss.columns)
        for count in sorted({1, outputs})
    ]
    point = in_lanes_of_members("point", f"single{outputs}", outputs, slots)
    return [*singles, (point, set()), (over_members("value", "single1", slots), set())]


def _in_blocks(lines: Sequence[str]) -> list[str]:
    """Return `lines` with a jump to the next line wherever a block is long enough."""
    result: list[str] = []
    for first in range(0, len(lines), BLOCK_LINES):
        result += [f"br label %block{first}", f"block{first}:", *lines[first : first + BLOCK_LINES]]
    return result


def _loop(name: str, loss: LossGraph) -> Function:
    """Return the function of arrays of points, the formula written into it."""
    loads, emitter, results = loss.emit()
    text = _over_arrays(name, [*loads, *emitter.before_each], emitter.each, results)
    return text, emitter.declarations


def _past_cache(targets: Sequence[str]) -> list[str]:
    """Return the lines that compute ``%past``, whether results bypass the cache: many, at aligned addresses."""
    lines, places = [f"%many = icmp uge i64 %n, {PAST_CACHE_POINTS}"], "0"
    for target in targets:
        lines += [f"{target}i = ptrtoint ptr {target} to i64", f"{target}o = or i64 {places}, {target}i"]
        places = f"{target}o"
    lines += [f"%beside = and i64 {places}, {VECTOR_BYTES - 1}", "%whole = icmp eq i64 %beside, 0"]
    return [*lines, "%past = and i1 %many, %whole"]


def _asking_loop(name: str, outputs: int, answers: int) -> Function:
    """Return the function of arrays of points that calls ``point``, which has so many `answers`."""
    returned, operands = vectors(answers), [f"%answer{number}" for number in range(outputs)]
    each = [f"%all = call {returned} @point({VECTOR} %x, {VECTOR} %y, ptr %parameters)"]
    each += [f"{operand} = extractvalue {returned} %all, {number}" for number, operand in enumerate(operands)]
    return _over_arrays(name, [], each, operands), set()


def _over_arrays(name: str, before: Sequence[str], each: Sequence[str], results: Sequence[str]) -> str:
    targets = [f"%out{number}" for number in range(len(results))]
    turn = [*load("%x", "%xs", "%i"), *load("%y", "%ys", "%i"), *each, "br i1 %past, label %away, label %near"]
    for way in ("away", "near"):
        turn.append(f"{way}:")
        for target, result in zip(targets, results, strict=True):
            turn += store(result, target, f"{target}{way}", "%i", past_cache=way == "away")
        turn.append("br label %on")
    body = [*before, *_past_cache(targets), *loop([*turn, "on:"], last="on"), "ret void"]
    arguments = ", ".join(f"ptr noalias {pointer}" for pointer in ("%xs", "%ys", "%parameters", *targets))
    return function(f"void @{name}(i64 %n, {arguments})", body)
