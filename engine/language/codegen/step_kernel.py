"""Compiles a rule: one update of many instances, and the numbers of a step that are the same for all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.language.codegen.assembly import (
    INTEGERS,
    LANES,
    VECTOR,
    VECTOR_BYTES,
    function,
    load,
    load_each,
    load_uniforms,
    spread,
    store,
    vectors,
)
from engine.language.codegen.divergence import watch
from engine.language.codegen.emitter import Emitter, WriteLoss, WriteNoise
from engine.language.codegen.loops import loop
from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER, SECOND_ORDER, LossGraph
from engine.language.codegen.machine_code import Code
from engine.language.codegen.noise import draw, draw_for_members
from engine.language.codegen.per_coordinate_emitter import PerCoordinateEmitter
from engine.language.codegen.step_graph import StepGraph

STEP = "%t"
"""The operand of the number of the step, as a double."""
OPERAND = re.compile(r"%[\w.]+")
ARGUMENTS = (
    *(f"i64 %{name}" for name in ("n", "now", "seed", "instance")),
    *(f"ptr %{name}" for name in ("here", "moved", "states", "losses", "table_row", "parameters", "point")),
)
"""The arguments of an update."""


class StepCode(Code):
    """The machine code of a rule: ``prepare``, with the arguments of `engine.rules.kernel.StepKernel`, and ``update``.

    Parameters
    ----------
    update
        The rule.
    landscape
        A loss to inline: twice as fast for many instances, but the code fits this loss alone.  Without it the code
        calls whichever loss it is given; the results have the same bits.
    given
        Whether ``update`` gets the address of an array of answers, as `GivenAnswers` has them, in place of a loss.
    members
        Whether each instance has hyperparameters, parameters and a seed of its own: then ``update`` finds in its table
        a row of `n` values for each number, calls a `MemberCode` with the parameters of each, and `seed` and `instance`
        are the addresses of `n` integers.

    Attributes
    ----------
    shared : int
        How many numbers ``prepare`` computes for each step.
    read : tuple of frozenset of int
        For each of these numbers the hyperparameters that it depends on.
    changing : tuple of int
        Those of these numbers that depend on the step too.
    curved : bool
        Whether the loss that it calls must give second derivatives.
    """

    def __init__(
        self, update: StepGraph, landscape: LossGraph | None = None, given: bool = False, members: bool = False
    ) -> None:
        loads, uniform = load_uniforms(update.hyperparameters, "%hyper", "h")
        answers = SECOND_ORDER if update.curved else FIRST_ORDER
        write_loss: WriteLoss = GivenAnswers() if given else _CalledLoss(answers, members)
        if landscape is not None:
            parameter_loads, parameters = load_uniforms(landscape.parameters, "%parameters", "p")
            loads += parameter_loads
            write_loss = _InlinedLoss(landscape, parameters)
        steps = Emitter(update.graph, {"t": STEP}, uniform, prefix="step")
        emitter, results = _emitted(update, steps, write_loss, draw_for_members if members else draw)
        if len(results) != 1 + len(update.rows):
            # A result without a row of its own would be written into memory of others.
            raise ValueError("A rule must have a row for each number that it moves or keeps.")
        self.shared = len(emitter.shared)
        once, each = _hoisted(steps.each, STEP)
        begun = [*loads, *emitter.once, *steps.before_each, *once]
        hyper = [uniform[name] for name in update.hyperparameters]
        sources = _sources([*begun, *each], [*emitter.shared], [*hyper, STEP])
        self.read = tuple(frozenset(hyper.index(name) for name in own - {STEP}) for own in sources)
        self.changing = tuple(number for number, own in enumerate(sources) if STEP in own)
        self.curved = update.curved
        functions = [_prepare(begun, each, [*emitter.shared])]
        if landscape is not None and update.decays:
            functions += _updates_with_decay(emitter, results, update.decays)
        else:
            functions.append(_update("update", emitter, results, members))
        super().__init__("\n".join([*sorted(emitter.declarations | steps.declarations), *functions]))


def _emitted(
    update: StepGraph, steps: Emitter, write_loss: WriteLoss, write_noise: WriteNoise
) -> tuple[Emitter, list[str]]:
    """Return an emitter that has written an update, and the operands of the loss and of all rows.

    What is the same for all instances is written by `steps`.
    """
    if update.per_coordinate:
        return _emitted_by_coordinate(update, steps, write_loss, write_noise)
    lanes = {row: f"%row{number}" for number, row in enumerate(update.rows)}
    emitter = Emitter(update.graph, lanes, {}, write_loss, write_noise=write_noise, steps=steps)
    return emitter, emitter.emit([update.loss, *update.changed])


def _emitted_by_coordinate(
    update: StepGraph, steps: Emitter, write_loss: WriteLoss, write_noise: WriteNoise
) -> tuple[Emitter, list[str]]:
    """Return the same for the graph of one coordinate; a number is the same for both coordinates and has one row."""
    rows = [f"%row{number}" for number in range(len(update.rows))]
    own = {name: rows[place] for name, place in update.places.items()}
    lanes = [{name: operands[min(number, len(operands) - 1)] for name, operands in own.items()}
             for number in range(DIMENSIONS)]  # fmt: skip
    emitter = PerCoordinateEmitter(update.graph, lanes, update.vectors, steps, write_loss, write_noise)
    (loss, *_), *changed = emitter.emit_each([update.loss, *update.changed])
    pairs = zip(own.values(), changed, strict=True)
    return emitter, [loss, *(operand for operands, each in pairs for operand in each[: len(operands)])]


def _hoisted(lines: Sequence[str], changing: str) -> tuple[list[str], list[str]]:
    """Return the lines that do not depend on an operand, such as the logarithm of a decay, and those that do."""
    dependent, once, each = {changing}, list[str](), list[str]()
    for line in lines:
        target, _, instruction = line.partition(" = ")
        if dependent.isdisjoint(OPERAND.findall(instruction)):
            once.append(line)
        else:
            each.append(line)
            dependent.add(target)
    return once, each


def _sources(lines: Sequence[str], operands: Sequence[str], inputs: Sequence[str]) -> list[frozenset[str]]:
    """Return those of `inputs` that each of `operands` depends on, from the lines that compute them."""
    found = {name: frozenset({name}) for name in inputs}
    for line in lines:
        target, equals, instruction = line.partition(" = ")
        if not equals:
            # Of a line that computes no operand it is not known what it changes.
            return [frozenset(inputs)] * len(operands)
        read = [found.get(name, frozenset()) for name in OPERAND.findall(instruction)]
        found.setdefault(target.strip(), frozenset().union(*read))
    return [found.get(operand, frozenset()) for operand in operands]


def _prepare(begun: Sequence[str], each: Sequence[str], shared: Sequence[str]) -> str:
    """Return the function that computes, for each step, what is the same for all instances: powers of t, say.

    It makes `LANES` steps at once, of which each has the same bits wherever it stands among them.  Their numbers come
    row by row, and go to the table, step by step, by way of `%rows`.
    """
    body = [f"%rows = alloca [{max(len(shared), 1)} x {VECTOR}], align {VECTOR_BYTES}", *begun]
    lines = ["%now = add i64 %first, %k", *spread("%now", "%nows", "i64")]
    lines.append(f"%numbers = add {INTEGERS} %nows, <{', '.join(f'i64 {lane}' for lane in range(LANES))}>")
    lines += [f"{STEP} = sitofp {INTEGERS} %numbers to {VECTOR}", *each]
    for number, operand in enumerate(shared):
        lines += store(operand, "%rows", f"%row{number}", str(LANES * number))
    lines += ["%left = sub i64 %steps, %k", f"%fewer = icmp ult i64 %left, {LANES}"]
    lines.append(f"%count = select i1 %fewer, i64 %left, i64 {LANES}")
    one = ["%step = add i64 %k, %j", f"%place = mul i64 %step, {len(shared)}"]
    for number in range(len(shared)):
        one += [f"%from{number} = add i64 %j, {LANES * number}", f"%to{number} = add i64 %place, {number}"]
        one.append(f"%read{number} = getelementptr double, ptr %rows, i64 %from{number}")
        one.append(f"%number{number} = load double, ptr %read{number}")
        one.append(f"%written{number} = getelementptr double, ptr %table, i64 %to{number}")
        one.append(f"store double %number{number}, ptr %written{number}")
    lines += loop(one, "%j", step=1, end="%count", entry="each", begin="one", done="all")
    body += [*loop(lines, "%k", end="%steps", last="all"), "ret void"]
    pointers = ", ".join(f"ptr %{name}" for name in ("hyper", "parameters", "table"))
    return function(f"void @prepare(i64 %first, i64 %steps, {pointers})", body)


def _updates_with_decay(emitter: Emitter, results: Sequence[str], decays: Mapping[int, int]) -> list[str]:
    """Return the function of one update, which calls one of two others: one for where all factors of decay are zero.

    Mostly they are, and of plain descent the products are a fifth of the work.  The code is the same but for these,
    which are 0, as they would be, since no update begins at a coordinate that is not finite.
    """
    shared, arguments = [*emitter.shared.values()], ", ".join(ARGUMENTS)
    body, none = list[str](), "true"
    for number in sorted({shared.index(emitter.written(factor)[0]) for factor in decays.values()}):
        body.append(f"%decay{number}p = getelementptr double, ptr %table_row, i64 {number}")
        body.append(f"%decay{number} = load double, ptr %decay{number}p")
        body.append(f"%zero{number} = fcmp oeq double %decay{number}, 0.0")
        body.append(f"%none{number} = and i1 {none}, %zero{number}")
        none = f"%none{number}"
    body.append(f"br i1 {none}, label %without, label %with")
    for way in ("without", "with"):
        body += [f"{way}:", f"%made_{way} = musttail call i64 @update_{way}({arguments})", f"ret i64 %made_{way}"]
    products = {operand for product in decays for operand in emitter.written(product)}
    return [
        _update("update_with", emitter, results),
        _update("update_without", emitter, results, left_out=products),
        function(f"i64 @update({arguments})", body),
    ]


def _without(lines: Sequence[str], left_out: Collection[str]) -> list[str]:
    """Return the lines with zeros in place of some operands."""
    kept = [line for line in lines if line.partition(" = ")[0] not in left_out]
    return [OPERAND.sub(lambda found: "zeroinitializer" if found[0] in left_out else found[0], line) for line in kept]


def _update(
    name: str, emitter: Emitter, results: Sequence[str], members: bool = False, left_out: Collection[str] = ()
) -> str:
    """Return the function of one update; `results` are the loss, the new position and the new states.

    Operands that are `left_out` are zero.  It returns whether the loss or the new position is not finite.
    """
    loss, *moved = results
    each = load_each([*emitter.shared.values()], "%table_row") if members else []
    read = {number: "%here" if number < DIMENSIONS else "%states" for number in range(len(moved))}
    for number, array in read.items():
        row = number if number < DIMENSIONS else number - DIMENSIONS
        each += [f"%at{number}o = mul i64 %n, {row}", f"%at{number} = add i64 %at{number}o, %i"]
        each += load(f"%row{number}", array, f"%at{number}")
    each += _without(emitter.each, left_out) if left_out else emitter.each
    watching = watch([loss, *moved[:DIMENSIONS]], each)
    each += watching.each
    each += store(loss, "%losses", "%losses", "%i")
    for number, operand in enumerate(moved):
        # A state that is only kept, such as where the racer started, stays where it is.
        if number < DIMENSIONS or operand != f"%row{number}":
            each += store(operand, "%moved" if number < DIMENSIONS else "%states", f"%store{number}", f"%at{number}")
    body = [] if members else _shared_vectors(emitter)
    body += [*loop(each, carried=[watching.carried]), *watching.behind]
    body += ["%result = zext i1 %lost to i64", "ret i64 %result"]
    return function(f"i64 @{name}({', '.join(ARGUMENTS)})", body)


def _shared_vectors(emitter: Emitter) -> list[str]:
    """Return the lines that load what is the same for all instances, each into every lane of a vector."""
    lines = []
    for number, vector in enumerate(emitter.shared.values()):
        lines.append(f"{vector}at = getelementptr double, ptr %table_row, i64 {number}")
        lines += [f"{vector}0 = load double, ptr {vector}at", *spread(f"{vector}0", vector)]
    return lines


@dataclass
class GivenAnswers:
    """Takes answers from rows of an array (points, `DIMENSIONS` + `SECOND_ORDER`, n) that the caller fills in.

    The points are those of `StepGraph.points`, in that order.  The first rows of each are written: its coordinates.
    The others are read: the loss there, its slopes and its second derivatives.
    """

    points: int = 0

    def __call__(self, emitter: Emitter, point: Sequence[str]) -> list[str]:
        """Write the lines that store the point and load the answers."""
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
        """Return the lines that compute the index of the current instances in a row of the array."""
        return [f"%given{row}o = mul i64 %n, {row}", f"%given{row}i = add i64 %given{row}o, %i"]


@dataclass(frozen=True)
class _CalledLoss:
    """Takes answers from a call of the loss whose address and parameters the kernel is given."""

    answers: int
    of_members: bool = False

    def __call__(self, emitter: Emitter, point: Sequence[str]) -> list[str]:
        place, returned = ", ".join(f"{VECTOR} {operand}" for operand in point), vectors(self.answers)
        more = ", i64 %i, i64 %n" if self.of_members else ""
        answer = emitter.write(f"call {returned} %point({place}, ptr %parameters{more})", lane=True)
        return [
            emitter.write(f"extractvalue {returned} {answer}, {number}", lane=True) for number in range(self.answers)
        ]


@dataclass
class _InlinedLoss:
    """Takes answers from the loss itself, which is inlined at every point."""

    landscape: LossGraph
    parameters: Mapping[str, str]
    points: int = 0

    def __call__(self, emitter: Emitter, point: Sequence[str]) -> list[str]:
        self.points += 1
        place = dict(zip("xy", self._fenced(emitter, point), strict=True))
        inner = Emitter(self.landscape.graph, place, self.parameters, prefix=f"loss{self.points}.")
        results = inner.emit(self.landscape.outputs)
        emitter.once += inner.once
        for operand, vector in inner.shared.items():
            if vector not in emitter.shared:
                emitter.once += spread(operand, vector)
                emitter.shared[vector] = vector
        emitter.each += inner.each
        emitter.declarations |= inner.declarations
        answers = self._fenced(emitter, results)
        for answer in answers:
            self._keep(emitter, answer)
        return answers

    @staticmethod
    def _keep(emitter: Emitter, operand: str) -> None:
        """Keep an answer that the rule does not read, since without it shared operations would round differently."""
        emitter.declarations.add("declare void @llvm.fake.use(...)")
        emitter.each.append(f"call void (...) @llvm.fake.use({VECTOR} {operand})")

    @staticmethod
    def _fenced(emitter: Emitter, operands: Sequence[str]) -> list[str]:
        """Keep operations on either side from being fused, as a call does, so that the bits are those of a call.

        An operand that occurs again gets one fence more, since a call would not merge the two either.
        """
        fence = f"@llvm.arithmetic.fence.v{LANES}f64"
        emitter.declarations.add(f"declare {VECTOR} {fence}({VECTOR})")
        results: list[str] = []
        for number, operand in enumerate(operands):
            for _ in range(1 + list(operands[:number]).count(operand)):
                operand = emitter.write(f"call {VECTOR} {fence}({VECTOR} {operand})", lane=True)
            results.append(operand)
        return results
