"""A rule as machine code: many steps of many instances in one call, with divergence noticed at every step."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.language.assembly import LANES, MASK, VECTOR, function, literal, load, load_uniforms, spread, store, vectors
from engine.language.coordinates import CoordinateEmitter
from engine.language.loss_kernel import DIMENSIONS, FIRST_ORDER, SECOND_ORDER, LossGraph
from engine.language.native import Ask, Code, Emitter
from engine.language.noise import draw
from engine.language.step_graph import StepGraph

INFINITIES = f"<{', '.join([f'double {literal(math.inf)}'] * LANES)}>"


class StepCode(Code):
    """The machine code of a rule: ``prepare`` and ``step``, whose arguments `engine.kernel.StepKernel` describes.

    Parameters
    ----------
    update
        The rule.
    landscape
        A loss to build into the code: twice as fast for many instances, but of no use to any other loss, and made
        anew for each.  Without it the code calls whichever loss it is given; the results have the same bits.
    given
        Whether ``step`` gets the address of an array of answers, as `GivenAnswers` has them, in place of a loss.

    Attributes
    ----------
    shared : int
        How many numbers ``prepare`` works out for each step.
    curved : bool
        Whether the loss that it calls must answer with second derivatives.
    """

    def __init__(self, update: StepGraph, landscape: LossGraph | None = None, given: bool = False) -> None:
        loads, uniform = load_uniforms(update.hyperparameters, "%hyper", "h")
        ask: Ask = GivenAnswers() if given else _CalledLoss(SECOND_ORDER if update.curved else FIRST_ORDER)
        if landscape is not None:
            parameter_loads, parameters = load_uniforms(landscape.parameters, "%parameters", "p")
            loads += parameter_loads
            ask = _InlinedLoss(landscape, parameters)
        emitter, results = _emitted(update, {**uniform, "t": "%t"}, ask)
        # A result without a row of its own would be written into foreign memory.
        assert len(results) == 1 + len(update.rows), "a rule has a row for each number that it moves or keeps"
        self.shared = len(emitter.shared)
        self.curved = update.curved
        fabs = f"declare {VECTOR} @llvm.fabs.v{LANES}f64({VECTOR}) memory(none) nounwind"
        functions = _prepare(loads, emitter), _step(emitter, results)
        super().__init__("\n".join([*sorted({*emitter.declarations, fabs}), *functions]))


def _emitted(update: StepGraph, uniform: Mapping[str, str], ask: Ask) -> tuple[Emitter, list[str]]:
    """Return an emitter that has written an update, and the operands of the loss and of all rows."""
    if update.per_coordinate:
        return _emitted_by_coordinate(update, uniform, ask)
    lanes = {row: f"%row{number}" for number, row in enumerate(update.rows)}
    emitter = Emitter(update.graph, lanes, uniform, ask, draw=draw)
    return emitter, emitter.emit([update.loss, *update.changed])


def _emitted_by_coordinate(update: StepGraph, uniform: Mapping[str, str], ask: Ask) -> tuple[Emitter, list[str]]:
    """Do the same with the graph of one coordinate; what is no vector is the same for both, and has one row."""
    rows = [f"%row{number}" for number in range(len(update.rows))]
    own = {name: rows[place] for name, place in update.places.items()}
    lanes = [{name: operands[min(number, len(operands) - 1)] for name, operands in own.items()}
             for number in range(DIMENSIONS)]  # fmt: skip
    emitter = CoordinateEmitter(update.graph, lanes, update.vectors, uniform, ask, draw)
    (loss, *_), *changed = emitter.emit_each([update.loss, *update.changed])
    pairs = zip(own.values(), changed, strict=True)
    return emitter, [loss, *(operand for operands, each in pairs for operand in each[: len(operands)])]


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


def _step(emitter: Emitter, results: Sequence[str]) -> str:
    """Return the function that makes the steps; `results` are the loss, the new position and the new states."""
    rows = len(results) - 1
    moved = results[1 : 1 + DIMENSIONS]
    body = ["%idle = icmp eq i64 %steps, 0", "%recording = icmp ne ptr %record, null"]
    body += ["br i1 %idle, label %done, label %update", *_count("update", "%0", "updated")]
    body += ["%skipped = mul i64 %k, %stride", "%parameters = getelementptr double, ptr %all_parameters, i64 %skipped"]
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
        value = f"%moved{number}" if number < DIMENSIONS else results[1 + number]
        # A state that is only kept, such as where the racer started, stays where it is.
        if value != f"%row{number}":
            body += store(value, "%block", f"%store{number}", f"%at{number}i")
    body += [*_record(results[0]), "stored:", f"%next = add i64 %i, {LANES}", "%more = icmp ult i64 %next, %n"]
    body += ["br i1 %more, label %each, label %updated", "updated:", *_repeat("update"), "done:", "ret void"]
    numbers = ", ".join(f"i64 %{name}" for name in ("n", "first", "steps", "seed", "instance", "stride"))
    pointers = ", ".join(f"ptr %{name}" for name in ("block", "diverged", "table", "all_parameters", "point", "record"))
    return function(f"void @step({numbers}, {pointers})", body)


def _count(label: str, before: str, last: str) -> list[str]:
    """Return the beginning of a loop over the steps: %k counts from 0, %t is the number of the step."""
    counter = [f"{label}:", f"%k = phi i64 [0, {before}], [%knext, %{last}]"]
    return [*counter, "%now = add i64 %first, %k", "%t = sitofp i64 %now to double"]


def _repeat(label: str) -> list[str]:
    """Return the end of that loop."""
    again = ["%knext = add i64 %k, 1", "%again = icmp ult i64 %knext, %steps"]
    return [*again, f"br i1 %again, label %{label}, label %done"]


@dataclass
class GivenAnswers:
    """Answers by rows of an array (points, `DIMENSIONS` + `SECOND_ORDER`, n) that somebody fills in.

    The points are those of `StepGraph.points`, in that order.  The first rows of each are written: its coordinates.
    The others are read: the loss there, its slopes and its second derivatives.
    """

    points: int = 0

    def __call__(self, emitter: Emitter, point: Sequence[str]) -> list[str]:
        """Write the point and read what is answered."""
        first = self.points * (DIMENSIONS + SECOND_ORDER)
        self.points += 1
        for row, operand in enumerate(point, first):
            emitter.each += [*self._index(row), *store(operand, "%point", f"%given{row}", f"%given{row}i")]
        answers = range(first + DIMENSIONS, first + DIMENSIONS + SECOND_ORDER)
        for row in answers:
            emitter.each += [*self._index(row), *load(f"%given{row}", "%point", f"%given{row}i")]
        return [f"%given{row}" for row in answers]

    @staticmethod
    def _index(row: int) -> list[str]:
        """Return the lines that find where in a row of the array the instances of now are."""
        return [f"%given{row}o = mul i64 %n, {row}", f"%given{row}i = add i64 %given{row}o, %i"]


@dataclass(frozen=True)
class _CalledLoss:
    """Answers by a call of the loss whose address and parameters the kernel was given."""

    answers: int

    def __call__(self, emitter: Emitter, point: Sequence[str]) -> list[str]:
        place, returned = ", ".join(f"{VECTOR} {operand}" for operand in point), vectors(self.answers)
        answer = emitter.write(f"call {returned} %point({place}, ptr %parameters)", lane=True)
        return [
            emitter.write(f"extractvalue {returned} {answer}, {number}", lane=True) for number in range(self.answers)
        ]


@dataclass
class _InlinedLoss:
    """Answers by the loss itself, written into the kernel at every point that is asked about."""

    landscape: LossGraph
    parameters: Mapping[str, str]
    points: int = 0

    def __call__(self, emitter: Emitter, point: Sequence[str]) -> list[str]:
        self.points += 1
        place = dict(zip("xy", self._fenced(emitter, point), strict=True))
        inner = Emitter(self.landscape.graph, place, self.parameters, prefix=f"loss{self.points}.")
        results = inner.emit(self.landscape.outputs)
        emitter.once += inner.once
        emitter.shared |= inner.shared
        emitter.each += inner.each
        emitter.declarations |= inner.declarations
        answers = self._fenced(emitter, results)
        for answer in answers:
            self._keep(emitter, answer)
        return answers

    @staticmethod
    def _keep(emitter: Emitter, operand: str) -> None:
        """Keep an answer that the rule does not read: what it shares with others would else be rounded differently."""
        emitter.declarations.add("declare void @llvm.fake.use(...)")
        emitter.each.append(f"call void (...) @llvm.fake.use({VECTOR} {operand})")

    @staticmethod
    def _fenced(emitter: Emitter, operands: Sequence[str]) -> list[str]:
        """Keep operations on either side from being joined: a call would too, and the bits must be the same.

        An operand that comes again gets one fence more: a call would make no one of the two either.
        """
        fence = f"@llvm.arithmetic.fence.v{LANES}f64"
        emitter.declarations.add(f"declare {VECTOR} {fence}({VECTOR})")
        results: list[str] = []
        for number, operand in enumerate(operands):
            for _ in range(1 + list(operands[:number]).count(operand)):
                operand = emitter.write(f"call {VECTOR} {fence}({VECTOR} {operand})", lane=True)
            results.append(operand)
        return results


def _freeze_unless_finite(loss: str, moved: Sequence[str]) -> list[str]:
    """Return the lines that keep an instance where it is once its loss or its next position is not finite.

    Nearly always all is finite, and one sum shows it: a part that is not leaves no finite sum.  Only where the sum is
    not finite, be it for its size alone, or an instance was frozen before, each is looked at by itself.  One comparison
    tells both: a finite sum less itself is 0, any other is none, and only infinity marks who was never frozen.
    """
    lines = load("%before", "%diverged", "%i")
    total = loss
    for number, operand in enumerate(moved):
        lines.append(f"%total{number} = fadd {VECTOR} {total}, {operand}")
        total = f"%total{number}"
    lines += [f"%nothing = fsub {VECTOR} {total}, {total}", f"%mark = fadd {VECTOR} %before, %nothing"]
    lines.append(f"%fine = fcmp oeq {VECTOR} %mark, {INFINITIES}")
    lines += [f"%finebits = bitcast {MASK} %fine to i{LANES}", f"%allfine = icmp eq i{LANES} %finebits, -1"]
    lines += ["br i1 %allfine, label %keep, label %freeze", "freeze:", *_freeze(loss, moved), "br label %keep", "keep:"]
    for number, operand in enumerate(moved):
        lines.append(f"%moved{number} = phi {VECTOR} [{operand}, %each], [%held{number}, %freeze]")
    return lines


def _freeze(loss: str, moved: Sequence[str]) -> list[str]:
    """Return the lines that hold each instance for itself, and note the step at which it left the finite numbers."""
    lines, joined = [f"%alive = fcmp oeq {VECTOR} %before, {INFINITIES}"], "%alive"
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
    return [
        f"{name}size = call {VECTOR} @llvm.fabs.v{LANES}f64({VECTOR} {operand})",
        f"{name}finite = fcmp olt {VECTOR} {name}size, {INFINITIES}",
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
