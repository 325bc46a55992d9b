"""A rule as machine code: many steps of many instances in one call, with divergence noticed at every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.language.assembly import function, load, load_uniforms, store
from engine.language.graph import Graph
from engine.language.loss_kernel import LossGraph
from engine.language.native import LANES, POINT_RESULT, VECTOR, Ask, Code, Emitter, literal, spread

INFINITY = literal(float("inf"))
MASK = f"<{LANES} x i1>"


@dataclass(frozen=True)
class StepGraph:
    """The graph of one update of a rule.

    Attributes
    ----------
    graph : Graph
        Names in `rows` are the block's rows, ``t`` is the step, the rest hyperparameters.
    moved, kept : sequence of int
        The nodes of the new position's coordinates and of the new states, in the order of `rows`.
    loss : int
        The node of the loss before the update.
    rows, hyperparameters : sequence of str
    """

    graph: Graph
    moved: Sequence[int]
    kept: Sequence[int]
    loss: int
    rows: Sequence[str]
    hyperparameters: Sequence[str]


class StepCode(Code):
    """The machine code of a rule: ``prepare`` and ``step``, whose arguments `engine.rule.StepKernel` describes.

    Parameters
    ----------
    update
        The rule.
    landscape
        A loss to build into the code: twice as fast for many instances, but of no use to any other loss, and made
        anew for each.  Without it the code calls whichever loss it is given; the results have the same bits.

    Attributes
    ----------
    shared : int
        How many numbers ``prepare`` works out for each step.
    """

    def __init__(self, update: StepGraph, landscape: LossGraph | None = None) -> None:
        loads, uniform = load_uniforms(update.hyperparameters, "%hyper", "h")
        ask: Ask = _call_point
        if landscape is not None:
            parameter_loads, parameters = load_uniforms(landscape.parameters, "%parameters", "p")
            loads += parameter_loads
            ask = _InlinedLoss(landscape, parameters)
        lanes = {name: f"%row{number}" for number, name in enumerate(update.rows)}
        emitter = Emitter(update.graph, lanes, {**uniform, "t": "%t"}, ask)
        results = emitter.emit([update.loss, *update.moved, *update.kept])
        self.shared = len(emitter.shared)
        fabs = f"declare {VECTOR} @llvm.fabs.v{LANES}f64({VECTOR}) memory(none) nounwind"
        functions = _prepare(loads, emitter), _step(emitter, results, len(update.moved))
        super().__init__("\n".join([*sorted({*emitter.declarations, fabs}), *functions]))


def _prepare(loads: Sequence[str], emitter: Emitter) -> str:
    """Return the function that works out, for each step, what is the same for all instances: powers of t, say."""
    body = [*loads, "%idle = icmp eq i64 %steps, 0", "br i1 %idle, label %done, label %each"]
    body += [*_count("each", "%0", "each"), *emitter.once, f"%first_shared = mul i64 %k, {len(emitter.shared)}"]
    for number, operand in enumerate(emitter.shared):
        body.append(f"%at{number} = add i64 %first_shared, {number}")
        body.append(f"%shared{number} = getelementptr double, ptr %table, i64 %at{number}")
        body.append(f"store double {operand}, ptr %shared{number}")
    body += [*_repeat("each"), "done:", "ret void"]
    pointers = ", ".join(f"ptr %{name}" for name in ("hyper", "parameters", "table"))
    return function(f"void @prepare(i64 %first, i64 %steps, {pointers})", body)


def _step(emitter: Emitter, results: Sequence[str], coordinates: int) -> str:
    """Return the function that makes the steps; `results` are the loss, the new position and the new states."""
    rows = len(results) - 1
    moved = results[1 : 1 + coordinates]
    body = ["%idle = icmp eq i64 %steps, 0", "%recording = icmp ne ptr %record, null"]
    body += ["br i1 %idle, label %done, label %update", *_count("update", "%0", "updated")]
    body += [*spread("%t", "%tv"), f"%first_shared = mul i64 %k, {len(emitter.shared)}"]
    body += ["%table_row = getelementptr double, ptr %table, i64 %first_shared"]
    for number, vector in enumerate(emitter.shared.values()):
        body.append(f"{vector}at = getelementptr double, ptr %table_row, i64 {number}")
        body += [f"{vector}0 = load double, ptr {vector}at", *spread(f"{vector}0", vector)]
    body += ["br label %each", "each:", "%i = phi i64 [0, %update], [%next, %stored]"]
    for number in range(rows):
        body += [f"%at{number}o = mul i64 %n, {number}", f"%at{number}i = add i64 %at{number}o, %i"]
        body += load(f"%row{number}", "%block", f"%at{number}i")
    body += [*emitter.each, *_freeze_unless_finite(results[0], moved)]
    for number in range(rows):
        value = f"%moved{number}" if number < coordinates else results[1 + number]
        body += store(value, "%block", f"%store{number}", f"%at{number}i")
    body += [*_record(results[0]), "stored:", f"%next = add i64 %i, {LANES}", "%more = icmp ult i64 %next, %n"]
    body += ["br i1 %more, label %each, label %updated", "updated:", *_repeat("update"), "done:", "ret void"]
    pointers = ", ".join(f"ptr %{name}" for name in ("block", "diverged", "table", "parameters", "point", "record"))
    return function(f"void @step(i64 %n, i64 %first, i64 %steps, {pointers})", body)


def _count(label: str, before: str, last: str) -> list[str]:
    """Return the beginning of a loop over the steps: %k counts from 0, %t is the number of the step."""
    counter = [f"{label}:", f"%k = phi i64 [0, {before}], [%knext, %{last}]"]
    return [*counter, "%now = add i64 %first, %k", "%t = sitofp i64 %now to double"]


def _repeat(label: str) -> list[str]:
    """Return the end of that loop."""
    again = ["%knext = add i64 %k, 1", "%again = icmp ult i64 %knext, %steps"]
    return [*again, f"br i1 %again, label %{label}, label %done"]


def _call_point(emitter: Emitter, point: Sequence[str]) -> list[str]:
    """Answer by a call of the loss whose address and parameters the kernel was given."""
    place = ", ".join(f"{VECTOR} {operand}" for operand in point)
    answer = emitter.write(f"call {POINT_RESULT} %point({place}, ptr %parameters)", lane=True)
    return [emitter.write(f"extractvalue {POINT_RESULT} {answer}, {number}", lane=True) for number in range(3)]


@dataclass
class _InlinedLoss:
    """Answers by the loss itself, written into the kernel at every point that is asked about."""

    landscape: LossGraph
    parameters: Mapping[str, str]
    points: int = 0

    def __call__(self, emitter: Emitter, point: Sequence[str]) -> list[str]:
        self.points += 1
        place = dict(zip("xy", [self._fence(emitter, operand) for operand in point], strict=True))
        inner = Emitter(self.landscape.graph, place, self.parameters, prefix=f"loss{self.points}.")
        results = inner.emit(self.landscape.outputs)
        emitter.once += inner.once
        emitter.shared |= inner.shared
        emitter.each += inner.each
        emitter.declarations |= inner.declarations
        return [self._fence(emitter, result) for result in results]

    @staticmethod
    def _fence(emitter: Emitter, operand: str) -> str:
        """Keep operations on either side from being joined: a call would too, and the bits must be the same."""
        fence = f"@llvm.arithmetic.fence.v{LANES}f64"
        emitter.declarations.add(f"declare {VECTOR} {fence}({VECTOR})")
        return emitter.write(f"call {VECTOR} {fence}({VECTOR} {operand})", lane=True)


def _freeze_unless_finite(loss: str, moved: Sequence[str]) -> list[str]:
    """Return the lines that keep an instance where it is once its loss or its next position is not finite.

    Nearly always all is finite, and one sum shows it: a part that is not leaves no finite sum.  Only where the sum is
    not finite, be it for its size alone, or an instance was frozen before, each is looked at by itself.
    """
    infinite = f"<{', '.join([f'double {INFINITY}'] * LANES)}>"
    lines = [*load("%before", "%diverged", "%i"), f"%alive = fcmp oeq {VECTOR} %before, {infinite}"]
    total = loss
    for number, operand in enumerate(moved):
        lines.append(f"%total{number} = fadd {VECTOR} {total}, {operand}")
        total = f"%total{number}"
    lines += [*_is_finite("%total", total), f"%fine = and {MASK} %alive, %totalfinite"]
    lines += [f"%finebits = bitcast {MASK} %fine to i{LANES}", f"%allfine = icmp eq i{LANES} %finebits, -1"]
    lines += ["br i1 %allfine, label %keep, label %freeze", "freeze:", *_freeze(loss, moved), "br label %keep", "keep:"]
    for number, operand in enumerate(moved):
        lines.append(f"%moved{number} = phi {VECTOR} [{operand}, %each], [%held{number}, %freeze]")
    return lines


def _freeze(loss: str, moved: Sequence[str]) -> list[str]:
    """Return the lines that hold each instance for itself, and note the step at which it left the finite numbers."""
    lines, joined = [], "%alive"
    for number, operand in enumerate([loss, *moved]):
        lines += [*_is_finite(f"%part{number}", operand), f"%ok{number} = and {MASK} {joined}, %part{number}finite"]
        joined = f"%ok{number}"
    for number, operand in enumerate(moved):
        lines.append(f"%held{number} = select {MASK} {joined}, {VECTOR} {operand}, {VECTOR} %row{number}")
    ones = f"<{', '.join([f'double {literal(1.0)}'] * LANES)}>"
    lines += [f"%earlier = fsub {VECTOR} %tv, {ones}"]
    lines += [f"%when = select {MASK} %part0finite, {VECTOR} %tv, {VECTOR} %earlier"]
    lines += [f"%noted = select {MASK} {joined}, {VECTOR} %before, {VECTOR} %when"]
    lines += [f"%after = select {MASK} %alive, {VECTOR} %noted, {VECTOR} %before"]
    return lines + store("%after", "%diverged", "%divergedp2", "%i")


def _is_finite(name: str, operand: str) -> list[str]:
    """Return the lines that make ``{name}finite``, the mask of the instances whose `operand` is finite."""
    infinite = f"<{', '.join([f'double {INFINITY}'] * LANES)}>"
    return [
        f"{name}size = call {VECTOR} @llvm.fabs.v{LANES}f64({VECTOR} {operand})",
        f"{name}finite = fcmp olt {VECTOR} {name}size, {infinite}",
    ]


def _record(loss: str) -> list[str]:
    """Return the lines that write the first lane's position and loss before the update, where a record is wanted."""
    lines = ["br i1 %recording, label %write, label %stored", "write:", "%rowstart = mul i64 %k, 3"]
    lines.append("%recordp = getelementptr double, ptr %record, i64 %rowstart")
    for number, operand in enumerate(("%row0", "%row1", loss)):
        lines.append(f"%lane{number} = extractelement {VECTOR} {operand}, i64 0")
        lines.append(f"%recordp{number} = getelementptr double, ptr %recordp, i64 {number}")
        lines.append(f"store double %lane{number}, ptr %recordp{number}")
    return [*lines, "br label %stored"]
