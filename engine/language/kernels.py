"""The two kinds of machine code the engine runs: a loss over arrays of points, and many steps of a rule."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.graph import Graph
from engine.language.native import LANES, POINT_RESULT, VECTOR, Code, Emitter, literal

INFINITY = literal(float("inf"))
MASK = f"<{LANES} x i1>"


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
    function = _loop_function(name, graph, outputs, parameters, declarations)
    return Code("\n".join([*sorted(declarations), function]))


def _load_uniforms(names: Sequence[str], array: str, prefix: str) -> tuple[list[str], dict[str, str]]:
    """Return the lines that load an array of live values, and the operand of each."""
    lines, operands = [], {}
    for number, name in enumerate(names):
        operands[name] = f"%{prefix}{number}"
        lines.append(f"%{prefix}{number}p = getelementptr double, ptr {array}, i64 {number}")
        lines.append(f"%{prefix}{number} = load double, ptr %{prefix}{number}p")
    return lines, operands


def _point_function(graph: Graph, outputs: Sequence[int], parameters: Sequence[str], declarations: set[str]) -> str:
    loads, uniform = _load_uniforms(parameters, "%parameters", "p")
    emitter = Emitter(graph, {"x": "%x", "y": "%y"}, uniform)
    results = emitter.emit(outputs)
    declarations |= emitter.declarations
    joined, lines = "poison", []
    for number, result in enumerate(results):
        lines.append(f"%r{number} = insertvalue {POINT_RESULT} {joined}, {VECTOR} {result}, {number}")
        joined = f"%r{number}"
    body = [*loads, *emitter.once, *emitter.each, *lines, f"ret {POINT_RESULT} {joined}"]
    return _function(f"{POINT_RESULT} @point({VECTOR} %x, {VECTOR} %y, ptr %parameters)", body)


def _loop_function(
    name: str, graph: Graph, outputs: Sequence[int], parameters: Sequence[str], declarations: set[str]
) -> str:
    loads, uniform = _load_uniforms(parameters, "%parameters", "p")
    emitter = Emitter(graph, {"x": "%x", "y": "%y"}, uniform)
    results = emitter.emit(outputs)
    declarations |= emitter.declarations
    targets = [f"%out{number}" for number in range(len(outputs))]
    body = [*loads, *emitter.once, "%empty = icmp eq i64 %n, 0", "br i1 %empty, label %done, label %each"]
    body += ["each:", "%i = phi i64 [0, %0], [%next, %each]"]
    body += [*_load("%x", "%xs", "%i"), *_load("%y", "%ys", "%i"), *emitter.each]
    for target, result in zip(targets, results, strict=True):
        body += _store(result, target, target, "%i")
    body += [f"%next = add i64 %i, {LANES}", "%more = icmp ult i64 %next, %n"]
    body += ["br i1 %more, label %each, label %done", "done:", "ret void"]
    arguments = ", ".join(f"ptr noalias {pointer}" for pointer in ("%xs", "%ys", "%parameters", *targets))
    return _function(f"void @{name}(i64 %n, {arguments})", body)


def compile_step(graph: Graph, moved: Sequence[int], kept: Sequence[int], rows: Sequence[str],
                 hyperparameters: Sequence[str], loss: int) -> Code:  # fmt: skip
    """Return the code of many steps of a rule: ``step``, whose arguments `engine.rule.StepKernel.run` describes.

    Parameters
    ----------
    graph
        Holds one update; names in `rows` are the block's rows, ``t`` the step, the rest hyperparameters.
    moved, kept
        The nodes of the new position's coordinates and of the new states, in the order of `rows`.
    loss
        The node of the loss before the update.
    """
    loads, uniform = _load_uniforms(hyperparameters, "%hyper", "h")
    lanes = {name: f"%row{number}" for number, name in enumerate(rows)}
    emitter = Emitter(graph, lanes, {**uniform, "t": "%t"}, ("%point", "%parameters"))
    results = emitter.emit([loss, *moved, *kept])
    body = [*loads, "%idle = icmp eq i64 %steps, 0", "%recording = icmp ne ptr %record, null"]
    body += ["br i1 %idle, label %done, label %update"]
    body += ["update:", "%k = phi i64 [0, %0], [%knext, %updated]", "%now = add i64 %first, %k"]
    body += ["%t = sitofp i64 %now to double", *emitter.once, *_spread("%tv", "%t"), "br label %each"]
    body += ["each:", "%i = phi i64 [0, %update], [%next, %stored]"]
    for number in range(len(rows)):
        body += [f"%at{number}o = mul i64 %n, {number}", f"%at{number}i = add i64 %at{number}o, %i"]
        body += _load(f"%row{number}", "%block", f"%at{number}i")
    body += emitter.each + _freeze(results[0], results[1 : 1 + len(moved)])
    for number in range(len(rows)):
        value = f"%moved{number}" if number < len(moved) else results[1 + number]
        body += _store(value, "%block", f"%store{number}", f"%at{number}i")
    body += _record(results[0])
    body += ["stored:", f"%next = add i64 %i, {LANES}", "%more = icmp ult i64 %next, %n"]
    body += ["br i1 %more, label %each, label %updated", "updated:", "%knext = add i64 %k, 1"]
    body += ["%again = icmp ult i64 %knext, %steps", "br i1 %again, label %update, label %done", "done:", "ret void"]
    pointers = ", ".join(f"ptr %{name}" for name in ("block", "diverged", "hyper", "parameters", "point", "record"))
    function = _function(f"void @step(i64 %n, i64 %first, i64 %steps, {pointers})", body)
    declared = {*emitter.declarations, f"declare {VECTOR} @llvm.fabs.v{LANES}f64({VECTOR}) memory(none) nounwind"}
    return Code("\n".join([*sorted(declared), function]))


def _freeze(loss: str, moved: Sequence[str]) -> list[str]:
    """Return the lines that keep an instance where it is once its loss or its next position is not finite."""
    infinite = f"<{', '.join([f'double {INFINITY}'] * LANES)}>"
    lines = [*_load("%before", "%diverged", "%i"), f"%alive = fcmp oeq {VECTOR} %before, {infinite}"]
    finite = []
    for number, operand in enumerate([loss, *moved]):
        lines.append(f"%size{number} = call {VECTOR} @llvm.fabs.v{LANES}f64({VECTOR} {operand})")
        lines.append(f"%finite{number} = fcmp olt {VECTOR} %size{number}, {infinite}")
        finite.append(f"%finite{number}")
    joined = "%alive"
    for number, operand in enumerate(finite):
        lines.append(f"%ok{number} = and {MASK} {joined}, {operand}")
        joined = f"%ok{number}"
    for number, operand in enumerate(moved):
        lines.append(f"%moved{number} = select {MASK} {joined}, {VECTOR} {operand}, {VECTOR} %row{number}")
    ones = f"<{', '.join([f'double {literal(1.0)}'] * LANES)}>"
    lines += [f"%earlier = fsub {VECTOR} %tv, {ones}"]
    lines += [f"%when = select {MASK} %finite0, {VECTOR} %tv, {VECTOR} %earlier"]
    lines += [f"%held = select {MASK} {joined}, {VECTOR} %before, {VECTOR} %when"]
    lines += [f"%after = select {MASK} %alive, {VECTOR} %held, {VECTOR} %before"]
    return lines + _store("%after", "%diverged", "%divergedp2", "%i")


def _record(loss: str) -> list[str]:
    """Return the lines that write the first lane's position and loss before the update, where a record is wanted."""
    lines = ["br i1 %recording, label %write, label %stored", "write:", "%rowstart = mul i64 %k, 3"]
    lines.append("%recordp = getelementptr double, ptr %record, i64 %rowstart")
    for number, operand in enumerate(("%row0", "%row1", loss)):
        lines.append(f"%lane{number} = extractelement {VECTOR} {operand}, i64 0")
        lines.append(f"%recordp{number} = getelementptr double, ptr %recordp, i64 {number}")
        lines.append(f"store double %lane{number}, ptr %recordp{number}")
    return [*lines, "br label %stored"]


def _spread(target: str, operand: str) -> list[str]:
    return [
        f"{target}one = insertelement {VECTOR} poison, double {operand}, i64 0",
        f"{target} = shufflevector {VECTOR} {target}one, {VECTOR} poison, <{LANES} x i32> zeroinitializer",
    ]


def _load(target: str, array: str, index: str) -> list[str]:
    return [
        f"{target}p = getelementptr double, ptr {array}, i64 {index}",
        f"{target} = load {VECTOR}, ptr {target}p, align 8",
    ]


def _store(value: str, array: str, name: str, index: str) -> list[str]:
    return [
        f"{name}w = getelementptr double, ptr {array}, i64 {index}",
        f"store {VECTOR} {value}, ptr {name}w, align 8",
    ]


def _function(head: str, body: Sequence[str]) -> str:
    # Without these two attributes LLVM may split a 512-bit argument that the vector library expects in one register.
    widths = '"prefer-vector-width"="512" "min-legal-vector-width"="512"'
    lines = "\n".join(line if line.endswith(":") else f"  {line}" for line in body)
    return f"define {head} nounwind {widths} {{\n{lines}\n}}"
