"""A loss as machine code: over arrays of points, and at one vector of points for the kernels of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.language.assembly import function, load, load_uniforms, store
from engine.language.graph import Graph
from engine.language.native import LANES, POINT_RESULT, VECTOR, Code, Emitter


@dataclass(frozen=True)
class LossGraph:
    """The graph of a loss: `outputs` are the nodes of its value and of its slopes by x and y."""

    graph: Graph
    outputs: Sequence[int]
    parameters: Sequence[str]


def compile_loss_kernels(graph: Graph, outputs: Sequence[int], parameters: Sequence[str]) -> Code:
    """Return the code of a loss and its gradient.

    ``value(n, x, y, parameters, f)`` and ``gradient(n, x, y, parameters, f, gx, gy)`` run over arrays of `n` float64, a
    multiple of `LANES`; ``point(x, y, parameters)`` takes and returns vectors, for the kernels of rules.
    """
    declarations: set[str] = set()
    parts = [
        _point_function(graph, outputs, parameters, declarations),
        _loop_function("value", graph, outputs[:1], parameters, declarations),
        _loop_function("gradient", graph, outputs, parameters, declarations),
    ]
    return Code("\n".join([*sorted(declarations), *parts]))


def compile_loop(name: str, graph: Graph, outputs: Sequence[int], parameters: Sequence[str]) -> Code:
    """Return the code of ``name(n, x, y, parameters, *results)``, one result array for each of `outputs`."""
    declarations: set[str] = set()
    loop = _loop_function(name, graph, outputs, parameters, declarations)
    return Code("\n".join([*sorted(declarations), loop]))


def _point_function(graph: Graph, outputs: Sequence[int], parameters: Sequence[str], declarations: set[str]) -> str:
    loads, uniform = load_uniforms(parameters, "%parameters", "p")
    emitter = Emitter(graph, {"x": "%x", "y": "%y"}, uniform)
    results = emitter.emit(outputs)
    declarations |= emitter.declarations
    joined, lines = "poison", []
    for number, result in enumerate(results):
        lines.append(f"%r{number} = insertvalue {POINT_RESULT} {joined}, {VECTOR} {result}, {number}")
        joined = f"%r{number}"
    body = [*loads, *emitter.before_each, *emitter.each, *lines, f"ret {POINT_RESULT} {joined}"]
    return function(f"{POINT_RESULT} @point({VECTOR} %x, {VECTOR} %y, ptr %parameters)", body)


def _loop_function(
    name: str, graph: Graph, outputs: Sequence[int], parameters: Sequence[str], declarations: set[str]
) -> str:
    loads, uniform = load_uniforms(parameters, "%parameters", "p")
    emitter = Emitter(graph, {"x": "%x", "y": "%y"}, uniform)
    results = emitter.emit(outputs)
    declarations |= emitter.declarations
    targets = [f"%out{number}" for number in range(len(outputs))]
    body = [*loads, *emitter.before_each, "%empty = icmp eq i64 %n, 0", "br i1 %empty, label %done, label %each"]
    body += ["each:", "%i = phi i64 [0, %0], [%next, %each]"]
    body += [*load("%x", "%xs", "%i"), *load("%y", "%ys", "%i"), *emitter.each]
    for target, result in zip(targets, results, strict=True):
        body += store(result, target, target, "%i")
    body += [f"%next = add i64 %i, {LANES}", "%more = icmp ult i64 %next, %n"]
    body += ["br i1 %more, label %each, label %done", "done:", "ret void"]
    arguments = ", ".join(f"ptr noalias {pointer}" for pointer in ("%xs", "%ys", "%parameters", *targets))
    return function(f"void @{name}(i64 %n, {arguments})", body)
